// Opens the visit for a planned date, or lets the date join the one that is open. Of any number who try at once one opens it: the inspections of an
// asset and kind are numbered, and the first entry of a number is one insert.
import { assetStream, siteStream, type Asset } from '../assets/index.ts'
import { timestamp, type Timestamp } from '../clock.ts'
import type { Core } from '../core.ts'
import type { Actor, Consequence } from '../journal/index.ts'
import { digest, type ChannelName, type Language } from '../message.ts'
import { freshTicketNumber, type FreshTicket, type RepairFields } from '../tickets/index.ts'
import type { InspectionAct } from './acts.ts'
import { isCovered, isGone } from './assets-of.ts'
import type { ChecklistItem } from './checklist.ts'
import { inspectionId, inspectionStream, type Inspection, type InspectionFields } from './inspection.ts'
import { occurrenceStream, type SkipReason } from './occurrence.ts'
import { planStream } from './plan.ts'
import { ownerOf, reachOf } from './reach.ts'

/** The date has been written already: what follows finds it, whoever died. */
export async function openForOccurrence(core: Core, { occurrence: id }: Extract<InspectionAct, { do: 'open' }>): Promise<void> {
  const occurrence = await core.journal.load(occurrenceStream, id)
  if (occurrence.n === 0 || occurrence.state !== 'planned') return
  const plan = await core.journal.load(planStream, occurrence.plan)
  const asset = await core.journal.load(assetStream, occurrence.asset)
  if (!isCovered(core, plan, asset)) return skip(core, id, isGone(core, asset) ? 'gone' : 'plan_stopped')
  const { inspection, joined } = await openOrJoin(core, {
    asset,
    kind: plan.kind,
    name: plan.name,
    due: occurrence.due,
    until: occurrence.until,
    windowMs: plan.windowMs,
    checklist: plan.checklist,
    skills: plan.skills,
    durationMs: plan.durationMs,
    occurrence: id,
    plan: plan._id,
    actor: { kind: 'clock', id: null },
    key: `inspect/${id}`,
  })
  await core.journal.change(occurrenceStream, id, {
    key: `opened/${id}`,
    decide: ({ state }) =>
      state === 'planned'
        ? {
            kind: 'entry',
            actor: { kind: 'clock', id: null },
            events: [{ type: 'occurrence.opened', inspection: inspection._id, ticket: inspection.ticket, merged: joined }],
            effects: [],
          }
        : { kind: 'nothing' },
  })
}

async function skip(core: Core, id: string, reason: SkipReason): Promise<void> {
  await core.journal.change(occurrenceStream, id, {
    key: `skip/${id}`,
    decide: ({ state }) =>
      state === 'planned'
        ? { kind: 'entry', actor: { kind: 'clock', id: null }, events: [{ type: 'occurrence.skipped', reason }], effects: [] }
        : { kind: 'nothing' },
  })
}

export interface WantedInspection {
  asset: Asset
  kind: string
  name: string
  due: Timestamp
  until: Timestamp
  windowMs: number
  checklist: readonly ChecklistItem[]
  skills: readonly string[]
  durationMs: number | null
  occurrence: string | null
  plan: string | null
  actor: Actor
  key: string
  /** Where a customer booked it. */
  booked?: Booked
}

export interface Booked {
  conversation: string
  channel: ChannelName
  customer: string
  words: string
  messages: readonly string[]
  windows: readonly { from: Timestamp; until: Timestamp }[]
}

/** Once per key. `joined`: one was open already. */
export async function openOrJoin(core: Core, wanted: WantedInspection): Promise<{ inspection: Inspection; joined: boolean }> {
  const { asset, kind, key, actor } = wanted
  const over = { asset: asset._id, kind, state: { $in: ['completed', 'canceled'] } }
  const opening = await openingOf(core, wanted)
  for (let number = await core.collections.inspections.count(over); ; number++) {
    const id = inspectionId(asset._id, kind, number)
    const result = await core.journal.change<Inspection, 'over'>(inspectionStream, id, {
      key,
      async decide(known) {
        if (known.n === 0) return { kind: 'entry', actor, ...(await opening()) }
        if (known.state !== 'open') return { kind: 'refused', refusal: 'over' }
        const { occurrence, plan, checklist } = wanted
        if (occurrence === null) return { kind: 'nothing' }
        return { kind: 'entry', actor, events: [{ type: 'inspection.joined', occurrence, plan, checklist, due: wanted.due }], effects: [] }
      },
    })
    if (result.kind === 'refused') continue
    if (result.kind !== 'repeated') return { inspection: result.state, joined: result.state.n > 1 || result.kind === 'unchanged' }
    const inspection = await core.journal.load(inspectionStream, result.entry.stream.slice('inspection/'.length))
    return { inspection, joined: result.entry.n > 1 }
  }
}

