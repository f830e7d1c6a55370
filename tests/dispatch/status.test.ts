// The status table of work orders: the same for every caller, and no way round it.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  firstStatus,
  isOver,
  mayMoveWork,
  nextWorkStatuses,
  shopStatuses,
  visitStatuses,
  workKinds,
  workStatuses,
  type WorkStatus,
} from '../../src/dispatch/status.ts'

const kind = fc.constantFrom(...workKinds)
const status = fc.constantFrom(...workStatuses)

describe('the status table', () => {
  it('leads a visit from unscheduled to completed by the steps of the day, each in its turn', () => {
    const day: WorkStatus[] = ['unscheduled', 'scheduled', 'dispatched', 'accepted', 'en_route', 'on_site', 'completed']
    for (const [index, from] of day.entries())
      for (const [later, to] of day.entries()) if (later > index) expect(mayMoveWork('visit', from, to), `${from} → ${to}`).toBe(later === index + 1)
  })

  it('leads a device from the post to its owner, repaired or not', () => {
    const way: WorkStatus[] = ['awaiting_item', 'received', 'in_repair', 'ready', 'returned']
    for (const each of ['mail_in', 'walk_in'] as const) {
      for (const [index, from] of way.slice(0, -1).entries()) expect(mayMoveWork(each, from, way[index + 1] ?? from)).toBe(true)
      expect(mayMoveWork(each, 'received', 'ready')).toBe(true)
      expect(mayMoveWork(each, 'awaiting_item', 'returned')).toBe(false)
    }
  })

  it('ends: what is over never moves again, and whatever is not over can end', () => {
    fc.assert(
      fc.property(kind, fc.array(status, { maxLength: 30 }), (each, wishes) => {
        let now = firstStatus(each)
        for (const wish of wishes) {
          if (!mayMoveWork(each, now, wish)) continue
          expect(isOver(now)).toBe(false)
          now = wish
        }
        expect([...(each === 'visit' ? visitStatuses : shopStatuses)]).toContain(now)
        for (let steps = 0; !isOver(now); steps++) {
          expect(steps).toBeLessThan(10)
          now = nextWorkStatuses(each, now).find((to) => isOver(to)) ?? nextWorkStatuses(each, now)[0] ?? now
        }
        expect(nextWorkStatuses(each, now)).toEqual([])
      }),
    )
  })

  it('gives work back to be scheduled from every state in which somebody has it', () => {
    for (const from of ['scheduled', 'dispatched', 'accepted', 'en_route', 'on_site'] as const) expect(mayMoveWork('visit', from, 'unscheduled')).toBe(true)
  })
})
