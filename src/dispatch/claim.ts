// The pool: a visit that nobody took, at a time agreed upon, for whoever claims it first.
import type { Timestamp } from '../clock.ts'
import type { Core } from '../core.ts'
import type { Deed } from '../desk/change-ticket.ts'
import { teamOf } from '../desk/teams.ts'
import { survivorOf } from '../tickets/index.ts'
import { bookSlot } from './booking.ts'
import { changeWorkOrder, explainWork } from './change-work-order.ts'
import { armNow } from './release.ts'
import { workOrderStream } from './work-order.ts'

export interface PoolCard {
  workOrder: string
  ticket: string
  subject: string
  address: string | null
  from: Timestamp
  /** Milliseconds. */
  duration: number
  skills: readonly string[]
  /** Where its team is told; null: where all are. */
  slackChannel: string | null
  /** Since when nobody has it. */
  since: Timestamp
}

/** Undefined once somebody has it, or it is off. */
export async function poolCardOf(core: Core, id: string): Promise<PoolCard | undefined> {
  const order = await core.journal.load(workOrderStream, id)
  const { appointment, status, subject, site, duration, skills, statusSince } = order
  if (status !== 'unscheduled' || appointment === null || order.engineer !== null) return undefined
  const ticket = await survivorOf(core, order.ticket)
  const slackChannel = teamOf(core.company().teams, ticket)?.slackChannel ?? null
  return { workOrder: id, ticket: ticket._id, subject, address: site.address, from: appointment.from, duration, skills, slackChannel, since: statusSince }
}

export type ClaimResult = { kind: 'claimed'; name: string } | { kind: 'refused'; why: string }

/** By their Slack user; whoever let it go before may think better of it. A claim is an acceptance. */
export async function claimWork(core: Core, id: string, slack: string, deed: Deed): Promise<ClaimResult> {
  const [engineer] = await core.collections.engineers.find({ slack, active: true }, { limit: 1 })
  if (engineer === undefined) return { kind: 'refused', why: 'Visits are for engineers: none has this Slack user in mendline.yaml or the API.' }
  const order = await core.journal.load(workOrderStream, id)
  if (order.status !== 'unscheduled' || order.appointment === null) return { kind: 'refused', why: 'Somebody has it already, or it is off.' }
  const wish = { engineer: engineer._id, from: Date.parse(order.appointment.from), round: order.round, again: true }
  const actor = { kind: 'engineer', id: engineer._id } as const
  const booked = await bookSlot(core, id, wish, { actor, key: deed.key })
  if (booked.kind === 'refused') return { kind: 'refused', why: explainWork(booked.refusal) }
  await changeWorkOrder(core, id, { actor, key: `${deed.key}/accept` }, (now) =>
    now.engineer !== engineer._id || (now.status !== 'scheduled' && now.status !== 'dispatched')
      ? undefined
      : {
          events: [
            ...(now.status === 'scheduled' ? [{ type: 'work_order.status_changed', from: 'scheduled', to: 'dispatched', comment: null } as const] : []),
            { type: 'work_order.status_changed', from: 'dispatched', to: 'accepted', comment: null },
          ],
          effects: [armNow(core, { do: 'kit', workOrder: id })],
        },
  )
  return { kind: 'claimed', name: engineer.name }
}
