// Takes what no longer stands out of an engineer's calendar.
import { timestamp } from '../clock.ts'
import type { Core } from '../core.ts'
import type { Consequence } from '../journal/index.ts'
import type { DispatchAct } from './acts.ts'
import { calendarStream } from './calendar.ts'
import type { WorkOrder } from './work-order.ts'

/** Of the time agreed upon last. In a due document: calendars lead to work orders, never the other way round. */
export function releaseEffects(core: Core, { _id, appointment, round }: WorkOrder): Consequence[] {
  return appointment === null ? [] : [armNow(core, { do: 'release', day: appointment.day, workOrder: _id, round: round - 1 })]
}

/** The engineer's time, and the parts they had with them. */
export function giveFree(core: Core, order: WorkOrder): Consequence[] {
  return [...releaseEffects(core, order), armNow(core, { do: 'kit', workOrder: order._id })]
}

export function armNow(core: Core, act: DispatchAct): Consequence {
  return { do: 'arm', at: timestamp(core.clock.now()), alarm: { kind: 'dispatch', act } }
}

/** Every booking of the work order on that day up to that round. */
export async function release(core: Core, { day, workOrder, round }: Extract<DispatchAct, { do: 'release' }>, key: string): Promise<void> {
  await core.journal.change(calendarStream, day, {
    key,
    decide({ booked }) {
      const stale = booked.filter((booking) => booking.workOrder === workOrder && booking.round <= round)
      return stale.length === 0
        ? { kind: 'nothing' }
        : { kind: 'entry', actor: { kind: 'system', id: null }, events: stale.map(({ id }) => ({ type: 'calendar.released', booking: id })), effects: [] }
    },
  })
}
