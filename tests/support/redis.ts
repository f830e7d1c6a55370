// A real Redis of the test's own: free port, own folder, AOF on, so that a restart finds the data again.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { programs } from './needs.ts'
import { freePort } from './processes.ts'

export interface RedisServer {
  url: string
  port: number
  /** Ends it in order; `start` brings it back with its data. */
  stop(): Promise<void>
  start(): Promise<void>
  /** kill -9. */
  kill(): void
  /** Takes connections but answers nothing, until `thaw`. */
  freeze(): void
  thaw(): void
  flushAll(): Promise<void>
  /** Ends it and deletes its data: for the end of the test. */
  remove(): Promise<void>
}

/** `config`: further arguments of redis-server, e.g. `['--maxmemory-policy', 'allkeys-lru']`. */
export async function startRedis(options: { config?: string[] } = {}): Promise<RedisServer> {
  const program = programs.redis.path
  if (program === undefined) throw new Error(`no redis-server: ${programs.redis.install}`)
  const folder = await mkdtemp(join(tmpdir(), 'mendline-redis-'))
  const port = await freePort()
  let server: ChildProcess | undefined
  let killed: Promise<unknown> | undefined
  process.once('exit', () => server?.kill('SIGKILL'))

  const start = async (): Promise<void> => {
    await killed // or the port would still be taken
    const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--appendonly', 'yes', '--save', '', ...(options.config ?? [])]
    const started = spawn(program, args, { stdio: 'ignore' })
    server = started
    while (!(await answers(port))) {
      if (started.exitCode !== null) throw new Error(`redis-server ended with ${started.exitCode}`)
      await pause(20)
    }
  }

  const stop = async (): Promise<void> => {
    const running = server
    running?.kill('SIGCONT') // a frozen one would not hear us
    if (running === undefined || running.exitCode !== null || running.signalCode !== null) return
    const ended = once(running, 'exit')
    running.kill('SIGTERM')
    await ended
  }

  await start()
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    start,
    stop,
    kill() {
      if (server === undefined) return
      killed = once(server, 'exit')
      server.kill('SIGKILL')
    },
    freeze: () => void server?.kill('SIGSTOP'),
    thaw: () => void server?.kill('SIGCONT'),
    flushAll: async () => void (await ask(port, 'FLUSHALL')),
    async remove() {
      await stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Redis listens before it has loaded its data, and says so until then: only PONG counts. */
async function answers(port: number): Promise<boolean> {
  return await ask(port, 'PING').then(
    (answer) => answer.startsWith('+PONG'),
    () => false,
  )
}

async function ask(port: number, command: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
    socket.write(`${command}\r\n`)
    const [answer] = await once(socket, 'data')
    return String(answer)
  } finally {
    socket.destroy()
  }
}
