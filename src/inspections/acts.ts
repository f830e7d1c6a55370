// What inspections leave to a due document: each is done once in effect, however often it is woken.
import type { Effect } from '../flow.ts'
import type { Place } from '../message.ts'
import type { Check } from './checklist.ts'
import type { SkipReason } from './occurrence.ts'

/** What a customer says of an inspection in a conversation. */
export type SaidOfInspection = Extract<Effect, { do: 'decline_inspection' | 'book_inspection' | 'put_off_visit' | 'device_gone' | 'read_meter' }>

export type InspectionAct =
  /** A plan is new or another one now: its assets are looked at. */
  | { do: 'plan_all'; plan: string; after: string | null }
  /** What is due for one asset is written, and the next look is set. */
  | { do: 'plan'; plan: string; asset: string }
  /** An asset is new, or was moved: which plans are for it? */
  | { do: 'fit'; asset: string }
  /** The planned date gets its visit, or joins one that is open. */
  | { do: 'open'; occurrence: string }
  /** The inspection is over: so are the dates it was for. */
  | { do: 'conclude'; inspection: string; occurrence: string; skip: SkipReason | null }
  /** The work order is done, or the ticket over. */
  | { do: 'work_over'; ticket: string; how: 'completed' | 'cancelled'; engineer: string | null }
  /** An engineer looked at an item of the checklist. */
  | { do: 'checked'; conversation: string; place: Place; workOrder: string; check: Check }
  /** Engineers have gone through it. */
  | { do: 'finished'; conversation: string; place: Place; workOrder: string; checks: readonly Check[] }
  | { do: 'customer_said'; customer: string; conversation: string; said: SaidOfInspection }
