// What kind of demand a part has: how often it is wanted, and how much the amounts vary (Syntetos and Boylan).

export type DemandClass = 'none' | 'smooth' | 'intermittent' | 'erratic' | 'lumpy'

export interface DemandProfile {
  class: DemandClass
  /** Average interval between periods with demand, in periods; infinite without any. */
  adi: number
  /** Squared coefficient of variation of the amounts that were wanted. */
  cv2: number
}

const adiLimit = 1.32
const cv2Limit = 0.49

/** `series` holds one amount per period, oldest first, none negative. */
export function profileOf(series: readonly number[]): DemandProfile {
  const amounts = amountsOf(series)
  if (amounts.length === 0) return { class: 'none', adi: Infinity, cv2: 0 }
  const adi = mean(intervalsOf(series))
  const average = mean(amounts)
  const cv2 = mean(amounts.map((amount) => (amount - average) ** 2)) / average ** 2
  const rare = adi >= adiLimit
  const varied = cv2 >= cv2Limit
  return { class: rare ? (varied ? 'lumpy' : 'intermittent') : varied ? 'erratic' : 'smooth', adi, cv2 }
}

/** The amounts of the periods with demand. */
export function amountsOf(series: readonly number[]): number[] {
  return series.filter((amount) => amount !== 0)
}

/** Periods from one demand to the next; the first is counted from the start of the series. */
export function intervalsOf(series: readonly number[]): number[] {
  const intervals: number[] = []
  let since = 0
  for (const amount of series) {
    since++
    if (amount === 0) continue
    intervals.push(since)
    since = 0
  }
  return intervals
}

export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
}
