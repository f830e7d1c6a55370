// `mendline check`: tells before a start or a reload whether it would work. Reads the settings, tries every connection, changes nothing.
import type { Connection, Imperfect } from '../connection.ts'
import { StartError } from '../errors.ts'
import type { Settings } from '../settings.ts'

export interface CheckParts {
  /** Reads the settings as the start would. @throws StartError */
  read(): Settings
  connectionsOf(settings: Settings): readonly Connection[]
  print(line: string): void
}

/** Prints what works and what does not, a line each. Answers the exit code: 0 when nothing is wrong. */
export async function check({ read, connectionsOf, print }: CheckParts): Promise<0 | 1> {
  let wrong = 0
  const good = (line: string): void => print(`ok     ${line}`)
  const bad = (error: unknown): void => {
    for (const problem of error instanceof StartError ? error.problems : [String(error)]) {
      wrong++
      print(`WRONG  ${problem}`)
    }
  }
  const settings = attempt(read, bad)
  if (settings !== undefined) {
    good(
      settings.settingsFile === undefined
        ? 'settings: the environment; there is no mendline.yaml, so its defaults count'
        : `settings: the environment and ${settings.settingsFile}`,
    )
    // At the same time, told in order.
    const tried = await Promise.allSettled(connectionsOf(settings).map(async (connection) => `${connection.setting}: ${inOne(await connection.try())}`))
    for (const each of tried) {
      if (each.status === 'fulfilled') good(each.value)
      else bad(each.reason)
    }
  }
  print(
    wrong === 0
      ? 'Nothing is wrong.'
      : `${wrong === 1 ? 'One thing is' : `${wrong} things are`} wrong${settings === undefined ? '; connections are tried once the settings are right' : ''}.`,
  )
  return wrong === 0 ? 0 : 1
}

function inOne(tried: string | Imperfect): string {
  return typeof tried === 'string' ? tried : `${tried.works}; ${tried.but}`
}

function attempt<T>(work: () => T, failed: (error: unknown) => void): T | undefined {
  try {
    return work()
  } catch (error) {
    failed(error)
    return undefined
  }
}
