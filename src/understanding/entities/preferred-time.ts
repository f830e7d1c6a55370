// When a visit would suit, as the customer wrote it; since when it is broken is no such time.
import { fold } from '../fold.ts'
import { tomorrow } from '../times/english.ts'
import { findTrouble } from '../trouble.ts'
import type { Span } from '../span.ts'
import { found, type Found } from './found.ts'
import { wishClauses, withoutRefused } from './wish-clauses.ts'

const day = String.raw`(?:mon|tues|wednes|thurs|fri|satur|sun)days?|(?:mon|tue|tues|weds?|thu|thur|thurs|fri|sat|sun)\b|${tomorrow}\b|today|tonight|weekdays?|week-?ends?|any ?day|every ?day|week\b|month\b|\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* \d{1,2}(?:st|nd|rd|th)?|the \d{1,2}(?:st|nd|rd|th)(?! (?:floor|street|avenue|time|one|level|gear)\b)|\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}(?:/\d{2,4})?`
const clock = String.raw`(?:before|after|by) (?:noon|lunch|midday)|(?:half|quarter) (?:past|to) (?:\d{1,2}|[a-z]+)|\d{1,2}ish|(?:after|before|from|until|by) \d{1,2}(?![\d:.]|\s*(?:am|pm|o'|minutes?|mins?|hours?|seconds?|days?|weeks?|months?|years?|times?|cycles?|%|/|-))|between \d{1,2} and \d{1,2}\s*(?:am|pm|o'clock)?|\d{1,2}\s?[-–]\s?\d{1,2}\s*(?:am|pm)|\d{1,2}(?:[:.]\d{2})?\s*(?:am|pm|a\.m\.|p\.m\.|o'clock|h\b)|\d{1,2}:\d{2}|noon|midday|lunchtime`
const part = String.raw`mornings?|afternoons?|arvo|evenings?|nights?|noon`
const english = new RegExp(
  String.raw`\b(?:(?:next|this|coming|on|any|every|either|early|late|only|the|before|after|around|from|between|until|till|at|by|in)\s+)*(?:${day}|${clock}|${part}|any ?time|asap)(?:\s*[,/–-]?\s*(?:(?:and|or|to|until|till|between|before|after|around|from|at|in|on|any|early|late|next|the) ){0,3}(?:${day}|${clock}|${part}|any ?time|\d{1,2}(?=\s*(?:and|to|-|–)\s*\d)|\d{1,2}\s*(?:and|to|-|–)\s*\d{1,2}))*`,
  'g',
)
/** The clause speaks of what was, or of the trouble. */
const past =
  /\b(?:since|last|ago|yesterday|started|began|stopped working|broke|broken|bought|purchased|was|were|happened|happens|came|every time|each time|noise|for (?:\d+|an?|two|three|several|some|few) ?(?:couple of |few )?(?:minutes?|hours?|days?|weeks?|months?|years?|while)|called|wrote|emailed|told)\b/
