// What a conversation gets to know of its customer's tickets: also the work that goes on for them, and which are under way at another address of theirs.
import { flowAbout } from '../bot/memory.ts'
import type { BotMemory } from '../bot/turn.ts'
import type { Core } from '../core.ts'
import { isOver } from '../dispatch/index.ts'
import { contactPointId, type Place } from '../message.ts'
import { numbersOf, type OpenElsewhere, type Ticket, type TicketView } from '../tickets/index.ts'

/** `here` is where it is asked; `customers` are all names of its customer. Only of requests that are not complete yet something is under way. */
export async function viewsOf(core: Core, here: Place, customers: readonly string[], tickets: readonly Ticket[]): Promise<TicketView[]> {
  const known = await withWork(core, tickets)
  if (tickets.every(({ status }) => status !== 'new')) return known
  const all = await core.collections.conversations.find({ customer: { $in: [...customers] } }, { sort: { updatedAt: -1 }, limit: 200 })
  const others = all.filter(({ place }) => place !== null && pointOf(place) !== pointOf(here))
  return known.map((view) => {
    const [open] = view.status === 'new' ? others.flatMap(({ _id, memory }) => openIn(_id, memory, view)) : []
    return open === undefined ? view : { ...view, openElsewhere: open }
  })
}

/** With the work that goes on for each. */
async function withWork(core: Core, tickets: readonly Ticket[]): Promise<TicketView[]> {
  const orders = tickets.length === 0 ? [] : await core.collections.workOrders.find({ ticket: { $in: tickets.flatMap(numbersOf) } }, { sort: { createdAt: 1 } })
  return tickets.map((ticket) => {
    const order = orders.findLast((each) => numbersOf(ticket).includes(each.ticket) && !isOver(each.status))
    if (order === undefined) return viewOf(ticket)
    const { kind, status, engineerName: engineer, appointment } = order
    return { ...viewOf(ticket), work: { kind, status, engineer, from: appointment?.from ?? null } }
  })
}

function openIn(conversation: string, memory: BotMemory, ticket: TicketView): OpenElsewhere[] {
  const open = numbersOf(ticket).flatMap((number) => flowAbout(memory, number) ?? [])
  return open.map(({ name, state }) => ({ conversation, flow: name, state }))
}

const pointOf = ({ channel, address }: Place): string => contactPointId(channel, address)

function viewOf(ticket: Ticket): TicketView {
  const { _id, merged, status, before, statusSince, subject, fields, incomplete, conversation, follows, toldApart, inspection, createdAt, updatedAt } = ticket
  const known = { _id, merged, status, before, statusSince, subject, fields, incomplete, conversation, follows, toldApart, createdAt, updatedAt }
  return inspection === undefined ? known : { ...known, inspection }
}
