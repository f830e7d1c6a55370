// A machine's report of a fault opens one ticket, or is noted on the one there is: however often it is raised, and however it flutters.
import { findAsset, serialKey } from '../assets/index.ts'
import { timestamp } from '../clock.ts'
import type { Core } from '../core.ts'
import type { Actor, Consequence, Decision } from '../journal/index.ts'
import { digest } from '../message.ts'
import { categoryOf, freshTicketNumber, survivorOf, type FreshTicket, type Priority, type Ticket } from '../tickets/index.ts'
import { faultStream, type DeviceFault } from './fault.ts'

export interface FaultReport {
  /** The system that tells of it. */
  source: string
  serial: string
  code: string
  state: DeviceFault['state']
  product?: string | undefined
  description?: string | undefined
  priority: Priority
  /** A fault that is raised again so soon after its last report opens nothing; and its ticket is told of it no more often than this. */
  hysteresisMs: number
}

/** Once per key. */
export async function reportFault(core: Core, report: FaultReport, { actor, key }: { actor: Actor; key: string }): Promise<void> {
  const id = `df_${digest('device fault', serialKey(report.serial), report.code)}`
  await core.journal.change<DeviceFault>(faultStream, id, {
    key,
    async decide(fault): Promise<Decision<never>> {
      if (report.state === 'cleared') return fault.n === 0 || fault.state === 'cleared' ? { kind: 'nothing' } : cleared(fault, actor)
      const ticket = fault.n === 0 ? undefined : await survivorOf(core, fault.ticket)
      const isRecent = core.clock.now() - Date.parse(fault.reportedAt) < report.hysteresisMs
      const goesOn = ticket !== undefined && (categoryOf(ticket.status) !== 'done' || isRecent)
      return goesOn ? again(core, fault, ticket, report, actor) : opened(core, fault, ticket, report, actor)
    },
  })
}

function cleared({ code, ticket, count }: DeviceFault, actor: Actor): Decision<never> {
  const text = `The machine says that fault ${code} is over; it was raised ${times(count)}.`
  return { kind: 'entry', actor, events: [{ type: 'device_fault.cleared' }], effects: [{ do: 'ticket', number: ticket, change: { change: 'noted', text } }] }
}

/** The ticket is told when it came back, and now and then while it goes on. */
function again(core: Core, fault: DeviceFault, ticket: Ticket, report: FaultReport, actor: Actor): Decision<never> {
  const { source, serial, code } = report
  const noted = fault.state === 'cleared' || core.clock.now() - Date.parse(fault.notedAt) >= report.hysteresisMs
  const text = `The machine reports fault ${code} again: ${times(fault.count + 1)} since ${fault.since.slice(0, 16)}Z.`
  const effects: Consequence[] = noted ? [{ do: 'ticket', number: ticket._id, change: { change: 'noted', text } }] : []
  // What is thought to be repaired is not.
  if (noted && categoryOf(ticket.status) === 'done')
    effects.push({
      do: 'open_task',
      kind: 'new_information',
      ticket: ticket._id,
      conversation: null,
      message: null,
      once: `fault/${fault._id}/${ticket.statusVersion}`,
    })
  return { kind: 'entry', actor, events: [{ type: 'device_fault.raised', source, serial, code, ticket: ticket._id, opened: false, noted }], effects }
}

async function opened(core: Core, fault: DeviceFault, before: Ticket | undefined, report: FaultReport, actor: Actor): Promise<Decision<never>> {
  const { source, serial, code, description, priority } = report
  const number = await freshTicketNumber(core)
  const match = await findAsset(core.collections.assets, serial, report.product ?? null)
  const asset = match.kind === 'found' ? match.asset : undefined
  const product = report.product ?? asset?.product ?? undefined
  const owner = asset?.customer ?? undefined
  const customer = owner ?? `cu_${digest('source', source)}`
  const now = timestamp(core.clock.now())
  const name = owner === undefined ? source : ((await core.collections.customers.get(owner))?.name ?? null)
  const ticket: FreshTicket = {
    _id: number,
    statusSince: now,
    priority,
    channel: 'webhook',
    subject: `${product ?? serial}: fault ${code}`,
    description: description ?? `The machine ${serial} reports fault ${code}.`,
    language: core.company().flow.language,
    customer: { id: customer, name },
    // Nobody asked for it, so nobody is written to.
    conversation: null,
    fields: { serial, errorCode: code, ...(product === undefined ? {} : { product }), ...(description === undefined ? {} : { symptom: description }) },
    createdAt: now,
    ...(before === undefined ? {} : { follows: before._id }),
  }
  return {
    kind: 'entry',
    actor,
    events: [{ type: 'device_fault.raised', source, serial, code, ticket: number, opened: true, noted: false }],
    effects: [
      ...(owner === undefined ? [{ do: 'describe_customer', customer, name: source } as const] : []),
      { do: 'ticket', number, change: { change: 'open', ticket } },
      ...(before === undefined ? [] : [{ do: 'ticket', number: before._id, change: { change: 'followed', by: number } } as const]),
    ],
  }
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`
}
