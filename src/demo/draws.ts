// Chance that falls the same way for the same seed, and the few distributions that made-up histories are drawn from.

/** Uniform on [0, 1). */
export type Draw = () => number

/** Uniform numbers from a seed (mulberry32). */
export function draws(seed: number): Draw {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

export function poisson(draw: Draw, mean: number): number {
  let count = 0
  for (let product = draw(); product > Math.exp(-mean); product *= draw()) count++
  return count
}

/** A life after Weibull, in the unit of `scale`. */
export function life(draw: Draw, shape: number, scale: number): number {
  return scale * (-Math.log(1 - draw())) ** (1 / shape)
}

/** Around its median, more often long than short. */
export function logNormal(draw: Draw, median: number, spread: number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw())
  return median * Math.exp(spread * normal)
}

/** One of them, all alike. @throws Error for an empty list. */
export function pick<T>(draw: Draw, list: readonly T[]): T {
  const found = list[Math.floor(draw() * list.length)]
  if (found === undefined) throw new Error('nothing to pick from')
  return found
}

/** One of them, by their shares. @throws Error for an empty list. */
export function pickByShare<T extends { share: number }>(draw: Draw, list: readonly T[]): T {
  let left = draw() * list.reduce((sum, { share }) => sum + share, 0)
  const found = list.find(({ share }) => (left -= share) < 0) ?? list.at(-1)
  if (found === undefined) throw new Error('nothing to pick from')
  return found
}
