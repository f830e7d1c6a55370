// What a ticket is: the snapshot that shows the present of its stream.
import type { Entitlement, EntitlementResult } from '../assets/entitlement.ts'
import type { Timestamp } from '../clock.ts'
import type { WorkKind, WorkStatus } from '../dispatch/status.ts'
import type { Answer } from '../forms/form.ts'
import type { ChannelName, Language } from '../message.ts'
import type { Actor } from '../journal/entry.ts'
import type { SlaRecord } from '../sla/record.ts'
import type { StoredFailure, UsedPart } from './failure.ts'
import type { CaseLikeness } from './same-case.ts'
import type { Priority, TicketStatus } from './status.ts'

/** What a repair request gathers. Every field is the customer's own words or a value read from them; absent while unknown. */
export interface RepairFields {
  product?: string
  serial?: string
  errorCode?: string
  symptom?: string
  address?: string
  contactName?: string
  phone?: string
  email?: string
  preferredTime?: string
  /** What `preferredTime` means: ISO instants, soonest first. */
  preferredWindows?: { from: string; until: string }[]
  /** Files of photos. */
  photos?: string[]
  /** To a company's own questions, by their ids. */
  answers?: Readonly<Record<string, Answer>>
}

/** What ties a ticket to an inspection: it is the visit itself, or a repair of what that found. */
export interface TicketInspection {
  role: 'visit' | 'found'
  name: string
  kind: string
  due: Timestamp
  /** Of the visit, for what it found. */
  ticket?: string
}

export interface Ticket {
  /** The number, e.g. `R-4K7Q2MM`. */
  _id: string
  /** Version: entries of its stream so far. */
  n: number
  status: TicketStatus
  /** The open status a waiting ticket goes back to. */
  before: TicketStatus
  statusSince: Timestamp
  /** The version that brought the status: tells one wait from the next. */
  statusVersion: number
  priority: Priority
  channel: ChannelName | 'api'
  subject: string
  description: string
  language: Language
  customer: { id: string; name: string | null }
  /** Where news goes; null for a ticket opened by a system for a customer without an address. */
  conversation: string | null
  fields: RepairFields
  /** The ticket whose trouble came back, too late to take that one up again. */
  follows: string | null
  followedBy: string[]
  /** The ticket whose repair did not last: the same trouble of the same asset within days. */
  repeats: string | null
  repeatedBy: string | null
  /** Perhaps the same case, for a person or the customer to say. */
  sameCase: PerhapsSame[]
  /** Said not to be the same case. */
  toldApart: { number: string; at: Timestamp; by: Actor }[]
  /** The customer has thanked for, or nodded at, the last news: in which message, and which news (null: none was sent). */
  acknowledged: { at: Timestamp; message: string; news: string | null } | null
  /** The team that was chosen for it; null leaves it to the settings. */
  team: string | null
  /** Who has it, as actors are named; `name` is for people. */
  assignee: string | null
  assigneeName: string | null
  assignedAt: Timestamp | null
  incomplete: boolean
  spam: boolean
  /** The ticket it lives on in. */
  mergedInto: string | null
  /** The tickets that live on in it. */
  merged: MergedTicket[]
  /** Null while nothing was checked: no serial number yet, or no records to check against. */
  entitlement: EntitlementResult | null
  /** Why, for labour and parts apart, and by which asset. */
  coverage: Entitlement | null
  /** Its serial number as look-alikes share it, for finding tickets of one device; null while unknown. */
  serialKey: string | null
  /** Its product in one spelling; null while unknown. */
  productKey: string | null
  /** Times resolved so far: each arms its own survey. */
  resolutions: number
  /** Parts that the repair in hand has taken out of stock: one that is recorded twice takes them once. */
  partsTaken: { round: number; parts: UsedPart[] }
  /** What the repair found and did, of the last resolution. */
  failure: StoredFailure | null
  satisfaction: { score: number; comment: string | null; at: Timestamp } | null
  /** Left out where it is about none. */
  inspection?: TicketInspection
  /** What its SLA clocks go by. */
  sla: SlaRecord
  createdAt: Timestamp
  updatedAt: Timestamp
}

/** Another ticket of the same asset with like trouble. */
export interface PerhapsSame extends CaseLikeness {
  number: string
  /** Reported by the same customer. */
  sameCustomer: boolean
  at: Timestamp
}

/** A ticket that was merged into another: whose it was, and where its news went. */
export interface MergedTicket {
  number: string
  customer: string
  conversation: string | null
}

/** What a merged ticket leaves to the surviving one. */
export interface MergeBrings {
  merged: MergedTicket[]
  conversation: string | null
  /** For what the other does not know. */
  fields: RepairFields
  follows: string | null
}

/** As it is opened; the rest follows from its history. */
export type FreshTicket = Pick<
  Ticket,
  '_id' | 'statusSince' | 'priority' | 'channel' | 'subject' | 'description' | 'language' | 'customer' | 'conversation' | 'fields' | 'createdAt'
> & { follows?: string | null; team?: string | null; inspection?: TicketInspection }

/** What a conversation may know of a ticket of its own customer. */
export type TicketView = Pick<
  Ticket,
  | '_id'
  | 'merged'
  | 'status'
  | 'before'
  | 'statusSince'
  | 'subject'
  | 'fields'
  | 'incomplete'
  | 'conversation'
  | 'follows'
  | 'toldApart'
  | 'inspection'
  | 'createdAt'
  | 'updatedAt'
> & {
  /** What is under way about it in a conversation at another address of the same customer: a question is open there. */
  openElsewhere?: OpenElsewhere
  work?: WorkView
}

/** The work that goes on for a ticket, as its customer may know it. */
export interface WorkView {
  kind: WorkKind
  status: WorkStatus
  /** As people call them. */
  engineer: string | null
  /** When they come, as agreed. */
  from: Timestamp | null
}

export interface OpenElsewhere {
  conversation: string
  /** The flow's name and its state, for that flow to read. */
  flow: string
  state: unknown
}
