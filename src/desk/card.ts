// Everything a face needs to draw a ticket: its stage and owner, its customer's words, what waits, what went wrong.
import { timestamp, type Timestamp } from '../clock.ts'
import { conversationStream, type Conversation } from '../conversations/index.ts'
import type { Core } from '../core.ts'
import { isOver, workOf, type WorkOrder } from '../dispatch/index.ts'
import type { TaskKind } from '../journal/index.ts'
import type { Attachment, ChannelName, InboundMessage, OutboundMessage, StoredMessage } from '../message.ts'
import type { PartRequest } from '../parts/index.ts'
import { money, quoteOf, quoteStream, totalOf, type QuoteState } from '../quotes/index.ts'
import { slaOf, type SlaView } from '../sla/index.ts'
import { nextStatuses, numbersOf, ticketStream, type Ticket, type TicketStatus } from '../tickets/index.ts'
import { historyOf, isMove, type About } from './history.ts'
import { maskAddress } from './mask.ts'
import { sameCaseOf, type SameCaseView } from './same-case.ts'
import { viewHappened, viewTicket } from './see.ts'
import { teamOf } from './teams.ts'
import { windowOf } from './window.ts'

export interface TicketCard {
  ticket: ReturnType<typeof viewTicket>
  owner: { id: string; name: string; since: Timestamp } | null
  /** Undefined in the settings: null. Without a channel of its own it is the default one's. */
  team: { name: string; slackChannel: string | null } | null
  statusSince: Timestamp
  /** Where a person may move it. */
  next: readonly TicketStatus[]
  failure: Ticket['failure']
  /** The newest version of what it would cost, as people read amounts. */
  quote: { version: number; state: QuoteState; total: string; validUntil: Timestamp | null } | null
  /** Visits and work in the shop, what is still to be done first. */
  work: readonly WorkLine[]
  /** Asked for and not there or not used yet, e.g. `2 × KP-100`. */
  parts: readonly { name: string; status: PartRequest['status'] }[]
  /** Null where nothing is promised. */
  sla: SlaView | null
  /** Where the customer writes; masked. Null for one whom we cannot write to. */
  place: { channel: ChannelName; address: string } | null
  lastWords: { text: string; at: Timestamp; files: number } | null
  /** Until when free words are taken; null where there is no such limit. */
  windowUntil: Timestamp | null
  control: { owner: Conversation['controlOwner']; agent: string | null; until: Timestamp | null }
  photos: readonly Attachment[]
  /** Open tickets that are perhaps the same case. */
  sameCase: readonly SameCaseView[]
  tasks: readonly { id: string; kind: TaskKind; since: Timestamp }[]
  /** What the customer never got, and why. */
  undelivered: readonly { text: string; channel: ChannelName; reason: string; at: Timestamp }[]
  /** The latest changes, newest first. */
  moves: readonly (ReturnType<typeof viewHappened> & { about: About })[]
}

export interface WorkLine extends Pick<WorkOrder, 'kind' | 'status' | 'outcome'> {
  id: string
  since: Timestamp
  engineer: string | null
  appointment: { from: Timestamp; until: Timestamp } | null
  /** Until when its engineer may take it; null where nobody is asked. */
  offerUntil: Timestamp | null
  /** Why nothing is planned for it. */
  hold: string | null
}

const movesShown = 3
/** Of one ticket, the latest: more than any face shows. */
const messagesRead = 100