/** The first entry of an inspection: its ticket and its visit come with it. */
async function openingOf(core: Core, wanted: WantedInspection) {
  const { asset, booked, name, kind, due, until, checklist, occurrence, plan } = wanted
  const owner = booked?.customer ?? (await ownerOf(core, asset))
  const customer = owner ?? `cu_${digest('owner', asset._id)}`
  const reach = owner === null ? { conversation: null, language: core.company().flow.language } : await reachOf(core, owner)
  const site = asset.site === null ? null : await core.journal.load(siteStream, asset.site)
  const known = owner === null ? undefined : await core.collections.customers.get(owner)
  const address = site?.address ?? (owner === null ? null : await addressOf(core, owner))
  return async () => {
    const ticket = await freshTicketNumber(core)
    const inspection: InspectionFields = {
      asset: asset.n === 0 ? null : asset._id,
      kind,
      name,
      product: asset.product,
      serial: asset.serial === '' ? null : asset.serial,
      site: asset.site,
      customer,
      ticket,
      due,
      until,
      checklist:
        checklist.length > 0 ? checklist : [{ id: '1', text: core.render(core.company().flow.language, 'inspection.overall', {}), value: null, photo: false }],
    }
    const fields: RepairFields = {
      ...(asset.product === null ? {} : { product: asset.product }),
      ...(asset.serial === '' ? {} : { serial: asset.serial }),
      ...(address === null ? {} : { address }),
      ...(known?.name == null ? {} : { contactName: known.name }),
      ...(known?.phone == null ? {} : { phone: known.phone }),
      ...(booked === undefined || booked.windows.length === 0 ? {} : { preferredWindows: booked.windows.map(({ from, until: to }) => ({ from, until: to })) }),
    }
    const id = { customer, name: known?.name ?? null, ticket, fields }
    return { events: [{ type: 'inspection.due' as const, inspection, occurrence, plan }], effects: jobFor(core, wanted, { ...id, ...reach }) }
  }
}

/** Where we came to them before. */
async function addressOf(core: Core, customer: string): Promise<string | null> {
  const latest = await core.collections.tickets.find({ 'customer.id': customer }, { sort: { createdAt: -1 }, limit: 20 })
  return latest.find(({ fields }) => fields.address !== undefined)?.fields.address ?? null
}

interface For {
  customer: string
  name: string | null
  ticket: string
  fields: RepairFields
  conversation: string | null
  language: Language
}

/** In this order: the visit is there before the ticket is accepted, so that nobody opens a second one for it. */
function jobFor(core: Core, wanted: WantedInspection, about: For): Consequence[] {
  const { asset, booked, name, kind, due, durationMs, skills, windowMs } = wanted
  const now = timestamp(core.clock.now())
  const subject = asset.product === null ? name : `${name}: ${asset.product}`
  const ticket: FreshTicket = {
    _id: about.ticket,
    statusSince: now,
    priority: 'normal',
    channel: booked?.channel ?? 'api',
    subject,
    description: booked?.words ?? `${name}, due ${due.slice(0, 10)}`,
    language: about.language,
    customer: { id: about.customer, name: about.name },
    conversation: booked?.conversation ?? about.conversation,
    fields: about.fields,
    inspection: { role: 'visit', name, kind, due },
    createdAt: now,
  }
  const attached: Consequence[] = booked === undefined ? [] : [{ do: 'attach', messages: [...booked.messages], ticket: about.ticket }]
  const window = { from: timestamp(Date.parse(due) - windowMs), until: timestamp(Date.parse(due) + windowMs) }
  return [
    { do: 'ticket', number: about.ticket, change: { change: 'open', ticket } },
    ...attached,
    ...(about.fields.address === undefined ? [noAddress(about)] : []),
    { do: 'open_visit', ticket: about.ticket, subject, skills: skills.length === 0 ? null : [...skills], duration: durationMs, window },
    { do: 'ticket', number: about.ticket, change: { change: 'status', to: 'accepted', comment: null } },
  ]
}

function noAddress({ ticket, conversation }: For): Consequence {
  return { do: 'open_task', kind: 'inspection', ticket, conversation, message: null, about: 'nobody knows where the device is', once: `address/${ticket}` }
}
