// What a suite needs from the machine. In CI a missing server or browser fails the suite; on a newcomer's machine the suite is left out and says so.
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** The full path of the first of `names` found on PATH. */
export function findProgram(...names: string[]): string | undefined {
  for (const name of names)
    for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
      const path = join(folder, name)
      try {
        accessSync(path, constants.X_OK)
        return path
      } catch {}
    }
  return undefined
}

export const programs = {
  redis: { path: findProgram('redis-server'), install: 'apt-get install redis-server' },
  mongodb: {
    path: findProgram('ferretdb'),
    install: 'go build -C tests/support/ferretdb -o /usr/local/bin/ferretdb .',
  },
  imap: { path: findProgram('dovecot'), install: 'apt-get install dovecot-imapd' },
  browser: { path: findProgram('chromium', 'chromium-browser', 'google-chrome'), install: 'apt-get install chromium' },
} as const

/**
 * True where the suite must be left out: `describe.skipIf(without('redis'))`.
 * @throws in CI, where nothing may be left out.
 */
export function without(...needed: (keyof typeof programs)[]): boolean {
  const missing = needed.filter((name) => programs[name].path === undefined)
  if (missing.length === 0) return false
  const words = missing.map((name) => `${name} (${programs[name].install})`).join(', ')
  if (process.env['CI'] === 'true') throw new Error(`this suite needs ${words}`)
  console.warn(`LEFT OUT on this machine, for want of ${words}`)
  return true
}
