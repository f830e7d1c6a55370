// "Text me instead": a wish to hear from us elsewhere, unless it comes with a fault to be mended, or is an answer to "how can we reach you".
import { readWay } from '../entities/way.ts'
import type { Clues } from '../clues.ts'

export function asksForChannel({ folded, trouble, length }: Clues): number {
  if (trouble === 'fault') return 0
  const wish = readWay(folded)
  if (wish === undefined || length > 30) return 0
  return wish.lasting ? 0.93 : 0.9
}
