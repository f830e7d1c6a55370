// Which of many free times a customer is offered: those that suit them, spread over days, each with the engineer who suits best.
import type { Core } from '../core.ts'
import { survivorOf } from '../tickets/index.ts'
import type { TimeWindow } from '../understanding/times/index.ts'
import { dueOf, horizonOf, lookForSlots } from './board.ts'
import { suit } from './candidates.ts'
import type { Slot } from './slots.ts'
import type { WorkOrder } from './work-order.ts'

export interface Offer extends Slot {
  name: string
}

export interface Offers {
  offers: Offer[]
  /** False when nothing is free at the times that were wished for: these are the nearest. */
  fits: boolean
}

/** None of the wished times: any will do. */
export async function offersFor(core: Core, order: WorkOrder, wished: readonly TimeWindow[], count: number, after?: number): Promise<Offers> {
  const { from: soonest, until } = searchOf(core, order, wished)
  const from = Math.max(soonest, (after ?? 0) + 1)
  const due = dueOf(core, await survivorOf(core, order.ticket))
  const { able } = await lookForSlots(core, order, from, until)
  const best = new Map<number, { offer: Offer; score: number }>()
  for (const { on, slots } of able)
    for (const slot of slots) {
      // The time they have already is no other one.
      if (order.appointment !== null && Date.parse(order.appointment.from) === slot.from) continue
      const score = suit(core, order, on, slot, due).total
      if ((best.get(slot.from)?.score ?? -1) < score) best.set(slot.from, { offer: { ...slot, name: on.engineer.name }, score })
    }
  const free = [...best.values()].map(({ offer }) => offer).toSorted((one, other) => one.from - other.from)
  return chooseOffers(free, wished, count, core.company().flow.timeZone)
}

/** What was planned for a time is offered around it, however far away that is; a customer's own wish goes before. */
function searchOf(core: Core, { window }: WorkOrder, wished: readonly TimeWindow[]): { from: number; until: number } {
  const { from, until } = horizonOf(core)
  if (window === undefined) return { from, until }
  const end = Math.max(Date.parse(window.until), ...wished.map((each) => Date.parse(each.until)))
  if (end <= from) return { from, until }
  return { from: wished.length > 0 ? from : Math.max(from, Date.parse(window.from)), until: wished.length > 0 ? Math.max(until, end) : end }
}

/** Pure; `free` in order of time. */
export function chooseOffers(free: readonly Offer[], wished: readonly TimeWindow[], count: number, timeZone: string): Offers {
  const windows = wished.map(({ from, until }) => ({ from: Date.parse(from), until: Date.parse(until) }))
  if (windows.length === 0) return { offers: spread(free, count, timeZone), fits: true }
  const within = free.filter((offer) => windows.some(({ from, until }) => from <= offer.from && offer.until <= until))
  if (within.length > 0) return { offers: spread(within, count, timeZone), fits: true }
  const distance = ({ from }: Offer): number => Math.min(...windows.map((window) => Math.max(window.from - from, from - window.until, 0)))
  const nearest = free.toSorted((one, other) => distance(one) - distance(other) || one.from - other.from).slice(0, count)
  return { offers: nearest.toSorted((one, other) => one.from - other.from), fits: false }
}

/** The first of each half day, then what else there is, as far apart as it goes. */
function spread(free: readonly Offer[], count: number, timeZone: string): Offer[] {
  const halves = new Map<string, Offer>()
  for (const offer of free) {
    const local = Temporal.Instant.fromEpochMilliseconds(offer.from).toZonedDateTimeISO(timeZone)
    const half = `${local.toPlainDate().toString()} ${local.hour < 12 ? 'morning' : 'afternoon'}`
    if (!halves.has(half)) halves.set(half, offer)
  }
  const chosen = [...halves.values()].slice(0, count)
  for (const offer of free) {
    if (chosen.length >= count) break
    const apart = chosen.every((other) => offer.from >= other.until || offer.until <= other.from)
    if (apart) chosen.push(offer)
  }
  return chosen.toSorted((one, other) => one.from - other.from)
}
