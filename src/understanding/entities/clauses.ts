// Takes a message apart into its clauses: at marks, at the spaces that Chinese writers use for commas, and where a new thought begins without any.
import type { Span } from '../span.ts'

const marks = /[!?。！？；;()（）\n\u0000\p{Extended_Pictographic}]+|[,，、:：]+(?!\d)|(?<!\b(?:no|nr|mr|mrs|ms|dr|st|apt|approx))\.+(?=\s|$)|\s[-–—+]+\s/giu
const chineseSpace = /(?<=[\p{Script=Han}\d])\s+(?=\p{Script=Han})|(?<=\p{Script=Han})\s+(?=[\p{L}\d])/gu
/** A request, a reason, what the customer did, or somebody else's part in it begins. Folded. */
const thoughts =
  /\s(?=(?:but|because|bc|cuz|since|although|so (?:i|we|please|can|no|now)|(?:and |so |then )?(?:i|we|my (?:husband|wife|kids?|boss))(?:'ve|'m| have| tried| already| unplugged| switched| turned| put| need| want| bought| think| cleaned| checked| reset| am| are| dont| don't| can't| cant)|(?:and )?(?:can|could|would|will) (?:you|u|someone|somebody|anyone)|(?:and )?(?:please|pls|plz|call me|ring me|text me|send (?:someone|somebody|sum1|help)|need (?:someone|help|it))|(?:and |while )?(?:it )?(?:shows?|displays?|reads?|says|gives|showing|displaying) (?:an? |the )?(?:error|fault|code|message|[efh][- ]?\d))\b)/gu
const chineseThoughts =
  /(?=(?:这(?:个)?是(?:什么|怎么|啥)|是什么(?:问题|原因|意思)|怎么(?:办|回事|修)|咋(?:办|回事|修)|能(?:不能)?(?:修|来|过来|派|安排)|可(?:不可)?以(?:修|来|派|安排)|需要维修|麻烦(?:你|您|安排|派|尽快|来)|请(?:尽快|派|安排|问|帮)|帮(?:我|忙)|快(?:来|派)|(?:赶紧|尽快|马上)(?:来|派|安排)|求助|急急|你们(?:能|可以|快|赶紧)|(?:并|还)?(?:屏幕|面板)?(?:显示|提示|报错?|跳)(?:错误|故障|代码|[a-z]{0,2}\d)))/gu

/** In order, without the space around them. */
export function clausesOf(text: string, folded: string): Span[] {
  const cuts = [
    ...[...folded.matchAll(marks), ...folded.matchAll(chineseSpace)].map(({ index, 0: mark }) => ({ from: index, to: index + mark.length })),
    ...[...folded.matchAll(thoughts), ...folded.matchAll(chineseThoughts)].map(({ index, 0: mark }) => ({ from: index, to: index + mark.length })),
  ].toSorted((one, other) => one.from - other.from)
  const clauses: Span[] = []
  let start = 0
  for (const { from, to } of [...cuts, { from: text.length, to: text.length }]) {
    if (from > start) clauses.push(trimmed(text, { start, end: from }))
    start = Math.max(start, to)
  }
  return clauses.filter((clause) => clause.end > clause.start)
}

export function trimmed(text: string, { start, end }: Span): Span {
  const words = text.slice(start, end)
  const lead = words.length - words.replace(/^[\s\p{P}\u0000]+/u, '').length
  const kept = words.replace(/[\s,，.。;；:：!！、\-–—\u0000]+$/, '').length
  return { start: start + Math.min(lead, kept), end: start + kept }
}
