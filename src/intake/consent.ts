// What a burst says about leave to be written to, before anything else is done with it: which addresses it concerns, and what is left for the bot.
import type { Abilities } from '../channel.ts'
import type { Core } from '../core.ts'
import { contactPointsOf, identityOf, type ContactPoint } from '../customers/index.ts'
import type { FlowSettings } from '../flow.ts'
import type { Consequence } from '../journal/index.ts'
import { contactPointId, type ChannelName, type InboundMessage, type Place } from '../message.ts'
import { categoryOf } from '../tickets/index.ts'
import { isForCarrier, isUnsubscribe, readConsent, type ConsentWish } from '../understanding/consent.ts'
import { readWay, type NewsWay } from '../understanding/entities/way.ts'
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

export interface Silenced {
  here: boolean
  channels: ReadonlySet<ChannelName>
}

/** Looked up only where somebody speaks of it. */
export async function silencedFor(
  core: Core,
  { carrierKeywords }: Pick<Abilities, 'carrierKeywords'>,
  burst: readonly InboundMessage[],
  point: ContactPoint | undefined,
  customer: string,
): Promise<Silenced> {
  const spoken = burst.some((message) => wishOf(message, carrierKeywords)?.wish === 'opt_in')
  const points = spoken ? await contactPointsOf(core.collections, customer) : []
  return { here: isMuted(point), channels: new Set(points.filter(isMuted).flatMap(({ channel }) => channel ?? [])) }
}

/** `silenced`: where this customer may not be written to now. A lone YES, or "text me again", is more than an answer only there. */
export function hearConsent(
  burst: readonly InboundMessage[],
  { carrierKeywords }: Pick<Abilities, 'carrierKeywords'>,
  settings: FlowSettings,
  silenced: Silenced,
): HeardConsent {
  let wish: ConsentWish | undefined
  const rest: InboundMessage[] = []
  for (const message of burst) {
    const said = wishOf(message, carrierKeywords)
    const out = wish === undefined ? silenced.here : wish.wish === 'opt_out'
    const counts = said !== undefined && (said.wish === 'opt_out' || out || concerns(said, silenced.channels))
    if (counts) wish = said
    const forCarrier = carrierKeywords && message.attachments.length === 0 && isForCarrier(message.text)
    if (!forCarrier && (!counts || saysMore(message, settings))) rest.push(message)
  }
  return { wish, rest }
}

function concerns({ scope }: ConsentWish, channels: ReadonlySet<ChannelName>): boolean {
  if (scope === 'here') return false
  return scope === 'everywhere' ? channels.size > 0 : scope.some((channel) => channels.has(channel))
}

/** "Stop texting me, use email": where they want to hear from us instead. */
export function wayInstead({ wish, scope }: ConsentWish, burst: readonly InboundMessage[]): NewsWay | undefined {
  if (wish === 'opt_in' || scope === 'everywhere') return undefined
  const way = readWay(burst.map(({ text }) => text).join('\n'))?.way
  return way === undefined || (scope !== 'here' && scope.includes(way)) ? undefined : way
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
  const others = (await contactPointsOf(core.collections, customer)).filter((point) => point._id !== here)
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
  const { ids } = await identityOf(core.collections, customer)
  const tickets = await core.collections.tickets.find({ 'customer.id': { $in: ids }, mergedInto: null, spam: false }, { sort: { createdAt: -1 }, limit: 50 })
  const open = tickets.filter(({ status }) => categoryOf(status) !== 'done')
  const ticket = open.find(({ _id }) => _id === spokenOf) ?? open[0]
  return ticket === undefined ? undefined : { ticket: ticket._id }
}
