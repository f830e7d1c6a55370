// How well an engineer suits a work order at a time: 0–100, made of parts that a person can read. Pure.

export const scoreParts = ['travel', 'load', 'skill', 'preferred', 'due'] as const
export type ScorePart = (typeof scoreParts)[number]

export interface Score {
  /** 0–100. */
  total: number
  parts: { part: ScorePart; points: number; of: number; why: string }[]
}

export interface Suitability {
  /** Milliseconds from where they are before; null where nobody knows. */
  travelMs: number | null
  /** Visits on that day besides this one, and how many a day holds. */
  visits: number
  visitsPerDay: number
  /** 1–3, of the skills it takes; none where it takes none. */
  levels: readonly number[]
  /** Null where nobody is preferred. */
  preferred: boolean | null
  /** Whether it is done before it is due; null where nothing is promised. */
  inTime: boolean | null
}

const weights: Readonly<Record<ScorePart, number>> = { travel: 35, load: 20, skill: 20, preferred: 15, due: 10 }
/** From here on a way is as bad as any longer one. */
const farMs = 90 * 60_000
const levelNames = ['', 'learning', 'able', 'expert']

export function scoreOf(about: Suitability): Score {
  const parts = scoreParts.map((part) => {
    const { share, why } = judge(part, about)
    return { part, points: Math.round(weights[part] * share), of: weights[part], why }
  })
  return { total: parts.reduce((sum, { points }) => sum + points, 0), parts }
}

function judge(part: ScorePart, about: Suitability): { share: number; why: string } {
  switch (part) {
    case 'travel':
      if (about.travelMs === null) return { share: 0.5, why: 'nobody knows how far it is' }
      return { share: Math.max(0, 1 - about.travelMs / farMs), why: `${Math.round(about.travelMs / 60_000)} minutes on the way` }
    case 'load':
      return { share: Math.max(0, 1 - about.visits / about.visitsPerDay), why: `${about.visits} of ${about.visitsPerDay} visits on that day` }
    case 'skill': {
      if (about.levels.length === 0) return { share: 1, why: 'it takes no special skill' }
      const lowest = Math.min(...about.levels)
      return { share: lowest / 3, why: levelNames[lowest] ?? '' }
    }
    case 'preferred':
      if (about.preferred === null) return { share: 1, why: 'nobody is preferred' }
      return about.preferred ? { share: 1, why: 'preferred' } : { share: 0, why: 'somebody else is preferred' }
    case 'due':
      if (about.inTime === null) return { share: 1, why: 'nothing is promised' }
      return about.inTime ? { share: 1, why: 'before it is due' } : { share: 0, why: 'after it is due' }
  }
}
