// What Twilio's error codes mean for a message and its address: https://www.twilio.com/docs/api/errors
import { SendError, type SendErrorKind } from '../../src/errors.ts'

export interface Meaning {
  kind: SendErrorKind
  /** For the record: no address, no text. */
  reason: string
  /** Nothing will ever arrive at this address. */
  addressIsBad?: true
}

const meanings = new Map<number, Meaning>([
  [20003, { kind: 'later', reason: 'Twilio refuses our credentials: check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN' }],
  [20429, { kind: 'later', reason: 'too many requests to Twilio at once' }],
  [14107, { kind: 'later', reason: 'too many messages to Twilio at once' }],
  [30001, { kind: 'later', reason: "Twilio's queue for our number is full" }],
  [63018, { kind: 'later', reason: "WhatsApp's limit for our number is reached" }],
  [21610, { kind: 'opted_out', reason: 'the customer told Twilio to stop' }],
  [63016, { kind: 'window_closed', reason: 'too long after the last message of the customer for free words on WhatsApp' }],
  [21211, { kind: 'never', reason: 'this is no phone number', addressIsBad: true }],
  [21614, { kind: 'never', reason: 'this number takes no texts', addressIsBad: true }],
  [30005, { kind: 'never', reason: 'there is no such handset', addressIsBad: true }],
  [30006, { kind: 'never', reason: 'a landline, or a carrier out of reach', addressIsBad: true }],
  [63003, { kind: 'never', reason: 'this number is not on WhatsApp', addressIsBad: true }],
  [63024, { kind: 'never', reason: 'this number is not on WhatsApp', addressIsBad: true }],
  [21408, { kind: 'never', reason: 'sending to this country is off: see "Geo permissions" in the Twilio console' }],
  [21606, { kind: 'never', reason: 'our number cannot send texts: check TWILIO_FROM' }],
  [21608, { kind: 'never', reason: 'a trial account sends to verified numbers only' }],
  [21609, { kind: 'never', reason: 'Twilio does not take our address for status callbacks: check PUBLIC_URL' }],
  [21612, { kind: 'never', reason: 'there is no route from our number to this one' }],
  [21617, { kind: 'never', reason: 'the message is too long' }],
  [21656, { kind: 'never', reason: "the template's variables do not fit: check templates in mendline.yaml" }],
  [21659, { kind: 'never', reason: 'our number is none of this Twilio account: check TWILIO_FROM' }],
  [21703, { kind: 'never', reason: 'the Messaging Service has no number: add one in the Twilio console' }],
  [30002, { kind: 'never', reason: 'our Twilio account is suspended' }],
  [30003, { kind: 'never', reason: 'the handset is off or out of reach' }],
  [30004, { kind: 'never', reason: 'the message was blocked' }],
  [30007, { kind: 'never', reason: 'the carrier filtered the message' }],
  [30008, { kind: 'never', reason: 'the carrier gave no reason' }],
  [30034, { kind: 'never', reason: 'our number is not registered for texts in the US (A2P 10DLC)' }],
  [63005, { kind: 'never', reason: 'WhatsApp does not take this message' }],
  [63007, { kind: 'never', reason: 'our number is not set up for WhatsApp: check TWILIO_WHATSAPP_FROM' }],
])

/** A code that is not in the list is still named, so that a person can look it up. */
export function meaningOf(code: number): Meaning {
  const { kind, reason, ...more } = meanings.get(code) ?? { kind: 'never' as const, reason: 'not delivered' }
  return { kind, reason: code === 0 ? reason : `${reason} (Twilio ${code})`, ...more }
}

/** What a failed call of the API means for the next try: by its code and status, never by its words. */
export function sendErrorOf(error: unknown): SendError {
  if (error instanceof SendError) return error
  const status = numberOf(error, 'status')
  const code = numberOf(error, 'code')
  // No HTTP status: no answer came.
  if (status === 0) return new SendError('later', `no answer from Twilio${codeWord(error)}`, { cause: error })
  if (meanings.has(code)) {
    const { kind, reason } = meaningOf(code)
    return new SendError(kind, reason, { cause: error })
  }
  // 401 is about us, and somebody can mend it; 5xx gets better.
  if (status === 401 || status >= 500) return new SendError('later', `Twilio answered ${status}`, { cause: error })
  return new SendError('never', `Twilio does not take it (${code === 0 ? status : code})`, { cause: error })
}

function numberOf(error: unknown, name: 'status' | 'code'): number {
  const value: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined
  return typeof value === 'number' ? value : 0
}

/** `ECONNREFUSED` and its kin. */
function codeWord(error: unknown): string {
  const code: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'code') : undefined
  return typeof code === 'string' && /^[A-Z_]{3,40}$/.test(code) ? ` (${code})` : ''
}
