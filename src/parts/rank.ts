// Which parts a repair will likely need, by what was used for its like. Pure. Each part comes with its share of the past cases that are like
// this one, pulled towards its share of all cases of the product as long as the like ones are few, and with the counts behind both.
import { alikeFrom, likenessOf, type Trouble } from '../tickets/index.ts'

export interface PastCase extends Trouble {
  /** Parts of the present catalogue. */
  parts: readonly { part: string; quantity: number }[]
}

export interface LikelyPart {
  part: string
  /** As many as were most often used at once. */
  quantity: number
  /** 0 to 1: smoothed, (cases + weight × base) / (of + weight). */
  share: number
  /** Like cases that used it, of so many like cases. */
  cases: number
  of: number
  /** Its share of all past cases of the product, and how many these are. */
  base: number
  all: number
}

/** As many like cases as the product's own rate counts for. */
export const smoothing = 4

/** The most likely first. Without any past case there is nothing to go by. */
export function rankParts(now: Trouble, past: readonly PastCase[]): LikelyPart[] {
  const like = past.filter((each) => likenessOf(now, each) >= alikeFrom)
  const parts = new Set(past.flatMap((each) => each.parts.map(({ part }) => part)))
  const uses = (cases: readonly PastCase[], part: string): number => cases.filter((each) => each.parts.some((used) => used.part === part)).length
  return [...parts]
    .map((part): LikelyPart => {
      const base = uses(past, part) / past.length
      const cases = uses(like, part)
      return {
        part,
        quantity: usual(past, part),
        share: (cases + smoothing * base) / (like.length + smoothing),
        cases,
        of: like.length,
        base,
        all: past.length,
      }
    })
    .toSorted((one, other) => other.share - one.share || (one.part < other.part ? -1 : 1))
}

function usual(past: readonly PastCase[], part: string): number {
  const counts = new Map<number, number>()
  for (const { parts } of past) for (const used of parts) if (used.part === part) counts.set(used.quantity, (counts.get(used.quantity) ?? 0) + 1)
  return [...counts].toSorted(([a, n], [b, m]) => m - n || a - b)[0]?.[0] ?? 1
}
