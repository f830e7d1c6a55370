// How happy somebody says they are, from 1 to 5: a digit, stars, or words.
import { bare, fold } from '../fold.ts'
import type { Span } from '../span.ts'
import type { Found } from './found.ts'

const numberWords: Readonly<Record<string, number>> = {
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
}

/** The first that fits counts, so that "not good" is read before "good". */
const words: readonly (readonly [RegExp, number])[] = [
  [/\bnot (?:at all|very|really|so|too|that) (?:bad|terrible)\b|\bnot bad\b|不差|不赖/, 4],
  [
    /\bnot (?:at all )?(?:satisfied|happy|pleased) at all\b|\b(?:very|extremely|totally|completely|really) (?:dis|un)(?:satisfied|happy|pleased)\b|\bvery (?:bad|poor|disappoint\w+)\b|\b(?:terrible|awful|horrible|worst|appalling|atrocious|disgusting|useless|pathetic|dreadful|hopeless)\b|非常不满|很不满|极其不满|极不满|太差|很差|极差|最差|糟糕|糟透|差劲|垃圾|太烂|很烂|烂透|恶劣|非常失望/,
    1,
  ],
  [
    /\bnot (?:(?:very|really|so|too|that|particularly|all that|entirely|quite) )?(?:satisfied|happy|good|great|pleased|impressed)\b|\b(?:dissatisfied|unsatisfied|unhappy|displeased|bad|poor|disappointed|disappointing|mediocre|unacceptable)\b|不满意|不太满意|不够满意|不太好|不好|失望|较差|比较差|有点差|差评/,
    2,
  ],
  [
    /\b(?:so-so|average|neutral|meh|acceptable|neither|it was ok(?:ay)?|was fine|just (?:ok(?:ay)?|fine)|alright|all right|could be better|decent)\b|^(?:it'?s )?(?:ok|okay|fine)$|一般|还行|还可以|凑合|普通|马马虎虎|中等|还好|过得去/,
    3,
  ],
  [
    /\b(?:very|extremely|really|super|completely|totally|absolutely|so) (?:satisfied|happy|pleased|good|well|impressed)\b|\b(?:excellent|perfect|perfectly|great|fantastic|amazing|awesome|outstanding|brilliant|superb|wonderful|best|delighted|love(?:d)? it|top notch|couldn't be better|10\/10)\b|非常满意|很满意|十分满意|特别满意|相当满意|太棒|很棒|超棒|完美|太好了|非常好|特别好|优秀|超赞|点赞|极好|好极了|五星好评/,
    5,
  ],
  [/\b(?:satisfied|happy|good|pleased|nice|well done|helpful)\b|满意|不错|挺好|很好|好评|蛮好|赞/, 4],
]

/** A figure or stars. Words of praise or blame are no rating unless one was asked for. */
export function readRating(text: string): Found<number> | undefined {
  return inDigits(text, fold(text))
}

/** In answer to "how happy are you?" any word of praise or blame tells. */
export function readSatisfaction(text: string): number | undefined {
  const folded = fold(text)
  return inDigits(text, folded)?.value ?? inWords(text, folded)
}

function inWords(text: string, folded: string): number | undefined {
  return words.find(([pattern]) => pattern.test(folded) || pattern.test(bare(text)))?.[1]
}

const announced = /(?<![\p{L}\p{N}.])(one|two|three|four|five|[1-5])(?:\s*-\s*|\s*)(?:stars?\b|(?:out\s+)?of\s+(?:5|five)\b|\/\s*5(?!\d)|points?\b)/u
const chinese = /(?<![\d.])([1-5一二两三四五])\s*(?:颗?星|分(?!钟))/
const alone =
  /^\s*(?:(?:i(?:'d| would)? (?:give|say|rate)(?: (?:it|you|them))?(?: an?)?|rating|score|打|评分|给)\s*:?\s*)?(one|two|three|four|five|[1-5一二三四五])\s*(?:$|[.,;:!。，；！：、\n–-]\s*(?!\d)|\s(?=[^\d\s]))/

function inDigits(text: string, folded: string): Found<number> | undefined {
  const stars = /[★⭐🌟]+/u.exec(text)
  if (stars !== null) return rated([...stars[0]].length, { start: stars.index, end: stars.index + stars[0].length })
  const first = alone.exec(folded)
  const match = announced.exec(folded) ?? chinese.exec(folded) ?? (first?.[1] !== undefined && standsAlone(folded, first[1]) ? first : null)
  const digit = match?.[1]
  if (match === null || digit === undefined) return undefined
  const start = match.index + match[0].indexOf(digit)
  return rated(numberWords[digit] ?? Number(digit), { start, end: match.index + match[0].trimEnd().length })
}

/** A digit that begins a sentence of its own: "4, quick and friendly", but not "2 of the doors" nor "3 days". */
function standsAlone(folded: string, digit: string): boolean {
  const after = folded.slice(folded.indexOf(digit) + digit.length)
  return (
    !/^\s*(?:days?|weeks?|months?|years?|hours?|minutes?|times?|of the|people|men|persons|doors?|am|pm|th|st|[a-z]+ (?:st|street|road|ave)\b|天|周|个|月|年|次|号|点)/.test(
      after,
    ) &&
    !/^\s+[a-z]+(?:\s|$)/.test(
      after.replace(
        /^\s+(?:but|because|since|great|very|good|bad|the|it|was|they|thanks?|would|all|everything|quick|fast|slow|nice|friendly|not|no|i)\b.*/s,
        '',
      ),
    )
  )
}

function rated(value: number, span: Span): Found<number> | undefined {
  return value >= 1 && value <= 5 ? { value, ...span, certain: true } : undefined
}
