// The ladder: where a customer can be reached. The address they want first, then the others by last use; never one that nobody has proved to be theirs.
import { timestamp, type Timestamp } from '../clock.ts'
import type { Conversation } from '../conversations/index.ts'
import type { Core } from '../core.ts'
import { contactPointsOf, identityOf, type ContactPoint, type Customer } from '../customers/index.ts'
import { contactPointId, type ChannelName, type OutboundMessage, type Place, type StoredMessage } from '../message.ts'

/** What is known of the ways to a customer. */
export interface Ways {
  points: readonly ContactPoint[]
  prefers: Customer['prefers']
  /** When they wrote last, by contact point. */
  lastWrote: ReadonlyMap<string, Timestamp>
  /** What can be sent at all; a web chat is one while its visitor is about. */
  isOn(point: ContactPoint): boolean
}

/** Pure: the addresses that may be written to, in the order in which they are tried. */
export function rungsOf({ points, prefers, lastWrote, isOn }: Ways, tried: ReadonlySet<string>): ContactPoint[] {
  return points
    .filter((point) => point.channel !== null && point.verified && point.bad === null && point.optedOut === null && !tried.has(point._id) && isOn(point))
    .toSorted(
      (one, other) =>
        wish(prefers, other) - wish(prefers, one) ||
        (lastWrote.get(other._id) ?? '').localeCompare(lastWrote.get(one._id) ?? '') ||
        one._id.localeCompare(other._id),
    )
}

/** 2 the very address, 1 another on the same channel, 0 none that was asked for. */
function wish(prefers: Customer['prefers'], { _id, channel }: Pick<ContactPoint, '_id' | 'channel'>): number {
  if (prefers === null) return 0
  return prefers.point === _id ? 2 : prefers.channel === channel ? 1 : 0
}

/** The next place for a message, below all that its words were tried at before; undefined when only a person can help. */
export async function nextRung(core: Core, message: Pick<OutboundMessage, 'place' | 'relayOf' | 'ticket'>, customer: string): Promise<Place | undefined> {
  const { ways, placeOf } = await waysTo(core, customer, message.ticket)
  const [rung] = rungsOf(ways, await triedBy(core, message))
  return rung === undefined ? undefined : placeOf(rung)
}

/** Where news for a conversation is told: at the address the customer wants, else here; elsewhere only when nothing may or can be sent here. */
export async function newsPlace(core: Core, here: Place, customer: string, ticket: string | null): Promise<Place> {
  const point = { _id: contactPointId(here.channel, here.address), channel: here.channel }
  const known = await core.collections.contactPoints.get(point._id)
  const { id } = await identityOf(core.collections, customer)
  const prefers = (await core.collections.customers.get(id))?.prefers ?? null
  const mayBeHere = known === undefined || (known.bad === null && known.optedOut === null)
  if (mayBeHere && (prefers === null || wish(prefers, point) === (prefers.point === null ? 1 : 2))) return here
  const { ways, placeOf } = await waysTo(core, customer, ticket)
  const [rung] = rungsOf(ways, new Set([point._id]))
  const better = rung !== undefined && (!mayBeHere || wish(prefers, rung) > wish(prefers, point))
  return (better ? placeOf(rung) : undefined) ?? here
}

/** A visitor who has not been heard of for so long will not read it. */
const visitMs = 24 * 3_600_000

/** Everything the ladder goes by. */
export async function waysTo(core: Core, customer: string, ticket: string | null): Promise<{ ways: Ways; placeOf(point: ContactPoint): Place | undefined }> {
  const { id, ids } = await identityOf(core.collections, customer)
  const points = await contactPointsOf(core.collections, id)
  const conversations = await core.collections.conversations.find({ customer: { $in: ids } }, { sort: { updatedAt: -1 }, limit: 200 })
  const lastWrote = new Map<string, Timestamp>()
  for (const { place, lastInboundAt } of conversations) {
    if (place === null || lastInboundAt === null) continue
    const point = contactPointId(place.channel, place.address)
    if ((lastWrote.get(point) ?? '') < lastInboundAt) lastWrote.set(point, lastInboundAt)
  }
  const places = new Map(points.map((point) => [point._id, choosePlace(core, point, conversations, ticket)]))
  const lately = timestamp(core.clock.now() - visitMs)
  return {
    ways: {
      points,
      lastWrote,
      prefers: (await core.collections.customers.get(id))?.prefers ?? null,
      isOn(point) {
        const channel = point.channel === null ? undefined : core.channels.get(point.channel)
        if (channel === undefined || places.get(point._id) === undefined) return false
        return !channel.abilities.storeIsDelivery || (lastWrote.get(point._id) ?? '') > lately
      },
    },
    placeOf: (point) => places.get(point._id),
  }
}

/** Contact points the same words went to already, however many rungs ago. */
async function triedBy(core: Core, message: Pick<OutboundMessage, 'place' | 'relayOf'>): Promise<Set<string>> {
  const tried = new Set<string>()
  for (let { place, relayOf } = message; ;) {
    tried.add(contactPointId(place.channel, place.address))
    const before: StoredMessage | undefined = relayOf === null ? undefined : await core.collections.messages.get(relayOf)
    if (before?.direction !== 'outbound') return tried
    place = before.place
    relayOf = before.relayOf
  }
}

/**
 * Where to write to an address: the conversation there; by mail the one about the ticket, or a new one. A new one needs an account
 * of ours to write from; undefined where there is none.
 */
function choosePlace(core: Core, point: ContactPoint, conversations: readonly Conversation[], ticket: string | null): Place | undefined {
  const { channel, address } = point
  if (channel === null) return undefined
  const there = conversations.filter(({ place }) => place?.channel === channel && place.address === address)
  const about = there.find(({ tickets }) => ticket !== null && tickets.includes(ticket))
  if (about?.place) return about.place
  const threaded = channel === 'email' && ticket !== null
  const [latest] = there
  if (latest?.place && !threaded) return latest.place
  return newPlace(core, channel, address, threaded ? ticket : '')
}

/** A conversation that we begin; undefined on a channel where the customer must write first. */
export function newPlace(core: Core, channel: ChannelName, address: string, thread: string): Place | undefined {
  const account = channel === 'email' ? core.mail.account : core.channels.get(channel)?.account
  return account === undefined ? undefined : { channel, account, address, thread }
}

/** A code can be sent there before they have written: with an address of our own, and where free words need the customer's before them, with a template for it. */
export function mayBegin(core: Core, name: ChannelName): boolean {
  const channel = core.channels.get(name)
  if (channel === undefined || newPlace(core, name, '', '') === undefined) return false
  return channel.abilities.windowMs === null || core.company().templates.some(({ channel: of, text }) => of === name && text === 'verify.code')
}
