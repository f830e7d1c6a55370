// A real MongoDB-protocol server (FerretDB) of the test's own: free port, own folder, so that a restart finds the data again.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { programs } from './needs.ts'

export interface MongoServer {
  /** With the database `mendline`. */
  url: string
  urlFor(database: string): string
  /** Ends it in order; `start` brings it back with its data. */
  stop(): Promise<void>
  start(): Promise<void>
  /** kill -9. */
  kill(): void
  /** Takes connections but answers nothing, until `thaw`. */
  freeze(): void
  thaw(): void
  /** Ends it and deletes its data: for the end of the test. */
  remove(): Promise<void>
}

export async function startMongo(): Promise<MongoServer> {
  const program = programs.mongodb.path
  if (program === undefined) throw new Error(`no ferretdb: ${programs.mongodb.install}`)
  const folder = await mkdtemp(join(tmpdir(), 'mendline-mongodb-'))
  const port = await freePort()
  let server: ChildProcess | undefined
  process.once('exit', () => server?.kill('SIGKILL'))

  const start = async (): Promise<void> => {
    await gone() // or the port would still be taken
    const started = spawn(program, ['--handler=sqlite', `--sqlite-url=file:${folder}/`, `--listen-addr=127.0.0.1:${port}`], { stdio: 'ignore' })
    server = started
    while (!(await listens(port))) {
      if (started.exitCode !== null) throw new Error(`ferretdb ended with ${started.exitCode}`)
      await pause(20)
    }
  }

  const gone = async (): Promise<void> => {
    if (server !== undefined && server.exitCode === null && server.signalCode === null) await once(server, 'exit')
  }

  const end = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
    server?.kill('SIGCONT') // a frozen one would not hear us
    server?.kill(signal)
    await gone()
  }

  await start()
  const urlFor = (database: string) => `mongodb://127.0.0.1:${port}/${database}`
  return {
    url: urlFor('mendline'),
    urlFor,
    start,
    stop: () => end('SIGTERM'),
    kill: () => void server?.kill('SIGKILL'),
    freeze() {
      server?.kill('SIGSTOP')
      while (server?.pid !== undefined && runs(server.pid));
    },
    thaw: () => void server?.kill('SIGCONT'),
    async remove() {
      await end('SIGKILL')
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Whether a thread of the process has not heard of SIGSTOP yet; it might still answer. Only Linux tells. */
function runs(pid: number): boolean {
  const threads = `/proc/${pid}/task`
  return existsSync(threads) && readdirSync(threads).some((thread) => !/\) [Tt] /.test(readFileSync(`${threads}/${thread}/stat`, 'utf8')))
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}

async function listens(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}
