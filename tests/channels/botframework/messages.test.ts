// What recorded activities become: messages with the customer's words, choice, files and the way back; or nothing of weight.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { NewMessage } from '../../../src/message.ts'
import type { Posted } from '../../emulators/microsoft.ts'
import { openBot, recorded, type Bot } from './bot.ts'

let bot: Bot
beforeAll(async () => void (bot = await openBot()))
afterAll(() => bot.close())

let posted = 0
/** The message a recorded activity becomes, posted under an id of its own. */
async function messageOf(name: string, change: Posted = {}): Promise<NewMessage> {
  const before = bot.messages().length
  const reply = await bot.post(await recorded(name, { id: `test-${posted++}`, ...change }))
  const [message, ...others] = bot.messages().slice(before)
  if (message === undefined || others.length > 0) throw new Error(`${name} became ${others.length} messages; answered ${JSON.stringify(reply)}`)
  return message
}

/** Answered, and nothing came of it. */
async function passes(name: string, change: Posted = {}): Promise<unknown> {
  const before = bot.messages().length
  const reply = await bot.post(await recorded(name, { id: `test-${posted++}`, ...change }))
  expect(bot.messages()).toHaveLength(before)
  return reply
}

describe('the words', () => {
  it('are those the customer typed, without the entities that Teams makes of some', async () => {
    expect(await messageOf('teams-personal-message')).toMatchObject({
      text: 'Our treadmill & the <bike> stop after ten minutes.',
      fullText: 'Our treadmill & the <bike> stop after ten minutes.',
      from: { name: 'Anna Lind' },
      locale: 'de-DE',
      author: 'person',
      attachments: [],
      remotes: [],
    })
    expect((await messageOf('teams-personal-message', { text: 'type &amp;lt; here' })).text).toBe('type &lt; here')
    expect((await messageOf('directline-message', { text: 'a &amp; b' })).text).toBe('a &amp; b')
  })

  it('leave the mention of us away, and call others by their name', async () => {
    expect((await messageOf('teams-channel-mention')).text).toBe('the press in hall 2 leaks, Bo Ray can let you in')
    expect((await messageOf('teams-group-chat-mention')).text).toBe('hello  where is my repair?')
  })

  it('leave away which message they answer, which is kept beside them', async () => {
    expect(await messageOf('teams-quoted')).toMatchObject({ text: 'the one in hall 3', repliesTo: ['1709640299000'] })
    expect(await messageOf('teams-personal-message', { replyToId: '1709640299500' })).toMatchObject({ repliesTo: ['1709640299500'] })
    expect(await messageOf('teams-personal-message')).not.toHaveProperty('repliesTo')
  })

  it('of a correction are noted, for people and not for the bot', async () => {
    const first = await messageOf('teams-personal-message', { id: 'same' })
    const edited = await messageOf('teams-edited', { id: 'same' })
    expect(edited).toMatchObject({ text: '[edited] Our treadmill stops after two minutes.', author: 'machine' })
    expect(edited.thread).toBe(first.thread)
    await passes('teams-edited', { id: 'same' })
    expect((await messageOf('teams-edited', { id: 'same', timestamp: '2024-03-05T12:09:00Z' })).providerId).not.toBe(edited.providerId)
  })

  it('hold no NUL and no half a character', async () => {
    const { text, from } = await messageOf('directline-message', { text: 'a\0b\ud800c', from: { id: 'x', name: '\ud800' } })
    expect(text).toBe('ab\ufffdc')
    expect(from.name).toBe('\ufffd')
  })

  it('may be missing: what is left is still a message', async () => {
    expect(await messageOf('teams-personal-message', { text: '', attachments: [] })).toMatchObject({ text: '' })
    expect(await messageOf('directline-post-back')).toMatchObject({ text: 'where is my repair' })
  })

  it('come with the language of the client, where it names one that there is', async () => {
    expect((await messageOf('directline-message')).locale).toBe('zh-CN')
    expect((await messageOf('teams-personal-message', { locale: null })).locale).toBe('de-DE')
    expect((await messageOf('directline-message', { locale: 'no such language' })).locale).toBeUndefined()
  })
})

describe('where others talk too', () => {
  it('only what names us is ours', async () => {
    await passes('teams-channel-without-mention')
    await passes('teams-channel-mention', { entities: [{ type: 'mention', text: '<at>Bo</at>', mentioned: { id: '29:1bSn2QhYQWyPTAvT9y', name: 'Bo' } }] })
    await passes('directline-message', { conversation: { id: 'c', isGroup: true } })
    await passes('teams-edited', { conversation: { id: '19:x@thread.v2', conversationType: 'groupChat' } })
  })

  it('or a button of ours that is pressed', async () => {
    expect(await messageOf('teams-message-back', { conversation: { id: '19:x@thread.v2', conversationType: 'groupChat' } })).toMatchObject({
      choice: 'confirm',
    })
  })
})

