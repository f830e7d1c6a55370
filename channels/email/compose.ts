// From a message of ours to a mail: headers that keep the thread together and machines quiet, text, and the same as HTML.
import type { OutboundMessage } from '../../src/message.ts'
import type { OwnAddresses } from './addresses.ts'
import { cleanLine } from './clean-text.ts'
import { idHeader, loopHeader, loopValue } from './loop.ts'
import { messageIdFor } from './message-id.ts'
import { mailHtml } from './mail-html.ts'

export interface ComposedMail {
  /** Without brackets; what the receipt and bounces will name. */
  providerId: string
  from: { name: string; address: string }
  to: { name: string; address: string }
  replyTo: string
  /** Bounces and machine answers come back with the token, so that they find their conversation even without any id. */
  envelope: { from: string; to: string }
  subject: string
  messageId: string
  inReplyTo?: string
  references?: string[]
  headers: Record<string, string>
  text: string
  html: string
  date: Date
}

/** Ids in a References header: the first, which names the thread, and the latest (RFC 5322, 3.6.4, sets no limit; servers do). */
const referenceLimit = 20

/** `unsubscribe`: where one click takes back the leave to write; null where there is none to offer. */
export function composeMail(message: OutboundMessage, own: OwnAddresses, displayName: string, now: number, unsubscribe: string | null = null): ComposedMail {
  const providerId = message.providerId ?? messageIdFor(message._id, own.domain)
  const backTo = own.replyAddress(message.replyToken)
  const answers = message.inReplyTo === null ? [] : [message.inReplyTo]
  const ids = [...new Set([...message.references.filter((id) => id !== message.inReplyTo), ...answers])].filter(isId)
  const references = ids.length <= referenceLimit ? ids : [...ids.slice(0, 1), ...ids.slice(1 - referenceLimit)]
  const subject = cleanLine(message.subject ?? '', 500) || displayName
  const speaker = message.speaker === 'bot' ? '' : cleanLine(message.speaker, 100)
  return {
    providerId,
    from: { name: speaker === '' ? displayName : `${speaker} (${displayName})`, address: own.from },
    to: { name: '', address: message.place.address },
    replyTo: backTo,
    envelope: { from: backTo, to: message.place.address },
    subject: message.inReplyTo === null ? subject : replySubject(subject),
    messageId: `<${providerId}>`,
    ...(message.inReplyTo !== null && isId(message.inReplyTo) ? { inReplyTo: `<${message.inReplyTo}>` } : {}),
    ...(references.length > 0 ? { references: references.map((id) => `<${id}>`) } : {}),
    headers: { ...quietHeaders(message), ...leaveHeaders(unsubscribe, backTo), [loopHeader]: loopValue(own.domain), [idHeader]: message._id },
    text: mailText(message),
    html: mailHtml(message, subject),
    date: new Date(now),
  }
}

/** RFC 3834, 5, and [MS-OXCMAIL] 2.1.3.2.20. A person's own words are not automatic and carry neither. */
function quietHeaders({ cause }: OutboundMessage): Record<string, string> {
  if (cause === 'agent') return {}
  return { 'Auto-Submitted': cause === 'answer' ? 'auto-replied' : 'auto-generated', 'X-Auto-Response-Suppress': 'All' }
}

/** `Re: ` once, whatever marks of replying there were, in whatever language. */
export function replySubject(subject: string): string {
  return `Re: ${subject.replace(/^(?:\s*(?:re|aw|sv|antw|odp|res|ref|回复|答复|回覆|返信)\s*(?:\[\d+\])?\s*[:：])+/i, '').trim()}`
}

/** RFC 2369 and, for one click, RFC 8058. The mail to us is for programs that cannot post: its subject is read as a person's word. */
function leaveHeaders(link: string | null, backTo: string): Record<string, string> {
  if (link === null) return {}
  return { 'List-Unsubscribe': `<${link}>, <mailto:${backTo}?subject=unsubscribe>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }
}

/** An id that came from a foreign header may hold anything; what is no id would break the header. */
function isId(id: string): boolean {
  return /^[^\s<>]{1,900}$/.test(id)
}

function mailText(message: OutboundMessage): string {
  const choices = message.choices.map(({ label }, index) => `${index + 1}. ${label}`)
  return [message.fullText, ...(choices.length > 0 ? [choices.join('\n')] : [])].join('\n\n') + '\n'
}
