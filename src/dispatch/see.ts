// What staff and callers of the API see of engineers and their work.
import { timestamp } from '../clock.ts'
import type { Candidate } from './candidates.ts'
import type { DayPlan } from './day-plan.ts'
import { profileOf } from './engineers.ts'
import type { Engineer } from './engineer.ts'
import type { Offer } from './offers.ts'
import type { WorkOrder } from './work-order.ts'

export function viewEngineer(engineer: Engineer) {
  const { _id, n, source, active, createdAt, updatedAt } = engineer
  return { id: _id, version: n, source, active, ...profileOf(engineer), createdAt, updatedAt }
}

export function viewWorkOrder(order: WorkOrder) {
  const { _id, n, engineer, engineerName, appointment, round: _, duration, ...rest } = order
  return {
    id: _id,
    version: n,
    ...rest,
    duration: Math.round(duration / 60_000),
    engineer: engineer === null ? null : { id: engineer, name: engineerName ?? engineer },
    appointment: appointment === null ? null : { from: appointment.from, until: appointment.until },
  }
}

export function viewCandidate({ engineer, slot, score, warnings }: Candidate) {
  return { engineer: { id: engineer._id, name: engineer.name }, from: timestamp(slot.from), until: timestamp(slot.until), score, warnings }
}

export function viewOffer({ engineer, name, from, until }: Offer) {
  return { engineer: { id: engineer, name }, from: timestamp(from), until: timestamp(until) }
}

export function viewDayPlan({ date, routes, unassigned, km }: DayPlan) {
  return {
    date,
    km,
    routes: routes.map(({ engineer, visits, km: way }) => ({
      engineer,
      km: way,
      visits: visits.map(({ workOrder, ticket, from, until, agreed }) => ({ workOrder, ticket, from: timestamp(from), until: timestamp(until), agreed })),
    })),
    unassigned,
  }
}
