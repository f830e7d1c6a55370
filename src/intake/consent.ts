// What a burst says about leave to be written to, before anything else is done with it: which addresses it concerns, and what is left for the bot.
import type { Abilities } from '../channel.ts'
import type { Core } from '../core.ts'
import type { ContactPoint } from '../customers/index.ts'
import type { FlowSettings } from '../flow.ts'
import type { Consequence } from '../journal/index.ts'
import { contactPointId, type InboundMessage, type Place } from '../message.ts'
import { categoryOf } from '../tickets/index.ts'
import { isForCarrier, isUnsubscribe, readConsent, type ConsentWish } from '../understanding/consent.ts'
import { understand } from '../understanding/index.ts'

export function isMuted(point: ContactPoint | undefined): boolean {
  return point !== undefined && point.optedOut !== null
}

export interface HeardConsent {
  /** The last wish, if there was one that changes anything. */
  wish: ConsentWish | undefined
  /** Messages with more in them: the bot gets these. */
  rest: readonly InboundMessage[]
}

/** Pure. `optedOut`: nothing may be sent here now, so that a lone YES is more than an answer. */
export function hearConsent(
  burst: readonly InboundMessage[],
  { carrierKeywords }: Pick<Abilities, 'carrierKeywords'>,
  settings: FlowSettings,
  optedOut: boolean,
): HeardConsent {
  let wish: ConsentWish | undefined
  const rest: InboundMessage[] = []
  for (const message of burst) {
    const said = wishOf(message, carrierKeywords)
    const out = wish === undefined ? optedOut : wish.wish === 'opt_out'
    const counts = said !== undefined && (said.wish === 'opt_out' || out || said.scope !== 'here')
    if (counts) wish = said
    const forCarrier = carrierKeywords && message.attachments.length === 0 && isForCarrier(message.text)
    if (!forCarrier && (!counts || saysMore(message, settings))) rest.push(message)
  }
  return { wish, rest }
}

/** An automatic reply may speak of unsubscribing at its foot; a mail program that unsubscribes for its owner says so in the subject. */
function wishOf(message: InboundMessage, carrierKeywords: boolean): ConsentWish | undefined {
  if (message.choice !== undefined) return undefined
  if (message.author !== 'machine') return readConsent(message.text, { carrierKeywords, subject: message.subject })
  return message.subject !== undefined && isUnsubscribe(message.subject) ? { wish: 'opt_out', words: 'natural', scope: 'here' } : undefined
}

/** Trouble told, or a photo sent, in the same breath. */
function saysMore(message: InboundMessage, { products }: FlowSettings): boolean {
  if (message.attachments.length > 0) return true
  const { intent, confidence, entities } = understand(message.text, { products })
  return entities.danger === true || (intent === 'report_repair' && confidence >= 0.7)
}

/** The addresses a wish concerns: this one, unless it names a channel that the customer has another address on. */
export async function pointsOf(core: Core, { scope }: ConsentWish, place: Place, customer: string): Promise<string[]> {
  const here = contactPointId(place.channel, place.address)
  if (scope === 'here' || (scope !== 'everywhere' && scope.includes(place.channel))) return [here]
  const others = (await core.collections.contactPoints.find({ customer })).filter((point) => point._id !== here)
  if (scope === 'everywhere') return [here, ...others.map(({ _id }) => _id)]
  const named = others.filter(({ channel }) => channel !== null && scope.includes(channel)).map(({ _id }) => _id)
  return named.length === 0 ? [here] : named
}

export function consentEffects(wish: ConsentWish, points: readonly string[]): Consequence[] {
  return points.map((point) => ({ do: 'consent', point, wish: wish.wish, words: wish.words }))
}

/** A person is told once for each time the customer said stop and each ticket they write about since. */
export function mutedTask(point: ContactPoint | undefined, conversation: string, ticket: string | null, message: string): Consequence {
  return {
    do: 'open_task',
    kind: 'opted_out',
    ticket,
    conversation,
    message,
    once: `opted_out/${conversation}/${ticket ?? ''}/${point?.optedOut?.at ?? message}`,
  }
}

/** The ticket a person must know about when its customer will hear no more of it; the one spoken of first. */
export async function openTicketOf(core: Core, customer: string, spokenOf: string | null): Promise<{ ticket: string } | undefined> {
  const tickets = await core.collections.tickets.find({ 'customer.id': customer, mergedInto: null, spam: false }, { sort: { createdAt: -1 }, limit: 50 })
  const open = tickets.filter(({ status }) => categoryOf(status) !== 'done')
  const ticket = open.find(({ _id }) => _id === spokenOf) ?? open[0]
  return ticket === undefined ? undefined : { ticket: ticket._id }
}
