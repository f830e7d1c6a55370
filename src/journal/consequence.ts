// What a committed entry sets in motion. Plain data, carried out under the entry's id, so a repetition finds its work done.
import type { AssetWish } from '../assets/change-asset.ts'
import type { SiteFields } from '../assets/site.ts'
import type { Timestamp } from '../clock.ts'
import type { DispatchAct } from '../dispatch/acts.ts'
import type { ConsentWords, TicketEvent } from '../events.ts'
import type { Utterance } from '../flow.ts'
import type { InspectionAct } from '../inspections/acts.ts'
import type { OfferAnswer } from '../insights/opportunities/opportunity.ts'
import type { ChannelName, Language, OutboundMessage } from '../message.ts'
import type { BillLine } from '../parts/bill.ts'
import type { LocationFields } from '../parts/location.ts'
import type { PartFields } from '../parts/part.ts'
import type { StockAct } from '../parts/stock.ts'
import type { FailureRecord, UsedPart } from '../tickets/failure.ts'
import type { QuoteDecision } from '../quotes/quote.ts'
import type { TicketStatus } from '../tickets/status.ts'
import type { FreshTicket, RepairFields } from '../tickets/ticket.ts'

/** Something that is to happen later, or elsewhere: a due document. */
export type Alarm =
  /** Runs the conversation's waiting questions, or its abandoned form. */
  | { kind: 'wake'; conversation: string; wake: 'questions' | 'abandoned' }
  /** News for a conversation. */
  | { kind: 'tell'; conversation: string; say: Utterance[]; ticket: string | null }
  /** An agent's own words for a conversation; `speaker` is the agent's name as the customer reads it. */
  | { kind: 'reply'; conversation: string; text: string; agent: string; speaker: string; ticket: string | null }
  /** The one ticket was merged into the other: the conversation goes on with that one, and its customer hears what is in `say`. */
  | { kind: 'merged'; conversation: string; from: string; into: string; say: Utterance[] }
  /** What the conversation has open about the ticket is asked on elsewhere. */
  | { kind: 'moved'; conversation: string; ticket: string; tell: boolean }
  /** A question from outside for a conversation. */
  | { kind: 'ask'; conversation: string; flow: string; args: Record<string, string> }
  /** The time has come to ask how it went. */
  | { kind: 'survey'; ticket: string; resolution: number }
  | { kind: 'survey_expiry'; survey: string }
  | { kind: 'quote_expiry'; quote: string; version: number }
  /** A ticket waits on its customer; `version` tells whether it is still the same wait. */
  | { kind: 'reminder'; ticket: string; version: number }
  /** A resolved ticket nobody objected to. */
  | { kind: 'close'; ticket: string; version: number }
  /** An agent fell silent: the bot takes the conversation back. */
  | { kind: 'control_timeout'; conversation: string }
  /** A message could not be delivered: the next rung of the ladder, or a person. */
  | { kind: 'undelivered'; message: string }
  /** A provider's event that its channel is to look at; the body is in `files/`. */
  | { kind: 'provider_event'; channel: ChannelName; event: string; file: string }
  /** An SLA clock of the ticket has something to say. */
  | { kind: 'sla'; ticket: string }
  /** Other tickets may be the same case as this one. */
  | { kind: 'same_case'; ticket: string }
  /** A ticket is to be compared with the earlier repairs of its asset. */
  | { kind: 'repeat'; ticket: string }
  /** What the desk's faces show of a ticket is behind; what `after` (`<kind>/<id>`) began is ended first, so that it is shown. */
  | { kind: 'show'; ticket: string; after?: string }
  /** A task that belongs to no ticket is to be seen on the desk's faces. */
  | { kind: 'show_task'; task: string }
  /** Something that whoever has the ticket must know; staff only. */
  | { kind: 'warn'; ticket: string; text: string }
  /** The record it is checked against was mended. */
  | { kind: 'entitlement'; ticket: string; asset: string }
  /** Something of field service. */
  | { kind: 'dispatch'; act: DispatchAct }
  /** Something of maintenance plans and inspections. */
  | { kind: 'inspection'; act: InspectionAct }
  /** A part request is to claim what it wants at its source. */
  | { kind: 'claim_parts'; request: string }
  /** The daily look at what repairs teach; `since`: up to when the past was looked at before. */
  | { kind: 'insights'; day: string; since: Timestamp }
  /** Webhooks of an endpoint are to be sent anew: those of a time (null: without end), of a ticket, or all. */
  | { kind: 'replay_webhooks'; endpoint: string; only: 'waiting' | 'failed' | null; from: Timestamp | null; until: Timestamp | null; ticket: string | null }
  /** The week is to be told to staff. */
  | { kind: 'digest'; day: string }
  /** Ask the channel's provider what came in since then. */
  | { kind: 'reconcile'; channel: ChannelName; since: Timestamp }

export type TaskKind =
  | 'low_score'
  | 'new_information'
  | 'handover'
  | 'undeliverable'
  | 'answers_held'
  | 'needs_review'
  | 'unmatched'
  | 'file_missing'
  | 'opted_out'
  | 'sla'
  /** Nothing was found to check an entitlement against: the record of an asset is to be mended. */
  | 'no_data'
  /** The work is done: is the ticket resolved? */
  | 'work_done'
  /** Nobody can go on with the work as things are. */
  | 'work_stuck'
  /** A part runs low; `about` says which, and where. */
  | 'reorder'
  /** A repair used more than there should have been. */
  | 'stock_mismatch'
  /** A quote was declined, asked about, or nobody answered it. */
  | 'quote'
  /** A receiver of webhooks was switched off; `about` says which. */
  | 'webhook_disabled'
  /** An inspection, or a meter's reading, for which nobody can be asked; or its device is said to be gone. */
  | 'inspection'
  /** A customer wants an offer of more than a repair. */
  | 'sales'