/** Undefined when there is no ticket of that number. */
export async function cardOf(core: Core, number: string): Promise<TicketCard | undefined> {
  const ticket = await core.journal.load(ticketStream, number)
  if (ticket.n === 0) return undefined
  const { messages, tasks } = core.collections
  const [state, latest, open, history, orders] = await Promise.all([
    ticket.conversation === null ? undefined : core.journal.load(conversationStream, ticket.conversation),
    messages.find({ ticket: { $in: numbersOf(ticket) } }, { sort: { createdAt: -1 }, limit: messagesRead }),
    tasks.find({ ticket: { $in: numbersOf(ticket) }, state: 'open' }, { sort: { createdAt: 1 }, limit: 20 }),
    historyOf(core, ticket),
    workOf(core, number),
  ])
  const inbound = latest.filter(isInbound).toSorted(bySeq)
  const last = inbound.at(-1)
  const place = state?.place ?? null
  const abilities = place === null ? undefined : core.channels.get(place.channel)?.abilities
  // Went another way.
  const relayed = new Set(latest.map((message) => (message.direction === 'outbound' ? message.relayOf : null)))
  const team = teamOf(core.company().teams, ticket)
  return {
    ticket: viewTicket(ticket),
    owner:
      ticket.assignee === null ? null : { id: ticket.assignee, name: ticket.assigneeName ?? ticket.assignee, since: ticket.assignedAt ?? ticket.createdAt },
    team: team === undefined ? null : { name: team.name, slackChannel: team.slackChannel ?? null },
    statusSince: ticket.statusSince,
    next: ticket.mergedInto === null ? nextStatuses(ticket.status, ticket.before) : [],
    failure: ticket.failure,
    quote: await quoteShown(core, number),
    work: orders
      .toReversed()
      .toSorted((one, other) => Number(isOver(one.status)) - Number(isOver(other.status)))
      .map(lineOf),
    parts: await partsAwaited(core, ticket),
    sla: slaOf(ticket, core.company(), core.clock.now()),
    place: place === null ? null : { channel: place.channel, address: maskAddress(place.address) },
    lastWords: last === undefined ? null : { text: last.text, at: last.createdAt, files: last.attachments.length },
    windowUntil: abilities === undefined || ticket.conversation === null ? null : await windowOf(core, abilities, ticket.conversation),
    control: controlOf(state, timestamp(core.clock.now())),
    photos: inbound.flatMap(({ attachments }) => attachments.filter(({ contentType }) => contentType.startsWith('image/'))),
    sameCase: await sameCaseOf(core, ticket),
    tasks: open.map(({ _id, kind, createdAt }) => ({ id: _id, kind, since: createdAt })),
    undelivered: latest
      .filter(isUndelivered)
      .filter(({ _id }) => !relayed.has(_id))
      .toSorted(bySeq)
      .map(({ text, channel, reason, createdAt }) => ({ text, channel, reason: reason ?? 'the provider gave no reason', at: createdAt })),
    moves: history
      .filter(({ entry }) => isMove(entry))
      .slice(-movesShown)
      .toReversed()
      .map((happened) => ({ ...viewHappened(happened), about: happened.about })),
  }
}

function lineOf({ _id, kind, status, statusSince, outcome, engineerName, engineer, appointment, offer, hold }: WorkOrder): WorkLine {
  return {
    id: _id,
    kind,
    status,
    outcome,
    since: statusSince,
    engineer: engineerName ?? engineer,
    appointment: appointment === null ? null : { from: appointment.from, until: appointment.until },
    offerUntil: offer?.until ?? null,
    hold: isOver(status) ? null : (hold?.reason ?? null),
  }
}

async function partsAwaited({ collections }: Core, ticket: Ticket): Promise<TicketCard['parts']> {
  const open = await collections.partRequests.find(
    { ticket: { $in: numbersOf(ticket) }, status: { $in: ['requested', 'allocated'] } },
    { sort: { createdAt: 1 }, limit: 20 },
  )
  return Promise.all(
    open.map(async ({ part, quantity, wanted, status }) => ({
      name: `${quantity} × ${(await collections.parts.get(part))?.number ?? wanted ?? part}`,
      status,
    })),
  )
}

async function quoteShown(core: Core, number: string): Promise<TicketCard['quote']> {
  const last = (await core.journal.load(quoteStream, quoteOf(number))).versions.at(-1)
  if (last === undefined) return null
  const { version, state, currency, validUntil } = last
  return { version, state, total: money(totalOf(last), currency, 'en'), validUntil }
}

/** An agent's control that has run out is the bot's, whether or not the clock has got to it. */
function controlOf(state: Conversation | undefined, now: Timestamp): TicketCard['control'] {
  if (state === undefined) return { owner: 'none', agent: null, until: null }
  const lapsed = state.controlOwner === 'agent' && (state.controlUntil ?? '') <= now
  return lapsed ? { owner: 'bot', agent: null, until: null } : { owner: state.controlOwner, agent: state.agent, until: state.controlUntil }
}

const isInbound = (message: StoredMessage): message is InboundMessage => message.direction === 'inbound'
/** What was sent again in another message is delivered there, or undelivered there. */
const isUndelivered = (message: StoredMessage): message is OutboundMessage =>
  message.direction === 'outbound' &&
  message.retriedAs === undefined &&
  (message.state === 'failed' || (message.state === 'suppressed' && message.cause === 'agent'))
const bySeq = (a: StoredMessage, b: StoredMessage): number => a.createdAt.localeCompare(b.createdAt) || a.seq - b.seq
