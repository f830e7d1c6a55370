// The little statistics that reports stand on. Pure.

/** A share with its 95 % interval after Wilson, which holds for few answers and for all-or-nothing ones. Null where there is nothing to share. */
export interface Share {
  n: number
  hits: number
  share: number | null
  low: number | null
  high: number | null
}

const z = 1.959964

export function shareOf(hits: number, n: number): Share {
  if (n === 0) return { n, hits, share: null, low: null, high: null }
  const share = hits / n
  const centre = share + (z * z) / (2 * n)
  const spread = z * Math.sqrt((share * (1 - share) + (z * z) / (4 * n)) / n)
  const scale = 1 + (z * z) / n
  return { n, hits, share, low: Math.max(0, (centre - spread) / scale), high: Math.min(1, (centre + spread) / scale) }
}

/** By linear interpolation between the two nearest; null of nothing. */
export function quantile(values: readonly number[], at: number): number | null {
  const sorted = values.toSorted((a, b) => a - b)
  const place = (sorted.length - 1) * at
  const [low, high] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]]
  return low === undefined || high === undefined ? null : low + (high - low) * (place - Math.floor(place))
}

export function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length
}
