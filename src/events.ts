// Everything that can have happened: the events that journal entries hold. Dotted, in the past tense; those without a listener outside are marked internal.
import type { ApiKeyEvent } from './access/api-key.ts'
import type { AssetFields } from './assets/asset.ts'
import type { Entitlement } from './assets/entitlement.ts'
import type { ProductFields } from './assets/product.ts'
import type { SiteFields } from './assets/site.ts'
import type { BotMemory } from './bot/turn.ts'
import type { Timestamp } from './clock.ts'
import type { ProposalReason } from './dispatch/acts.ts'
import type { Booking } from './dispatch/calendar.ts'
import type { EngineerProfile } from './dispatch/engineer.ts'
import type { Outcome, WorkStatus } from './dispatch/status.ts'
import type { FreshWorkOrder, WorkOrder } from './dispatch/work-order.ts'
import type { Check, ChecklistItem } from './inspections/checklist.ts'
import type { InspectionFields } from './inspections/inspection.ts'
import type { OccurrenceFields, SkipReason } from './inspections/occurrence.ts'
import type { PlanFields } from './inspections/plan.ts'
import type { Actor } from './journal/entry.ts'
import type { FaultEvent } from './faults/fault.ts'
import type { Language, Place } from './message.ts'
import type { OpportunityEvent } from './insights/opportunities/opportunity.ts'
import type { SignalEvent } from './insights/signals/signal.ts'
import type { ImportCounts, ImportKind } from './imports/import.ts'
import type { BillLine } from './parts/bill.ts'
import type { LocationFields } from './parts/location.ts'
import type { PartFields } from './parts/part.ts'
import type { RequestFields, RequestStatus } from './parts/request.ts'
import type { QuoteEvent } from './quotes/quote.ts'
import type { FailureRecord } from './tickets/failure.ts'
import type { CaseLikeness } from './tickets/same-case.ts'
import type { SlaClockName } from './sla/record.ts'
import type { SurveyAbout } from './surveys/survey.ts'
import type { Priority, TicketStatus } from './tickets/status.ts'
import type { FreshTicket, MergeBrings, RepairFields } from './tickets/ticket.ts'
import type { WebhookEndpointEvent } from './webhooks/endpoint.ts'

export type HandoverReason = 'asked' | 'not_understood' | 'safety' | 'not_served' | 'loop_guard' | 'staff'

/** How leave was taken back or given: a carrier's lone keyword, a sentence, the provider's word for it, or the link in a mail. */
export type ConsentWords = 'keyword' | 'natural' | 'provider' | 'link'

export type ConversationEvent =
  /** Internal: the first entry of every conversation. */
  | { type: 'conversation.began'; place: Place; customer: string; language?: Language }
  | { type: 'message.received'; message: string; seq: number }
  /** Internal: three tries failed; a person looks at it. */
  | { type: 'message.put_aside'; message: string; seq: number }
  /** Internal: what the bot remembers after the turn; `heard` when a message was answered, not when the bot spoke first. */
  | { type: 'turn.taken'; heard: boolean; memory: BotMemory; language: Language; subject: string | null; reference: string | null; references: string[] }
  /** Internal: a ticket was opened from, or tied to, this conversation. */
  | { type: 'conversation.ticket_tied'; ticket: string }
  /** Internal: whatever it knew of the one ticket is about the other now. */
  | { type: 'conversation.ticket_merged'; from: string; into: string }
  | { type: 'conversation.handoff_requested'; reason: HandoverReason; until: Timestamp }
  /** `ticket`: what the agent's words are about. */
  | { type: 'conversation.agent_joined'; agent: string; until: Timestamp; ticket?: string }
  | { type: 'conversation.returned_to_bot'; reason: 'agent' | 'timeout' }
  /** Internal: told that nobody is at work. */
  | { type: 'conversation.away_told' }

