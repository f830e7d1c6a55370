// Forecasting a part from the machines it sits in: from who has one since when, and which have failed so far.
import type { Forecaster } from './backtest.ts'
import { expectedFailures, fitWeibull, type Watched, type Weibull } from './weibull.ts'

/** One machine with the part in it. Periods are counted like the demand series: 0 is its first one. */
export interface Unit {
  /** When it was installed; negative when before the series starts. */
  installed: number
  /** When its part failed and was replaced, ascending. */
  failures: readonly number[]
  /** When the machine went out of service; absent while it runs. */
  removed?: number
}

/** What the records tell of the part's lives by `now`: nothing before period 0 was recorded, so older parts were met at an age. */
export function livesUntil(fleet: readonly Unit[], now: number): Watched[] {
  return fleet.flatMap((unit) => {
    const lives: Watched[] = []
    const end = Math.min(now, unit.removed ?? now)
    let born = unit.installed
    for (const failure of unit.failures.filter((at) => at < end)) {
      lives.push({ from: Math.max(0, -born), until: failure + 0.5 - born, failed: true })
      born = failure + 0.5
    }
    if (end > Math.max(born, 0)) lives.push({ from: Math.max(0, -born), until: end - born, failed: false })
    return lives
  })
}

/** Ages, in periods, of the parts in service at `now`. */
export function agesAt(fleet: readonly Unit[], now: number): number[] {
  return fleet
    .filter((unit) => unit.installed <= now && (unit.removed === undefined || unit.removed > now))
    .map((unit) => now - (unit.failures.findLast((at) => at < now) ?? unit.installed))
}

/** The life of the part as far as the records until `now` tell it. */
export function lifeUntil(fleet: readonly Unit[], now: number): Weibull | undefined {
  return fitWeibull(
    livesUntil(
      fleet.filter(({ installed }) => installed < now),
      now,
    ),
  )
}

/** At each origin it knows only what had happened by then. Expects nothing while the records are too thin. */
export function fleetForecaster(fleet: readonly Unit[]): Forecaster {
  return (known, periods) => {
    const now = known.length
    const life = lifeUntil(fleet, now)
    return life === undefined ? Array.from({ length: periods }, () => 0) : expectedFailures(life, agesAt(fleet, now), periods)
  }
}
