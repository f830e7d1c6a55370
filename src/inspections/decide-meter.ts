// What a meter plan has to write for an asset after a reading. Pure: usage only ever grows, so each mark is passed once, however the readings jitter around it.
import { timestamp } from '../clock.ts'
import type { Decided, Wanted } from './decide-calendar.ts'
import type { Occurrence } from './occurrence.ts'
import type { MaintenancePlan, Schedule } from './plan.ts'

export interface MeterSight {
  plan: Pick<MaintenancePlan, 'anchor' | 'windowMs'>
  /** Milliseconds since the epoch. */
  now: number
  usage: number
  /** The usage from which this plan counts for this asset. */
  base: number
  last: Pick<Occurrence, 'occurrence' | 'ordinal' | 'state' | 'usage'> | null
  open: boolean
}

type Metered = Extract<Schedule, { by: 'meter' }>

/** More at once than any meter can mean. */
const atOnce = 400

export function decideMeter(meter: Metered, sight: MeterSight): Decided {
  const { usage, last, open, now, plan } = sight
  const none: Decided = { write: [], again: null }
  const ordinal = (last?.ordinal ?? 0) + 1
  const wanted = (mark: number, index: number, missed: boolean): Wanted => ({
    occurrence: String(mark),
    ordinal: ordinal + index,
    due: timestamp(now),
    until: timestamp(now + plan.windowMs),
    missed,
  })
  if (plan.anchor === 'floating') {
    if (open) return none
    const mark = rounded((last === null ? sight.base : (last.usage ?? Number(last.occurrence))) + meter.every)
    return usage >= mark - meter.lead ? { write: [wanted(mark, 0, false)], again: null } : none
  }
  const first = nextMark(meter, last === null ? sight.base : Number(last.occurrence))
  const passed: number[] = []
  for (let mark = first; mark <= usage; mark = rounded(mark + meter.every)) passed.push(mark)
  const late = passed.slice(-atOnce)
  if (late.length > 0) return { write: late.map((mark, index) => wanted(mark, index, index < late.length - 1)), again: null }
  return !open && usage >= first - meter.lead ? { write: [wanted(first, 0, false)], again: null } : none
}

/** The first mark after this usage. */
function nextMark({ start, every }: Metered, after: number): number {
  const begin = start ?? every
  return after < begin ? begin : rounded(begin + (Math.floor((after - begin) / every) + 1) * every)
}

function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6
}
