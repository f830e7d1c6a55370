// What dispatch leaves to a due document: each is done once in effect, however often it is woken.

import type { Effect } from '../flow.ts'

/** What a customer says about a visit in a conversation. */
export type SaidOfVisit = Extract<Effect, { do: 'offer_slots' | 'choose_slot' | 'call_off' }>

/** `engineer`: nobody can come at the time that was agreed upon. */
export type ProposalReason = 'new' | 'taken' | 'missed' | 'engineer'

export type DispatchAct =
  /** The booking of an earlier round stands in an engineer's way. */
  | { do: 'release'; day: string; workOrder: string; round: number }
  /** The ticket is over without the work: so is the work. */
  | { do: 'cancel_work'; ticket: string }
  /** A booked time is to be agreed upon, or given free again. */
  | { do: 'settle'; day: string; booking: string }
  /** Somebody comes soon. */
  | { do: 'remind'; workOrder: string; round: number }
  | { do: 'customer_said'; customer: string; conversation: string; said: SaidOfVisit }
  /** The customer is asked for a time. */
  | { do: 'propose'; workOrder: string; round: number; reason: ProposalReason }
  /** An accepted ticket wants a visit. */
  | { do: 'open_visit'; ticket: string }
