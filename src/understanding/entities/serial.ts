// The serial number of the thing to be repaired: announced as one, or in the format of a maker of the catalogue.
import { fold } from '../fold.ts'
import { blank, type Span } from '../span.ts'
import type { Found } from './found.ts'
import type { CatalogueProduct } from './product.ts'
import { capitals, fitSerial, looksDoubtful, readFormat } from './serial-format.ts'
import { readSpokenCode } from './spoken.ts'

const announced =
  /(?<![a-z0-9])(?:s\s?\/\s?n|sn(?![a-z])(?:\s?(?:号|码))?|ser(?![a-z])\.?\s*(?:number|no\.?|num\.?|nr\.?|#)|serial\s*(?:number|no\.?|num\.?|nr\.?|nmbr|#|code)?|serial|serail(?: number)?|rating plate|id plate)\s*(?:on (?:it|the (?:label|back|plate|sticker)) )?(?:is|=|:|#|was|reads|says)?\s*(?:is\s+)?(?:it'?s\s+)?[:#]?\s*(?:sn\b\s*[:#]?\s*)?|(?:产品|机器|设备)?(?:序列号码?|序列码|序号|机身号码?|机身码|机器编号|产品编号|设备编号|出厂编号|出厂号|铭牌|编号|(?<!手)机号)(?:上(?:面)?(?:写的|的)?)?\s*(?:是|为|:|就是)?\s*/gu
const code = /^[a-z0-9](?:[a-z0-9]|[-/._](?=[a-z0-9])| (?=[a-z0-9]*\d[a-z0-9-]*\b)(?! ?\d{1,2} ))*/
const bareCode = /(?<![\p{L}\p{N}@_.+-])[a-z]{1,6}[-/. ]?[a-z0-9]*\d[a-z0-9]*(?:[-/.][a-z0-9]+)*(?![\p{Script=Latin}\p{N}@_])/gu

/** `product` is the one that was named, if it is known: its format counts before those of the others. */
export function readSerial(text: string, products: readonly CatalogueProduct[], product: string | undefined): Found | undefined {
  const folded = fold(text)
  const formats = formatsOf(products, product)
  return readAnnounced(text, folded, formats) ?? readByFormat(text, folded, formats)
}

/** The number with the words and brackets around it. */
export function serialWords(text: string, serial: Span | undefined): Span | undefined {
  if (serial === undefined) return undefined
  const lead =
    /[([（【]?\s*(?:\b(?:the |its |it's )?(?:s\s?\/\s?n|sn|serial(?:\s*(?:number|no\.?|#))?)|产品序列号码?|序列号码?|序号|编号)\s*(?:is|是|为)?\s*[:#=]?\s*$/.exec(
      fold(text.slice(0, serial.start)),
    )
  const after = /^\s*[)\]）】]/.exec(text.slice(serial.end))?.[0].length ?? 0
  return { start: lead?.index ?? serial.start, end: serial.end + after }
}

interface Formats {
  /** Of the product that was named. */
  own: RegExp | undefined
  all: readonly RegExp[]
}

function formatsOf(products: readonly CatalogueProduct[], product: string | undefined): Formats {
  const withFormat = products.flatMap(({ name, serial }) => (serial === undefined ? [] : [{ name, format: readFormat(serial) }]))
  return { own: withFormat.find(({ name }) => name === product)?.format, all: withFormat.map(({ format }) => format) }
}

function readAnnounced(text: string, folded: string, formats: Formats): Found | undefined {
  for (const match of folded.matchAll(announced)) {
    const start = match.index + match[0].length
    const rest = folded.slice(start)
    const length = codeLength(rest)
    const spoken = readSpokenCode(rest)
    if (spoken !== undefined && spoken.length > (length ?? 0)) return judge(spoken.code, { start, end: start + spoken.length }, formats, true)
    if (length !== undefined) return judge(text.slice(start, start + length), { start, end: start + length }, formats, false)
  }
  return undefined
}

/** A code that is announced by nothing but its form. */
function readByFormat(text: string, folded: string, { all }: Formats): Found | undefined {
  if (all.length === 0) return undefined
  for (const { index, 0: word } of folded.matchAll(bareCode)) {
    const span = { start: index, end: index + word.length }
    // Only what is one word can hold a slip: "call 415" is no number of anything.
    const written = text.slice(span.start, span.end)
    const fit = all
      .filter((format) => !/\s/.test(word) || format.test(word.replace(/[^a-z0-9]/g, '')))
      .map((format) => fitSerial(written, format))
      .find((each) => each !== undefined)
    if (fit !== undefined && word.replace(/[^a-z0-9]/g, '').length >= 5) return { value: fit.serial, ...span, certain: fit.certain }
  }
  return undefined
}

/** A serial number as somebody wrote it: in the spelling of its format, and whether it may be kept without being read back. */
export function judgeSerial(written: string, products: readonly CatalogueProduct[], product: string | undefined): { value: string; certain: boolean } {
  const { value, certain } = judge(written, { start: 0, end: written.length }, formatsOf(products, product), false)
  return { value, certain }
}

/** What stands there may be of no format we know: then it counts as written, unless a slip is likely or it was spoken. */
function judge(written: string, span: Span, { own, all }: Formats, spoken: boolean): Found {
  const fits = (own === undefined ? all : [own]).flatMap((format) => fitSerial(written, format) ?? [])
  // Among many makes one fits anything: without the product named, only the usual slips are believed.
  const likely = fits.filter(({ usual }) => own !== undefined || usual)
  const fit = likely.find(({ certain }) => certain) ?? likely[0]
  if (fit !== undefined) return { value: fit.serial, ...span, certain: fit.certain }
  const value = capitals(written)
  return { value, ...span, certain: own === undefined && !spoken && !looksDoubtful(value) }
}

function codeLength(rest: string): number | undefined {
  const whole = code.exec(rest)?.[0]
  if (whole === undefined) return undefined
  const first = whole.split(' ')[0] ?? whole
  const length = (/\d/.test(first) && first.length >= 5 ? first : whole).length
  const taken = rest.slice(0, length)
  return /\d/.test(taken) && taken.replace(/[^a-z0-9]/g, '').length >= 4 && length <= 32 ? length : undefined
}

/** `E03`, `F-12`, `error 404`, `code 5`, `故障码E5`, `报错 12`. `taken` is what other values hold. */
export function readErrorCode(text: string, ...taken: readonly (Span | undefined)[]): Found | undefined {
  const folded = blank(fold(text), ...taken)
  const announcedCode =
    /(?:\bcall (?:service|engineer|technician|support)|\bservice code|\berror(?:\s*(?:code|message|number|no\.?))?|\bfault(?:\s*code)?|\b(?:error\s*)?code|报错|错误(?:代码|码)?|故障(?:代码|码)|代码|显示|跳出?|出现)\s*(?:is|of|shows?|says|:|#|是|为|了)?\s*["'“「]?(?:code\s*)?([a-z]{0,3}[- ]?\d{1,4}[a-z]?)(?![a-z0-9])(?!\s*(?:°|度|%|minutes?|分钟|次|times))/.exec(
      folded,
    )
  const bare = /(?<![\p{Script=Latin}\p{N}-])([efh][-: ]?\d{2,3}|[efh][-:]?\d|er+-?\d{1,3})(?![\p{Script=Latin}\p{N}-]|\.\d)/u.exec(
    folded.replace(/\b[efh]\d{1,3}\s+(?=treadmill|model|bike)/g, (part) => ' '.repeat(part.length)),
  )
  const match = announcedCode ?? bare
  if (
    match?.[1] === undefined ||
    (announcedCode !== null && /door|gate|access|entry|zip|post|门禁/.test(folded.slice(Math.max(0, match.index - 8), match.index + 4)))
  )
    return undefined
  const start = match.index + match[0].lastIndexOf(match[1])
  return { value: match[1].toUpperCase().replace(/\s/g, ''), start, end: start + match[1].length, certain: true }
}
