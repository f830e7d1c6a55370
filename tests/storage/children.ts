// Starts child.ts and listens to what it says.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

export interface Child {
  readonly pid: number
  /** The next line it prints; undefined when it has ended. */
  line(): Promise<string | undefined>
  /** Says something to it, no matter what. */
  poke(): void
  /** kill -9; answers the lines not read yet. */
  kill(): Promise<string[]>
}

export function startChild(...args: string[]): Child {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'child.ts'), ...args], { stdio: ['pipe', 'pipe', 'inherit'] })
  const exited = once(child, 'exit')
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const line = async () => {
    const next = await lines.next()
    return next.done ? undefined : next.value
  }
  return {
    pid: child.pid ?? 0,
    line,
    poke: () => void child.stdin.write('\n'),
    async kill() {
      child.kill('SIGKILL')
      await exited
      const rest: string[] = []
      for (let next = await line(); next !== undefined; next = await line()) rest.push(next)
      return rest
    },
  }
}
