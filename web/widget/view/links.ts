// Finds web and mail addresses in a message's text. Pure.
export type Piece = { kind: 'text'; text: string } | { kind: 'link'; text: string; href: string }

const address = /\bhttps?:\/\/[^\s<>"'`，。；：！？、（）【】《》“”‘’]+|(?:\bmailto:)?\b[\w.+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+/giu

/** Only `http`, `https` and `mailto` ever become links. */
export function pieces(text: string): Piece[] {
  const found: Piece[] = []
  let end = 0
  for (const match of text.matchAll(address)) {
    const link = withoutTail(match[0])
    const href = /^https?:/i.test(link) ? link : `mailto:${link.replace(/^mailto:/i, '')}`
    if (!URL.canParse(href)) continue
    if (match.index > end) found.push({ kind: 'text', text: text.slice(end, match.index) })
    found.push({ kind: 'link', text: link, href })
    end = match.index + link.length
  }
  if (end < text.length) found.push({ kind: 'text', text: text.slice(end) })
  return found
}

/** What ends the sentence is not part of the address; nor is a bracket that was opened before it. */
function withoutTail(link: string): string {
  const trimmed = link.replace(/[.,;:!?*_~]+$/, '')
  const count = (character: string) => trimmed.split(character).length
  if (/[)\]]$/.test(trimmed)) {
    const [opening, closing] = trimmed.endsWith(')') ? ['(', ')'] : ['[', ']']
    if (count(closing) > count(opening)) return withoutTail(trimmed.slice(0, -1))
  }
  return trimmed
}
