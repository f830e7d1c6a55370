// One embedded Mendline with a folder of its own that outlives its processes: it can be killed, stopped, started again and told to read its settings anew.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { apiOf, type Api } from './api.ts'
import { freePort, startMendline, type Running } from './processes.ts'

export interface EmbeddedDesk {
  url: string
  key: string
  smtpPort: number
  api: Api
  folder: string
  /** All that any of its processes wrote to standard output and error. */
  output(): string
  kill(): Promise<void>
  /** Answers the exit code. */
  stop(): Promise<number | null>
  start(): Promise<void>
  /** Writes `mendline.yaml` and sends SIGHUP. */
  reload(yaml: string): void
  /** Ends it and deletes its data: for the end of the test. */
  remove(): Promise<void>
}

export async function startEmbeddedDesk(options: { yaml?: string; env?: Readonly<Record<string, string>> } = {}): Promise<EmbeddedDesk> {
  const folder = mkdtempSync(join(tmpdir(), 'mendline-desk-'))
  const settings = join(folder, 'mendline.yaml')
  writeFileSync(settings, options.yaml ?? '')
  const [port, smtpPort] = [await freePort(), await freePort()]
  const key = 'desk-key-0123456789'
  const url = `http://127.0.0.1:${port}`
  const env = {
    PORT: String(port),
    SMTP_LISTEN_PORT: String(smtpPort),
    DATA_DIR: join(folder, 'data'),
    ADMIN_KEY: key,
    SETTINGS_FILE: settings,
    ...options.env,
  }
  const past: Running[] = []
  let running = await startMendline(env)
  return {
    url,
    key,
    smtpPort,
    api: apiOf(() => url, key),
    folder,
    output: () => [...past, running].map((each) => each.output()).join(''),
    kill: () => running.kill(),
    stop: () => running.stop(),
    async start() {
      past.push(running)
      running = await startMendline(env)
    },
    reload(yaml) {
      writeFileSync(settings, yaml)
      running.signal('SIGHUP')
    },
    async remove() {
      await running.kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
