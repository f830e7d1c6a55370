// What can be done with a ticket from its card: each act with its button, and when it is offered. Pure.
import type { TicketCard } from '../../../src/desk/index.ts'

export interface Act {
  /** The `action_id` of its button. */
  id: string
  /** At most 75 characters. */
  label(card: TicketCard): string
  /** A button of its own, or an entry of the menu. */
  often: boolean
  isFor(card: TicketCard): boolean
}

const lives = ({ ticket }: TicketCard): boolean => ticket.mergedInto === null
const isOpen = (card: TicketCard): boolean => lives(card) && card.ticket.category !== 'done'
const canBeWrittenTo = (card: TicketCard): boolean => lives(card) && card.place !== null

export const acts: readonly Act[] = [
  {
    id: 'desk_claim',
    label: ({ ticket }) => (ticket.status === 'new' ? 'Accept' : 'Claim'),
    often: true,
    isFor: (card) => isOpen(card) && card.owner === null,
  },
  { id: 'desk_reply', label: () => 'Reply', often: true, isFor: canBeWrittenTo },
  { id: 'desk_ask', label: () => 'Ask for information', often: true, isFor: (card) => isOpen(card) && canBeWrittenTo(card) },
  { id: 'desk_note', label: () => 'Note', often: true, isFor: lives },
  {
    id: 'desk_quote',
    label: () => 'Quote',
    often: true,
    // What is in warranty costs nothing; who changes their mind has a quote to change.
    isFor: (card) => isOpen(card) && canBeWrittenTo(card) && (card.ticket.entitlement !== 'in_warranty' || card.quote !== null),
  },
  { id: 'desk_resolve', label: () => 'Resolve', often: true, isFor: (card) => isOpen(card) },
  { id: 'desk_assign', label: () => 'Assign', often: false, isFor: isOpen },
  { id: 'desk_status', label: () => 'Status', often: false, isFor: (card) => card.next.length > 0 },
  { id: 'desk_merge', label: () => 'Merge', often: false, isFor: lives },
  { id: 'desk_return', label: () => 'Call the bot back', often: false, isFor: (card) => lives(card) && card.control.owner === 'agent' },
  {
    id: 'desk_tasks',
    label: ({ tasks }) => (tasks.length === 1 ? 'Looked at it' : `Looked at all ${tasks.length}`),
    often: false,
    isFor: ({ tasks }) => tasks.length > 0,
  },
]
