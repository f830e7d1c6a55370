// What was understood of one message: the shape that rules (and a model, where one is set up) fill in.
import type { NewsWay } from './entities/way.ts'
import type { Language } from '../message.ts'

export const intents = [
  'report_repair',
  'ask_status',
  'add_information',
  'talk_to_person',
  'change_channel',
  'cancel',
  'reopen',
  'thank',
  'greet',
  'confirm',
  'deny',
  'skip',
  'later',
  'back',
  'none',
] as const
export type Intent = (typeof intents)[number]

export interface Entities {
  /** A product of the catalogue, by its name there. */
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
  ticketNumbers: readonly string[]
  /** 1–5. */
  rating?: number
  /** Words of danger to people: fire, gas, an electric shock. */
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

export interface Understanding {
  /** Undefined when the text is too short or in no language we speak. */
  language: Language | undefined
  intent: Intent
  /** 0–1. */
  confidence: number
  entities: Entities
}
