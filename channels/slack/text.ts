// Slack's text and plain text, both ways. What a customer writes comes out as they typed it, and what goes in can become no command of Slack.
// https://docs.slack.dev/messaging/formatting-message-text

/** Slack's text as a person reads it: without the mention of us, with references resolved and escapes undone. */
export function plainText(text: string, botUser: string | undefined): string {
  const said =
    botUser === undefined
      ? text
      : text.replace(new RegExp(`^\\s*(?:<@${botUser}(?:\\|[^>]*)?>[\\s,:;]*)+`), '').replace(new RegExp(`<@${botUser}(?:\\|[^>]*)?>`, 'g'), '')
  return said
    .replace(/<([^<>]*)>/g, (_, inside: string) => resolve(inside))
    .replace(/&(amp|lt|gt);/g, (_, name: string) => (name === 'amp' ? '&' : name === 'lt' ? '<' : '>'))
    .toWellFormed()
    .replaceAll('\0', '')
    .trim()
}

/** One reference, without its brackets: a person, a channel, a group, a date, an address. */
function resolve(reference: string): string {
  const bar = reference.indexOf('|')
  const target = bar < 0 ? reference : reference.slice(0, bar)
  const label = bar < 0 ? '' : reference.slice(bar + 1)
  switch (target[0]) {
    case '@':
      return `@${label || target.slice(1)}`
    case '#':
      return `#${label || target.slice(1)}`
    case '!':
      return label || `@${target.slice(1).split('^')[0]}`
    default: {
      const bare = target.replace(/^(?:https?:\/\/|mailto:|tel:)/, '')
      if (label === '' || label === target) return target.startsWith('http') ? target : bare
      return label === bare ? label : `${label} (${target})`
    }
  }
}

/** Plain text for a `text` field: nothing in it can become a mention, a link under another name, or formatting of Slack. */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** Cuts a text that is longer than `limit`: between paragraphs, else lines, else sentences, else words, and never inside a character. */
export function inParts(text: string, limit: number): string[] {
  const parts: string[] = []
  let rest = text.trim()
  while (rest.length > limit) {
    const end = cutAt(rest, limit)
    parts.push(rest.slice(0, end).trim())
    rest = rest.slice(end).trim()
  }
  return rest === '' ? parts : [...parts, rest]
}

const cuts = [/\n\s*\n/g, /\n/g, /[.!?]\s|[。！？]/g, /\s/g]

function cutAt(text: string, limit: number): number {
  const head = text.slice(0, limit)
  for (const cut of cuts) {
    const last = [...head.matchAll(cut)].at(-1)
    if (last !== undefined && last.index > limit / 2) return last.index + last[0].length
  }
  let end = 0
  // The last character may be cut in two by `limit`, so it is left to the next part.
  for (const { index } of new Intl.Segmenter().segment(head)) end = index
  return end || limit
}