/** A change to a ticket, made by a conversation. */
export type TicketChange =
  | { change: 'open'; ticket: FreshTicket }
  | { change: 'describe'; fields: RepairFields; subject?: string }
  /** With `tell` its customer hears of it by this alone. */
  | { change: 'status'; to: TicketStatus; comment: string | null; tell?: true }
  /** What the work for it found and did. */
  | { change: 'failure'; failure: FailureRecord }
  | { change: 'mark'; incomplete: boolean }
  /** It is spoken of in another conversation now: news goes there. */
  | { change: 'moved'; conversation: string }
  /** A message about it went another way. */
  | { change: 'rerouted'; message: string; from: ChannelName; to: ChannelName; reason: string }
  /** A person of ours has answered. */
  | { change: 'responded' }
  /** The device works again. */
  | { change: 'restored' }
  /** Its customer has said something about it: it waits for them no longer. */
  | { change: 'answered' }
  /** Another ticket was opened because its trouble came back. */
  | { change: 'followed'; by: string }
  /** The customer thanked for, or nodded at, the last news of it, in this message. */
  | { change: 'acknowledged'; message: string }
  /** Something that staff should read there. */
  | { change: 'noted'; text: string }
  /** It is another case than that one. */
  | { change: 'told_apart'; other: string }

export type Consequence =
  | { do: 'say'; message: Omit<OutboundMessage, 'seq' | 'createdAt'> }
  | { do: 'handled'; messages: { id: string; ticket: string | null; state: 'handled' | 'needs_review' }[] }
  | { do: 'attach'; messages: string[]; ticket: string }
  | { do: 'ticket'; number: string; change: TicketChange }
  /** One of the two tickets learns of a merge. */
  | { do: 'merge_ticket'; number: string; event: Extract<TicketEvent, { type: 'ticket.merged' }> }
  /** By the customer's word; they hear of it in the same breath. */
  | { do: 'merge_tickets'; from: string; into: string }
  | { do: 'tell_apart'; one: string; other: string }
  | { do: 'rate_ticket'; number: string; score: number; comment: string | null }
  | { do: 'know_contact_point'; channel: OutboundMessage['channel']; address: string; customer: string; name: string | null; verified: boolean }
  /** Leave to write to an address is taken back or given. */
  | { do: 'consent'; point: string; wish: 'opt_out' | 'opt_in'; words: ConsentWords }
  /** Where the customer wants news from now on. */
  | { do: 'prefer'; customer: string; channel: ChannelName; point: string | null }
  /** A one-time code to an address, good in this conversation. */
  | { do: 'send_code'; conversation: string; channel: ChannelName; address: string; customer: string; language: Language }
  /** A wrong code was typed. */
  | { do: 'miss_code'; conversation: string }
  /** The right one was: the address is this customer's. */
  | { do: 'verify_address'; conversation: string; channel: ChannelName; address: string; customer: string }
  | { do: 'describe_customer'; customer: string; name?: string; email?: string; phone?: string }
  | { do: 'answer_survey'; survey: string; score: number | null; comment: string | null; channel: ChannelName }
  /** The customer's word on a quote, said in the conversation; `text` exactly. */
  | {
      do: 'answer_quote'
      quote: string
      version: number
      decision: QuoteDecision
      conversation: string
      channel: ChannelName
      address: string | null
      message: string | null
      text: string
    }
  /** The customer's word on the question whether they want an offer. */
  | { do: 'answer_offer'; opportunity: string; answer: OfferAnswer; words: string; message: string | null; conversation: string }
  /** One alarm per `id`, the latest `at` counts; without `id` it is this entry's own. */
  | { do: 'arm'; at: Timestamp; alarm: Alarm; id?: string }
  /** A person has seen to what a conversation asked of people until then. */
  /** The record of an asset was mended: tickets that had no data are checked anew. */
  | { do: 'recheck_entitlement'; asset: string; serial: string }
  /** A record as a file wants it. */
  | { do: 'set_asset'; serial: string; wish: AssetWish }
  | { do: 'set_site'; name: string; customer: string | null; fields: Partial<SiteFields> }
  | { do: 'set_part'; number: string; wish: Partial<PartFields> }
  | { do: 'set_location'; name: string; fields: Partial<LocationFields> }
  | { do: 'set_bill'; product: string; lines: readonly BillLine[] }
  | { do: 'stock'; location: string; part: string; act: StockAct }
  /** There is more of a part at a place: requests that wait for it are tried again. */
  | { do: 'meet_requests'; location: string; part: string }
  /** What a repair used: out of stock, into the asset. `engineer` has a van, perhaps. */
  | { do: 'use_parts'; ticket: string; parts: UsedPart[]; asset: string | null; engineer: string | null }
  /** A visit for the ticket, and its customer is asked for a time; `window`: when it is to be done. */
  | {
      do: 'open_visit'
      ticket: string
      subject: string
      skills: string[] | null
      duration: number | null
      window: { from: Timestamp; until: Timestamp } | null
    }
  /** On the record of its asset. */
  | { do: 'note_inspection'; asset: string; inspection: string; kind: string; failed: string[] }
  /** The ticket needs no parts any more. */
  | { do: 'free_parts'; ticket: string }
  /** What the task of that name asked for is done. */
  | { do: 'settle_task'; once: string }
  | { do: 'settle_tasks'; conversation: string; kinds: TaskKind[]; by: string }
  /** With `once`, only the first of that name makes a task. */
  | { do: 'open_task'; kind: TaskKind; ticket: string | null; conversation: string | null; message: string | null; about?: string; once?: string }
