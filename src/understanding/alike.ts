// Whether two people speak of the same trouble: the words that tell something, and how many of them they share. Pure.

/** More of them than chance would have. */
export function shareWords(one: string | undefined, other: string | undefined): boolean {
  const [a, b] = [tellingWords(one), tellingWords(other)]
  const shared = [...b].filter((word) => a.has(word)).length
  return shared >= 2 || (shared === 1 && Math.min(a.size, b.size) <= 2)
}

const dull = new Set(
  'after when that this with from have does doesn won still again been very just since stops stop keeps makes not the and our has its every time now then'.split(
    ' ',
  ),
)

/** Words worth comparing; Chinese by pairs of characters. */
function tellingWords(text = ''): Set<string> {
  const words = text.toLowerCase().match(/[a-z]{3,}|\p{Script=Han}+/gu) ?? []
  return new Set(words.flatMap((word) => (/^[a-z]/.test(word) ? (dull.has(word) ? [] : [word]) : pairs(word))))
}

function pairs(word: string): string[] {
  return Array.from({ length: Math.max(0, word.length - 1) }, (_, index) => word.slice(index, index + 2))
}