describe('a button', () => {
  it('on a card brings its value and shows its label', async () => {
    expect(await messageOf('teams-message-back')).toMatchObject({ choice: 'confirm', text: 'Yes, that is right' })
  })

  it('of an adaptive card brings its value', async () => {
    expect(await messageOf('teams-action-submit')).toMatchObject({ choice: '4', text: '4' })
  })

  it('of a card that waits for an answer gets one', async () => {
    const before = bot.messages().length
    const reply = await bot.post(await recorded('teams-adaptive-card-action'))
    expect(bot.messages().slice(before)).toMatchObject([{ choice: 'confirm', text: 'Yes' }])
    expect(reply).toMatchObject({ status: 200, headers: { 'content-type': expect.stringContaining('application/json') } })
    expect(JSON.parse(String(reply.body))).toEqual({ statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: 'Yes' })
  })

  it('that suggests words says them', async () => {
    const message = await messageOf('emulator-imback')
    expect(message.text).toBe('Yes, that is right')
    expect(message.choice).toBeUndefined()
  })
})

describe('what is no message', () => {
  it.each([
    'teams-conversation-update',
    'teams-reaction',
    'teams-deleted',
    'teams-undeleted',
    'teams-installed',
    'teams-removed',
    'emulator-conversation-update',
    'directline-typing',
    'directline-end',
    'directline-event',
  ])('is answered and passes: %s', async (name) => {
    expect(await passes(name)).toEqual({ status: 200 })
  })

  it.each(['teams-signin-verify', 'teams-file-consent'])('is answered as not implemented where the client waits: %s', async (name) => {
    expect(await passes(name)).toEqual({ status: 501 })
  })

  it('is refused where it is no activity at all', async () => {
    expect(await passes('teams-personal-message', { id: null })).toMatchObject({ status: 400 })
    expect(await passes('teams-personal-message', { from: {} })).toMatchObject({ status: 400, body: expect.stringContaining('from.id') })
    expect(await passes('teams-personal-message', { id: 'a\0b' })).toMatchObject({ status: 400 })
    expect(await passes('teams-personal-message', { conversation: 'a' })).toMatchObject({ status: 400 })
  })
})

describe('a customer', () => {
  it('in Teams is the same in every conversation', async () => {
    const one = await messageOf('teams-personal-message')
    const other = await messageOf('teams-channel-mention')
    expect(other.from.address).toBe(one.from.address)
    expect(other.thread).not.toBe(one.thread)
    expect(other.account).toBe(one.account)
  })

  it('whom nobody vouches for is somebody of this conversation, whatever they call themselves', async () => {
    const alice = await messageOf('directline-message')
    const another = await messageOf('directline-message', { conversation: { id: 'elsewhere' } })
    expect(another.from.address).not.toBe(alice.from.address)
    expect((await messageOf('directline-message')).from.address).toBe(alice.from.address)
  })

  it('has no mail address because an id looks like one', async () => {
    expect((await messageOf('directline-message', { from: { id: 'ann@example.org' } })).from.address).not.toContain('@')
  })

  it('of another channel is another, even under the same id', async () => {
    const telegram = await messageOf('directline-message', { channelId: 'telegram', from: { id: '4711' } })
    const sms = await messageOf('directline-message', { channelId: 'sms', from: { id: '4711' } })
    expect(telegram.from.address).not.toBe(sms.from.address)
  })

  it('that is a bot gets no answer', async () => {
    expect((await messageOf('directline-message', { from: { id: 'b', role: 'bot' } })).author).toBe('machine')
  })
})

describe('the way back', () => {
  it('names conversation, connector and both sides, and nothing of what was said', async () => {
    const { route } = await messageOf('teams-channel-mention')
    expect(JSON.parse(route ?? '')).toEqual({
      channelId: 'msteams',
      serviceUrl: 'https://smba.trafficmanager.net/emea/',
      bot: { id: '28:c3a1f7de-5b1f-4f7d-9a1e-2f6f0c8b7a11', name: 'Mendline' },
      user: { id: expect.stringMatching(/^29:/), name: '', aadObjectId: '3f0c9a52-7c61-4b2b-a6f9-9f1c6b6d2f10' },
      conversation: {
        id: '19:253b1f341670408fb6fe51050b6e5ceb@thread.tacv2;messageid=1709640100000',
        name: '',
        isGroup: true,
        conversationType: 'channel',
        tenantId: '72f1b0a4-3d2e-4c19-8f55-0a9b7c6d5e4f',
      },
    })
  })
})

describe('files', () => {
  it('sent in Teams are named with the address that opens them for a moment', async () => {
    const { remotes, text } = await messageOf('teams-file')
    expect(text).toBe('')
    expect(remotes).toMatchObject([{ name: 'type plate.jpg', contentType: 'application/octet-stream' }])
    expect(remotes?.[0]?.remote).toContain('tempauth=')
  })

  it('pasted into Teams lie with the connector, and the message in HTML is no file', async () => {
    const { remotes } = await messageOf('teams-inline-images')
    expect(remotes).toHaveLength(2)
    expect(remotes).toMatchObject([{ name: 'photo', contentType: 'image/*' }, {}])
  })

  it('keep their name without a path', async () => {
    expect((await messageOf('directline-attachment')).remotes?.map(({ name }) => name)).toEqual(['leak.jpg', '.._x.png'])
  })
})
