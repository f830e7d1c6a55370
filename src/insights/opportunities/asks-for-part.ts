// Whether somebody asks for a part, rather than for a repair: "can I buy a new belt", "how much is the filter", "我想买一个滤芯". Pure.
import { fold } from '../../understanding/fold.ts'

export interface NamedPart {
  _id: string
  number: string
  name: string
}

const wants =
  /\b(?:buy|order|purchase|get hold of|sell|price|cost|how much|spare|do you (?:have|stock|sell)|where can i get|send me (?:a|an|another|some)|in stock)\b|买|購|购|订一|订个|订购|多少钱|价格|价钱|有没有卖|卖不卖|备件|配件|零件/iu
const partWords = /\b(?:spare ?parts?|parts?|accessor(?:y|ies)|replacement)\b|配件|零件|备件/iu
/** Money for work is no wish for a part. */
const ofRepair =
  /\b(?:how much|cost|price)\b.{0,40}\b(?:repair|fix|visit|service|labou?r)\w*|(?:维修|修理|上门).{0,12}(?:多少钱|价格|费)|(?:多少钱|价格).{0,8}(?:维修|修)/iu

/** The part that is asked for by name or number; null: some part that the catalogue does not know; undefined: none is asked for. */
export function partAskedFor(text: string, parts: readonly NamedPart[]): NamedPart | null | undefined {
  if (!wants.test(text) || ofRepair.test(text)) return undefined
  const words = ` ${wordsOf(text)} `
  const named = parts
    .flatMap((part) => [part.number, part.name].map((name) => ({ part, name: wordsOf(name) })))
    .filter(
      ({ name }) => name.length >= 2 && (/\p{Script=Han}/u.test(name) ? words.includes(name) : words.includes(` ${name} `) || words.includes(` ${name}s `)),
    )
    // The longest name says most: "pump seal" before "pump".
    .toSorted((one, other) => other.name.length - one.name.length)
  return named[0]?.part ?? (partWords.test(text) ? null : undefined)
}

function wordsOf(text: string): string {
  return fold(text.normalize('NFKC'))
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
