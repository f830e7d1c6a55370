// What a conversation gets to know of its customer's tickets: also which of them are under way at another address of theirs.
import { flowAbout } from '../bot/memory.ts'
import type { BotMemory } from '../bot/turn.ts'
import type { Core } from '../core.ts'
import { contactPointId, type Place } from '../message.ts'
import { numbersOf, type OpenElsewhere, type Ticket, type TicketView } from '../tickets/index.ts'

/** `here` is where it is asked; `customers` are all names of its customer. Only of requests that are not complete yet something is under way. */
export async function viewsOf(core: Core, here: Place, customers: readonly string[], tickets: readonly Ticket[]): Promise<TicketView[]> {
  if (tickets.every(({ status }) => status !== 'new')) return tickets.map(viewOf)
  const all = await core.collections.conversations.find({ customer: { $in: [...customers] } }, { sort: { updatedAt: -1 }, limit: 200 })
  const others = all.filter(({ place }) => place !== null && pointOf(place) !== pointOf(here))
  return tickets.map((ticket) => {
    const [open] = ticket.status === 'new' ? others.flatMap(({ _id, memory }) => openIn(_id, memory, ticket)) : []
    return open === undefined ? viewOf(ticket) : { ...viewOf(ticket), openElsewhere: open }
  })
}

function openIn(conversation: string, memory: BotMemory, ticket: Ticket): OpenElsewhere[] {
  const open = numbersOf(ticket).flatMap((number) => flowAbout(memory, number) ?? [])
  return open.map(({ name, state }) => ({ conversation, flow: name, state }))
}

const pointOf = ({ channel, address }: Place): string => contactPointId(channel, address)

function viewOf(ticket: Ticket): TicketView {
  const { _id, merged, status, before, statusSince, subject, fields, incomplete, conversation, follows, toldApart, createdAt, updatedAt } = ticket
  return { _id, merged, status, before, statusSince, subject, fields, incomplete, conversation, follows, toldApart, createdAt, updatedAt }
}
