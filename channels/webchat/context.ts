// What every route of the web chat works with.
import type { Door } from '../../src/channel.ts'
import type { Clock } from '../../src/clock.ts'
import type { Random } from '../../src/random.ts'
import type { Origins } from './origins.ts'
import type { RateLimit } from './rate-limit.ts'
import type { Tokens } from './tokens.ts'

export interface Webchat {
  site: string
  /** The public address without a slash at its end. */
  base: string
  clock: Clock
  random: Random
  tokens: Tokens
  origins: Origins
  limits: { tokens: RateLimit; activities: RateLimit; uploads: RateLimit }
  /** How often an idle stream is kept alive, and the store asked in case a hint was lost. */
  keepAliveMs: number
  door: Door
}

export const root = '/v3/directline'

/** The watermark is the `seq` of the last message seen. Clients start with nothing or `-`; undefined when it is neither. */
export function readWatermark(value: string | null): number | undefined {
  if (value === null || value === '' || value === '-') return 0
  return /^\d{1,15}$/.test(value) ? Number(value) : undefined
}
