// How long to wait before the next try: longer each time, with jitter so that a restarted server is not met by everybody at once.
export interface BackOff {
  next(): number
  reset(): void
}

const first = 500
const longest = 30_000

export function createBackOff(): BackOff {
  let tries = 0
  return {
    next: () => Math.min(longest, first * 2 ** tries++) * (0.5 + Math.random() / 2),
    reset() {
      tries = 0
    },
  }
}

/** Waits, or less when woken. */
export function createAlarm(): { sleep(ms: number): Promise<void>; wake(): void } {
  let wake = () => {}
  return {
    sleep: (ms) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, ms)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      }),
    wake: () => wake(),
  }
}
