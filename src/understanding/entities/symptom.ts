// What is wrong, in the customer's own words: the clauses that speak of trouble, without what other fields hold.
import { fold } from '../fold.ts'
import { blank, type Span } from '../span.ts'
import { findTrouble } from '../trouble.ts'
import type { Found } from './found.ts'
import { readErrorCode } from './serial.ts'

const longest = 500

/** What was read before: it is no part of the trouble. */
export interface Taken {
  product: Span | undefined
  serial: Span | undefined
  /** Address, phone, mail address, name, time. */
  others: readonly (Span | undefined)[]
}

export function readSymptom(text: string, taken: Taken): Found | undefined {
  const cleaned = withoutSerial(text, taken.serial)
  const others = taken.others.flatMap((span) => (span === undefined ? [] : [span])).toSorted((one, other) => one.start - other.start)
  const telling = sentencesOf(cleaned).flatMap((sentence) => {
    const span = trimmed(cleaned, withoutOthers(cleaned, withoutOpening(cleaned, sentence, taken.product), others))
    return speaksOfTrouble(cleaned.slice(span.start, span.end)) ? [span] : []
  })
  const [first] = telling
  const last = telling.at(-1)
  if (first === undefined || last === undefined) return undefined
  const value = telling
    .map(({ start, end }) => cleaned.slice(start, end))
    .join(' ')
    .replace(/ ?\u0000+/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, longest)
  return { value, start: first.start, end: last.end, certain: true }
}

/** Trouble in words that no rule knows ("it leaves puddles on the floor"): what is said of the thing, where all of it is meant as a report. */
export function guessSymptom(text: string, taken: Taken): Found | undefined {
  const cleaned = withoutSerial(text, taken.serial)
  const spans = [taken.product, ...taken.others].flatMap((span) => (span === undefined ? [] : [span]))
  const told = sentencesOf(cleaned)
    .map((sentence) => trimmed(cleaned, withoutOpening(cleaned, sentence, undefined)))
    .filter(({ start, end }) => {
      const words = fold(cleaned.slice(start, end))
      return !/\?$|吗$/.test(words) && findTrouble(words) !== 'wish' && saysEnough(blank(cleaned, ...spans).slice(start, end))
    })
  const span = told.find(({ start, end }) => taken.product !== undefined && taken.product.start >= start && taken.product.end <= end) ?? told[0]
  return span === undefined
    ? undefined
    : {
        value: cleaned
          .slice(span.start, span.end)
          .replace(/ ?\u0000+/g, '')
          .slice(0, longest),
        ...span,
        certain: true,
      }
}

