// A ticket opened by staff or by another system for a customer.
import { timestamp } from '../clock.ts'
import { conversationStream } from '../conversations/index.ts'
import type { Core } from '../core.ts'
import { customerOf } from '../customers/index.ts'
import type { Actor, Consequence, Entry } from '../journal/index.ts'
import { conversationId, digest, type Language, type Place } from '../message.ts'
import { freshTicketNumber, ticketStream, type Priority, type Ticket } from '../tickets/index.ts'
import { understand } from '../understanding/index.ts'

export interface NewTicket {
  subject: string
  description: string
  customer: { name: string; email?: string | undefined; phone?: string | undefined }
  asset?: { serial?: string | undefined; product?: string | undefined } | undefined
  priority: Priority
  channel: 'email' | 'api'
  /** Undefined: what the customer speaks, as far as we can tell. */
  language?: Language | undefined
}

/** Opens it once per key. A customer with a mail address is told the number there. */
export async function openTicket(core: Core, wanted: NewTicket, actor: Actor, key: string): Promise<{ ticket: Ticket; repeated: boolean }> {
  const number = await freshTicketNumber(core)
  const { name, email, phone } = wanted.customer
  const address = email?.toLowerCase()
  const place: Place | undefined =
    address !== undefined && core.channels.has('email') ? { channel: 'email', account: core.mail.account, address, thread: number } : undefined
  const customer = place === undefined ? `cu_${digest('api', key)}` : await customerOf(core.collections.contactPoints, 'email', place.address)
  const now = timestamp(core.clock.now())
  const language = wanted.language ?? (await languageOf(core, customer, wanted))
  const ticket: Omit<Ticket, 'n' | 'updatedAt'> = {
    _id: number,
    status: 'new',
    before: 'new',
    statusSince: now,
    statusVersion: 1,
    priority: wanted.priority,
    channel: wanted.channel,
    subject: wanted.subject,
    description: wanted.description,
    language,
    customer: { id: customer, name },
    conversation: place === undefined ? null : conversationId(place),
    fields: {
      symptom: wanted.description,
      contactName: name,
      ...(address === undefined ? {} : { email: address }),
      ...(phone === undefined ? {} : { phone }),
      ...(wanted.asset?.serial === undefined ? {} : { serial: wanted.asset.serial }),
      ...(wanted.asset?.product === undefined ? {} : { product: wanted.asset.product }),
    },
    assignee: null,
    incomplete: false,
    spam: false,
    mergedInto: null,
    entitlement: null,
    resolutions: 0,
    satisfaction: null,
    createdAt: now,
  }
  const described: Consequence = {
    do: 'describe_customer',
    customer,
    name,
    ...(address === undefined ? {} : { email: address }),
    ...(phone === undefined ? {} : { phone }),
  }
  if (place === undefined) {
    const changed = await core.journal.change(ticketStream, number, {
      key,
      decide: () => ({ kind: 'entry', actor, events: [{ type: 'ticket.created', ticket }], effects: [described] }),
    })
    return finish(core, changed.kind === 'repeated' ? changed.entry : undefined, number)
  }
  const changed = await core.journal.change(conversationStream, conversationId(place), {
    key,
    decide: () => ({
      kind: 'entry',
      actor,
      events: [
        { type: 'conversation.began', place, customer, language },
        { type: 'conversation.ticket_tied', ticket: number },
      ],
      effects: [
        { do: 'know_contact_point', channel: 'email', address: place.address, customer, name },
        described,
        { do: 'ticket', number, change: { change: 'open', ticket } },
        {
          do: 'arm',
          at: now,
          alarm: {
            kind: 'tell',
            conversation: conversationId(place),
            ticket: number,
            say: [{ text: 'ticket.acknowledged', with: { number, subject: wanted.subject }, kind: 'statement', ticket: number }],
          },
        },
      ],
    }),
  })
  return finish(core, changed.kind === 'repeated' ? changed.entry : undefined, number)
}

/** What they spoke last, else what the description is written in, else the company's. */
async function languageOf(core: Core, customer: string, { subject, description }: NewTicket): Promise<Language> {
  const { language, products } = core.company().flow
  const latest = await core.collections.conversations.find({ customer }, { sort: { updatedAt: -1 }, limit: 10 })
  const spoken = latest.find(({ memory }) => memory.language !== null)?.memory.language
  return spoken ?? understand(description, { products, subject }).language ?? language
}

async function finish(core: Core, earlier: Entry | undefined, number: string): Promise<{ ticket: Ticket; repeated: boolean }> {
  const opened = earlier?.effects.find((effect) => effect.do === 'ticket')?.number ?? (earlier?.stream.startsWith('ticket/') ? earlier.stream.slice(7) : number)
  return { ticket: await core.journal.load(ticketStream, opened), repeated: earlier !== undefined }
}
