// The log: one line per stage with the same ids. Never text, never an address.
import { pino } from 'pino'

/** What a log line may hold. Ids, counts, states and error codes; a value typed by a person never. */
export interface LogFields {
  message?: string
  conversation?: string
  ticket?: string
  stream?: string
  entry?: string
  due?: string
  webhook?: string
  job?: string
  channel?: string
  kind?: string
  state?: string
  reason?: string
  route?: string
  status?: number
  count?: number
  ms?: number
  port?: number
  code?: string
  error?: string
}

export interface Log {
  info(stage: string, fields?: LogFields): void
  warn(stage: string, fields?: LogFields): void
  error(stage: string, fields?: LogFields): void
}

export function createLog(level: string): Log {
  const logger = pino({ level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime })
  return {
    info: (stage, fields) => logger.info({ stage, ...fields }),
    warn: (stage, fields) => logger.warn({ stage, ...fields }),
    error: (stage, fields) => logger.error({ stage, ...fields }),
  }
}

export const silentLog: Log = { info() {}, warn() {}, error() {} }

/** What of an error may be logged: its kind and where it was thrown. Its words may quote a customer, so they stay out. */
export function errorFields(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: typeof error }
  const place = /\n\s+at (?:.*\()?(?:file:\/\/)?[^()\n]*?([\w.-]+\.[cm]?[jt]s:\d+)/.exec(error.stack ?? '')?.[1]
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  return { error: place === undefined ? error.name : `${error.name} at ${place}`, ...(code === undefined ? {} : { code }) }
}
