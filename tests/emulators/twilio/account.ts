// What the emulated Twilio keeps: one account with its numbers, messages and media, in the words of Twilio's REST API.
import { randomBytes } from 'node:crypto'

export const sid = (prefix: string): string => `${prefix}${randomBytes(16).toString('hex')}`

export interface Medium {
  sid: string
  contentType: string
  content: Buffer
  /** Asked for so often it is not there yet. */
  missing: number
}

export interface Message {
  sid: string
  direction: 'inbound' | 'outbound-api' | 'outbound-reply'
  from: string
  to: string
  body: string
  status: string
  errorCode: number | null
  messagingServiceSid: string | null
  statusCallback: string | null
  contentSid: string | null
  contentVariables: string | null
  media: Medium[]
  created: Date
}

/** What becomes of an outgoing message once it was taken: statuses in order, `undelivered` and `failed` with a code. */
export type Fate = readonly (string | { status: string; code: number })[]

/** A call of the API that is refused: as Twilio words it. */
export class Refusal extends Error {
  readonly status: number
  readonly code: number
  readonly headers: Readonly<Record<string, string>>

  constructor(status: number, code: number, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message)
    this.status = status
    this.code = code
    this.headers = headers
  }
}

/** As the API lists a message. https://www.twilio.com/docs/messaging/api/message-resource */
export function resourceOf(account: string, message: Message): Record<string, unknown> {
  const uri = `/2010-04-01/Accounts/${account}/Messages/${message.sid}`
  const unsent = ['queued', 'accepted'].includes(message.status)
  return {
    account_sid: account,
    api_version: '2010-04-01',
    body: message.body,
    date_created: message.created.toUTCString().replace('GMT', '+0000'),
    date_sent: unsent ? null : message.created.toUTCString().replace('GMT', '+0000'),
    date_updated: message.created.toUTCString().replace('GMT', '+0000'),
    direction: message.direction,
    error_code: message.errorCode,
    error_message: null,
    from: message.from === '' ? null : message.from,
    messaging_service_sid: message.messagingServiceSid,
    num_media: String(message.media.length),
    num_segments: '1',
    price: null,
    price_unit: 'USD',
    sid: message.sid,
    status: message.status,
    subresource_uris: { media: `${uri}/Media.json` },
    to: message.to,
    uri: `${uri}.json`,
  }
}

export function mediumOf(account: string, message: Message, medium: Medium): Record<string, unknown> {
  const date = message.created.toUTCString().replace('GMT', '+0000')
  return {
    sid: medium.sid,
    account_sid: account,
    parent_sid: message.sid,
    content_type: medium.contentType,
    date_created: date,
    date_updated: date,
    uri: `/2010-04-01/Accounts/${account}/Messages/${message.sid}/Media/${medium.sid}.json`,
  }
}