export type TicketEvent =
  | { type: 'ticket.created'; ticket: FreshTicket }
  | { type: 'ticket.status_changed'; from: TicketStatus; to: TicketStatus; comment: string | null }
  | { type: 'ticket.reopened'; from: TicketStatus; comment: string | null }
  /** `name` as people read it. */
  | { type: 'ticket.assigned'; assignee: string; name?: string }
  | { type: 'ticket.unassigned' }
  /** Internal: given to a team. */
  | { type: 'ticket.team_set'; team: string }
  /** Internal: what the repair found and did. */
  | { type: 'ticket.failure_recorded'; failure: FailureRecord; by: Actor }
  /** Internal: more is known. */
  | { type: 'ticket.described'; fields?: RepairFields; subject?: string; description?: string; priority?: Priority; customerName?: string }
  | { type: 'ticket.marked'; incomplete?: boolean; spam?: boolean }
  /** On both tickets; `brings` is what the one leaves to the other. */
  | { type: 'ticket.merged'; from: string; into: string; comment: string | null; brings: MergeBrings }
  /** Internal: its customer speaks of it in another conversation now. */
  | { type: 'ticket.moved'; conversation: string }
  | { type: 'note.created'; text: string }
  /** Internal: a message could not be delivered where it was meant to go, and went another way. */
  | { type: 'ticket.delivery_rerouted'; message: string; from: Place['channel']; to: Place['channel']; reason: string }
  /** Internal: nor any other way; a person has it now. */
  | { type: 'ticket.delivery_failed'; message: string; channel: Place['channel']; reason: string }
  /** Internal: the trouble of an earlier repair has come back; the other one learns of it too. */
  | { type: 'ticket.repeat_found'; of: string }
  | { type: 'ticket.repeated'; by: string }
  /** Internal: what it is entitled to, by the records of that moment. */
  | { type: 'ticket.entitlement_checked'; entitlement: Entitlement }
  /** Internal: its trouble came back, and another ticket was opened for that. */
  | { type: 'ticket.followed'; by: string }
  /** Internal: the customer thanked for, or nodded at, the last news. */
  | { type: 'ticket.acknowledged'; message: string; news: string | null }
  /** Internal, on both: the same asset and like trouble. */
  | { type: 'ticket.same_case_proposed'; other: string; asset: CaseLikeness['asset']; trouble: CaseLikeness['trouble']; sameCustomer: boolean }
  /** Internal, on both: somebody who knows said that they are two cases. */
  | { type: 'ticket.told_apart'; other: string }
  /** Internal: the survey's answer as the ticket shows it. */
  | { type: 'ticket.rated'; score: number; comment: string | null }

export type SlaEvent =
  /** Internal: an agent's own words went out; assignments and moves by staff tell of themselves. */
  | { type: 'ticket.responded' }
  /** Internal: the device works again, though the repair may not be over. */
  | { type: 'ticket.restored' }
  /** Three quarters of the promised time are used up. `at` is when that was, which may be before it was noticed. */
  | { type: 'sla.warning'; clock: SlaClockName; at: Timestamp; due: Timestamp }
  | { type: 'sla.breached'; clock: SlaClockName; at: Timestamp; due: Timestamp }

export type CustomerEvent =
  /** Internal. */
  | { type: 'customer.described'; name?: string; email?: string; phone?: string }
  /** Internal: where they want news. */
  | { type: 'customer.preferred'; channel: Place['channel']; point: string | null }
  /** Internal: a one-time code went out at their wish. */
  | { type: 'customer.code_sent' }
  /** Turned out to be the same person as another. */
  | { type: 'customer.merged'; into: string }
  /** Internal: the other side of it. */
  | { type: 'customer.absorbed'; customers: string[]; name: string | null; email: string | null; phone: string | null }

/** Internal: a one-time code, by the conversation it was asked for in. */
export type VerificationEvent =
  | { type: 'verification.sent'; channel: Place['channel']; address: string; customer: string; expiresAt: Timestamp }
  | { type: 'verification.failed' }
  | { type: 'verification.done' }

