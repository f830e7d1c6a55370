// What staff and callers of the API see of plans, planned dates, inspections and meters.
import { checkLine } from './checklist.ts'
import type { Inspection } from './inspection.ts'
import type { Meter } from './meter.ts'
import type { Occurrence } from './occurrence.ts'
import type { MaintenancePlan } from './plan.ts'

/** As it is written: 14d, 36h, 90m. */
export function lengthOf(milliseconds: number): string {
  const units = [
    ['d', 86_400_000],
    ['h', 3_600_000],
    ['m', 60_000],
    ['s', 1000],
  ] as const
  const [unit, size] = units.find(([, each]) => milliseconds % each === 0) ?? (['ms', 1] as const)
  return `${milliseconds / size}${unit}`
}

export function viewPlan(plan: MaintenancePlan) {
  const {
    _id,
    n,
    source,
    active,
    name,
    kind,
    covers,
    schedule,
    anchor,
    leadMs,
    windowMs,
    holidays,
    team,
    checklist,
    skills,
    durationMs,
    createdAt,
    updatedAt,
  } = plan
  const calendar = schedule.by === 'calendar' ? schedule : null
  return {
    id: _id,
    version: n,
    source,
    active,
    name,
    kind,
    asset: covers.by === 'asset' ? covers.id : null,
    product: covers.by === 'product' ? covers.id : null,
    site: covers.by === 'site' ? covers.id : null,
    rrule: calendar?.rrule ?? null,
    timeZone: calendar?.timeZone ?? null,
    start: calendar?.start ?? null,
    meter: schedule.by === 'meter' ? viewMeterRule(schedule) : null,
    anchor,
    lead: lengthOf(leadMs),
    window: lengthOf(windowMs),
    holidays,
    team,
    checklist: [...checklist],
    skills: [...skills],
    duration: durationMs === null ? null : lengthOf(durationMs),
    createdAt,
    updatedAt,
  }
}

function viewMeterRule({ unit, every, start, lead, hysteresis, askEveryMs }: Extract<MaintenancePlan['schedule'], { by: 'meter' }>) {
  return { unit, every, start, lead, hysteresis, askEvery: askEveryMs === null ? null : lengthOf(askEveryMs) }
}

export function viewOccurrence({ _id, n, ...rest }: Occurrence) {
  return { id: _id, version: n, ...rest }
}

export function viewInspection({ _id, n, checklist, checks, occurrences, plans, ...rest }: Inspection) {
  return {
    id: _id,
    version: n,
    ...rest,
    plans: [...plans],
    occurrences: [...occurrences],
    items: checklist.map((item) => {
      const check = checks.find((each) => each.item === item.id)
      return {
        ...item,
        result: check?.result ?? null,
        measured: check?.value ?? null,
        note: check?.note ?? null,
        photos: [...(check?.photos ?? [])],
        line: checkLine(item, check),
      }
    }),
  }
}

export function viewMeter({ _id, n, asset, unit, last, usage, askedAt }: Meter) {
  return { id: _id, version: n, asset, unit, value: last?.value ?? null, at: last?.at ?? null, usage, askedAt }
}
