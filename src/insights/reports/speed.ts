// Reports on how fast it went, against the clock and against what was promised.
import type { Company } from '../../company.ts'
import { slaOf, slaClocks } from '../../sla/index.ts'
import type { RepairFact } from './facts.ts'
import { grouped, ofRepairs, rounded, type Row } from './report.ts'
import { quantile, shareOf } from './statistics.ts'

const minuteMs = 60_000
const stamps = { respond: 'respondedAt', restore: 'restoredAt', resolve: 'doneAt' } as const

export const times = ofRepairs({
  name: 'times',
  definition:
    'Minutes from the report to the first answer or act of a person (respond), to the device working again (restore: when the visit that repaired it was completed, or the repaired device was back with its customer) and to the end of the repair (resolve), by the wall clock; of those that got there.',
  by: ['product', 'priority', 'channel', 'engineer', 'agent', 'month', 'all'],
  count: (by) =>
    grouped(
      by,
      () => ({ respond: [] as number[], restore: [] as number[], resolve: [] as number[] }),
      (count, { ticket }) => {
        for (const clock of slaClocks) {
          const at = ticket.sla[stamps[clock]]
          if (at !== null) count[clock].push((Date.parse(at) - Date.parse(ticket.createdAt)) / minuteMs)
        }
      },
      (count) =>
        slaClocks.reduce(
          (row: Row, clock) => ({
            ...row,
            [`${clock}N`]: count[clock].length,
            [`${clock}Median`]: rounded(quantile(count[clock], 0.5), 1),
            [`${clock}P90`]: rounded(quantile(count[clock], 0.9), 1),
          }),
          {},
        ),
    ),
})

/** A clock that is met late is no met promise. */
export const slaAttainment = ofRepairs({
  name: 'sla',
  definition: 'Promises kept of all promises that fell due, for each of the three clocks; one that is still open and not late is not counted.',
  by: ['priority', 'product', 'agent', 'month', 'all'],
  count: (by, { company, clock: { now } }) =>
    grouped(
      by,
      () => ({ respond: [0, 0], restore: [0, 0], resolve: [0, 0] }),
      (count, fact) => {
        for (const clock of slaClocks) {
          const kept = keptOf(fact, clock, company(), now())
          if (kept === null) continue
          const [hits = 0, n = 0] = count[clock]
          count[clock] = [hits + Number(kept), n + 1]
        }
      },
      (count) =>
        slaClocks.reduce((row: Row, clock) => {
          const [hits = 0, n = 0] = count[clock]
          const { share, low, high } = shareOf(hits, n)
          return {
            ...row,
            [`${clock}Due`]: n,
            [`${clock}Kept`]: hits,
            [`${clock}Rate`]: rounded(share, 4),
            [`${clock}Low`]: rounded(low, 4),
            [`${clock}High`]: rounded(high, 4),
          }
        }, {}),
    ),
})

/** Null where nothing was promised, or nothing is due yet. */
function keptOf({ ticket }: RepairFact, clock: (typeof slaClocks)[number], company: Company, now: number): boolean | null {
  if (ticket.sla.raised.some((raised) => raised.clock === clock && raised.stage === 'breach')) return false
  const view = slaOf(ticket, company, now)
  if (view === null) return null
  const { state } = view[clock]
  return state === 'met' ? true : state === 'breached' ? false : null
}
