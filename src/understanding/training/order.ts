// Numbers and an order that look random and are the same everywhere.

/** From 0 to below 1. */
export function numbers(): () => number {
  let state = 12_345
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 4_294_967_296
  }
}

/** The same order for the same seed. */
export function shuffle(order: number[], seed: number): void {
  let state = (seed * 2_654_435_761) >>> 0
  for (let index = order.length - 1; index > 0; index--) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    const other = state % (index + 1)
    const [one, two] = [order[index] ?? 0, order[other] ?? 0]
    order[index] = two
    order[other] = one
  }
}
