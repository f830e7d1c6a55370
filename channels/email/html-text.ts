// The words of an HTML mail as plain text: lines, quotes marked with `> `, list items, links. One pass, whatever the markup.
//
// Ours and not mailparser's converter, whose work and output multiply with nested quotes: half a megabyte of mail kept it busy for two
// minutes. Mail is hostile input, and a view needs no layout.
import { decodeEntities } from './html-entities.ts'

/** Elements whose content is not for reading. */
const silent = new Set(['script', 'style', 'title', 'template', 'noscript', 'xml'])
/** Elements that stand on lines of their own, and those with a blank line around them. */
const lines = new Set([
  'div',
  'tr',
  'li',
  'dt',
  'dd',
  'section',
  'article',
  'header',
  'footer',
  'main',
  'nav',
  'form',
  'address',
  'center',
  'fieldset',
  'figure',
  'figcaption',
  'body',
  'html',
  'head',
])
const paragraphs = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'ul', 'ol', 'dl', 'table', 'pre', 'hr'])

/** Marks for deeper quotes say nothing more, and would multiply the text. */
const deepest = 5

export function htmlText(html: string): string {
  const page = new Page()
  const unclosed = new Set<string>()
  let link: { href: string; from: number } | undefined
  let at = 0
  while (at < html.length) {
    const open = html.indexOf('<', at)
    if (open === -1) break
    page.text(html.slice(at, open))
    if (html.startsWith('<!--', open)) {
      const end = unclosed.has('-->') ? -1 : html.indexOf('-->', open + 4)
      if (end === -1) unclosed.add('-->')
      at = end === -1 ? open + 4 : end + 3
      continue
    }
    const tag = /^<(\/?)([a-z][a-z0-9:]{0,20})|^<[!?]/i.exec(html.slice(open, open + 24))
    if (!tag) {
      page.text('<')
      at = open + 1
      continue
    }
    const end = unclosed.has('>') ? -1 : html.indexOf('>', open)
    if (end === -1) {
      // A tag that is never closed: what follows may as well be words.
      unclosed.add('>')
      at = open + tag[0].length
      continue
    }
    at = end + 1
    const name = (tag[2] ?? '').toLowerCase()
    const closes = tag[1] === '/'
    if (!closes && silent.has(name) && !unclosed.has(name)) {
      const close = new RegExp(`</${name}`, 'gi')
      close.lastIndex = at
      const found = close.exec(html)
      if (found) at = found.index
      else unclosed.add(name)
    } else if (name === 'br') page.line()
    else if (name === 'blockquote') page.quote(closes ? -1 : 1)
    else if (paragraphs.has(name)) page.gap(2)
    else if (lines.has(name)) page.gap(1)
    if (name === 'li' && !closes) page.text('- ')
    if (name === 'td' || name === 'th') page.text(' ')
    if (name === 'hr') page.rule()
    if (name === 'pre') page.preformatted = !closes
    if (name === 'img') page.text(attribute(html.slice(open, Math.min(end, open + 4_000)), 'alt').replace(/^(.+)$/s, '[$1]'))
    if (name === 'a') {
      if (link) page.link(link.href, link.from)
      link = closes ? undefined : { href: attribute(html.slice(open, Math.min(end, open + 4_000)), 'href'), from: page.mark() }
    }
  }
  page.text(html.slice(at))
  return page.toString()
}

/** The value of an attribute in a tag, still with its character references. */
function attribute(tag: string, name: string): string {
  const [, double, single, bare] = new RegExp(`\\s${name}\\s{0,9}=\\s{0,9}(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(tag) ?? []
  return double ?? single ?? bare ?? ''
}

/** The text so far: knows whether it stands at the beginning of a line, and how deep in quotes. */
class Page {
  preformatted = false
  private readonly out: string[] = []
  /** Line ends owed before the next word. */
  private breaks = 0
  private depth = 0
  /** Of the line before. */
  private depthBefore = 0
  /** Something is on the current line, and whether it ends in a space. */
  private started = false
  private spaced = true

  text(raw: string): void {
    if (raw === '') return
    const text = decodeEntities(raw).replace(/\u00a0/g, ' ')
    if (this.preformatted)
      for (const [index, line] of text.split('\n').entries()) {
        if (index > 0) this.line()
        this.put(line.trimEnd())
      }
    else this.put(text.replace(/[ \t\r\n\f]+/g, ' '))
  }

  private put(text: string): void {
    const words = this.breaks > 0 || this.spaced ? (this.preformatted ? text : text.replace(/^ +/, '')) : text
    if (words.trim() === '') {
      if (text !== '' && this.started && this.breaks === 0 && !this.spaced) {
        this.out.push(' ')
        this.spaced = true
      }
      return
    }
    const depth = Math.min(this.depth, deepest)
    if (!this.started) this.out.push('> '.repeat(depth))
    // The blank lines between two depths belong to the outer one.
    else if (this.breaks > 0)
      this.out.push(`\n${'> '.repeat(Math.min(depth, this.depthBefore))}`.repeat(Math.min(this.breaks, 3) - 1), `\n${'> '.repeat(depth)}`)
    this.out.push(words)
    this.depthBefore = depth
    this.breaks = 0
    this.started = true
    this.spaced = words.endsWith(' ')
  }

  /** `<br>`: one more line end. */
  line(): void {
    this.breaks++
  }

  /** The edge of a block: at least so many line ends, not more than there are. */
  gap(count: number): void {
    this.breaks = Math.max(this.breaks, count)
  }

  quote(change: 1 | -1): void {
    this.gap(2)
    this.depth = Math.max(0, this.depth + change)
  }

  /** What Outlook draws above an earlier mail. */
  rule(): void {
    this.put('________________________________')
    this.gap(1)
  }

  mark(): number {
    return this.out.length
  }

  /** Names where a link leads, unless its words do. */
  link(href: string, from: number): void {
    const target = decodeEntities(href).trim()
    const words = this.out.slice(from).join('').trim()
    if (/^https?:\/\//i.test(target) && words !== '' && !words.includes(target.replace(/^https?:\/\/|\/$/gi, ''))) this.put(` [${target.slice(0, 2_000)}]`)
  }

  toString(): string {
    const all = this.out.join('').split('\n')
    return all
      .map((line) => line.trimEnd())
      .join('\n')
      .trim()
  }
}
