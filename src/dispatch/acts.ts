// What dispatch leaves to a due document: each is done once in effect, however often it is woken.

import type { Effect, WorkSaid } from '../flow.ts'
import type { Place } from '../message.ts'

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
  /** A question about it, once the work order shows what it is about. */
  | { do: 'ask'; workOrder: string; conversation: string; flow: string; args: Record<string, string> }
  /** The next engineer is offered the work, now that a time is agreed upon. */
  | { do: 'offer'; workOrder: string; round: number }
  | { do: 'offer_timeout'; workOrder: string; offer: string }
  /** Somebody else is looked for, for the same time. */
  | { do: 'redispatch'; workOrder: string; round: number }
  /** Whoever has it takes along what it will likely need; whoever gave it back does not. */
  | { do: 'kit'; workOrder: string }
  /** To be had by whoever claims it. */
  | { do: 'show_pool'; workOrder: string }
  | { do: 'engineer_said'; conversation: string; place: Place; workOrder: string; said: WorkSaid }
