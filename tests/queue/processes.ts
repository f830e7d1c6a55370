// Starts worker-process.ts and listens to what it says.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { createInterface } from 'node:readline'
import { createSeen, type Seen } from './seen.ts'

interface Step {
  step: string
  conversation: string
  /** What the file held. */
  written: number
  at: number
}

export interface WorkerProcess {
  steps: Seen<Step>
  /** kill -9; resolves when it is gone. */
  kill(): Promise<void>
}

export function startWorkerProcess(...args: string[]): WorkerProcess {
  const child = spawn(process.execPath, [fileURLToPath(new URL('worker-process.ts', import.meta.url)), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const steps = createSeen<Step>()
  createInterface({ input: child.stdout }).on('line', (line) => {
    const [step = '', conversation = '', written, at] = line.split(' ')
    steps.add({ step, conversation, written: Number(written), at: Number(at) })
  })
  return {
    steps,
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = once(child, 'exit')
      child.kill('SIGKILL')
      await gone
    },
  }
}
