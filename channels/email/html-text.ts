// The words of an HTML mail that has no text part of its own, or an empty one.
import { MailParser } from 'mailparser'
import { finished } from 'node:stream/promises'

/** Longer HTML is not given to the converter, whose work grows faster than its input. Characters. */
export const htmlLimit = 1_000_000

/** Converts through mailparser, which brings a converter that keeps quotes apart (`> `), lists and links. */
export async function htmlText(html: string): Promise<string> {
  if (html.length <= htmlLimit) {
    const parser = new MailParser({ skipTextToHtml: true, maxHtmlLengthToParse: htmlLimit })
    parser.resume()
    parser.end(`Content-Type: text/html; charset=utf-8\r\n\r\n${html}`)
    try {
      await finished(parser)
      if (parser.text) return parser.text
    } catch {
      // The words are worth more than the reason.
    }
  }
  return withoutTags(html)
}

/** For HTML that no converter takes: every character outside angle brackets. Linear, whatever the input. */
function withoutTags(html: string): string {
  return html
    .replace(/<(?:br|p|div|tr|li|h[1-6]|blockquote)\b[^<>]*>/gi, '\n')
    .replace(/<[^<>]*>/g, ' ')
    .replace(/&nbsp;/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#(\d{1,7});/g, (all, code: string) => (Number(code) < 0x110000 ? String.fromCodePoint(Number(code)) : all))
    .replace(/&amp;/g, '&')
}
