// How fast automatic mails came.
import type { ReceivedMail } from '../support/mail-server.ts'

/** The most mails within any ten minutes; one that came again under its Message-ID counts once. */
export function mostIn10Minutes(mails: readonly ReceivedMail[]): number {
  const first = mails.filter(({ mail }, index) => mails.findIndex((other) => other.mail.messageId === mail.messageId) === index)
  return Math.max(0, ...first.map(({ at }) => first.filter((other) => other.at >= at && other.at < at + 600_000).length))
}
