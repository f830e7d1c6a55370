// What the text and the WhatsApp channel are given of the one Twilio account behind them.
import type { Clock } from '../../src/clock.ts'

export interface TwilioOptions {
  accountSid: string
  authToken: string
  /** What this channel sends from: E.164 numbers, for texts also Messaging Service SIDs; the first is the default. Empty: it only receives. */
  senders: readonly string[]
  /** Instead of `https://api.twilio.com`. */
  apiUrl: string | undefined
  /** As Twilio reaches us, without a slash at its end. */
  publicUrl: string
  clock: Clock
  network: typeof fetch
}

/** The sender that somebody is written to from who has not written to us. */
export function accountOf({ senders: [first] }: Pick<TwilioOptions, 'senders'>): { account?: string } {
  return first === undefined ? {} : { account: first.toLowerCase() }
}

/** Twilio's own address of its API, as it stands in everything it sends. */
export const apiOrigin = 'https://api.twilio.com'

/** The same path where the settings say that Twilio is. */
export function atApi(url: URL, apiUrl: string | undefined): URL {
  return apiUrl === undefined ? url : new URL(`${apiUrl.replace(/\/+$/, '')}${url.pathname}${url.search}`)
}

export const isService = (sender: string): boolean => /^MG/i.test(sender)
