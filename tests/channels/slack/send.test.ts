// What our messages become in Slack: words that mean nothing but themselves, parts, buttons, files; once, whatever breaks on the way.
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { compose, textLimit } from '../../../channels/slack/compose.ts'
import { plainText } from '../../../channels/slack/text.ts'
import { SendError } from '../../../src/errors.ts'
import type { OutboundMessage, Place } from '../../../src/message.ts'
import { complaints } from '../../emulators/slack/limits.ts'
import { list, record, typed, words, type Message } from '../../emulators/slack/workspace.ts'
import type { Slacker } from '../../emulators/slack/person.ts'
import { memoryFiles } from '../../support/mail-door.ts'
import { outboundTo, outgoing } from '../../support/outbound.ts'
import { openSlack, type Open } from './desk-door.ts'

let open: Open
let ann: Slacker
let place: Place
beforeEach(async () => {
  open = await openSlack()
  ann = open.slack.person({ name: 'ann' })
  place = { channel: 'slack', account: open.slack.workspace.team, address: `${ann.team}:${ann.id}`, thread: ann.im }
})
afterEach(() => open.close())

const created = new Date().toISOString()
const to = (change: Partial<OutboundMessage> = {}, where = place) => outboundTo(where, { attempts: 0, createdAt: created, ...change })
const send = (message: OutboundMessage, files = memoryFiles()) => open.channel.send(outgoing(message, files))
const said = (channel = ann.im): Message[] => open.slack.botSaid(channel)
const failure = (work: Promise<unknown>) =>
  work.then(
    () => 'sent',
    (error: unknown) => error,
  )
/** What Slack's clients show of a text. */
const shown = (text: string): string => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')

describe('words', () => {
  it('arrive in the conversation, in its thread where it has one', async () => {
    const room = open.slack.room('help', [ann])
    const { ts } = await ann.say(room.id, '@mendline the dishwasher leaks')
    await send(to())
    await send(to({ _id: 'm_2' }, { ...place, thread: `${room.id}:${ts}` }))
    expect(said()).toMatchObject([{ text: 'Thank you. When may we come?' }])
    expect(said()[0]?.thread_ts).toBeUndefined()
    expect(said(room.id)).toMatchObject([{ text: 'Thank you. When may we come?', thread_ts: ts }])
  })

  it('answer in the thread in which the customer wrote last', async () => {
    await send(to({ inReplyTo: `${ann.im}:1709640000.000100` }))
    expect(said()).toMatchObject([{ thread_ts: '1709640000.000100' }])
  })

  it('of a customer call nobody, link nowhere under another name, and format nothing', async () => {
    await send(to({ text: 'You wrote: <!channel> <@U061F7AUR> <https://evil.example|your bank> *bold* & done' }))
    expect(said()[0]?.text).toBe('You wrote: &lt;!channel&gt; &lt;@U061F7AUR&gt; &lt;https://evil.example|your bank&gt; *bold* &amp; done')
    expect(open.slack.calls.at(-1)?.args).toMatchObject({ mrkdwn: 'false', parse: 'none', link_names: 'false', unfurl_links: 'false' })
  })

  it('of any kind come back as they were written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        const posts = compose({ text, choices: [], place })
        expect(posts.map((post) => shown(post.text)).join('')).toBe(text.trim())
        // Nothing is left that Slack would take for a reference.
        for (const post of posts) expect(post.text).not.toMatch(/[<>]/)
      }),
    )
  })

  it('that are long come in parts, none too long, none cut inside a character, nothing lost', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 4_000 }), { maxLength: 4 }),
        fc.constantFrom('\n\n', '\n', '. ', ' ', ''),
        (pieces, between) => {
          const text = pieces.join(between)
          const parts = compose({ text, choices: [], place }).map((post) => shown(post.text))
          expect(parts.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''))
          for (const part of parts) {
            expect(part.length).toBeLessThanOrEqual(textLimit)
            expect(part.isWellFormed()).toBe(true)
          }
        },
      ),
    )
  })

  it('in parts keep their order', async () => {
    await send(to({ text: Array.from({ length: 5 }, (_, index) => `${index} ${'word '.repeat(400)}`).join('\n\n') }))
    expect(said().map(({ text }) => text[0])).toEqual(['0', '1', '2', '3', '4'])
  })
})

