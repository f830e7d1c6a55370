// How much to keep: demand over the lead time as a negative binomial, and the stock at which to order again.

export interface LeadTimeDemand {
  mean: number
  variance: number
}

/** Probabilities of 0, 1, 2 … pieces until all but a millionth is told. Poisson where the variance is not above the mean. */
export function chancesOf({ mean, variance }: LeadTimeDemand): number[] {
  if (mean <= 0) return [1]
  const chances: number[] = []
  const left = (): number => 1 - chances.reduce((sum, chance) => sum + chance, 0)
  const over = variance > mean * 1.000001
  const size = over ? mean ** 2 / (variance - mean) : Infinity
  const share = over ? mean / variance : 1
  let chance = over ? Math.exp(size * Math.log(share)) : Math.exp(-mean)
  const pieces = Math.ceil(mean + 40 * Math.sqrt(Math.max(mean, variance)) + 40)
  for (let count = 0; count <= pieces; count++) {
    chances.push(chance)
    if (count > mean && left() < 1e-6) break
    chance *= over ? ((size + count) / (count + 1)) * (1 - share) : mean / (count + 1)
  }
  return chances
}

/** The share of lead-time demand that `stock` pieces serve at once. 1 where nothing is wanted. */
export function fillRate(demand: LeadTimeDemand, stock: number): number {
  if (demand.mean <= 0) return 1
  const short = chancesOf(demand).reduce((sum, chance, pieces) => sum + chance * Math.max(0, pieces - stock), 0)
  return Math.min(1, Math.max(0, 1 - short / demand.mean))
}

/** The least stock, in whole pieces, that serves this share of the demand over the lead time. `target` below 1. */
export function reorderPoint(demand: LeadTimeDemand, target: number): number {
  let stock = 0
  while (fillRate(demand, stock) < target) stock++
  return stock
}