export type ContactPointEvent =
  | { type: 'contact_point.known'; channel: Place['channel']; address: string; customer: string; name: string | null; verified: boolean }
  /** Internal: its owner wrote from it, or typed the code that was sent there. */
  | { type: 'contact_point.verified' }
  /** Internal: a one-time code was sent there. */
  | { type: 'contact_point.code_sent' }
  /** Internal: an automatic answer was spent from the budget. */
  | { type: 'contact_point.answered'; conversation: string; acknowledgement: boolean }
  | { type: 'contact_point.marked_bad'; reason: string }
  /** The address may be written to no more; who said so is the entry's actor. */
  | { type: 'customer.opted_out'; words: ConsentWords }
  | { type: 'customer.opted_in'; words: ConsentWords }

export type MailboxEvent = { type: 'mailbox.answered' }

export type SurveyEvent =
  | { type: 'survey.requested'; ticket: string; conversation: string; resolution: number; expiresAt: Timestamp }
  | { type: 'survey.responded'; score: number | null; comment: string | null; about: SurveyAbout }
  | { type: 'survey.expired' }

export type EngineerEvent =
  /** Internal: who they are and what they can do, all of it. */
  { type: 'engineer.described'; profile: EngineerProfile; source: 'settings' | 'api' } | { type: 'engineer.left' }

export type WorkOrderEvent =
  /** Internal. */
  | { type: 'work_order.opened'; order: FreshWorkOrder }
  | { type: 'work_order.status_changed'; from: WorkStatus; to: WorkStatus; comment: string | null; outcome?: Outcome }
  /** Internal: more is known. */
  | ({ type: 'work_order.described' } & Partial<Pick<WorkOrder, 'subject' | 'priority' | 'skills' | 'duration' | 'site' | 'preferredEngineer'>>)
  /** Internal: nothing is planned for it until it is released. */
  | { type: 'work_order.held'; reason: string }
  | { type: 'work_order.released' }
  /** Internal: somebody has it, without a time agreed upon. */
  | { type: 'work_order.assigned'; engineer: string | null; name: string | null }
  /** Internal: nobody was found who takes it. */
  | { type: 'work_order.pooled' }
  /** Internal: its engineer is asked whether they take it. */
  | { type: 'work_order.offered'; offer: string; until: Timestamp }
  /** Internal: what the work found and did. */
  | { type: 'work_order.recorded'; failure: FailureRecord | null; photos: string[] }
  /** Internal: the customer is to be asked for a time. */
  | { type: 'appointment.wanted'; reason: ProposalReason }
  /** Times were offered to the customer. */
  | { type: 'appointment.proposed'; slots: { engineer: string; from: Timestamp; until: Timestamp }[] }
  | { type: 'appointment.confirmed'; engineer: string; name: string; from: Timestamp; until: Timestamp; day: string }
  | {
      type: 'appointment.rescheduled'
      engineer: string
      name: string
      from: Timestamp
      until: Timestamp
      day: string
      before: { from: Timestamp; until: Timestamp }
    }
  /** The engineer gave it back; the time agreed with the customer stands. */
  | { type: 'appointment.rejected'; engineer: string | null; reason: string }
  /** Internal: the customer was reminded of it. */
  | { type: 'appointment.reminded' }
  /** The time is off; nobody came in, or it is not wanted. */
  | { type: 'appointment.canceled'; reason: string }

/** Internal: an engineer's day, in which no two visits overlap. */
export type CalendarEvent = { type: 'calendar.booked'; booking: Booking } | { type: 'calendar.released'; booking: string }

/** Internal: both tickets tell of it themselves. */
export type MergeEvent = { type: 'tickets.merge_decided'; from: string; into: string } | { type: 'tickets.told_apart'; one: string; other: string }

/** Internal: the history of an asset. */
export type AssetEvent =
  | { type: 'asset.registered'; serial: string; fields: AssetFields }
  | { type: 'asset.described'; fields: Partial<AssetFields> }
  | { type: 'asset.moved'; site: string | null }
  | { type: 'asset.owner_changed'; customer: string | null }
  /** `part` null: one that the catalogue does not know. */
  | { type: 'asset.part_installed'; part: string | null; name: string; quantity: number; ticket: string | null }
  | { type: 'asset.part_removed'; part: string | null; name: string; ticket: string | null }
  | { type: 'asset.inspected'; inspection: string; kind: string; failed: string[] }

