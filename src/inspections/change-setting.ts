// A plan as it would be written, with what is wished in place of it: one target takes the place of another, and so does one rhythm. Pure.
import type { PlanFields } from './plan.ts'
import type { PlanSetting } from './settings.ts'

export function changedSetting(plan: PlanFields, wished: Partial<PlanSetting>): PlanSetting {
  const { name, kind, covers, schedule, anchor, leadMs: lead, windowMs: window, holidays, team, checklist, skills, durationMs } = plan
  const aims = [wished.asset, wished.product, wished.site].some((each) => each !== undefined)
  return {
    name,
    kind,
    anchor,
    lead,
    window,
    holidays,
    team,
    checklist: checklist.map(writtenItem),
    skills: [...skills],
    ...(durationMs === null ? {} : { duration: durationMs }),
    ...(aims ? {} : { [covers.by]: covers.id }),
    ...rhythmOf(schedule, wished),
    ...given(wished),
  }
}

function rhythmOf(schedule: PlanFields['schedule'], wished: Partial<PlanSetting>): Partial<PlanSetting> {
  if (schedule.by === 'calendar') return wished.meter === undefined ? { rrule: schedule.rrule, timeZone: schedule.timeZone, start: schedule.start } : {}
  if (wished.rrule !== undefined) return {}
  const { unit, every, start, lead, hysteresis, askEveryMs: askEvery } = schedule
  return { meter: { unit, every, lead, hysteresis, askEvery, ...(start === null ? {} : { start }) } }
}

function writtenItem({ text, value, photo }: PlanFields['checklist'][number]) {
  if (value === null) return { text, photo }
  const { unit, min, max } = value
  return { text, photo, value: { unit: unit ?? undefined, min: min ?? undefined, max: max ?? undefined } }
}

/** What is left out is not wished. */
function given(wished: Partial<PlanSetting>): Partial<PlanSetting> {
  return Object.fromEntries(Object.entries(wished).filter(([, value]) => value !== undefined))
}
