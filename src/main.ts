// Starts Mendline, listens for signals, stops in order.
import { join } from 'node:path'
import { adminKeyFor } from './admin-key.ts'
import { startApp } from './app.ts'
import { systemClock } from './clock.ts'
import { StartError, Unavailable } from './errors.ts'
import { createLog, type Log } from './log.ts'
import { systemRandom } from './random.ts'
import { readSettings, type Settings } from './settings.ts'
import type { App } from './runtime.ts'
import { lockDataDir } from './storage/lock.ts'

const nodeWanted = 24

async function main(): Promise<void> {
  const major = Number(process.versions.node.split('.')[0])
  if (major < nodeWanted)
    throw new StartError([
      `This is Node ${process.versions.node}; Mendline wants Node 26. "npm ci" brings it on Linux (x64, arm64), Windows (x64) and macOS (arm64); elsewhere install it yourself.`,
    ])
  const settings = readSettings(process.env)
  const embedded = settings.mongodbUrl === undefined || settings.redisUrl === undefined
  const unlock = embedded ? await lockDataDir(settings.dataDir) : undefined
  const log = createLog(settings.logLevel)
  const admin = adminKeyFor(settings, systemRandom)
  const starting = startApp({
    settings,
    adminKey: admin.key,
    clock: systemClock,
    random: systemRandom,
    log,
    webFolder: join(import.meta.dirname, '../dist/web'),
  })
  // Heard from the first moment: nobody listening, it would end the process.
  process.on('SIGHUP', () => {
    starting.then(
      (app) => readAgain(app, log),
      () => {},
    )
  })
  const app = await starting
  process.stdout.write(welcome(settings, app.port, admin.path))

  let stopping = false
  const stop = (signal: NodeJS.Signals): void => {
    if (stopping) return
    stopping = true
    log.info('stopping', { reason: signal })
    app.close().then(
      async () => {
        await unlock?.()
        process.exit(0)
      },
      () => process.exit(1),
    )
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

/** A bad file changes nothing, and says why. */
function readAgain(app: App, log: Log): void {
  try {
    app.reload(readSettings(process.env).company)
    log.info('settings read again')
  } catch (error) {
    process.stderr.write(`The old settings stay:\n${error instanceof StartError ? error.message : String(error)}\n`)
  }
}

function welcome(settings: Settings, port: number | undefined, keyPath: string | undefined): string {
  if (settings.role === 'worker') return 'Mendline worker is running.\n'
  const address = settings.publicUrl.replace(/:3000$/, `:${port}`)
  const { email } = settings
  const lines = [
    'Mendline is running.',
    `  Open    ${address}/        what to try, step by step`,
    `  Chat    ${address}/chat    report a repair as a customer`,
    `  Staff   ${address}/dashboard    what repairs teach; asks for the key`,
    ...(email?.listenPort === undefined ? [] : [`  Mail    write to ${email.supportAddresses[0]} on localhost:${email.listenPort} (SMTP)`]),
    ...(email !== undefined && email.smtpUrl === undefined ? [`  Answers are written to ${join(settings.dataDir, 'mail')} (set SMTP_URL to send them)`] : []),
    `  API     ${address}/api/v1/tickets with the header "Authorization: Bearer <key>"`,
    ...(keyPath === undefined ? [] : [`  Key     in ${keyPath}`]),
    `  Data    in ${settings.mongodbUrl === undefined ? settings.dataDir : 'MongoDB'}; stop with Ctrl+C, nothing is lost`,
  ]
  return `${lines.join('\n')}\n`
}

main().catch((error: unknown) => {
  process.stderr.write(`Mendline cannot start:\n${reasons(error).join('\n')}\n`)
  process.exit(1)
})

function reasons(error: unknown): string[] {
  if (error instanceof StartError) return error.problems.map((line) => `  - ${line}`)
  if (error instanceof Unavailable) return [`  - ${error.message}`, '  "npx mendline check" tries every connection and says what is wrong.']
  return [error instanceof Error ? (error.stack ?? error.message) : String(error)]
}