describe('choices', () => {
  const choices = Array.from({ length: 5 }, (_, index) => ({ value: `v${index}`, label: `Choice ${index}` }))

  it('are buttons under the words, which stand there as they are', async () => {
    await send(to({ text: 'Which <one>? See https://example.org/a.', choices }))
    const [rich, actions] = list(said()[0]?.['blocks'])
    expect(list(rich?.['elements'])[0]?.['elements']).toEqual([
      { type: 'text', text: 'Which <one>? See ' },
      { type: 'link', url: 'https://example.org/a' },
      { type: 'text', text: '.' },
    ])
    expect(list(actions?.['elements']).map((button) => words(record(button['text'])['text']))).toEqual(choices.map(({ label }) => label))
  })

  it('that no button can hold are offered by number', async () => {
    await send(
      to({
        text: 'Which?',
        choices: [
          { value: 'x'.repeat(2_000), label: 'One' },
          { value: 'y', label: 'Two' },
        ],
      }),
    )
    expect(said()).toMatchObject([{ text: 'Which?\n1. One\n2. Two' }])
    expect(said()[0]?.['blocks']).toBeUndefined()
  })

  it('of any kind are blocks that Slack takes', () => {
    const choice = fc.record({ value: fc.string({ minLength: 1, maxLength: 2_100 }), label: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }) })
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, maxLength: 7_000 }).filter((text) => text.trim() !== ''),
        fc.array(choice, { maxLength: 30 }),
        (text, some) => {
          for (const { blocks = [] } of compose({ text, choices: some, place })) expect(complaints(blocks.map(record), 'message')).toEqual([])
        },
      ),
    )
  })

  it('are shown to an agent beforehand as the customer will see them', () => {
    expect(open.channel.preview?.(to({ text: 'Which?', choices: choices.slice(0, 2) }))).toEqual({ texts: ['Which?\n[Choice 0] [Choice 1]'] })
  })
})

describe('files', () => {
  const withFiles = async () => {
    const files = memoryFiles()
    const { id } = await files.write(Buffer.from('a manual'), { name: 'manual.pdf', contentType: 'application/pdf' })
    return { files, message: to({ attachments: [{ file: id, name: 'manual.pdf', contentType: 'application/pdf', size: 8 }] }) }
  }

  it('follow the words, into the same thread', async () => {
    const { files, message } = await withFiles()
    await send({ ...message, inReplyTo: `${ann.im}:1709640000.000100` }, files)
    expect(said()).toMatchObject([{ text: message.text }, { thread_ts: '1709640000.000100', files: [expect.any(String)] }])
    const [file] = [...open.slack.workspace.files.values()]
    expect(Buffer.from(file?.content ?? []).toString()).toBe('a manual')
    expect(file).toMatchObject({ name: 'manual.pdf', title: 'manual.pdf' })
  })

  it('that failed are sent again without the words', async () => {
    const { files, message } = await withFiles()
    open.slack.trouble('files.completeUploadExternal', { kind: 'status', status: 503 })
    expect(await failure(send(message, files))).toMatchObject({ kind: 'later' })
    await send({ ...message, attempts: 1 }, files)
    expect(said()).toMatchObject([{ text: message.text }, { text: '' }])
    expect(await open.channel.find?.(message)).toMatchObject({ state: 'delivered' })
  })
})

