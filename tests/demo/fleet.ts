// Made-up histories for tests: the same wish as `npm run demo:data` takes, smaller.
import { makeHistory, type History } from '../../src/demo/history.ts'
import type { FleetWish } from '../../src/demo/fleet.ts'
import { readSettings } from '../../src/settings.ts'
import { exampleFile, exampleSecrets } from '../support/example.ts'

export const until = Date.parse('2026-11-01T00:00:00.000Z')

export function historyOf(wish: Partial<FleetWish>): Promise<History> {
  const settings = readSettings({ SMTP_LISTEN_PORT: 'off', SETTINGS_FILE: exampleFile, ...exampleSecrets })
  return makeHistory({ seed: 1, products: 6, assets: 40, months: 24, until, ...wish, settings, adminKey: 'test-key-0123456789' })
}