const wish =
  /\b(?:suits?|works? (?:for|best|well|fine)|would work|works|prefer(?:red|ably)?|available|availability|free|convenient|best|come|visit|better|good for|good time|fine|ok|okay|at home|be home|be in|anytime|any time|schedule|appointment|time(?:s)? ?:|please|can you|could you|how about|let's|possible|any chance|some(?:one|body) (?:on |this |next )?(?=\w+day|tom)|anything|slots?|appreciate|ideal(?:ly)?|great|perfect|look at)\b/

const chineseWish = /方便|有空|可以|上门|来|在家|最好|都行|行不行|派|安排|预约|时间/

const chineseDay =
  '(?:下|这|本)?个?(?:周|星期|礼拜)[一二三四五六日天末](?:到|至|或|和|、)?(?:(?:周|星期|礼拜)?[一二三四五六日天])?|明天|后天|大后天|今天|今晚|明早|明晚|工作日|周末|平时|随时|每天|任何时间|任意时间|下周|本周|这周|\\d{1,2}月\\d{1,2}[日号]|(?:下个?月)?(?:\\d{1,2}|[一二三四五六七八九十]{1,3})[日号](?![楼院门单室线机梯店车灶客纸盒桌柜台仓泵炉栋幢弄厅位房铺道])'
const chinesePart =
  '早上|上午|中午|下午|傍晚|晚上|晚间|白天|全天|早晨|\\d{1,2}[点时](?:半|钟|\\d{1,2}分)?(?:以?后|以?前|左右|之?间)?|[一二三四五六七八九十两]{1,2}点(?:半|钟)?(?:以?后|以?前|左右)?'
const chinese = new RegExp(
  `(?:${chineseDay})(?:\\s*(?:的|或者?|和|到|至|-|~|、|以?后|以?前|之后)?\\s*(?:${chineseDay}|${chinesePart}))*|(?:${chinesePart})(?:\\s*(?:或者?|和|到|至|-|~|、)?\\s*(?:${chinesePart}))*(?=\\s*(?:方便|有空|有时间|可以|都行|都可以|比较好|合适|在家|最好|来|上门))`,
  'g',
)
const chinesePast = /没来|没到|不来|怎么|从|自从|自$|以来|开始|上个?(?:周|星期|礼拜)|昨天|前天|(?<![点分半])之前|坏了|起就|买的|购买/

export interface PreferredTime extends Found {
  /** The words that tell it, with what narrows it: "not before four", "except Friday". */
  said: string
}

export function readPreferredTime(text: string): PreferredTime | undefined {
  const folded = fold(text).replace(
    /\bgood (?:morning|afternoon|evening|night|day)\b|\b(?:have a )?(?:nice|good|great|lovely|happy) (?:day|weekend|evening|week|\w+day)\b|早上好|上午好|中午好|下午好|晚上好|周末愉快/g,
    (words) => ' '.repeat(words.length),
  )
  const named = wishClauses(folded, (words) => words.search(english) >= 0 || words.search(chinese) >= 0).flatMap((clause) => {
    const words = folded.slice(clause.start, clause.end)
    const at = inEnglish(words, folded) ?? inChinese(words)
    return at === undefined ? [] : [{ clause, at }]
  })
  const most = Math.max(...named.map(({ clause }) => clause.weight))
  const best = named.filter(({ clause }) => clause.weight === most)
  // Of what was put right the last counts, else the first.
  const wished = most >= 4 ? best.at(-1) : best[0]
  if (wished === undefined) return undefined
  const { clause, at } = wished
  const words = text.slice(clause.start + at.start, clause.start + at.end)
  const start = clause.start + at.start + words.length - words.trimStart().length
  const told = folded.slice(clause.start, clause.end)
  const sure = clause.weight > 0 || wish.test(told) || chineseWish.test(told) || told.trim().length <= words.trim().length + 12
  return { ...found(text, { start, end: start + words.trim().length }, sure), said: saidOf(folded, clause) }
}

/** What narrows it follows in the same sentence, or in a short one of its own. */
function saidOf(folded: string, { start, end }: Span): string {
  const rest = folded.slice(end)
  const sentence = /^(?:[^.!?;。！？；\n]|\.(?!\s|$))*/.exec(rest)?.[0] ?? ''
  const own = /[,，]\s*(?=(?:we|i|he|she|my|our|the|it|they|because|since|but i|我们|我|因为)(?![a-z]))/.exec(sentence)
  const told = own === null ? sentence : sentence.slice(0, own.index)
  const next =
    /^[.!?;。！？；\s]+((?:any ?time |best |preferably |ideally )?(?:after|before|between|from|until|not before|around)\s[^.!?\n]{1,30})/.exec(
      rest.slice(sentence.length),
    )?.[1] ?? ''
  const before =
    /(?:^|[.!?;\n]\s*)((?:not before|after|before|between|from|any time (?:after|before))\s[^,.!?\n]{1,25}),\s*$/.exec(folded.slice(0, start))?.[1] ?? ''
  return `${before} ${folded.slice(start, end)}${withoutRefused(told)} ${next}`
}

function inEnglish(clause: string, whole: string): { start: number; end: number } | undefined {
  if (past.test(clause)) return undefined
  for (const match of clause.matchAll(english)) {
    const words = match[0].trimEnd()
    const lead = /^(?:on|in|at|the)\s+(?:the\s+)?/.exec(words)?.[0].length ?? 0
    const bareWord = /^(?:today|week|month|night|nights|evenings?|mornings?|the morning|asap|this week|this month|tonight)$/.test(words.slice(lead))
    const alone = clause.trim().length <= words.length + 12
    if (!wish.test(clause) && bareWord && !alone) continue
    if (!wish.test(clause) && findTrouble(clause) === 'fault') continue
    if (/^asap$/.test(words) || (bareWord && whole.trim() !== clause.trim() && !wish.test(clause))) continue
    return { start: match.index + lead, end: match.index + words.length }
  }
  return undefined
}

function inChinese(clause: string): { start: number; end: number } | undefined {
  for (const match of clause.matchAll(chinese)) {
    const around = clause.slice(0, match.index) + clause.slice(match.index + match[0].length)
    if (chinesePast.test(clause.slice(Math.max(0, match.index - 6), match.index + match[0].length + 4)) && !/方便|有空|可以|上门/.test(around)) continue
    if (/^(?:今天|每天|平时)$/.test(match[0]) && !/方便|有空|可以|上门|来|在家/.test(around)) continue
    if (/漏|响|坏|停|不转|报错|(?<!能)不能|异常/.test(around) && !/方便|有空|可以|上门|能来|来吗|来一趟|来修/.test(around)) continue
    return { start: match.index, end: match.index + match[0].length }
  }
  return undefined
}
