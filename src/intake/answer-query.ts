// Answers what a flow wants looked up: from the stores, read-only, and only about this customer.
import { timestamp } from '../clock.ts'
import type { Core } from '../core.ts'
import { checkCode, identityOf, mayHaveCode } from '../customers/index.ts'
import { newPlace, rungsOf, waysTo } from '../delivery/ladder.ts'
import { maskAddress } from '../desk/mask.ts'
import type { Query, QueryAnswer, WayView } from '../flow.ts'
import { contactPointId } from '../message.ts'
import { categoryOf, isOf, survivorOf, type Ticket, type TicketView } from '../tickets/index.ts'

const recentMs = 30 * 86_400_000

export async function answerQuery(core: Core, conversation: string, customer: string, query: Query): Promise<QueryAnswer> {
  const { verifications } = core.collections
  const { ids } = await identityOf(core.collections, customer)
  switch (query.kind) {
    case 'tickets': {
      const since = timestamp(core.clock.now() - recentMs)
      const found = await ticketsOf(core, ids)
      return { kind: 'tickets', tickets: found.filter((ticket) => categoryOf(ticket.status) !== 'done' || ticket.updatedAt > since).map(viewOf) }
    }
    case 'ticket': {
      const ticket = await survivorOf(core, query.number)
      return { kind: 'ticket', ticket: isOf(ticket, ids) ? viewOf(ticket) : undefined }
    }
    case 'way':
      return { kind: 'way', way: await wayOf(core, customer, query) }
    case 'code':
      return { kind: 'code', verdict: checkCode(await verifications.get(conversation), query.code, core.clock.now(), core.sign) }
  }
}

async function wayOf(core: Core, customer: string, { way, address }: Extract<Query, { kind: 'way' }>): Promise<WayView> {
  const { ways } = await waysTo(core, customer, null)
  const proved = rungsOf(ways, new Set()).filter((point) => point.channel === way && (address === null || point.address === address))[0]
  const on = mayBegin(core, way)
  if (proved !== undefined) return { on, known: { point: proved._id, shown: address ?? maskAddress(proved.address) }, code: null }
  if (address === null) return { on, known: null, code: null }
  const { contactPoints, customers } = core.collections
  const point = await contactPoints.get(contactPointId(way, address))
  const wanted = point === undefined || (point.optedOut === null && point.bad === null)
  const now = core.clock.now()
  const free = mayHaveCode(point?.codes ?? [], now) && mayHaveCode((await customers.get(customer))?.codes ?? [], now)
  return { on, known: null, code: !wanted ? 'not_wanted' : free ? 'may' : 'too_often' }
}

/** We can write first there: with an address of our own, and where free words need the customer's before them, with a template for the code. */
function mayBegin(core: Core, way: Extract<Query, { kind: 'way' }>['way']): boolean {
  const channel = core.channels.get(way)
  if (channel === undefined || newPlace(core, way, '', '') === undefined) return false
  return channel.abilities.windowMs === null || core.company().templates.some(({ channel: name, text }) => name === way && text === 'verify.code')
}

/** A ticket that was merged stands for the one it lives on in. */
async function ticketsOf(core: Core, customers: readonly string[]): Promise<Ticket[]> {
  const own = await core.collections.tickets.find({ 'customer.id': { $in: customers }, spam: false }, { sort: { createdAt: -1 }, limit: 50 })
  const present = await Promise.all(own.map(async (ticket) => (ticket.mergedInto === null ? ticket : survivorOf(core, ticket.mergedInto))))
  return [...new Map(present.map((ticket) => [ticket._id, ticket])).values()]
}

function viewOf(ticket: Ticket): TicketView {
  const { _id, merged, status, before, statusSince, subject, fields, incomplete, conversation, follows, toldApart, createdAt, updatedAt } = ticket
  return { _id, merged, status, before, statusSince, subject, fields, incomplete, conversation, follows, toldApart, createdAt, updatedAt }
}
