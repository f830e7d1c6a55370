// What the handlers of a test have seen, and a way to wait for it that needs no sleep.

export interface Seen<T> {
  readonly all: readonly T[]
  add(item: T): void
  /** Resolves as soon as `enough` holds for everything seen. */
  until(enough: (all: readonly T[]) => boolean): Promise<void>
}

export function createSeen<T>(): Seen<T> {
  const all: T[] = []
  const waiting = new Set<() => void>()
  return {
    all,
    add(item) {
      all.push(item)
      for (const check of waiting) check()
    },
    until(enough) {
      const { promise, resolve } = Promise.withResolvers<void>()
      const check = (): void => {
        if (!enough(all)) return
        waiting.delete(check)
        resolve()
      }
      waiting.add(check)
      check()
      return promise
    },
  }
}

/** A door a handler waits at until the test opens it. */
interface Gate {
  open(): void
  passed: Promise<void>
}

export function createGate(): Gate {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { open: resolve, passed: promise }
}
