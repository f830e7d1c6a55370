// What a conversation, or the work for it, does to a ticket: opening, describing, accepting, marking, recording. Each idempotent under its key.
import type { Core } from '../core.ts'
import type { Event } from '../events.ts'
import type { Actor, Decision, TicketChange } from '../journal/index.ts'
import { entitle, entitleIfTold } from './entitle.ts'
import { changeStatus } from './change-status.ts'
import { numbersOf, survivorOf } from './merge.ts'
import { recordFailure } from './record-failure.ts'
import { ticketStream } from './stream.ts'
import type { RepairFields, Ticket } from './ticket.ts'

/** A merged ticket changes no more: what is said about it is about the one it lives on in, also when it is merged this very moment. */
export async function applyTicketChange(core: Core, number: string, change: TicketChange, actor: Actor, key: string): Promise<void> {
  const { _id } = change.change === 'open' ? { _id: number } : await survivorOf(core, number)
  await applyTo(core, _id, change, actor, key)
  if ((await core.journal.load(ticketStream, _id)).mergedInto !== null) await applyTicketChange(core, _id, change, actor, key)
}

async function applyTo(core: Core, number: string, change: TicketChange, actor: Actor, key: string): Promise<void> {
  switch (change.change) {
    case 'open':
      await core.journal.change(ticketStream, number, {
        key,
        async decide(ticket): Promise<Decision<never>> {
          if (ticket.n > 0) return { kind: 'nothing' }
          const entitled = await entitle(core, { ...ticket, ...change.ticket }, change.ticket.fields)
          return {
            kind: 'entry',
            actor,
            events: [{ type: 'ticket.created', ticket: change.ticket }, ...(entitled?.events ?? [])],
            effects: entitled?.effects ?? [],
          }
        },
      })
      return
    case 'describe':
      await core.journal.change(ticketStream, number, {
        key,
        async decide(ticket): Promise<Decision<never>> {
          const subject = change.subject === undefined || change.subject === ticket.subject ? {} : { subject: change.subject }
          if (isGone(ticket) || (saysNothingNew(ticket.fields, change.fields) && !('subject' in subject))) return { kind: 'nothing' }
          const entitled = await entitleIfTold(core, ticket, change.fields)
          const described = { type: 'ticket.described', fields: change.fields, ...subject } as const
          return { kind: 'entry', actor, events: [described, ...(entitled?.events ?? [])], effects: entitled?.effects ?? [] }
        },
      })
      return
    case 'status': {
      // Staff may have moved the ticket in the meantime; theirs is the later word.
      const result = await changeStatus(core, number, { to: change.to, comment: change.comment, actor, key, tell: change.tell === true })
      if (result.kind === 'refused') core.log.info('status left as it is', { ticket: number, reason: result.refusal.kind })
      return
    }
    case 'failure':
      await core.journal.change(ticketStream, number, {
        key,
        decide: (ticket) => (isGone(ticket) ? { kind: 'nothing' } : { kind: 'entry', actor, ...recordFailure(ticket, change.failure, actor) }),
      })
      return
    case 'answered': {
      const { status, before } = await core.journal.load(ticketStream, number)
      if (status === 'pending') await changeStatus(core, number, { to: before, comment: null, actor, key, tell: false })
      return
    }
    case 'mark':
      await core.journal.change(ticketStream, number, {
        key,
        decide: (ticket) =>
          isGone(ticket) || ticket.incomplete === change.incomplete || ticket.status !== 'new'
            ? { kind: 'nothing' }
            : { kind: 'entry', actor, events: [{ type: 'ticket.marked', incomplete: change.incomplete }], effects: [] },
      })
      return
    case 'moved':
      return note(core, number, key, actor, ({ conversation }) =>
        conversation === change.conversation ? undefined : { type: 'ticket.moved', conversation: change.conversation },
      )
    case 'rerouted': {
      const { change: _, ...way } = change
      await core.journal.change(ticketStream, number, {
        key,
        decide: (ticket) =>
          ticket.n === 0 ? { kind: 'nothing' } : { kind: 'entry', actor, events: [{ type: 'ticket.delivery_rerouted', ...way }], effects: [] },
      })
      return
    }
    case 'responded':
      return note(core, number, key, actor, (ticket) => (ticket.sla.respondedAt === null ? { type: 'ticket.responded' } : undefined))
    case 'restored':
      // What is over needs no restoring any more.
      return note(core, number, key, actor, ({ sla }) => (sla.doneAt === null ? { type: 'ticket.restored' } : undefined))
    case 'followed':
      return note(core, number, key, actor, ({ followedBy }) => (followedBy.includes(change.by) ? undefined : { type: 'ticket.followed', by: change.by }))
    case 'noted':
      return note(core, number, key, actor, () => ({ type: 'note.created', text: change.text }))
    case 'told_apart':
      return note(core, number, key, actor, ({ _id, toldApart }) =>
        _id === change.other || toldApart.some((known) => known.number === change.other) ? undefined : { type: 'ticket.told_apart', other: change.other },
      )
    case 'acknowledged': {
      const ticket = await core.journal.load(ticketStream, number)
      const news = await lastNews(core, ticket, change.message)
      return note(core, number, key, actor, () => ({ type: 'ticket.acknowledged', message: change.message, news }))
    }
  }
}

/** What is only noted: nothing follows from it. */
async function note(core: Core, number: string, key: string, actor: Actor, eventOf: (ticket: Ticket) => Event | undefined): Promise<void> {
  await core.journal.change(ticketStream, number, {
    key,
    decide(ticket) {
      const event = isGone(ticket) ? undefined : eventOf(ticket)
      return event === undefined ? { kind: 'nothing' } : { kind: 'entry', actor, events: [event], effects: [] }
    },
  })
}

/** The last words of ours about it that were there when the customer wrote. */
async function lastNews(core: Core, ticket: Ticket, message: string): Promise<string | null> {
  const { messages } = core.collections
  const written = (await messages.get(message))?.createdAt
  if (written === undefined) return null
  const earlier = { ticket: { $in: numbersOf(ticket) }, direction: 'outbound', createdAt: { $lte: written } }
  return (await messages.find(earlier, { sort: { createdAt: -1 }, limit: 1 }))[0]?._id ?? null
}

function isGone({ n, mergedInto }: Ticket): boolean {
  return n === 0 || mergedInto !== null
}

function saysNothingNew(known: RepairFields, added: RepairFields): boolean {
  const before = new Map(Object.entries(known))
  return Object.entries(added).every(([field, value]) => JSON.stringify(before.get(field)) === JSON.stringify(value))
}
