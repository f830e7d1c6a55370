// The end of an inspection: done, with a repair for what failed; or called off, with the reason. The dates it was for end with it.
import { timestamp } from '../clock.ts'
import type { Core } from '../core.ts'
import type { Utterance } from '../flow.ts'
import type { Actor, Consequence } from '../journal/index.ts'
import { freshTicketNumber, survivorOf, tellListeners, type FreshTicket, type Ticket } from '../tickets/index.ts'
import type { InspectionAct } from './acts.ts'
import { checkLine, type ChecklistItem } from './checklist.ts'
import { inspectionStream, type Inspection } from './inspection.ts'
import { meterId, meterStream } from './meter.ts'
import { isOverOccurrence, occurrenceStream, type SkipReason } from './occurrence.ts'
import { planStream } from './plan.ts'
import { armInspection, lookNow } from './plan-asset.ts'

interface Ending {
  actor: Actor
  key: string
  engineer: string | null
}

/** What was not looked at stays so in the results. */
export async function completeInspection(core: Core, id: string, { actor, key, engineer }: Ending): Promise<void> {
  await core.journal.change(inspectionStream, id, {
    key,
    async decide(inspection) {
      if (inspection.n === 0 || inspection.state !== 'open') return { kind: 'nothing' }
      const failed = failedOf(inspection)
      const repair = failed.length === 0 ? null : await freshTicketNumber(core)
      const ticket = await survivorOf(core, inspection.ticket)
      return {
        kind: 'entry',
        actor,
        events: [{ type: 'inspection.completed', results: [...inspection.checks], failed: failed.map(({ id: item }) => item), repair, engineer }],
        effects: [
          ...(repair === null ? [] : repairFor(core, inspection, failed, ticket, repair)),
          ...tellListeners(core, ticket, [newsOf(inspection, failed, repair)]),
          { do: 'ticket', number: ticket._id, change: { change: 'status', to: 'resolved', comment: null } },
          ...(inspection.asset === null
            ? []
            : [{ do: 'note_inspection', asset: inspection.asset, inspection: id, kind: inspection.kind, failed: failed.map(({ text }) => text) } as const]),
          ...inspection.occurrences.map((occurrence) => armInspection(core, { do: 'conclude', inspection: id, occurrence, skip: null })),
        ],
      }
    },
  })
}

export function failedOf({ checklist, checks }: Inspection): ChecklistItem[] {
  return checklist.filter(({ id }) => checks.some(({ item, result }) => item === id && result === 'failed'))
}

function newsOf({ ticket: number, name, product }: Inspection, failed: readonly ChecklistItem[], repair: string | null): Utterance {
  const about = { number, name, device: product ?? name }
  return repair === null
    ? { text: 'inspection.passed', with: about, kind: 'statement', ticket: number }
    : { text: 'inspection.failed', with: { ...about, repair, found: failed.map(({ text }) => text).join(', ') }, kind: 'statement', ticket: repair }
}

/** One repair for all that failed: one visit mends it, under one entitlement and one quote, and the customer has one number to ask about. */
function repairFor(core: Core, inspection: Inspection, failed: readonly ChecklistItem[], ticket: Ticket, repair: string): Consequence[] {
  const now = timestamp(core.clock.now())
  const checks = failed.map(({ id }) => inspection.checks.find(({ item }) => item === id))
  const lines = failed.map((item, index) => checkLine(item, checks[index]))
  const photos = checks.flatMap((check) => check?.photos ?? [])
  const opened: FreshTicket = {
    _id: repair,
    statusSince: now,
    priority: 'normal',
    channel: ticket.channel,
    subject: [inspection.product, failed.map(({ text }) => text).join(', ')].filter((part) => part !== null).join(': '),
    description: [`Found by the inspection ${ticket._id}:`, ...lines].join('\n'),
    language: ticket.language,
    customer: ticket.customer,
    conversation: ticket.conversation,
    fields: { ...ticket.fields, symptom: lines.join('; '), ...(photos.length === 0 ? {} : { photos }) },
    inspection: { role: 'found', name: inspection.name, kind: inspection.kind, due: inspection.due, ticket: ticket._id },
    createdAt: now,
  }
  return [
    { do: 'ticket', number: repair, change: { change: 'open', ticket: opened } },
    { do: 'ticket', number: repair, change: { change: 'status', to: 'accepted', comment: null } },
  ]
}

export async function cancelInspection(
  core: Core,
  id: string,
  reason: SkipReason,
  comment: string | null,
  { actor, key }: Omit<Ending, 'engineer'>,
): Promise<void> {
  await core.journal.change(inspectionStream, id, {
    key,
    decide(inspection) {
      if (inspection.n === 0 || inspection.state !== 'open') return { kind: 'nothing' }
      return {
        kind: 'entry',
        actor,
        events: [{ type: 'inspection.canceled', reason: comment ?? reason }],
        effects: [
          { do: 'ticket', number: inspection.ticket, change: { change: 'status', to: 'cancelled', comment } },
          ...inspection.occurrences.map((occurrence) => armInspection(core, { do: 'conclude', inspection: id, occurrence, skip: reason })),
        ],
      }
    },
  })
}

/** The date is over as its inspection is; then the plan looks for the next one. */
export async function concludeOccurrence(
  core: Core,
  { inspection: of, occurrence: id, skip }: Extract<InspectionAct, { do: 'conclude' }>,
  key: string,
): Promise<void> {
  const inspection = await core.journal.load(inspectionStream, of)
  const { plan, asset } = await core.journal.load(occurrenceStream, id)
  const { schedule } = await core.journal.load(planStream, plan)
  const usage = schedule.by === 'meter' ? (await core.journal.load(meterStream, meterId(asset, schedule.unit))).usage : null
  await core.journal.change(occurrenceStream, id, {
    key,
    decide: (occurrence) =>
      occurrence.n === 0 || isOverOccurrence(occurrence)
        ? { kind: 'nothing' }
        : {
            kind: 'entry',
            actor: { kind: 'system', id: null },
            events: [
              skip === null
                ? { type: 'occurrence.done', at: inspection.overAt ?? timestamp(core.clock.now()), usage }
                : { type: 'occurrence.skipped', reason: skip },
            ],
            effects: [lookNow(core, plan, asset)],
          },
  })
}

/** Its work order is done, or its ticket over: so is the inspection. */
export async function workOver(core: Core, { ticket, how, engineer }: Extract<InspectionAct, { do: 'work_over' }>, key: string): Promise<void> {
  for (const { _id } of await core.collections.inspections.find({ ticket, state: 'open' })) {
    const actor: Actor = engineer === null ? { kind: 'system', id: null } : { kind: 'engineer', id: engineer }
    if (how === 'completed') await completeInspection(core, _id, { actor, key: `${key}/${_id}`, engineer })
    else await cancelInspection(core, _id, 'cancelled', null, { actor, key: `${key}/${_id}` })
  }
}
