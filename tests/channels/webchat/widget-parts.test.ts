// The widget's pure parts: links, dates, languages, and the transcript that shows each message once.
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Shown } from '../../../web/widget/activity.ts'
import { readFrame } from '../../../web/widget/activity.ts'
import { createStorage } from '../../../web/widget/storage.ts'
import { chooseLanguage } from '../../../web/widget/texts.ts'
import { createTranscript } from '../../../web/widget/transcript.ts'
import { createDates } from '../../../web/widget/view/dates.ts'
import { pieces } from '../../../web/widget/view/links.ts'

describe('links', () => {
  const links = (text: string) => pieces(text).flatMap((piece) => (piece.kind === 'link' ? [piece.href] : []))

  it.each([
    ['see https://a.example/x.', ['https://a.example/x']],
    ['(https://a.example/x)', ['https://a.example/x']],
    ['https://a.example/x_(y)', ['https://a.example/x_(y)']],
    ['请看https://a.example/页，谢谢', ['https://a.example/页']],
    ['https://a.example/?a=1&b=2#c!', ['https://a.example/?a=1&b=2#c']],
    ['HTTP://A.example', ['HTTP://A.example']],
    ['a@b.example, mailto:c.d+e@f.example', ['mailto:a@b.example', 'mailto:c.d+e@f.example']],
    ['javascript:alert(1) data:text/html,x file:///etc vbscript:x', []],
    ['www.example.com and example.com', []],
    ['https:// http://', []],
  ])('in %j', (text, expected) => {
    expect(links(text)).toEqual(expected)
  })

  it('leave every character of the text where it was, and are of three kinds only', () => {
    const part = fc.oneof(fc.string({ unit: 'grapheme' }), fc.webUrl(), fc.emailAddress(), fc.constantFrom(' ', '(', ')', '。', 'javascript:', 'mailto:'))
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const text = parts.join('')
        const found = pieces(text)
        expect(found.map((piece) => piece.text).join('')).toBe(text)
        for (const piece of found) if (piece.kind === 'link') expect(['http:', 'https:', 'mailto:']).toContain(new URL(piece.href).protocol)
      }),
    )
  })
})

describe('dates', () => {
  const now = new Date(2026, 4, 4, 0, 30).getTime()
  const day = 24 * 60 * 60 * 1000

  it.each([
    ['en-GB', ['Today', 'Yesterday', 'Saturday 2 May', '4 May 2025']],
    ['zh-CN', ['今天', '昨天', '5月2日星期六', '2025年5月4日']],
  ])('in %s', (locale, expected) => {
    const dates = createDates(locale, () => now)
    expect([now, now - day, now - 2 * day, now - 365 * day].map((at) => dates.day(at))).toEqual(expected)
  })

  it('begin at midnight, also after 30 minutes of the day', () => {
    const dates = createDates('en', () => now)
    expect(dates.day(now - 31 * 60_000)).toBe('Yesterday')
    expect(dates.dayKey(now)).not.toBe(dates.dayKey(now - 31 * 60_000))
  })
})

describe('the language', () => {
  it.each([
    [['zh-CN', 'en'], 'zh'],
    [['zh'], 'zh'],
    [['fr-FR', 'zh-Hans', 'en'], 'zh'],
    [['de'], 'en'],
    [[undefined, 'zh-TW'], 'zh'],
    [[], 'en'],
  ])('for %j is %s', (wanted, expected) => {
    expect(chooseLanguage(wanted)).toBe(expected)
  })
})

describe('a frame', () => {
  it.each([[null], [[]], ['text'], [{ activities: 'none' }], [{ activities: [null, 7, { type: 'message', from: 5, attachments: {} }] }]])(
    'of nonsense, %j, breaks nothing',
    (json) => {
      expect(() => readFrame(json, (url) => url)).not.toThrow()
    },
  )
})

describe('storage', () => {
  const forbidden = () => {
    throw new Error('denied')
  }

  it('that the browser forbids keeps things until the page closes', () => {
    const storage = createStorage(forbidden, 'x')
    storage.write('a', { b: 1 })
    expect(storage.read('a')).toEqual({ b: 1 })
    expect(storage.read('other')).toBeUndefined()
  })
})

describe('the transcript', () => {
  const shown = (seq: number, clientId: string): Shown => ({
    id: `c|${seq}`,
    seq,
    side: clientId === '' ? 'desk' : 'visitor',
    speaker: '',
    text: `text ${seq}`,
    language: '',
    at: seq,
    attachments: [],
    choices: [],
    clientId,
  })
  /** Own messages are those with an even place. */
  const own = (seq: number) => (seq % 2 === 0 ? `own-${seq}` : '')

  it('shows each message once and in order, however often and in whatever order the news of it comes', () => {
    const news = fc.tuple(fc.constantFrom('wait', 'take', 'stored'), fc.integer({ min: 1, max: 12 }))
    fc.assert(
      fc.property(fc.array(news, { maxLength: 60 }), (all) => {
        const transcript = createTranscript()
        const known = new Set<number>()
        for (const [kind, seq] of all) {
          if (kind === 'take') transcript.take(shown(seq, own(seq)))
          if (kind !== 'take' && own(seq) === '') continue
          if (kind === 'wait') transcript.wait({ id: own(seq), text: `text ${seq}`, at: 100 + seq, files: 0, choice: '', replyToId: '' }, [])
          if (kind === 'stored') transcript.stored(own(seq), `c|${seq}`, seq)
          if (kind !== 'stored') known.add(seq)
        }
        const entries = transcript.entries()
        expect(entries.map((entry) => entry.text).toSorted()).toEqual([...known].map((seq) => `text ${seq}`).toSorted())
        const placed = entries.filter((entry) => entry.seq > 0).map((entry) => entry.seq)
        expect(placed).toEqual(placed.toSorted((a, b) => a - b))
        expect(entries.findIndex((entry) => entry.state === 'waiting') >= placed.length || placed.length === entries.length).toBe(true)
      }),
    )
  })

  it('keeps a rejected message where it was', () => {
    const transcript = createTranscript()
    transcript.take(shown(1, ''))
    transcript.wait({ id: 'bad', text: 'bad', at: 5, files: 0, choice: '', replyToId: '' }, [])
    transcript.rejected('bad', 'too large')
    transcript.take(shown(2, own(2)))
    expect(transcript.entries().map(({ text }) => text)).toEqual(['text 1', 'bad', 'text 2'])
  })
})
