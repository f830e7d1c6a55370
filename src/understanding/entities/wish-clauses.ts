// Which stretches of a message can tell when a visit would suit: not those that say when it would not, when it was agreed, or what is put right afterwards.
import type { Span } from '../span.ts'

export interface WishClause extends Span {
  /** Number of its sentence. */
  sentence: number
  /** Says what is to be instead of something else: it counts before plain mentions. */
  weight: number
}

const ends =
  /[;\n。；！!？?]|[，,、](?!\d)|\.(?=\s|$)|(?<=\p{Script=Han})\s+(?=\p{Script=Han}|\d)|\s(?=(?:but|how about|what about|can (?:we|you|u|he|i|the)|could (?:we|you|u|he|i|the)|would (?:you|it|that|\w+ (?:work|suit|be))|is it possible|please)\b)|$/gu
const sentenceEnd = /[;\n。；！!？?.]/

/** Words after which the time that was said before is not meant. */
const slip = /\b(?:no wait|wait no|wait|no|nope|actually|sorry|scratch that|i mean|or rather|make that)\b[\s,]*|(?:啊|哦|呃)?不对|不是|还是|算了/g
const changes = /\b(?:re-?schedul\w+|mov(?:e|ing)|postpon\w+|push\w*|chang(?:e|ing)|shift\w*|swap\w*|bring|delay\w*|re-?book\w*|re-?arrang\w*)\b/
const chineseTarget =
  /改(?:期)?(?:到|成|为|至|在|约)?|换(?:到|成|在)?|推(?:迟)?到|延(?:期|后)?到|挪到|提前到|提早到|调(?:整)?(?:到|至|为)|顺延到|重新约|再约|约/g
/** Not the one in "2 to 4" nor in "quarter to nine". */
const towards = /(?<!\d(?: ?[ap]m)?\s|quarter |ten |twenty |five )\bto\b|\bfor\b|\buntil\b/g
const instead = /\b(?:instead|how about|what about|rather|could we|can we|would .{1,30} be possible)\b|能否|可否|能不能/
/** What is not to be, up to where something else begins. */
const notThen =
  /\b(?:rather than|instead of|than|not(?! (?:before|after|earlier|later|until)))\s+(?:(?:at|on|in|the|this|next)\s+)*[\w:]+(?:\s+(?:morning|afternoon|evening|night|am|pm|o'clock))?/g
const english =
  /\b(?:don'?t|do not|doesn'?t|does not|can'?t|cannot|won'?t|will not|wouldn'?t|except|unable|no good|not good|no longer|clash\w*|away|abroad|overseas|on (?:holiday|vacation|leave)|out of (?:town|office|the country)|(?:is|are) bad|bad for|busy|booked|was (?:agreed|scheduled|planned|booked)|were (?:coming|supposed)|originally|scheduled (?:for|on)|supposed to|isn'?t|not (?:on|at|in|this|next|be|available|free|home|possible|convenient|suitable))\b/
const agreed = /\b(?:my|our|the) (?:\w+ )?(?:appointment|visit|slot|booking) (?:is|was|on|for|at)\b|\b(?:agreed|arranged|confirmed) (?:for|on|was)\b/
const chinese =
  /不在家?|不方便|没空|(?<!行)不行|别来|不能来|不要来|来不[了及]|去不了|有事|出差|预约了|约了|约的|约好|原定|原约|原本|本来|已约|不合适|没时间|赶不|冲突|开会|不可以/g

/** Without the times that are not to be. Positions stay. */
export function withoutRefused(words: string): string {
  return words.replace(notThen, (refused) => ' '.repeat(refused.length))
}

/** `hasTime`: does a stretch of folded text name a time? */
export function wishClauses(folded: string, hasTime: (words: string) => boolean): WishClause[] {
  let start = 0
  let sentence = 0
  let slipped = false
  const clauses: WishClause[] = []
  for (const { 0: mark, index } of folded.matchAll(ends)) {
    const clause = meant(folded, { start, end: index }, hasTime)
    if (clause !== undefined) clauses.push({ ...clause, sentence, weight: clause.weight + (slipped ? 4 : 0) })
    if (index > start) slipped = onlySlip(folded.slice(start, index))
    if (sentenceEnd.test(mark)) sentence++
    start = index + mark.length
  }
  return clauses
}

function onlySlip(words: string): boolean {
  return words.replace(slip, '').replace(/[\s\p{P}]/gu, '') === ''
}

function meant(folded: string, { start, end }: Span, hasTime: (words: string) => boolean): (Span & { weight: number }) | undefined {
  const clause = folded.slice(start, end)
  if (!hasTime(clause)) return undefined
  const plain = withoutRefused(clause)
  let from = 0
  let weight = instead.test(clause) ? 2 : 0
  const after = (pattern: RegExp): number | undefined => {
    const found = [...plain.matchAll(pattern)].findLast(({ index, 0: words }) => hasTime(plain.slice(index + words.length)))
    return found === undefined ? undefined : found.index + found[0].length
  }
  const target = after(chineseTarget)
  const put = after(slip)
  const change = changes.exec(plain)
  const moved = change === null ? undefined : after(towards)
  const to = moved !== undefined && change !== null && moved > change.index ? moved : undefined
  for (const [at, worth] of [
    [target, 2],
    [to, 2],
    [put, 4],
  ] as const)
    if (at !== undefined) {
      from = Math.max(from, at)
      weight += worth
    }
  const rest = plain.slice(from)
  const refused = [...rest.matchAll(chinese)].at(-1)
  if (refused !== undefined) {
    const behind = rest.slice(refused.index + refused[0].length)
    if (!hasTime(behind)) return undefined
    from += refused.index + refused[0].length
  }
  if (english.test(rest) || (agreed.test(rest) && to === undefined && !/\b(?:can|could|have|make|like|book|want)\b/.test(rest))) return undefined
  if (change !== null && to === undefined && weight === 0 && /\b(?:appointment|visit|slot|booking)\b/.test(plain)) return undefined
  if (!hasTime(rest)) return undefined
  const cut = notThen.exec(folded.slice(start + from, end))
  notThen.lastIndex = 0
  return { start: start + from, end: cut === null || cut.index === 0 ? end : start + from + cut.index, weight }
}
