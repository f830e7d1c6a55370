// What is wrong, in the customer's own words: the clauses that speak of trouble, without what other fields hold.
import { fold } from '../fold.ts'
import { findTrouble } from '../trouble.ts'
import { readProductSpan, type CatalogueProduct } from './product.ts'
import { readErrorCode, readSerialSpan } from './serial.ts'

const longest = 500

export function readSymptom(text: string, products: readonly CatalogueProduct[]): string | undefined {
  const cleaned = withoutSerial(text)
  const sentences = cleaned.split(
    /(?<=[.!?])\s+|(?<=[。！？；;])|\n+|[,，]\s*(?=(?:we're|we are|i'm at|call|phone|my |our address|地址|电话|電話|序列|联系|聯繫|手机|手機))/i,
  )
  const telling = sentences.flatMap((sentence) => {
    const symptom = withoutOpening(sentence, products)
    return speaksOfTrouble(symptom) ? [symptom] : []
  })
  const found = telling.join(' ').replace(/\s+/g, ' ').trim()
  return found === '' ? undefined : found.slice(0, longest)
}

function speaksOfTrouble(sentence: string): boolean {
  const folded = fold(sentence)
  if (/^(?:is|are|was|when|where|how|who|what|why|can|could|will|would|do|does)\b.*\?$/.test(folded.trim())) return false
  // "I need a repair" asks for one and does not say what is wrong.
  return findTrouble(folded) === 'fault' || (readErrorCode(sentence) !== undefined && /[a-z\u4e00-\u9fff]{2}/.test(folded))
}

function withoutSerial(text: string): string {
  const span = readSerialSpan(text)
  if (span === undefined) return text
  const before = text
    .slice(0, span.start)
    .replace(
      /[([（【]?\s*(?:\b(?:s\s?\/\s?n|sn|serial(?:\s*(?:number|no\.?|#))?)|产品序列号码?|产品序列号|序列号码?|序列號碼?|序號|序号|编号|編號)\s*(?:is|是|为|為)?\s*[:：#=]?\s*$/i,
      '',
    )
  if (before.length === span.start) return text
  return `${before.trimEnd()} ${text
    .slice(span.end)
    .replace(/^\s*[)\]）】]/, '')
    .trimStart()}`
}

/** "Hi, our T5 treadmill stops" says "stops"; the product has a field of its own. */
function withoutOpening(sentence: string, products: readonly CatalogueProduct[]): string {
  const greeted = sentence
    .trim()
    .replace(/^(?:(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|你好|您好|嗨)(?: (?:there|all|team|sir|madam))?[\s,，.!！。:：]+)+/i, '')
  const span = readProductSpan(greeted, products)
  if (span === undefined) return ends(greeted)
  const opening = fold(greeted.slice(0, span.start))
  const rest = greeted.slice(span.end).replace(/^[\s,，:：-]+/, '')
  const isOpening = /^\s*(?:(?:my|our|the|an?|this)\s+)?(?:[\p{L}\p{N}-]+\s+)?$|^\s*(?:我|我们|我家|我们家|家里|公司|这台|那台|的)*(?:一?台)?\s*$/u.test(
    opening,
  )
  const says = rest.split(/\s+/).length >= 2 || /[\u4e00-\u9fff]{2}/.test(rest)
  return ends(isOpening && says && findTrouble(fold(rest)) === 'fault' ? rest : greeted)
}

function ends(text: string): string {
  return text.replace(/[\s,，.。;；:：!！]+$/, '')
}
