// From what has happened to what each endpoint is told. Called for every journal entry before it counts as finished, and for a message before
// its state changes: whoever dies on the way is followed by one who finds what is told already, and tells the rest.
import { timestamp } from '../clock.ts'
import type { Core } from '../core.ts'
import type { Entry, Versioned } from '../journal/index.ts'
import { digest, type OutboundMessage, type OutboundState } from '../message.ts'
import type { WebhookCollections } from './collections.ts'
import type { Source, WebhookDelivery } from './delivery.ts'
import { hears, type WebhookEndpoint } from './endpoint.ts'
import { placeId } from './retain.ts'
import { isWebhookType, type WebhookType } from './shapes.ts'
import { wakeWebhooks } from './wake.ts'

/** Something that endpoints may want to be told. */
type Happening = Pick<WebhookDelivery, 'event' | 'type' | 'lane' | 'ticket' | 'source' | 'createdAt'>

export async function announceEntry(core: Core, entry: Entry, state: Versioned): Promise<void> {
  await announce(core, happeningsOf(entry, state))
}

/** What became of a message of ours; said before it is recorded, so that it cannot be recorded and not said. */
export async function announceState(core: Core, { _id, ticket, conversation, state: before }: OutboundMessage, state: OutboundState): Promise<void> {
  const now = timestamp(core.clock.now())
  // What was recorded was said; it may be long ago, and forgotten.
  const said = typesOf(before)
  await announce(
    core,
    typesOf(state)
      .filter((type) => !said.includes(type))
      .map((type) => aboutMessage(_id, type, ticket, `conversation/${conversation}`, now)),
  )
}

/** What was read was delivered, and what was delivered was sent. */
function typesOf(state: OutboundState): WebhookType[] {
  switch (state) {
    case 'queued':
    case 'sending':
    case 'suppressed':
      return []
    case 'sent':
      return ['message.sent']
    case 'delivered':
    case 'read':
      return ['message.sent', 'message.delivered']
    case 'failed':
      return ['message.failed']
  }
}

function happeningsOf(entry: Entry, state: Versioned): Happening[] {
  const ticket = ticketOf(entry.stream, state)
  const lane = ticket ?? entry.stream
  const tickets = new Map(entry.effects.flatMap((effect) => (effect.do === 'handled' ? effect.messages.map((each) => [each.id, each.ticket] as const) : [])))
  const events = entry.events.flatMap((event, index): Happening[] => {
    if (event.type === 'message.received') {
      return [aboutMessage(event.message, event.type, tickets.get(event.message) ?? ticket, entry.stream, entry.at)]
    }
    if (!isWebhookType(event.type)) return []
    const source: Source = { kind: 'entry', entry: entry._id, index }
    return [{ event: `evt_${digest('event', entry._id, String(index))}`, type: event.type, lane, ticket, source, createdAt: entry.at }]
  })
  // Where the customer reads from our store, saying it was sending it.
  const said = entry.effects.flatMap((effect): Happening[] => {
    if (effect.do !== 'say') return []
    const { _id, state: reached, ticket: about } = effect.message
    return typesOf(reached).map((type) => aboutMessage(_id, type, about, entry.stream, entry.at))
  })
  return [...events, ...said]
}

function aboutMessage(message: string, type: WebhookType, ticket: string | null, stream: string, createdAt: string): Happening {
  return {
    event: `evt_${digest(type, message)}`,
    type,
    lane: ticket ?? stream,
    ticket,
    source: { kind: 'message', message },
    createdAt,
  }
}

/** What belongs to a ticket names it. */
function ticketOf(stream: string, state: Versioned): string | null {
  if (stream.startsWith('ticket/')) return stream.slice('ticket/'.length)
  return 'ticket' in state && typeof state.ticket === 'string' && state.ticket !== '' ? state.ticket : null
}

async function announce(core: Core, happenings: readonly Happening[]): Promise<void> {
  if (happenings.length === 0) return
  for (const endpoint of await core.collections.webhookEndpoints.find({ state: { $ne: 'deleted' } })) {
    const heard = happenings.filter((happening) => wants(endpoint, happening))
    for (const happening of heard) await append(core.collections, endpoint._id, happening)
    if (heard.length > 0 && endpoint.state === 'enabled') await wakeWebhooks(core, endpoint._id)
  }
}

/** An endpoint hears of what happens after it was made; and not of itself. */
function wants(endpoint: WebhookEndpoint, { type, lane, createdAt }: Happening): boolean {
  return hears(endpoint, type) && createdAt >= endpoint.createdAt && lane !== `webhook_endpoint/${endpoint._id}`
}

type Places = Pick<WebhookCollections, 'webhookDeliveries' | 'webhookPlaces'>

/** Behind all others of its lane, once. Of two writers who want the same place the slower one takes the next. */
export async function append({ webhookDeliveries: deliveries, webhookPlaces }: Places, endpoint: string, happening: Happening): Promise<string> {
  const _id = `wd_${digest(endpoint, happening.event)}`
  const { lane, createdAt } = happening
  for (;;) {
    if ((await deliveries.get(_id)) !== undefined) return _id
    const [last] = await deliveries.find({ endpoint, lane }, { sort: { sequence: -1 }, limit: 1 })
    const before = last ?? (await webhookPlaces.get(placeId(endpoint, lane)))
    const inserted = await deliveries.insert({
      ...happening,
      _id,
      endpoint,
      sequence: (before?.sequence ?? 0) + 1,
      state: 'waiting',
      failures: 0,
      failedAt: null,
      refused: false,
      notBefore: createdAt,
      dueAt: createdAt,
      claimedBy: '',
      claimedUntil: timestamp(0),
      tries: [],
      replay: null,
      doneAt: null,
    })
    if (inserted === 'inserted') return _id
  }
}
