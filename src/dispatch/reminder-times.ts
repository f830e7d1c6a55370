// When a customer is reminded of a visit: so long before it, but never at night. Pure.

/** By the clock on the customer's wall: nothing is sent before or after these hours. */
const wake = 8
const sleep = 21
const evening = 20
/** A reminder later than this before the visit is none. */
const leastMs = 3_600_000

/** Milliseconds since the epoch, in order, each once; `leads` in milliseconds. */
export function reminderTimes(visit: number, leads: readonly number[], timeZone: string): number[] {
  return [...new Set(leads.map((lead) => byDay(visit - lead, visit, timeZone)))].toSorted((one, other) => one - other)
}

/** In the morning where that is still well before the visit, else on the evening before. */
function byDay(at: number, visit: number, timeZone: string): number {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone)
  if (local.hour >= wake && local.hour < sleep) return at
  const day = local.hour >= sleep ? local.toPlainDate() : local.toPlainDate().subtract({ days: 1 })
  const clock = (date: Temporal.PlainDate, hour: number): number =>
    date.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from({ hour }) }).epochMilliseconds
  const morning = clock(day.add({ days: 1 }), wake)
  return visit - morning >= leastMs ? morning : clock(day, evening)
}
