// The ticket's status table: which states there are, which moves are allowed, and what each means.

export const statuses = ['new', 'accepted', 'in_progress', 'pending', 'on_hold', 'resolved', 'closed', 'cancelled'] as const
export type TicketStatus = (typeof statuses)[number]
export type TicketCategory = 'open' | 'waiting' | 'done'
/** The phase of ITR, issue to resolution. */
export type TicketPhase = 'acceptance' | 'handling' | 'closing'
export const priorities = ['low', 'normal', 'high', 'urgent'] as const
export type Priority = (typeof priorities)[number]

const moves: Readonly<Record<TicketStatus, readonly TicketStatus[]>> = {
  new: ['accepted', 'pending', 'on_hold', 'resolved', 'cancelled'],
  accepted: ['in_progress', 'pending', 'on_hold', 'resolved', 'cancelled'],
  in_progress: ['pending', 'on_hold', 'resolved', 'cancelled'],
  // And back to where it was, which `mayMove` is told.
  pending: ['on_hold', 'resolved', 'cancelled'],
  on_hold: ['pending', 'resolved', 'cancelled'],
  resolved: ['closed', 'in_progress'],
  closed: ['in_progress'],
  cancelled: ['in_progress'],
}

/** `before` is the open status a waiting ticket came from; it goes back there, or on from there. */
export function mayMove(from: TicketStatus, to: TicketStatus, before: TicketStatus): boolean {
  if (moves[from].includes(to)) return true
  return categoryOf(from) === 'waiting' && (to === before || moves[before].includes(to)) && to !== from
}

export function nextStatuses(from: TicketStatus, before: TicketStatus): TicketStatus[] {
  return statuses.filter((to) => mayMove(from, to, before))
}

export function isReopening(from: TicketStatus, to: TicketStatus): boolean {
  return categoryOf(from) === 'done' && to === 'in_progress'
}

export function categoryOf(status: TicketStatus): TicketCategory {
  switch (status) {
    case 'new':
    case 'accepted':
    case 'in_progress':
      return 'open'
    case 'pending':
    case 'on_hold':
      return 'waiting'
    case 'resolved':
    case 'closed':
    case 'cancelled':
      return 'done'
  }
}

/** A ticket that waits stays in the phase it waits in, told by `before`. */
export function phaseOf(status: TicketStatus, before: TicketStatus): TicketPhase {
  switch (status) {
    case 'new':
      return 'acceptance'
    case 'accepted':
    case 'in_progress':
      return 'handling'
    case 'pending':
    case 'on_hold':
      return before === 'new' ? 'acceptance' : 'handling'
    case 'resolved':
    case 'closed':
    case 'cancelled':
      return 'closing'
  }
}
