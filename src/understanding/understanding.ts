// What was understood of one message: the shape that rules, the classifier and a model, where one is set up, fill in.
import type { NewsWay } from './entities/way.ts'
import type { Language } from '../message.ts'
import type { Span } from './span.ts'
import type { TimeWindow } from './times/index.ts'

export const intents = [
  'report_repair',
  'ask_status',
  'add_information',
  /** Another time for the visit. */
  'reschedule',
  /** The request as a whole. */
  'cancel',
  /** Only the visit. */
  'cancel_visit',
  /** An offer: yes and no. */
  'approve',
  'decline',
  'order_part',
  'book_inspection',
  'complain',
  'talk_to_person',
  'change_channel',
  'reopen',
  'thank',
  /** Greetings and other small talk. */
  'greet',
  'confirm',
  'deny',
  'skip',
  'later',
  'back',
  'none',
] as const
export type Intent = (typeof intents)[number]

/** What a place is known of. */
export const slots = [
  'product',
  'serial',
  'errorCode',
  'symptom',
  'address',
  'contactName',
  'phone',
  'email',
  'preferredTime',
  'rating',
  'ticketNumber',
  'danger',
  'urgent',
] as const
export type Slot = (typeof slots)[number]

export interface Entities {
  /** A product of the catalogue by its name there, else the customer's own words for a device. */
  product?: string
  serial?: string
  errorCode?: string
  /** In the customer's own words. */
  symptom?: string
  address?: string
  contactName?: string
  /** E.164 where it can be known, else as written. */
  phone?: string
  email?: string
  /** As written, e.g. `Thursday afternoon`. */
  preferredTime?: string
  /** What `preferredTime` means, soonest first; absent where no day ahead is named. */
  windows?: readonly TimeWindow[]
  ticketNumbers: readonly string[]
  /** 1–5. */
  rating?: number
  /** Words of danger to people: fire, gas, smoke, water at the mains, an electric shock. */
  danger?: boolean
  /** The customer says that it is urgent. */
  urgent?: boolean
  /** Speaks of another device or a new request. */
  another?: boolean
  /** The way the customer wants to hear from us. */
  way?: NewsWay
  /** Puts right what was said before: "actually …", "no, it is …". */
  corrects?: boolean
}

/** Where a value stands, as written, and whether it may be kept without being read back. */
export interface Place extends Span {
  of: 'text' | 'subject'
  certain: boolean
}

export interface Understanding {
  /** Undefined when the text is too short or in no language we speak. */
  language: Language | undefined
  intent: Intent
  /** 0–1. */
  confidence: number
  entities: Entities
  /** Of each value that was found. */
  places: Readonly<Partial<Record<Slot, Place>>>
}
