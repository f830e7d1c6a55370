// Mendline as a newcomer or an operator runs it: real processes of src/main.ts, to be talked to from outside and killed.
import { spawn, type ChildProcess } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'

const main = join(import.meta.dirname, '../../src/main.ts')

/** Half of what a start costs is compiling. */
const cache = process.env['NODE_COMPILE_CACHE']
const compileCache = cache === undefined ? {} : { NODE_COMPILE_CACHE: cache }

export interface Running {
  /** What it wrote to standard output and error so far. */
  output(): string
  /** As a power cut would. */
  kill(): Promise<void>
  /** In order, as an operator would. Answers the exit code. */
  stop(): Promise<number | null>
  signal(name: NodeJS.Signals): void
}

/** Starts a process and resolves once it says that it runs. Rejects with its output when it ends before. */
export async function startMendline(env: Readonly<Record<string, string>>): Promise<Running> {
  const child: ChildProcess = spawn(process.execPath, [main], {
    env: { PATH: process.env['PATH'] ?? '', LOG_LEVEL: 'warn', ...compileCache, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const exited = once(child, 'exit')
  await new Promise<void>((resolve, reject) => {
    const hear = (chunk: Buffer): void => {
      output += chunk.toString()
      if (/Mendline( worker)? is running/.test(output)) resolve()
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
    exited.then(() => reject(new Error(`Mendline ended before it ran:\n${output}`)), reject)
  })
  return {
    output: () => output,
    async kill() {
      child.kill('SIGKILL')
      await exited
    },
    async stop() {
      child.kill('SIGTERM')
      await exited
      return child.exitCode
    },
    signal: (name) => void child.kill(name),
  }
}

/** A port nobody listens on just now. Below those that the system gives to connections, or one of them could take it before it is used. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(10_000, 32_000)
    const server = createServer().listen(port, '127.0.0.1')
    const isFree = await once(server, 'listening').then(
      () => true,
      () => false,
    )
    if (!isFree) continue
    server.close()
    await once(server, 'close')
    return port
  }
}

/** Asks again until `look` answers something, at most `seconds`. For what only a process outside can know. */
export async function eventually<T>(look: () => Promise<T | undefined>, what: string, seconds = 45): Promise<T> {
  const end = Date.now() + seconds * 1000
  for (;;) {
    const found = await look().catch(() => undefined)
    if (found !== undefined) return found
    if (Date.now() > end) throw new Error(`waited ${seconds} s in vain for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
