// Made-up histories for tests: the same wish as `npm run demo:data` takes, smaller.
import { join } from 'node:path'
import { makeHistory, type History } from '../../src/demo/history.ts'
import type { FleetWish } from '../../src/demo/fleet.ts'
import { readSettings } from '../../src/settings.ts'

const example = join(import.meta.dirname, '../../docs/examples/mendline.yaml')
export const until = Date.parse('2026-11-01T00:00:00.000Z')

export function historyOf(wish: Partial<FleetWish>): Promise<History> {
  const settings = readSettings({ SMTP_LISTEN_PORT: 'off', SETTINGS_FILE: example })
  return makeHistory({ seed: 1, products: 6, assets: 40, months: 24, until, ...wish, settings, adminKey: 'test-key-0123456789' })
}
