// Puts a word for its kind in the place of each value, so that what is learnt of one address or time holds for all.
import { fold } from '../fold.ts'
import type { FoundSlots } from '../read-entities.ts'

const words = {
  product: ' xdevice ',
  serial: ' xserial ',
  errorCode: ' xcode ',
  address: ' xplace ',
  contactName: ' xname ',
  phone: ' xphone ',
  email: ' xmail ',
  preferredTime: ' xtime ',
  ticketNumber: ' xticket ',
} as const

/** What introduces a fact or stands around it; all of it is said by any message that gives one. */
const english =
  "(?:please|pls|plz|you can|can you|call|ring|text|phone|reach|contact|email|mail|write|me|us|him|her|back|on|at|under|via|to|by|my|our|the|his|is|are|it's|its|i'm|i am|we're|we are|we|i|live|located|based|in|name|phone|tel|telephone|mobile|cell|number|no|address|addr|email|e-mail|mail|serial|s\\/n|sn|contact|person|here|this|and|regards|best|kind|ask for|from|with)"
const chinese =
  '(?:我叫|我是|我姓|姓名|叫|是|为|请|麻烦|拨打|打|找|联系人|联系|电话|手机号码|手机号|手机|号码|邮箱|邮件|地址|住址|住在|住|在|位于|我家|我们|公司|序列号|序号|编号|机号|上门)'
const fact = new RegExp(`(?:(?:\\b${english}\\b|${chinese})[\\s:：,，.#-]*)*(?:\\bx(?:phone|mail|place|name|serial)\\b[\\s,，、.;；:：]*)+`, 'g')
const greeting =
  /^\s*(?:(?:hi|hello|hey|dear|good (?:morning|afternoon|evening|day)|to whom it may concern|你好|您好|尊敬的客服)(?: (?:there|all|team|sirs?|or|madam|guys|everyone|service|support))*[\s,，.!！。:：]+)+/
const thanks =
  /[\s,，.。!！]+(?:(?:many )?thanks?|thank you|thx|cheers|regards|谢谢|多谢|麻烦了|拜托了?)(?: (?:again|anyway|a lot|so much|very much|in advance|you))*[\s.!！。🙏~]*$/u

/**
 * Masked text without what messages of every kind say: greetings, and the facts about who and where. Where nothing would be left, those
 * are what is said.
 */
export function coreOf(masked: string): string {
  const folded = fold(masked)
  const told = folded.replace(greeting, '').replace(thanks, ' xthx').replace(fact, ' xfact ')
  const left = told.replace(/\bx(?:fact|thx)\b/g, '')
  return (left.match(/[a-z0-9']{2,}/g)?.length ?? 0) + (left.match(/\p{Script=Han}/gu)?.length ?? 0) / 2 >= 2 ? told : folded
}

export function maskValues(text: string, found: FoundSlots): string {
  const values = Object.entries(words).flatMap(([slot, word]) => {
    const value = slot in found ? found[slot as keyof typeof words] : undefined
    return value === undefined ? [] : [{ start: value.start, end: value.end, word: String(word) }]
  })
  let masked = ''
  let at = 0
  const { rating } = found
  if (typeof rating?.value === 'number') values.push({ start: rating.start, end: rating.end, word: rating.value <= 3 ? ' xlow ' : ' xhigh ' })
  for (const { start, end, word } of values.toSorted((one, other) => one.start - other.start)) {
    if (start < at) continue
    masked += text.slice(at, start) + word
    at = end
  }
  return masked + text.slice(at)
}
