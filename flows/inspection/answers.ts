// What an engineer says of an item of the checklist: ok, failed and why, a value, skip; or of another item by its number.
import { resultOf, type ChecklistItem, type ItemResult } from '../../src/inspections/checklist.ts'
import { readAmount } from '../../src/understanding/answers/number.ts'

export interface Answer {
  result: ItemResult
  value: number | null
  note: string | null
}

const words: readonly [ItemResult, RegExp][] = [
  [
    'failed',
    /^(?:fail(?:ed|s|ure)?|bad|broken|defect(?:ive)?|faulty|not ok(?:ay)?|nok|not good|no good|worn(?: out)?|damaged|missing|no)(?![\p{L}\d])|^(?:不合格|不通过|不正常|不行|有问题|坏了?|磨损|损坏|故障|缺失)/iu,
  ],
  [
    'skipped',
    /^(?:skip(?:ped)?|n\/?a|not applicable|not checked|can(?:['’]?t|not) (?:check|see|reach)(?: it)?)(?![\p{L}\d])|^(?:跳过|略过|不适用|没法看|无法检查)/iu,
  ],
  [
    'ok',
    /^(?:ok(?:ay)?|good|fine|pass(?:ed)?|yes|all (?:good|right|ok)|in order|works|works fine|✓|✔|👍)(?![\p{L}\d])|^(?:合格|通过|正常|没问题|良好|可以|好的?)/iu,
  ],
]

/** Undefined when it is none. A value decides by its limits, unless it is said to have failed. */
export function readAnswer(text: string, item: ChecklistItem): Answer | undefined {
  const plain = text.trim()
  const said = words.map(([result, pattern]) => ({ result, found: pattern.exec(plain)?.[0] })).find(({ found }) => found !== undefined)
  const rest = plain
    .slice(said?.found?.length ?? 0)
    .replace(/^[\s,.:;，。：；–-]+/u, '')
    .trim()
  const value = item.value === null ? undefined : readAmount(rest, item.value.unit === null ? [] : [item.value.unit])
  if (said !== undefined) {
    const failed = value !== undefined && resultOf(item, value) === 'failed'
    return { result: failed ? 'failed' : said.result, value: value ?? null, note: noteOf(rest, value) }
  }
  return value === undefined ? undefined : { result: resultOf(item, value), value, note: null }
}

/** A value alone is no note. */
function noteOf(rest: string, value: number | undefined): string | null {
  return rest === '' || (value !== undefined && /^[\d.,\s]*\p{L}{0,3}$/u.test(rest)) ? null : rest
}

/** "2 failed, worn", "item 3: ok": another item than the one that is asked about, from 1. */
export function readNumbered(text: string, items: readonly ChecklistItem[]): { item: ChecklistItem; answer: Answer } | undefined {
  const [, number, rest = ''] = /^\W*(?:(?:item|number|no\.?|point)\s*|#|第)?(\d{1,3})\s*(?:项|条|[:.)-])?\s*(\S.*)$/isu.exec(text.trim()) ?? []
  const item = number === undefined ? undefined : items[Number(number) - 1]
  const answer = item === undefined ? undefined : readAnswer(rest, item)
  // "12 mm" is a value, not item twelve.
  return item === undefined || answer === undefined || (answer.value !== null && !/\p{L}{2}/u.test(rest)) ? undefined : { item, answer }
}

export function saysBack(text: string): boolean {
  return /^\W*(?:back|previous|go back|undo)\b|^(?:返回|上一(?:项|个)|退回)/i.test(text.trim())
}

export function saysFinish(text: string): boolean {
  return /^\W*(?:finish(?:ed)?|done|complete(?:d)?|that['’]?s (?:all|it)|end)\b|^(?:完成|结束|做完|好了|检查完)/i.test(text.trim())
}
