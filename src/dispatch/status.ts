// The status table of work orders: which states there are for visits and for work in the shop, and which moves are allowed. Pure.

export const workKinds = ['visit', 'mail_in', 'walk_in'] as const
export type WorkKind = (typeof workKinds)[number]

export const visitStatuses = ['unscheduled', 'scheduled', 'dispatched', 'accepted', 'en_route', 'on_site', 'completed', 'cannot_complete', 'canceled'] as const
export const shopStatuses = ['awaiting_item', 'received', 'in_repair', 'ready', 'returned', 'canceled'] as const
export const workStatuses = [...new Set([...visitStatuses, ...shopStatuses])]
export type WorkStatus = (typeof visitStatuses)[number] | (typeof shopStatuses)[number]

export const outcomes = ['repaired', 'replaced', 'unrepairable', 'declined_and_returned'] as const
export type Outcome = (typeof outcomes)[number]

/** Back to `unscheduled` goes what is rejected, given back or missed: always with a reason. */
const visitMoves: Readonly<Partial<Record<WorkStatus, readonly WorkStatus[]>>> = {
  unscheduled: ['scheduled', 'canceled'],
  scheduled: ['dispatched', 'unscheduled', 'canceled'],
  // Another time agreed upon is for its engineer to accept anew.
  dispatched: ['accepted', 'scheduled', 'unscheduled', 'canceled'],
  accepted: ['en_route', 'scheduled', 'unscheduled', 'canceled'],
  en_route: ['on_site', 'cannot_complete', 'unscheduled', 'canceled'],
  on_site: ['completed', 'cannot_complete', 'unscheduled', 'canceled'],
}

const shopMoves: Readonly<Partial<Record<WorkStatus, readonly WorkStatus[]>>> = {
  awaiting_item: ['received', 'canceled'],
  // What turns out to be beyond repair, or not worth it to its owner, was never in repair.
  received: ['in_repair', 'ready', 'canceled'],
  in_repair: ['ready', 'canceled'],
  // The last test before it is handed back may fail.
  ready: ['returned', 'in_repair'],
}

export function nextWorkStatuses(kind: WorkKind, from: WorkStatus): readonly WorkStatus[] {
  return (kind === 'visit' ? visitMoves : shopMoves)[from] ?? []
}

export function mayMoveWork(kind: WorkKind, from: WorkStatus, to: WorkStatus): boolean {
  return nextWorkStatuses(kind, from).includes(to)
}

export function firstStatus(kind: WorkKind): WorkStatus {
  return kind === 'visit' ? 'unscheduled' : 'awaiting_item'
}

/** Nothing more will be done. */
export function isOver(status: WorkStatus): boolean {
  return status === 'completed' || status === 'cannot_complete' || status === 'canceled' || status === 'returned'
}

/** Moves for which somebody will want to know why. */
export function wantsReason(to: WorkStatus): boolean {
  return to === 'unscheduled' || to === 'cannot_complete'
}
