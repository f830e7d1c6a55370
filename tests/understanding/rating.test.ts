// In answer to "how happy are you?" words of praise and blame count as figures; anywhere else they are no rating.
import { expect, it } from 'vitest'
import { readSatisfaction } from '../../src/understanding/entities/rating.ts'
import { understand } from '../../src/understanding/index.ts'

const words = [
  ['excellent service', 5],
  ['Very satisfied!', 5],
  ['happy with it', 4],
  ['it was okay', 3],
  ['so-so', 3],
  ['not good', 2],
  ['not happy at all', 1],
  ['disappointed', 2],
  ['terrible', 1],
  ['the worst repair ever', 1],
  ['not bad', 4],
  ['非常满意', 5],
  ['很满意', 5],
  ['太棒了', 5],
  ['满意', 4],
  ['不错', 4],
  ['还行吧', 3],
  ['不满意', 2],
  ['不太好', 2],
  ['有点失望', 2],
  ['非常不满意', 1],
  ['太差了', 1],
  ['糟糕透了', 1],
  ['很滿意', 5],
  ['非常不滿意', 1],
  ['一般般', 3],
] as const

it.each(words)('%s', (text, rating) => {
  expect(readSatisfaction(text)).toBe(rating)
  expect(understand(text, { products: [] }).entities.rating).toBeUndefined()
})
