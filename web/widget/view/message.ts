// One message as it is shown.
import type { ShownAttachment } from '../activity.ts'
import type { Texts } from '../texts.ts'
import type { Entry } from '../transcript.ts'
import type { Dates } from './dates.ts'
import { element, spoken } from './element.ts'
import { icon } from './icons.ts'
import { pieces } from './links.ts'

export interface MessageView {
  node: HTMLElement
  /** @param first the first of its speaker in a row; @param last the last, which carries the time. */
  update(entry: Entry, first: boolean, last: boolean): void
}

export function createMessage(entry: Entry, words: Texts, dates: Dates): MessageView {
  const bubbles = element('div', { class: 'bubbles' })
  if (entry.text !== '') bubbles.append(bubble(entry, words))
  for (const attachment of entry.attachments) bubbles.append(attached(attachment, words))
  const name = element('div', { class: 'name', 'aria-hidden': 'true' }, entry.speaker)
  const avatar = element('div', { class: 'avatar', 'aria-hidden': 'true' }, entry.speaker === '' ? icon('wrench') : initials(entry.speaker))
  const who = entry.side === 'visitor' ? words.you : entry.speaker || words.desk
  const foot = element('div', { class: 'foot' })
  const node = element('div', { class: `message ${entry.side}` }, avatar, name, spoken(`${who}: `), bubbles, foot)
  let shown = ''

  return {
    node,
    update(now, first, last) {
      node.classList.toggle('first', first)
      node.classList.toggle('last', last)
      node.classList.toggle('waiting', now.state === 'waiting')
      node.classList.toggle('rejected', now.state === 'rejected')
      const state = `${now.state} ${now.at} ${now.problem}`
      if (state === shown) return
      shown = state
      foot.replaceChildren(...footOf(now, words, dates))
    },
  }
}

function footOf(entry: Entry, words: Texts, dates: Dates): (Node | string)[] {
  switch (entry.state) {
    case 'waiting':
      return [icon('waiting'), words.waiting]
    case 'rejected':
      return [entry.problem]
    case 'sent': {
      const time = element('time', { datetime: new Date(entry.at).toISOString() }, dates.time(entry.at))
      return [time]
    }
  }
}

function bubble(entry: Entry, words: Texts): HTMLElement {
  const made = element('div', { class: 'bubble', dir: 'auto', ...(entry.language === '' ? {} : { lang: entry.language }) })
  for (const piece of pieces(entry.text)) {
    if (piece.kind === 'text') made.append(piece.text)
    else {
      const link = element('a', { href: piece.href, target: '_blank', rel: 'noopener noreferrer nofollow' }, piece.text)
      if (piece.href.startsWith('http')) link.append(spoken(` ${words.opensNewTab}`))
      made.append(link)
    }
  }
  return made
}

/** What every browser can draw. */
const drawable = /^image\/(png|jpe?g|gif|webp)$/

export function attached({ name, contentType, url }: ShownAttachment, words: Texts): HTMLElement {
  if (drawable.test(contentType)) {
    const photo = element('img', { src: url, alt: words.photo(name), class: 'photo' })
    const link = element('a', { href: url, target: '_blank', rel: 'noopener', class: 'photo-link' }, photo)
    photo.addEventListener('error', () => link.replaceWith(chip(name, contentType, url, words)))
    return link
  }
  return chip(name, contentType, url, words)
}

function chip(name: string, contentType: string, url: string, words: Texts): HTMLElement {
  const drawing = icon(contentType.startsWith('video/') ? 'film' : 'file')
  return element('a', { href: url, target: '_blank', rel: 'noopener', class: 'chip', 'aria-label': words.file(name) }, drawing, name)
}

function initials(name: string): string {
  const first = (text: string, count = 1) => Array.from(text).slice(0, count).join('').toUpperCase()
  const parts = name.trim().split(/\s+/)
  if (parts.length > 1)
    return parts
      .slice(0, 2)
      .map((part) => first(part))
      .join('')
  // A Chinese name is not known by one character.
  return first(name, /^[\u0020-\u024f]+$/.test(name) ? 1 : 2)
}
