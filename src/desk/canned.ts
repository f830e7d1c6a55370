// Canned replies, ready to be edited: in the customer's language, with their name and number filled in.
import type { Core } from '../core.ts'
import type { Language } from '../message.ts'
import { ticketStream } from '../tickets/index.ts'
import type { CannedReply } from './settings.ts'

export interface ReadyReply {
  name: string
  text: string
}

/** For a ticket; without one as they stand in the settings, in English. */
export async function cannedReplies(core: Core, number?: string): Promise<ReadyReply[]> {
  const replies = core.company().cannedReplies
  if (number === undefined) return replies.map(({ name, text }) => ({ name, text: text.en }))
  const ticket = await core.journal.load(ticketStream, number)
  return replies.map((reply) => fillReply(reply, ticket.language, { customer: ticket.customer.name ?? '', number }))
}

/** Pure. A name that is not known leaves no gap before a mark: "Hello ," becomes "Hello,". */
export function fillReply({ name, text }: CannedReply, language: Language, values: { customer: string; number: string }): ReadyReply {
  const template = (language === 'zh' ? text.zh : undefined) ?? text.en
  const ready = values.customer === '' ? template.replace(/[ \t]*\{customer\}/g, '') : template
  return { name, text: ready.replace(/\{(customer|number)\}/g, (_, value: 'customer' | 'number') => values[value]) }
}
