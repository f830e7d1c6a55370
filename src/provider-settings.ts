// Settings of providers' accounts: a set that is absent turns its channel off, half a set is an error.
import { z } from 'zod'

const address = z
  .string()
  .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), 'must be an address starting with http:// or https://')
const e164 = /^\+[1-9]\d{6,14}$/

export const providerEnvironment = z.object({
  TWILIO_ACCOUNT_SID: z
    .string()
    .regex(/^AC[0-9a-f]{32}$/i, 'is AC and 32 hexadecimal digits; see the Twilio console')
    .optional(),
  TWILIO_AUTH_TOKEN: z.string().min(1).optional(),
  TWILIO_FROM: z.string().optional(),
  TWILIO_WHATSAPP_FROM: z.string().optional(),
  TWILIO_API_URL: address.optional(),
  SLACK_BOT_TOKEN: z.string().startsWith('xoxb-', 'is the bot token, which starts with xoxb-').optional(),
  SLACK_SIGNING_SECRET: z.string().min(8).optional(),
  SLACK_APP_TOKEN: z.string().startsWith('xapp-', 'is the app-level token for Socket Mode, which starts with xapp-').optional(),
  SLACK_TRIAGE_CHANNEL: z
    .string()
    .regex(/^[CG][A-Z0-9]+$/, "is the channel's id, such as C0123456789, not its name")
    .optional(),
  SLACK_API_URL: address.optional(),
  MICROSOFT_APP_ID: z.string().min(1).optional(),
  MICROSOFT_APP_PASSWORD: z.string().min(1).optional(),
  MICROSOFT_APP_TENANT_ID: z.string().min(1).optional(),
  MICROSOFT_OPENID_URL: address.optional(),
  MICROSOFT_LOGIN_URL: address.optional(),
  UNDERSTANDING_URL: address.optional(),
  UNDERSTANDING_API_KEY: z.string().min(1).optional(),
  UNDERSTANDING_MODEL: z.string().min(1).optional(),
})

type Environment = z.output<typeof providerEnvironment>

export interface TwilioSettings {
  accountSid: string
  authToken: string
  /** E.164 numbers or Messaging Service SIDs (MG…) that texts are sent from; the first is the default. */
  from: readonly string[]
  /** E.164 numbers, without `whatsapp:`. */
  whatsappFrom: readonly string[]
  apiUrl: string | undefined
}

export interface SlackSettings {
  botToken: string
  /** Needed for HTTP. */
  signingSecret: string | undefined
  /** Needed for Socket Mode. */
  appToken: string | undefined
  triageChannel: string | undefined
  apiUrl: string | undefined
}

export interface MicrosoftSettings {
  appId: string
  appPassword: string
  /** A single-tenant app names its tenant. */
  tenantId: string | undefined
  openIdUrl: string | undefined
  loginUrl: string | undefined
}

export interface ModelSettings {
  /** Base address of an OpenAI-compatible server. */
  url: string
  apiKey: string | undefined
  model: string
}

export function readModel(e: Environment, problems: string[]): ModelSettings | undefined {
  const { UNDERSTANDING_URL: url, UNDERSTANDING_API_KEY: apiKey, UNDERSTANDING_MODEL: model } = e
  if (url === undefined) {
    if (apiKey !== undefined || model !== undefined) problems.push('UNDERSTANDING_URL: set it, or remove UNDERSTANDING_API_KEY and UNDERSTANDING_MODEL')
    return undefined
  }
  if (model === undefined) {
    problems.push('UNDERSTANDING_MODEL: name the model that the server at UNDERSTANDING_URL is to use')
    return undefined
  }
  return { url, apiKey, model }
}

/** Adds a line to `problems` for every half set, saying what to do. */
export function readTwilio(e: Environment, problems: string[]): TwilioSettings | undefined {
  const { TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: authToken } = e
  const from = listOf(e.TWILIO_FROM)
  const whatsappFrom = listOf(e.TWILIO_WHATSAPP_FROM).map((each) => each.replace(/^whatsapp:/, ''))
  if (accountSid === undefined && authToken === undefined && from.length === 0 && whatsappFrom.length === 0) return undefined
  if (accountSid === undefined || authToken === undefined || from.length + whatsappFrom.length === 0) {
    problems.push('TWILIO_…: set TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN and TWILIO_FROM or TWILIO_WHATSAPP_FROM, or none of them')
    return undefined
  }
  for (const each of from)
    if (!e164.test(each) && !/^MG[0-9a-f]{32}$/i.test(each))
      problems.push(`TWILIO_FROM: ${each} is neither a number such as +14155550100 nor a Messaging Service SID`)
  for (const each of whatsappFrom) if (!e164.test(each)) problems.push(`TWILIO_WHATSAPP_FROM: ${each} is no number such as +14155550100`)
  return { accountSid, authToken, from, whatsappFrom, apiUrl: e.TWILIO_API_URL }
}

export function readSlack(e: Environment, problems: string[]): SlackSettings | undefined {
  const { SLACK_BOT_TOKEN: botToken, SLACK_SIGNING_SECRET: signingSecret, SLACK_APP_TOKEN: appToken, SLACK_TRIAGE_CHANNEL: triageChannel } = e
  if (botToken === undefined) {
    if (signingSecret !== undefined || appToken !== undefined || triageChannel !== undefined)
      problems.push('SLACK_…: set SLACK_BOT_TOKEN, or remove the other Slack settings')
    return undefined
  }
  if (signingSecret === undefined && appToken === undefined)
    problems.push('SLACK_SIGNING_SECRET: set it to take events over HTTP, or set SLACK_APP_TOKEN to take them over Socket Mode')
  return { botToken, signingSecret, appToken, triageChannel, apiUrl: e.SLACK_API_URL }
}

export function readMicrosoft(e: Environment, problems: string[]): MicrosoftSettings | undefined {
  const { MICROSOFT_APP_ID: appId, MICROSOFT_APP_PASSWORD: appPassword } = e
  if (appId === undefined && appPassword === undefined) return undefined
  if (appId === undefined || appPassword === undefined) {
    problems.push('MICROSOFT_…: set both MICROSOFT_APP_ID and MICROSOFT_APP_PASSWORD, or neither')
    return undefined
  }
  return { appId, appPassword, tenantId: e.MICROSOFT_APP_TENANT_ID, openIdUrl: e.MICROSOFT_OPENID_URL, loginUrl: e.MICROSOFT_LOGIN_URL }
}

function listOf(text: string | undefined): string[] {
  return (text ?? '').split(/[\s,]+/).filter((each) => each !== '')
}
