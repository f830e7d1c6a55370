// The only reader of the environment and of mendline.yaml. Start fails naming every bad setting and what to do about it.
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { readCompany, type Company } from './company.ts'
import { StartError } from './errors.ts'
import { readSources, type Source } from './sources/index.ts'
import {
  providerEnvironment,
  readMicrosoft,
  readModel,
  readSlack,
  readTwilio,
  type MicrosoftSettings,
  type ModelSettings,
  type SlackSettings,
  type TwilioSettings,
} from './provider-settings.ts'

const port = z.coerce.number().int().min(0).max(65535)
const smtpPort = z.union([z.literal('off'), port])
const flag = (name: string) => z.string().min(1, `${name} is empty: give it a value or remove it`)
const url = (...protocols: string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    error: `must be an address starting with ${protocols.map((each) => `${each}//`).join(' or ')}`,
  })

/** May name several servers, which a plain address does not. */
const mongoUrl = z.string().regex(/^mongodb(\+srv)?:\/\/[^/?\s]+/, 'must be an address starting with mongodb:// or mongodb+srv://')

const environment = providerEnvironment.extend({
  PORT: port.optional(),
  PUBLIC_URL: url('http:', 'https:').optional(),
  DATA_DIR: flag('DATA_DIR').default('data'),
  MONGODB_URL: mongoUrl.optional(),
  REDIS_URL: url('redis:', 'rediss:').optional(),
  ROLE: z.enum(['all', 'gateway', 'worker']).default('all'),
  ADMIN_KEY: z.string().min(16, 'must have at least 16 characters').optional(),
  SETTINGS_FILE: z.string().optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  TRUST_PROXY: z.coerce.number().int().min(0).max(10).default(0),
  SMTP_LISTEN_PORT: smtpPort.optional(),
  SUPPORT_ADDRESS: z.string().default('support@localhost'),
  IMAP_URL: url('imap:', 'imaps:').optional(),
  SMTP_URL: url('smtp:', 'smtps:').optional(),
  EMAIL_WEBHOOK_SECRET: z.string().min(16, 'must have at least 16 characters').optional(),
  WEBCHAT_ALLOWED_ORIGINS: z.string().default(''),
  SEND_LEASE_SECONDS: z.coerce.number().min(1).default(60),
})

/** Every variable that is read. */
export const variables: readonly string[] = Object.keys(environment.shape)

export interface Settings {
  /** Undefined for a worker that was given none: it serves its health only, and several may run on one machine. */
  port: number | undefined
  publicUrl: string
  dataDir: string
  mongodbUrl: string | undefined
  redisUrl: string | undefined
  role: 'all' | 'gateway' | 'worker'
  /** Undefined in embedded mode until one is made. */
  adminKey: string | undefined
  logLevel: string
  /** Proxies in front whose X-Forwarded-For is believed. */
  trustProxy: number
  email: EmailSettings | undefined
  twilio: TwilioSettings | undefined
  slack: SlackSettings | undefined
  microsoft: MicrosoftSettings | undefined
  model: ModelSettings | undefined
  webchatOrigins: readonly string[]
  /** Systems that send us webhooks, with their secrets. */
  sources: readonly Source[]
  /** How long one attempt to send may take before another process may look after the message. */
  sendLeaseMs: number
  /** Where `mendline.yaml` is; undefined when there is none. */
  settingsFile: string | undefined
  company: Company
}

export interface EmailSettings {
  supportAddresses: readonly string[]
  listenPort: number | undefined
  imapUrl: string | undefined
  smtpUrl: string | undefined
  webhookSecret: string | undefined
}

/** The secret of a source in `webhooks.in`. */
const sourceSecret = /^WEBHOOK_IN_[A-Z0-9_]+_SECRET$/

export type ReadFile = (path: string) => string | undefined

/**
 * Reads all settings. `env` and `readFile` are parameters so that a test or a check can bring its own.
 * @throws StartError naming every problem.
 */
