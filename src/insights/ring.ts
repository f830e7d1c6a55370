// The daily look at what repairs teach, as one due document that moves from day to day: right after any outage, and never twice.
import { arm } from '../alarms/arm.ts'
import { timestamp } from '../clock.ts'
import type { Core } from '../core.ts'
import type { Alarm } from '../journal/index.ts'
import { dayAfter, instantOf, isMonday, nextDay } from './days.ts'
import { startDigest } from './digest/index.ts'
import { evaluateOpportunities } from './opportunities/index.ts'
import { forecastReorderPoints, settleReorderPoints } from './parts/reorder.ts'
import { evaluateSignals } from './signals/index.ts'

const dailyId = 'insights'

/** Called when a worker starts, and when the settings change; leaves the one that waits alone. */
export async function startInsights(core: Core): Promise<void> {
  const now = core.clock.now()
  await armDay(core, nextDay(now, hourOf(core), zoneOf(core)), timestamp(now), true)
  await startDigest(core)
  await settleReorderPoints(core)
}

/** `since`: up to when the past was looked at before. */
export async function ringInsights(core: Core, { day, since }: Extract<Alarm, { kind: 'insights' }>): Promise<void> {
  const until = instantOf(day, hourOf(core), zoneOf(core))
  if (isMonday(day)) await evaluateSignals(core, day, until)
  if (isMonday(day)) await forecastReorderPoints(core, day, until)
  await evaluateOpportunities(core, since, until, isMonday(day))
  await armDay(core, dayAfter(day, core.clock.now(), hourOf(core), zoneOf(core)), timestamp(until), false)
}

async function armDay(core: Core, day: string, since: string, once: boolean): Promise<void> {
  await arm(core, dailyId, timestamp(instantOf(day, hourOf(core), zoneOf(core))), { kind: 'insights', day, since }, once)
}

function hourOf(core: Core): number {
  return core.company().insights.hour
}

function zoneOf(core: Core): string {
  return core.company().flow.timeZone
}