describe('when something breaks', () => {
  it('a message that Slack took without our hearing of it is found, and not sent again', async () => {
    open.slack.trouble('chat.postMessage', { kind: 'lost' })
    expect(await failure(send(to()))).toMatchObject({ kind: 'later' })
    expect(await open.channel.find?.(to())).toEqual({ providerId: `${place.account}:${ann.im}:${said()[0]?.ts}`, state: 'delivered' })
    expect(await send(to({ attempts: 1 }))).toMatchObject({ state: 'delivered' })
    expect(said()).toHaveLength(1)
  })

  it('so in a thread, among what was said since', async () => {
    const room = open.slack.room('help', [ann])
    const { ts } = await ann.say(room.id, '@mendline the dishwasher leaks')
    const message = to({}, { ...place, thread: `${room.id}:${ts}` })
    open.slack.trouble('chat.postMessage', { kind: 'lost' })
    expect(await failure(send(message))).toMatchObject({ kind: 'later' })
    for (let more = 0; more < 250; more++) await ann.say(room.id, `${more}`, { thread: ts })
    await send({ ...message, attempts: 1 })
    expect(said(room.id)).toHaveLength(1)
  })

  it('of a message in parts only what is missing is sent again', async () => {
    const text = `${'one '.repeat(700)}\n\n${'two '.repeat(700)}`
    open.slack.trouble('chat.postMessage', { kind: 'slow', ms: 0 })
    open.slack.trouble('chat.postMessage', { kind: 'rate_limited', retryAfter: 7 })
    expect(await failure(send(to({ text })))).toMatchObject({ kind: 'later', retryAfterMs: 7_000 })
    expect(await open.channel.find?.(to({ text }))).toBeUndefined()
    await send(to({ text, attempts: 1 }))
    expect(said().map((post) => post.text.slice(0, 3))).toEqual(['one', 'two'])
  })

  it('the same words in another message are no proof that this one was sent', async () => {
    await send(to({ _id: 'm_other' }))
    expect(await open.channel.find?.(to())).toBeUndefined()
  })

  it.each([
    ['Slack asks to slow down', { kind: 'rate_limited', retryAfter: 30 }, { kind: 'later', retryAfterMs: 30_000 }],
    ['Slack has trouble', { kind: 'error', error: 'internal_error' }, { kind: 'later' }],
    ['Slack answers with 503', { kind: 'status', status: 503 }, { kind: 'later' }],
    ['our token was revoked, which somebody can mend', { kind: 'error', error: 'token_revoked' }, { kind: 'later' }],
    ['our app lacks a right, which somebody can give it', { kind: 'error', error: 'missing_scope' }, { kind: 'later' }],
    ['the bot was deactivated', { kind: 'error', error: 'account_inactive' }, { kind: 'later' }],
    ['there is no such conversation', { kind: 'error', error: 'channel_not_found' }, { kind: 'never' }],
    ['the channel was archived', { kind: 'error', error: 'is_archived' }, { kind: 'never' }],
    ['the bot was removed from the channel', { kind: 'error', error: 'not_in_channel' }, { kind: 'never' }],
    ['Slack does not take such a message', { kind: 'error', error: 'invalid_blocks' }, { kind: 'never' }],
  ] as const)('when %s it says what to do', async (_what, trouble, expected) => {
    open.slack.trouble('chat.postMessage', trouble)
    const error = await failure(send(to()))
    expect(error).toBeInstanceOf(SendError)
    expect(error).toMatchObject(expected)
    if (!(error instanceof SendError)) return
    expect(error.reason).not.toContain(ann.id)
  })

  it('a customer without a place in Slack is not written to', async () => {
    expect(await failure(send(to({}, { ...place, thread: '' })))).toMatchObject({ kind: 'never' })
  })
})

it('what a person types comes to us as they typed it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme-ascii', maxLength: 60 }), (text) => {
      expect(plainText(typed(open.slack.workspace, text), open.slack.workspace.bot.id)).toBe(text.trim())
    }),
  )
})
