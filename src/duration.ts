// Lengths of time as a company writes them: 10s, 30m, 1h, 2d.
import { z } from 'zod'

const units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const

/** Milliseconds. */
export const duration = z
  .string()
  .regex(/^\d+(\.\d+)?\s*(ms|s|m|h|d)$/, 'is a time like 10s, 30m, 1h or 2d')
  .transform((text) => {
    const [, amount, unit] = /^([\d.]+)\s*(ms|s|m|h|d)$/.exec(text) ?? []
    const factor = Object.entries(units).find(([name]) => name === unit)?.[1] ?? 1
    return Math.round(Number(amount) * factor)
  })
