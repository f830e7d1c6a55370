// `mendline doctor`: is everything as it should be where the desk runs? Every setting, store, provider and the public address, each with what to do. Changes nothing.
import type { Clock } from '../clock.ts'
import type { Connection } from '../connection.ts'
import { StartError } from '../errors.ts'
import type { Settings } from '../settings.ts'
import { examineClock } from './examine-clock.ts'
import { examinePublicUrl } from './examine-public-url.ts'
import type { Finding } from './finding.ts'

export interface DoctorParts {
  args: readonly string[]
  /** Reads the settings as the start would. @throws StartError */
  read(): Settings
  connectionsOf(settings: Settings): readonly Connection[]
  /** What a desk with these settings says of itself at /healthz; undefined when it has no key yet. */
  deskIdOf(settings: Settings): string | undefined
  fetch: typeof fetch
  clock: Clock
  print(line: string): void
}

/** Answers the exit code: 0 when nothing fails (warnings do not count), 1 when something does, 2 for a command that makes no sense. */
export async function doctor(parts: DoctorParts): Promise<0 | 1 | 2> {
  const { args, print } = parts
  const json = args[0] === '--json'
  if (args.length > (json ? 1 : 0)) {
    print('Usage: npx mendline doctor [--json]')
    return 2
  }
  const findings = await examine(parts)
  const ok = findings.every(({ level }) => level !== 'fail')
  if (json) print(JSON.stringify({ ok, findings }, null, 2))
  else {
    for (const { level, about, text } of findings) print(`${level.padEnd(5)} ${about}: ${text}`)
    const count = (level: Finding['level']): number => findings.filter((each) => each.level === level).length
    print(`${count('ok')} ok, ${count('warn')} to look at, ${count('fail')} failed.`)
  }
  return ok ? 0 : 1
}

async function examine({ read, connectionsOf, deskIdOf, fetch, clock }: DoctorParts): Promise<Finding[]> {
  let settings: Settings
  try {
    settings = read()
  } catch (error) {
    return failures('settings', error)
  }
  const connections = connectionsOf(settings)
  const examined = await Promise.all([
    ...connections.map(examineConnection),
    examineAddress(settings, deskIdOf, fetch),
    examineClock(settings, connections, fetch, clock),
  ])
  return [{ level: 'ok', about: 'settings', text: whereFrom(settings) }, ...examined.flat()]
}

function whereFrom({ settingsFile }: Settings): string {
  return settingsFile === undefined ? 'the environment; there is no mendline.yaml, so its defaults count' : `the environment and ${settingsFile}`
}

async function examineConnection({ setting, try: attempt }: Connection): Promise<Finding[]> {
  try {
    const tried = await attempt()
    return [typeof tried === 'string' ? { level: 'ok', about: setting, text: tried } : { level: 'warn', about: setting, text: `${tried.works}; ${tried.but}` }]
  } catch (error) {
    return failures(setting, error)
  }
}

async function examineAddress(settings: Settings, deskIdOf: DoctorParts['deskIdOf'], request: typeof fetch): Promise<Finding[]> {
  let deskId: string | undefined
  try {
    deskId = deskIdOf(settings)
  } catch (error) {
    return [{ level: 'fail', about: 'ADMIN_KEY', text: `${String(error)}: run this as the user that the desk runs as` }]
  }
  return examinePublicUrl(settings, deskId, request)
}

/** A problem that begins with its setting has said what it is about. */
function failures(about: string, error: unknown): Finding[] {
  const problems = error instanceof StartError ? error.problems : [String(error)]
  return problems.map((problem) => {
    const [, name = about, text = problem] = /^([A-Z][A-Z0-9_]*_?…?|mendline\.yaml:\d+|dispatch\.vroom): (.+)$/s.exec(problem) ?? []
    return { level: 'fail', about: name, text }
  })
}
