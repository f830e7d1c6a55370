// A bar for whoever waits at a terminal. Elsewhere, in a log or a pipe, a line for each step.

export interface Progress {
  /** 0 to 1. */
  show(step: string, done: number): void
  /** A line of its own. */
  say(line: string): void
}

const width = 30

export function createProgress(out: { isTTY?: boolean; write(text: string): unknown }): Progress {
  let shown = ''
  const say = (line: string): void => {
    out.write(`${shown === '' ? '' : '\r\u001B[K'}${line}\n`)
    shown = ''
  }
  if (out.isTTY !== true) {
    let last = ''
    return {
      say,
      show(step) {
        if (step !== last) say(`${step} …`)
        last = step
      },
    }
  }
  return {
    say,
    show(step, done) {
      const full = Math.round(Math.min(1, done) * width)
      const line = `${step.padEnd(28)} ${'█'.repeat(full)}${'░'.repeat(width - full)} ${String(Math.floor(done * 100)).padStart(3)} %`
      if (line !== shown) out.write(`\r\u001B[K${line}`)
      shown = line
    },
  }
}
