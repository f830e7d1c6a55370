// What the page of a repair shows, as it is stored: of what lives on in one ticket only what its own customer said and was told.
import type { Conversation } from '../../../conversations/index.ts'
import { timestamp } from '../../../clock.ts'
import type { Core } from '../../../core.ts'
import { identityOf } from '../../../customers/index.ts'
import { isOver, workOf, type WorkOrder } from '../../../dispatch/index.ts'
import { readLink } from '../../../links.ts'
import type { Attachment, StoredMessage } from '../../../message.ts'
import { openVersion } from '../../../quotes/index.ts'
import { categoryOf, numbersOf, survivorOf, ticketStream, type RepairFields, type Ticket } from '../../../tickets/index.ts'

export interface Known {
  /** The number the link was made for; the ticket it lives on in may have another. */
  number: string
  ticket: Ticket
  customer: string
  /** What its own customer told of themselves and of the device. */
  fields: RepairFields
  /** Where they and we talk about it; undefined where no words reach us. */
  conversation: Conversation | undefined
  /** What they and we said, oldest first. */
  said: StoredMessage[]
  photos: Attachment[]
  /** The work that goes on. */
  work: WorkOrder | undefined
  /** A version of a quote that waits for them, as the page of quotes names it. */
  quote: string | undefined
}

/** A repair that has been over for so long is nobody's news any more. */
const keptMs = 180 * 86_400_000
const readMax = 200
const reached = new Set(['sent', 'delivered', 'read'])

/** `over`: the ticket behind the link was done with long ago. Undefined when the link is nobody's. */
export async function readKnown(core: Core, token: string): Promise<Known | 'over' | undefined> {
  const number = readLink(core, 'status', token)
  const own = number === undefined ? undefined : await core.journal.load(ticketStream, number)
  if (own === undefined || own.n === 0 || own.spam) return undefined
  const ticket = await survivorOf(core, own._id)
  if (categoryOf(ticket.status) === 'done' && Date.parse(ticket.statusSince) + keptMs <= core.clock.now()) return 'over'

  const { id: customer, ids } = await identityOf(core.collections, own.customer.id)
  const isTheirs = ids.includes(ticket.customer.id)
  const numbers = numbersOf(ticket)
  const found = await core.collections.messages.find({ ticket: { $in: numbers } }, { sort: { createdAt: -1 }, limit: readMax })
  const theirs = await theirOwn(
    core,
    [...found.map(({ conversation }) => conversation), ...[ticket.conversation, own.conversation].flatMap((id) => id ?? [])],
    ids,
  )
  const conversation =
    theirs.find(({ _id }) => _id === (isTheirs ? ticket.conversation : own.conversation)) ?? theirs.find(({ _id }) => _id === own.conversation)
  // Not decided yet what it is about, and written here: about this.
  const fresh =
    conversation === undefined
      ? []
      : await core.collections.messages.find({ conversation: conversation._id, direction: 'inbound', state: 'received', onPage: true }, { sort: { seq: 1 } })
  const said = [...found.toReversed(), ...fresh.filter(({ ticket: about }) => about === null)].filter(
    (message) =>
      theirs.some(({ _id }) => _id === message.conversation) && (message.direction === 'inbound' ? message.author !== 'machine' : reached.has(message.state)),
  )
  const photos = said.flatMap((message) => (message.direction === 'inbound' ? message.attachments.filter(isPhoto) : []))
  return {
    number: own._id,
    ticket,
    customer,
    fields: isTheirs ? ticket.fields : { ...own.fields, ...deviceOf(ticket.fields) },
    conversation: conversation?.place && core.channels.has(conversation.place.channel) ? conversation : undefined,
    said,
    photos: [...new Map(photos.map((photo) => [photo.file, photo])).values()],
    work: (await workOf(core, ticket._id)).findLast(({ status }) => !isOver(status)),
    quote: await waitingQuote(core, numbers),
  }
}

/** An engineer, or another customer who reported the same, talks about the ticket in conversations of their own. */
async function theirOwn(core: Core, conversations: readonly string[], customers: readonly string[]): Promise<Conversation[]> {
  const all = await core.collections.conversations.find({ _id: { $in: [...new Set(conversations)] } }, {})
  return all.filter(({ customer }) => customers.includes(customer))
}

function deviceOf({ product, serial }: RepairFields): RepairFields {
  return { ...(product === undefined ? {} : { product }), ...(serial === undefined ? {} : { serial }) }
}

/** A picture by its bytes, as it was stored. */
function isPhoto({ contentType }: Attachment): boolean {
  return contentType.startsWith('image/')
}

async function waitingQuote(core: Core, numbers: readonly string[]): Promise<string | undefined> {
  const now = timestamp(core.clock.now())
  const sent = await core.collections.quotes.find({ ticket: { $in: [...numbers] }, state: 'sent' }, { sort: { updatedAt: -1 } })
  return sent.flatMap((quote) => {
    const version = openVersion(quote)
    return version === undefined || (version.validUntil ?? '') <= now ? [] : `${quote._id}.${version.version}`
  })[0]
}