function saysEnough(words: string): boolean {
  return (words.match(/[\p{Script=Latin}\p{N}'’]+/gu)?.length ?? 0) >= 4 || /\p{Script=Han}{4}/u.test(words)
}

function speaksOfTrouble(sentence: string): boolean {
  const folded = fold(sentence)
  if (/^(?:is|are|was|when|where|how|who|what|why|can|could|will|would|do|does)\b.*\?$/.test(folded.trim())) return false
  // "I need a repair" asks for one and does not say what is wrong.
  return findTrouble(folded) === 'fault' || (readErrorCode(sentence) !== undefined && /[a-z\u4e00-\u9fff]{2}/.test(folded))
}

/** The number and the words and brackets around it. */
function withoutSerial(text: string, serial: Span | undefined): string {
  if (serial === undefined) return text
  const lead =
    /[([（【]?\s*(?:\b(?:the |its |it's )?(?:s\s?\/\s?n|sn|serial(?:\s*(?:number|no\.?|#))?)|产品序列号码?|产品序列号|序列号码?|序列號碼?|序號|序号|编号|編號)\s*(?:is|是|为|為)?\s*[:：#=]?\s*$/i.exec(
      text.slice(0, serial.start),
    )
  const after = /^\s*[)\]）】]/.exec(text.slice(serial.end))?.[0].length ?? 0
  const start = lead === null ? serial.start : lead.index
  return text.slice(0, start) + '\u0000'.repeat(serial.end + after - start) + text.slice(serial.end + after)
}

function sentencesOf(text: string): Span[] {
  const sentences: Span[] = []
  let start = 0
  const ends = /(?<=[.!?])\s+|(?<=[。！？；;])|\n+|[,，]\s*(?=(?:we're|we are|i'm at|call|phone|my |our address|地址|电话|電話|序列|联系|聯繫|手机|手機))|$/gi
  for (const { index, 0: separator } of text.matchAll(ends)) {
    if (index > start) sentences.push({ start, end: index })
    start = index + separator.length
  }
  return sentences
}

/** "Hi, our T5 treadmill stops" says "stops"; the product has a field of its own. */
function withoutOpening(text: string, sentence: Span, product: Span | undefined): Span {
  const words = text.slice(sentence.start, sentence.end)
  const greeting =
    /^\s*(?:(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|你好|您好|嗨)(?: (?:there|all|team|sir|madam|guys))?[\s,，.!！。:：]+)+/i.exec(
      words,
    )?.[0] ?? ''
  const start = sentence.start + greeting.length
  if (product === undefined || product.start < start || product.end > sentence.end) return { start, end: sentence.end }
  const opening = fold(text.slice(start, product.start))
  const isOpening = /^\s*(?:(?:my|our|the|an?|this)\s+)?(?:[\p{L}\p{N}-]+\s+)?$|^\s*(?:我|我们|我家|我们家|家里|公司|这台|那台|的)*(?:一?台)?\s*$/u.test(
    opening,
  )
  const rest = text.slice(product.end, sentence.end)
  const says = rest.trim().split(/\s+/).length >= 2 || /[\u4e00-\u9fff]{2}/.test(rest)
  if (!isOpening || !says || findTrouble(fold(rest)) !== 'fault') return { start, end: sentence.end }
  return { start: product.end + (/^[\s,，:：\u0000-]+/.exec(rest)?.[0].length ?? 0), end: sentence.end }
}

const connecting =
  /(?:[\s,，;；:：.\u0000-]|\b(?:and|we're|we are|i'm|i am|we|i|at|in|on|to|call|ring|text|reach|me|my|our|the|number|no|is|are|its|it's|address|addr|phone|cell|mobile|tel|email|please|pls|can|could|you|someone|come|visit|contact|live|located|available|free|around|name|by)\b|我们|我|在|住|家|地址|电话|电話|手机|联系|请|可以|是|号码|邮箱|方便|上门)*$/i

/** Up to where another field's value begins, or from where it ends, whichever holds the trouble. */
function withoutOthers(text: string, sentence: Span, others: readonly Span[]): Span {
  const within = others.filter(({ start, end }) => start >= sentence.start && end <= sentence.end)
  const edges = [sentence.start, ...within.flatMap(({ start, end }) => [start, end]), sentence.end]
  for (let index = 0; index + 1 < edges.length; index += 2) {
    const piece = { start: edges[index] ?? 0, end: edges[index + 1] ?? 0 }
    const words = text.slice(piece.start, piece.end)
    if (within.length === 0 || findTrouble(fold(words)) !== 'fault') continue
    const trailing = piece.end === sentence.end ? 0 : (connecting.exec(words)?.[0].length ?? 0)
    return { start: piece.start, end: piece.end - trailing }
  }
  return sentence
}

/** Without space and punctuation at the ends. */
function trimmed(text: string, { start, end }: Span): Span {
  const words = text.slice(start, end)
  const lead = /^[\s,，:：\u0000-]*/.exec(words)?.[0].length ?? 0
  const kept = words.replace(/[\s,，.。;；:：!！\u0000]+$/, '').length
  return { start: start + Math.min(lead, kept), end: start + kept }
}