export function readSettings(env: Readonly<Record<string, string | undefined>>, readFile: ReadFile = readFileIfThere): Settings {
  // An empty variable is how compose files and shells say "not set".
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))
  const { values: e, problems: misread } = readEnvironment(given)
  const problems: string[] = []
  const embedded = given['MONGODB_URL'] === undefined && given['REDIS_URL'] === undefined

  if (e.ROLE !== 'all' && (e.MONGODB_URL === undefined || e.REDIS_URL === undefined))
    problems.push(`ROLE=${e.ROLE} needs both servers: set MONGODB_URL and REDIS_URL, or remove ROLE to run everything in one process`)
  if (!embedded && e.ADMIN_KEY === undefined) problems.push('ADMIN_KEY: set it (16 characters or more) when MONGODB_URL or REDIS_URL is set')

  const file = e.SETTINGS_FILE ?? 'mendline.yaml'
  const yaml = readFile(file)
  if (yaml === undefined && e.SETTINGS_FILE !== undefined) problems.push(`SETTINGS_FILE: ${file} cannot be read`)
  const company = readCompany(yaml ?? '', file, { surveyDelayMs: embedded ? 10_000 : 3_600_000 })
  if (company.kind === 'wrong') problems.push(...company.problems)
  const secrets = Object.fromEntries(Object.entries(given).flatMap(([name, value]) => (sourceSecret.test(name) && value !== undefined ? [[name, value]] : [])))
  const { sources, problems: unsigned } = readSources(company.kind === 'wrong' ? [] : company.company.webhooks.in, secrets)
  if (company.kind !== 'wrong') problems.push(...unsigned)

  const email = readEmail(e, embedded, problems)
  const twilio = readTwilio(e, problems)
  const slack = readSlack(e, problems)
  const microsoft = readMicrosoft(e, problems)
  const model = readModel(e, problems)
  // What was misread is missing from the values: whatever else is said of it is not true yet.
  const rest = problems.filter((problem) => !misread.some(({ name }) => problem.includes(name)))
  const all = [...misread.map(({ name, message }) => `${name}: ${message}`), ...rest]
  if (all.length > 0 || company.kind === 'wrong') throw new StartError(all)
  return {
    port: e.PORT ?? (e.ROLE === 'worker' ? undefined : 3000),
    publicUrl: (e.PUBLIC_URL ?? `http://localhost:${e.PORT ?? 3000}`).replace(/\/+$/, ''),
    dataDir: e.DATA_DIR,
    mongodbUrl: e.MONGODB_URL,
    redisUrl: e.REDIS_URL,
    role: e.ROLE,
    adminKey: e.ADMIN_KEY,
    logLevel: e.LOG_LEVEL,
    trustProxy: e.TRUST_PROXY,
    email,
    twilio,
    slack,
    microsoft,
    model,
    sources,
    webchatOrigins: e.WEBCHAT_ALLOWED_ORIGINS.split(/[\s,]+/).filter((origin) => origin !== ''),
    sendLeaseMs: e.SEND_LEASE_SECONDS * 1000,
    settingsFile: yaml === undefined ? undefined : file,
    company: company.company,
  }
}

type Environment = z.output<typeof environment>

/** The values that fit, and what is wrong with the others. */
function readEnvironment(given: Readonly<Record<string, string | undefined>>): { values: Environment; problems: { name: string; message: string }[] } {
  const parsed = environment.safeParse(given)
  if (parsed.success) return { values: parsed.data, problems: [] }
  const problems = parsed.error.issues.map(({ path, message }) => ({ name: String(path[0]), message }))
  const fits = Object.entries(given).filter(([name]) => !problems.some((problem) => problem.name === name))
  return { values: environment.parse(Object.fromEntries(fits)), problems }
}

function readEmail(e: Environment, embedded: boolean, problems: string[]): EmailSettings | undefined {
  const addresses = e.SUPPORT_ADDRESS.split(/[\s,]+/)
    .filter((each) => each !== '')
    .map((each) => each.toLowerCase())
  for (const address of addresses)
    if (!/^[^@\s]+@[^@\s]+$/.test(address)) problems.push(`SUPPORT_ADDRESS: ${address} is no mail address; use name@domain, several separated by commas`)
  const listenPort = e.SMTP_LISTEN_PORT === 'off' ? undefined : (e.SMTP_LISTEN_PORT ?? (embedded ? 2525 : undefined))
  const receives = listenPort !== undefined || e.IMAP_URL !== undefined || e.EMAIL_WEBHOOK_SECRET !== undefined
  if (!embedded) {
    if (!receives && e.SMTP_URL === undefined) return undefined
    if (e.SMTP_URL === undefined) problems.push('SMTP_URL: set it, so that mail can be answered, or remove IMAP_URL, SMTP_LISTEN_PORT and EMAIL_WEBHOOK_SECRET')
    if (!receives) problems.push('SMTP_URL is set but nothing receives mail: set IMAP_URL, SMTP_LISTEN_PORT or EMAIL_WEBHOOK_SECRET, or remove SMTP_URL')
  }
  return { supportAddresses: addresses, listenPort, imapUrl: e.IMAP_URL, smtpUrl: e.SMTP_URL, webhookSecret: e.EMAIL_WEBHOOK_SECRET }
}

function readFileIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
