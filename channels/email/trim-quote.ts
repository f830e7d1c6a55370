// The view of a mail that a conversation needs: what was written now, without the earlier mails below it. Only a view; the whole text is kept beside it.
import { headerLabels, isAttribution, isSureAttribution, mobileSignature, opening, originalMark, saysInline } from './quote-marks.ts'

/**
 * Leaves out the quote of an earlier mail and the signature where both are beyond doubt, and keeps everything else: a leaked quote
 * is untidy, a lost word is a lost answer. Answers between quoted lines stay, with the quotes they answer. Lines are never changed.
 */
export function trimQuote(fullText: string): string {
  const lines = fullText.split('\n')
  const own = lines.slice(0, unmarkedQuote(lines))
  const trimmed = withoutSignature(withoutLeadingQuote(withoutTrailingQuote(own)))
    .join('\n')
    .trim()
  return hasWords(trimmed) ? trimmed : fullText.trim()
}

/** Forwarded mail is news, all of it, so its text is not trimmed. */
export function isForward(subject: string): boolean {
  return /^\s*(?:\[[^\]]*\]\s*)?(?:fwd?|wg|tr|i|rv|enc|vb|vs|doorst|转发|轉寄|轉發|転送|전달)\s*[:：]/iu.test(subject)
}

function hasWords(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text)
}

function isQuoted(line: string): boolean {
  return /^\s{0,3}>/.test(line)
}

function isBlank(line: string | undefined): boolean {
  return line === undefined || line.trim() === ''
}

/** Where an earlier mail begins that is not marked with `>`; the number of lines when there is none, or when something may be written into it. */
function unmarkedQuote(lines: readonly string[]): number {
  const lastQuoted = lines.findLastIndex(isQuoted)
  const begin = lines.findIndex((_, index) => beginsEarlierMail(lines, index, lastQuoted))
  if (begin === -1) return lines.length
  const above = lines
    .slice(0, begin)
    .filter((line) => !isQuoted(line))
    .join('\n')
  // Nothing above: the answer is below or in between. "See my answers below" says the same.
  return hasWords(above) && !saysInline.test(above) ? begin : lines.length
}

function beginsEarlierMail(lines: readonly string[], index: number, lastQuoted: number): boolean {
  const line = lines[index] ?? ''
  if (originalMark.test(line)) return hasWords(lines.slice(index + 1).join('\n'))
  if (isHeaderBlock(lines, index)) return true
  // Outlook on the web and phones draw a line above the header block.
  if (/^\s*_{8,}\s*$/.test(line)) return [1, 2].some((next) => isBlank(lines.slice(index + 1, index + next).join('')) && isHeaderBlock(lines, index + next))
  const attribution = attributionAt(lines, index)
  return attribution !== undefined && isSureAttribution(attribution.text) && lastQuoted < attribution.end
}

/** From, a date and a subject, each in its own line, close together: an earlier mail's header as Outlook prints it. */
function isHeaderBlock(lines: readonly string[], index: number): boolean {
  if (!headerLabels.from.test(lines[index] ?? '')) return false
  const block = lines.slice(index, index + 9)
  return block.some((line) => headerLabels.sent.test(line)) && block.some((line) => headerLabels.subject.test(line))
}

/**
 * An attribution that starts at `index`, on one line or broken into up to four. The shortest that makes one, so that no line of the
 * customer's own that stands right above is taken for a part of it.
 */
function attributionAt(lines: readonly string[], index: number): { text: string; end: number } | undefined {
  if (isBlank(lines[index])) return undefined
  for (let end = index + 1; end <= index + 4; end++) {
    const part = lines.slice(index, end)
    if (part.some((line) => isBlank(line) || isQuoted(line))) return undefined
    const text = part.join(' ')
    if (!isAttribution(text)) continue
    if (part.length === 1) return { text, end }
    const beginsLater = part.slice(1).some((_, skipped) => isAttribution(part.slice(skipped + 1).join(' ')))
    return opening.test(text) && !beginsLater ? { text, end } : undefined
  }
  return undefined
}

interface Block {
  /** First line of the attribution. */
  begin: number
  /** Behind the last quoted line. */
  end: number
}

/** Quoted lines with the attribution that makes them a quote; `>` alone may be anything a customer pasted. */
function quotes(lines: readonly string[]): Block[] {
  const found: Block[] = []
  for (let index = 0; index < lines.length; index++) {
    let start = isQuoted(lines[index] ?? '') ? quotedAttributionAt(lines, index) : attributionAt(lines, index)?.end
    if (start === undefined) continue
    for (let blank = 0; blank < 3 && isBlank(lines[start]); blank++) start++
    if (!isQuoted(lines[start] ?? '')) continue
    let end = start
    for (let line = start; line < lines.length && (isQuoted(lines[line] ?? '') || isBlank(lines[line])); line++) if (isQuoted(lines[line] ?? '')) end = line + 1
    found.push({ begin: index, end })
    index = end - 1
  }
  return found
}

/** Apple Mail puts the attribution inside the quote: `> On …, Ann <ann@example.com> wrote:`. */
function quotedAttributionAt(lines: readonly string[], index: number): number | undefined {
  const inner = lines.slice(index, index + 4).map((line) => (isQuoted(line) ? line.replace(/^\s{0,3}>\s?/, '') : ''))
  return attributionAt(inner, 0) && index
}

function withoutTrailingQuote(lines: readonly string[]): readonly string[] {
  const last = quotes(lines).at(-1)
  if (last === undefined || lines.slice(last.end).some((line) => !isBlank(line))) return lines
  return lines.slice(0, last.begin)
}

/** A quote first and the whole answer below it. With more than one quoted block the answers lie in between, and all stays. */
function withoutLeadingQuote(lines: readonly string[]): readonly string[] {
  const [first] = quotes(lines)
  if (first === undefined || lines.slice(0, first.begin).some((line) => !isBlank(line)) || lines.slice(first.end).some(isQuoted)) return lines
  return lines.slice(first.end)
}

/** The longest signature believed. A divider written as `-- ` above half a page is not one. */
const signatureLines = 15

/** From `-- ` on (RFC 3676, 4.3, with its trailing space), or the line a phone adds. */
function withoutSignature(lines: readonly string[]): readonly string[] {
  const end = lines.findLastIndex((line) => !isBlank(line)) + 1
  const mark = lines.lastIndexOf('-- ')
  if (mark !== -1 && end - mark <= signatureLines && !lines.slice(mark).some(isQuoted)) return withoutSignature(lines.slice(0, mark))
  return mobileSignature.test(lines[end - 1] ?? '') ? lines.slice(0, end - 1) : lines
}
