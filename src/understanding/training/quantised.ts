// One byte a weight is enough, and small.

export function quantised(rows: Float64Array): { rows: Int8Array; step: number } {
  let largest = 0
  for (const weight of rows) largest = Math.max(largest, Math.abs(weight))
  const step = Number((largest / 127).toPrecision(4))
  return { rows: Int8Array.from(rows, (weight) => Math.max(-127, Math.min(127, Math.round(weight / step)))), step }
}