/** Internal: the stock of one part at one place. */
export type StockEvent =
  | { type: 'stock.counted'; onHand: number }
  | { type: 'stock.received'; quantity: number }
  | { type: 'stock.reserved'; request: string; quantity: number }
  | { type: 'stock.released'; request: string }
  /** `request` whose claim it was. */
  | { type: 'stock.taken'; quantity: number; request: string | null; ticket: string | null }
  | { type: 'stock.reorder_point_set'; reorderPoint: number | null }
  | { type: 'stock.forecast_point_set'; reorderPoint: number | null }
  | { type: 'stock.ran_low'; available: number; reorderPoint: number }
  | { type: 'stock.replenished'; available: number }

/** `request` with the first; `used` of an allocation that was received. */
export type PartRequestEvent =
  | { type: 'part_request.changed'; from: RequestStatus | null; to: RequestStatus; request?: RequestFields; used?: number }
  /** Internal: which part is meant by the words it was asked for in. */
  | { type: 'part_request.named'; part: string }

/** Internal. */
export type RecordEvent =
  | { type: 'product.registered'; name: string; fields: ProductFields }
  | { type: 'product.described'; fields: Partial<ProductFields> }
  | { type: 'part.registered'; number: string; fields: PartFields }
  | { type: 'part.described'; fields: Partial<PartFields> }
  | { type: 'import.accepted'; kind: ImportKind; counts: ImportCounts }
  | { type: 'bill.set'; product: string; lines: readonly BillLine[] }
  | { type: 'location.registered'; name: string; fields: LocationFields }
  | { type: 'location.described'; fields: Partial<LocationFields> }
  | { type: 'site.registered'; name: string; customer: string | null; fields: SiteFields }
  | { type: 'site.described'; fields: Partial<SiteFields> }

/** Internal. */
export type PlanEvent = { type: 'plan.described'; fields: PlanFields; source: 'settings' | 'api' } | { type: 'plan.stopped' }

/** Internal: one planned date for one asset. */
export type OccurrenceEvent =
  | { type: 'occurrence.planned'; occurrence: OccurrenceFields }
  | { type: 'occurrence.opened'; inspection: string; ticket: string; merged: boolean }
  | { type: 'occurrence.done'; at: Timestamp; usage: number | null }
  | { type: 'occurrence.skipped'; reason: SkipReason }

export type InspectionEvent =
  /** `occurrence` and `plan` null: the customer booked it. */
  | { type: 'inspection.due'; inspection: InspectionFields; occurrence: string | null; plan: string | null }
  /** Internal: another planned date is met by the same visit. */
  | { type: 'inspection.joined'; occurrence: string; plan: string | null; checklist: readonly ChecklistItem[]; due: Timestamp }
  /** Internal. */
  | { type: 'inspection.item_checked'; check: Check }
  /** `failed` by the ids of their items; `repair` is the ticket that was opened for them. */
  | { type: 'inspection.completed'; results: Check[]; failed: string[]; repair: string | null; engineer: string | null }
  /** Internal: it is not wanted, or cannot be. */
  | { type: 'inspection.canceled'; reason: string }

/** Internal: the meter of an asset. */
export type MeterEvent =
  | { type: 'meter.read'; asset: string; unit: string; value: number; at: Timestamp; replaced: boolean }
  | { type: 'meter.asked'; asset: string; unit: string }
  /** `plan`: its id, and since when it is as it is. */
  | { type: 'meter.plan_based'; plan: string; usage: number }

export type Event =
  | ConversationEvent
  | TicketEvent
  | MergeEvent
  | SlaEvent
  | CustomerEvent
  | VerificationEvent
  | ContactPointEvent
  | MailboxEvent
  | SurveyEvent
  | AssetEvent
  | StockEvent
  | PartRequestEvent
  | RecordEvent
  | EngineerEvent
  | WorkOrderEvent
  | CalendarEvent
  | QuoteEvent
  | SignalEvent
  | WebhookEndpointEvent
  | PlanEvent
  | OccurrenceEvent
  | InspectionEvent
  | MeterEvent
  | OpportunityEvent
  | ApiKeyEvent
  | FaultEvent
