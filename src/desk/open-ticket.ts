// A ticket opened by staff or by another system for a customer.
import { tellEntitlement } from '../assets/index.ts'
import { timestamp } from '../clock.ts'
import { conversationStream, type Conversation } from '../conversations/index.ts'
import type { Core } from '../core.ts'
import { customerOf } from '../customers/index.ts'
import type { Consequence, Decision, Entry } from '../journal/index.ts'
import { conversationId, digest, type Language, type Place } from '../message.ts'
import { entitle, freshTicketNumber, ticketStream, type FreshTicket, type Priority, type Ticket } from '../tickets/index.ts'
import { understand } from '../understanding/index.ts'
import type { Deed } from './change-ticket.ts'

export interface NewTicket {
  subject: string
  description: string
  customer: { name: string; email?: string | undefined; phone?: string | undefined }
  asset?: { serial?: string | undefined; product?: string | undefined } | undefined
  priority: Priority
  channel: 'email' | 'api' | 'webhook'
  /** Undefined: what the customer speaks, as far as we can tell. */
  language?: Language | undefined
  /** Null leaves it to the settings. */
  team?: string | null
}

type TooLate = { kind: 'too_late' }
export type OpenResult = { kind: 'opened'; ticket: Ticket } | { kind: 'refused'; refusal: TooLate }

/** Opens it once per key. A customer with a mail address is told the number there. */
export async function openTicket(core: Core, wanted: NewTicket, { actor, key, mayCommit }: Deed): Promise<OpenResult> {
  const number = await freshTicketNumber(core)
  const { name, email, phone } = wanted.customer
  const address = email?.toLowerCase()
  const place: Place | undefined =
    address !== undefined && core.channels.has('email') ? { channel: 'email', account: core.mail.account, address, thread: number } : undefined
  const customer = place === undefined ? `cu_${digest('api', key)}` : await customerOf(core.collections, 'email', place.address)
  const now = timestamp(core.clock.now())
  const language = wanted.language ?? (await languageOf(core, customer, wanted))
  const ticket: FreshTicket = {
    _id: number,
    statusSince: now,
    priority: wanted.priority,
    channel: wanted.channel,
    subject: wanted.subject,
    description: wanted.description,
    language,
    customer: { id: customer, name },
    conversation: place === undefined ? null : conversationId(place),
    ...(wanted.team === undefined ? {} : { team: wanted.team }),
    fields: {
      symptom: wanted.description,
      contactName: name,
      ...(address === undefined ? {} : { email: address }),
      ...(phone === undefined ? {} : { phone }),
      ...(wanted.asset?.serial === undefined ? {} : { serial: wanted.asset.serial }),
      ...(wanted.asset?.product === undefined ? {} : { product: wanted.asset.product }),
    },
    createdAt: now,
  }
  const described: Consequence = {
    do: 'describe_customer',
    customer,
    name,
    ...(address === undefined ? {} : { email: address }),
    ...(phone === undefined ? {} : { phone }),
  }
  const entitled = await entitle(core, { ...ticketStream.begin(number), ...ticket }, ticket.fields)
  // Whom we do not serve a person tells what else there is.
  const handed: Consequence[] =
    entitled?.entitlement.result === 'not_served'
      ? [{ do: 'open_task', kind: 'handover', ticket: number, conversation: ticket.conversation, message: null }]
      : []
  const committed = (decision: Decision<TooLate>): Decision<TooLate> =>
    mayCommit?.() === false ? { kind: 'refused', refusal: { kind: 'too_late' } } : decision
  const changed =
    place === undefined
      ? await core.journal.change<Ticket, TooLate>(ticketStream, number, {
          key,
          decide: () =>
            committed({
              kind: 'entry',
              actor,
              events: [{ type: 'ticket.created', ticket }, ...(entitled?.events ?? [])],
              effects: [described, ...(entitled?.effects ?? []), ...handed],
            }),
        })
      : await core.journal.change<Conversation, TooLate>(conversationStream, conversationId(place), {
          key,
          decide: () =>
            committed({
              kind: 'entry',
              actor,
              events: [
                { type: 'conversation.began', place, customer, language },
                { type: 'conversation.ticket_tied', ticket: number },
              ],
              effects: [
                { do: 'know_contact_point', channel: 'email', address: place.address, customer, name, verified: false },
                described,
                { do: 'ticket', number, change: { change: 'open', ticket } },
                ...handed,
                {
                  do: 'arm',
                  at: now,
                  alarm: {
                    kind: 'tell',
                    conversation: conversationId(place),
                    ticket: number,
                    say: [
                      { text: 'ticket.acknowledged', with: { number, subject: wanted.subject }, kind: 'statement', ticket: number },
                      ...(entitled === undefined ? [] : tellEntitlement(entitled.entitlement, language, number)),
                    ],
                  },
                },
              ],
            }),
        })
  if (changed.kind === 'refused') return { kind: 'refused', refusal: changed.refusal }
  return { kind: 'opened', ticket: await core.journal.load(ticketStream, changed.kind === 'repeated' ? openedBy(changed.entry, number) : number) }
}

/** What they spoke last, else what the description is written in, else the company's. */
async function languageOf(core: Core, customer: string, { subject, description }: NewTicket): Promise<Language> {
  const { language, products } = core.company().flow
  const latest = await core.collections.conversations.find({ customer }, { sort: { updatedAt: -1 }, limit: 10 })
  const spoken = latest.find(({ memory }) => memory.language !== null)?.memory.language
  return spoken ?? understand(description, { products, subject }).language ?? language
}

function openedBy(entry: Entry, number: string): string {
  return entry.effects.find((effect) => effect.do === 'ticket')?.number ?? (entry.stream.startsWith('ticket/') ? entry.stream.slice(7) : number)
}
