// The list of messages: adds what is new where it belongs and leaves alone what is there, so that a screen reader hears only news.
import type { Texts } from '../texts.ts'
import type { Entry } from '../transcript.ts'
import type { Dates } from './dates.ts'
import { element } from './element.ts'
import { icon } from './icons.ts'
import { createMessage, type MessageView } from './message.ts'

export interface LogView {
  node: HTMLElement
  show(entries: readonly Entry[]): void
  /** Whether somebody on our side is writing: undefined when nobody is. */
  typing(who: string | undefined): void
  /** To the newest message, and stay there. */
  toEnd(): void
}

/** How many messages are in the page at first, and how many more each press adds: thousands would make it slow. */
const pageSize = 100
/** A pause after which messages of one speaker stand apart. */
const pauseMs = 5 * 60_000
/** Pixels from the end that still count as reading the end. */
const nearEnd = 80

export function createLog(words: Texts, dates: Dates, onPick: (choice: { label: string; value: string }, entry: Entry) => void): LogView {
  const welcome = element('div', { class: 'welcome' }, element('p', { class: 'welcome-title' }, words.welcomeTitle), element('p', {}, words.welcome))
  const earlier = element('button', { type: 'button', class: 'earlier', hidden: true }, words.earlier)
  const messages = element('div', { role: 'log', 'aria-label': words.log, 'aria-live': 'polite', tabindex: '0', class: 'messages' })
  const replies = element('div', { role: 'group', 'aria-label': words.replies, class: 'replies', hidden: true })
  const dots = element('div', { class: 'dots', 'aria-hidden': 'true' }, ...['', '', ''].map(() => element('i')))
  const typing = element('div', { role: 'status', class: 'typing' })
  const latest = element('button', { type: 'button', class: 'latest', hidden: true, 'aria-label': words.latest }, icon('down'))
  const scroller = element('div', { class: 'scroller' }, welcome, earlier, messages, typing, replies)
  const node = element('div', { class: 'log' }, scroller, latest)

  const views = new Map<string, MessageView>()
  const days = new Map<string, HTMLElement>()
  let limit = pageSize
  let shown: readonly Entry[] = []
  let offered = ''
  let following = true

  const toEnd = () => {
    following = true
    scroller.scrollTop = scroller.scrollHeight
  }
  scroller.addEventListener('scroll', () => {
    following = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < nearEnd
    latest.hidden = following
  })
  // Pictures grow once they are loaded, and the keyboard of a phone takes half of the page.
  const grown = new ResizeObserver(() => following && toEnd())
  for (const part of [scroller, messages, replies, typing]) grown.observe(part)
  latest.addEventListener('click', toEnd)
  earlier.addEventListener('click', () => {
    limit += pageSize
    const before = scroller.scrollHeight
    show(shown)
    scroller.scrollTop += scroller.scrollHeight - before
  })

  function viewOf(entry: Entry): MessageView {
    const view = views.get(entry.key) ?? createMessage(entry, words, dates)
    views.set(entry.key, view)
    return view
  }

  function dayOf(entry: Entry): HTMLElement {
    const key = dates.dayKey(entry.at)
    const heading = days.get(key) ?? element('div', { class: 'day' }, element('span', {}, dates.day(entry.at)))
    days.set(key, heading)
    return heading
  }

  function show(entries: readonly Entry[]): void {
    shown = entries
    const visible = entries.slice(-limit)
    welcome.hidden = entries.length > 0
    earlier.hidden = visible.length === entries.length
    const nodes: HTMLElement[] = []
    for (const [index, entry] of visible.entries()) {
      const before = visible[index - 1]
      const after = visible[index + 1]
      if (before === undefined || dates.dayKey(before.at) !== dates.dayKey(entry.at)) nodes.push(dayOf(entry))
      const view = viewOf(entry)
      view.update(entry, !together(before, entry), !together(entry, after))
      nodes.push(view.node)
    }
    arrange(messages, nodes)
    offer(entries.at(-1))
    if (following) toEnd()
  }

  const together = (a: Entry | undefined, b: Entry | undefined) =>
    a !== undefined &&
    b !== undefined &&
    a.side === b.side &&
    a.speaker === b.speaker &&
    a.state === b.state &&
    b.at - a.at < pauseMs &&
    dates.dayKey(a.at) === dates.dayKey(b.at)

  /** The choices of the last message: once something has been said after it they are of the past. */
  function offer(last: Entry | undefined): void {
    const choices = last?.choices ?? []
    const asked = choices.length === 0 ? '' : (last?.key ?? '')
    if (asked === offered) return
    offered = asked
    replies.hidden = choices.length === 0
    replies.replaceChildren(
      ...choices.map((choice) => {
        const button = element('button', { type: 'button', class: 'reply' }, choice.label)
        button.addEventListener('click', () => last && onPick(choice, last))
        return button
      }),
    )
  }

  return {
    node,
    show,
    toEnd,
    typing(who) {
      typing.replaceChildren(...(who === undefined ? [] : [dots, element('span', { class: 'typing-words' }, words.typing(who || words.desk))]))
    },
  }
}

/** Makes `wanted` the children, moving only what is out of place. */
function arrange(parent: HTMLElement, wanted: readonly HTMLElement[]): void {
  const keep = new Set<Node>(wanted)
  for (const child of Array.from(parent.childNodes)) if (!keep.has(child)) child.remove()
  let next = parent.firstChild
  for (const child of wanted) {
    if (child === next) next = next.nextSibling
    else parent.insertBefore(child, next)
  }
}
