// What the connector gets to see of what we say, and what its refusals mean for the next try.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { splitText } from '../../../channels/botframework/to-activities.ts'
import { SendError } from '../../../src/errors.ts'
import type { OutboundMessage } from '../../../src/message.ts'
import type { Answer } from '../../emulators/microsoft.ts'
import { memoryFiles } from '../../support/mail-door.ts'
import { outboundTo, outgoing } from '../../support/outbound.ts'
import { openBot, recorded, type Bot } from './bot.ts'

let bot: Bot
beforeEach(async () => void (bot = await openBot()))
afterEach(() => bot.close())

/** A customer of this channel has written; answers how to write back. */
async function customer(name = 'teams-personal-message', channelId?: string) {
  const activity = await recorded(name, { serviceUrl: bot.microsoft.serviceUrl, ...(channelId === undefined ? {} : { channelId }) })
  await bot.post(activity)
  const message = bot.messages().at(-1)
  if (message === undefined) throw new Error('the customer was not heard')
  bot.microsoft.open(message.thread)
  const place = { channel: message.channel, account: message.account, address: message.from.address, thread: message.thread }
  return {
    place,
    send: (change: Partial<OutboundMessage> = {}, files = memoryFiles()) => bot.channel.send(outgoing(outboundTo(place, change), files, message.route)),
  }
}

const choices = [
  { value: 'confirm', label: 'Yes, that is right' },
  { value: 'change', label: 'Change something' },
]

describe('a message', () => {
  it('goes into the conversation as plain text, with our own token, and is known by the id it got', async () => {
    const { send, place } = await customer()
    const receipt = await send({ text: 'Serial *KP_20391_B* & <seal>' })
    expect(bot.microsoft.sent).toMatchObject([
      { conversation: place.thread, activity: { type: 'message', text: 'Serial *KP_20391_B* & <seal>', textFormat: 'plain', locale: 'en-US' } },
    ])
    const [sent] = bot.microsoft.sent
    expect(receipt).toEqual({ providerId: sent?.id, state: 'sent' })
    expect(sent?.activity).not.toHaveProperty('replyToId')
    expect(sent?.activity).toMatchObject({ from: { id: expect.stringMatching(/^28:/) }, recipient: { id: expect.stringMatching(/^29:/) } })
  })

  it('asks for one token for many, however many go at once', async () => {
    const { send } = await customer()
    await Promise.all([send(), send(), send()])
    await send()
    expect(bot.microsoft.sent).toHaveLength(4)
    expect(bot.microsoft.logins()).toBe(1)
  })

  it('goes into the thread of a channel that the customer wrote in', async () => {
    const { send } = await customer('teams-channel-mention')
    await send()
    expect(bot.microsoft.sent[0]?.conversation).toBe('19:253b1f341670408fb6fe51050b6e5ceb@thread.tacv2;messageid=1709640100000')
  })

  it('that is too long for one comes in several, whole words each, the buttons below the last', async () => {
    const { send } = await customer('directline-message')
    const text = 'The seal was worn and has been replaced. '.repeat(300).trim()
    await send({ text, choices })
    const activities = bot.microsoft.sent.map(({ activity }) => activity)
    expect(activities.length).toBeGreaterThan(2)
    expect(activities.map((activity) => activity.text).join(' ')).toBe(text)
    expect(activities.map(({ suggestedActions }) => suggestedActions !== undefined)).toEqual(activities.map((_, index) => index === activities.length - 1))
  })

  it('is cut between what people take for characters, where there is no space', () => {
    const family = '👩‍👩‍👧‍👦'
    const parts = splitText(family.repeat(10), 30)
    expect(parts.join('')).toBe(family.repeat(10))
    for (const part of parts) expect(part.length % family.length).toBe(0)
    expect(splitText('', 10)).toEqual([''])
    expect(splitText(`e${'\u0301'.repeat(25)}`, 10).join('')).toBe(`e${'\u0301'.repeat(25)}`)
  })
})

describe('choices', () => {
  it('are a card of buttons in Teams, which bring their value back', async () => {
    const { send } = await customer()
    await send({ choices, text: 'Is that right?' })
    const [sent] = bot.microsoft.sent
    expect(sent?.activity).toMatchObject({ text: 'Is that right?', summary: 'Is that right?' })
    expect(sent?.activity.suggestedActions).toBeUndefined()
    expect(sent?.activity.attachments).toEqual([
      {
        contentType: 'application/vnd.microsoft.card.hero',
        content: {
          buttons: choices.map(({ value, label }) => ({ type: 'messageBack', title: label, displayText: label, text: label, value: { choice: value } })),
        },
      },
    ])
  })

  it('go to a second card where they are many', async () => {
    const { send } = await customer()
    await send({ choices: Array.from({ length: 8 }, (_, n) => ({ value: `v${n}`, label: `Label ${n}` })) })
    expect(bot.microsoft.sent[0]?.activity.attachments?.map(({ content }) => content?.buttons?.length)).toEqual([6, 2])
  })

  it('are suggested words where clients know those', async () => {
    const { send } = await customer('directline-message')
    await send({ choices })
    expect(bot.microsoft.sent[0]?.activity).toMatchObject({
      inputHint: 'expectingInput',
      suggestedActions: { actions: choices.map(({ label }) => ({ type: 'imBack', title: label, value: label })) },
    })
    expect(bot.microsoft.sent[0]?.activity.attachments ?? []).toEqual([])
  })

  it('are a numbered list where there are no buttons', async () => {
    const { send } = await customer('directline-message', 'sms')
    await send({ text: 'Is that right?', choices })
    expect(bot.microsoft.sent[0]?.activity.text).toBe('Is that right?\n1. Yes, that is right\n2. Change something')
  })
})

describe('files', () => {
  it('go along as pictures', async () => {
    const { send } = await customer()
    const files = memoryFiles()
    const content = Buffer.from('a picture')
    const { id, size } = await files.write(content, { name: 'seal.png', contentType: 'image/png' })
    await send({ attachments: [{ file: id, name: 'seal.png', contentType: 'image/png', size }], choices }, files)
    const [picture, card] = bot.microsoft.sent[0]?.activity.attachments ?? []
    expect(picture).toMatchObject({ name: 'seal.png', contentType: 'image/png', contentUrl: `data:image/png;base64,${content.toString('base64')}` })
    expect(card?.contentType).toBe('application/vnd.microsoft.card.hero')
  })

  it.each([
    ['no picture', { contentType: 'application/pdf', size: 10 }],
    ['a picture over 1 MB', { contentType: 'image/png', size: 2_000_000 }],
    ['a file that is gone', { contentType: 'image/png', size: 10 }],
  ])('that cannot be shown there go another way: %s', async (_what, about) => {
    const { send } = await customer()
    await expect(send({ attachments: [{ file: 'f', name: 'x', ...about }] })).rejects.toMatchObject({ kind: 'never' })
    expect(bot.microsoft.calls()).toBe(0)
  })
})

describe('a refusal', () => {
  const refusals: readonly [Answer, Partial<SendError>][] = [
    [
      { status: 400, body: '{"error":{"code":"BadSyntax","message":"29:somebody"}}' },
      { kind: 'never', reason: 'the connector answered 400 BadSyntax' },
    ],
    [
      { status: 403, body: '{"errorCode":209,"message":"{\\r\\n  \\"subCode\\": \\"MessageWritesBlocked\\",\\r\\n \\"details\\": \\"29:x\\"}"}' },
      { kind: 'never', reason: 'the connector answered 403 MessageWritesBlocked' },
    ],
    [
      { status: 404, body: '{"error":{"code":"ConversationNotFound"}}' },
      { kind: 'never', reason: 'the connector answered 404 ConversationNotFound' },
    ],
    [{ status: 413, body: '{"error":{"code":"MessageSizeTooBig"}}' }, { kind: 'never' }],
    [{ status: 412, body: '{"error":{"code":"PreconditionFailed"}}' }, { kind: 'later' }],
    [
      { status: 429, headers: { 'retry-after': '90' }, body: '{"error":{"code":"TooManyRequests"}}' },
      { kind: 'later', retryAfterMs: 90_000 },
    ],
    [
      { status: 429, body: 'slow down' },
      { kind: 'later', reason: 'the connector answered 429' },
    ],
    [
      { status: 500, body: '<html>' },
      { kind: 'later', reason: 'the connector answered 500' },
    ],
    [{ status: 502 }, { kind: 'later' }],
    [
      { status: 503, headers: { 'retry-after': '5' } },
      { kind: 'later', retryAfterMs: 5_000 },
    ],
    [{ status: 302, headers: { location: 'https://attacker.example/' } }, { kind: 'later' }],
  ]
  it.each(refusals)('%j is one call, and means %j', async (answer, meaning) => {
    const { send } = await customer()
    bot.microsoft.answerNext(answer)
    await expect(send()).rejects.toMatchObject(meaning)
    expect(bot.microsoft.calls()).toBe(1)
    expect(bot.microsoft.sent).toEqual([])
    await send()
    expect(bot.microsoft.sent).toHaveLength(1)
  })

  it('of our token has the next try ask for a new one', async () => {
    const { send } = await customer()
    await send()
    bot.microsoft.answerNext({ status: 401 })
    await expect(send()).rejects.toMatchObject({ kind: 'later', reason: expect.stringContaining('MICROSOFT_APP_PASSWORD') })
    await send()
    expect(bot.microsoft.logins()).toBe(2)
  })

  it.each([
    [{ status: 401, body: '{"error":"invalid_client"}' }, 'MICROSOFT_APP_PASSWORD'],
    [{ status: 500 }, 'answered 500'],
    [{ status: 200, body: '{}' }, 'without a token'],
  ])('by the login (%j) is for later, and says what to do', async (answer, words) => {
    const { send } = await customer()
    bot.microsoft.answerLogin(answer)
    await expect(send()).rejects.toMatchObject({ kind: 'later', reason: expect.stringContaining(words) })
    expect(bot.microsoft.calls()).toBe(0)
    await send()
    expect(bot.microsoft.sent).toHaveLength(1)
  })

  it('is not needed to know that nobody can be written to who never wrote', async () => {
    const { place } = await customer()
    await expect(bot.channel.send(outgoing(outboundTo(place)))).rejects.toMatchObject({ kind: 'never' })
    await expect(bot.channel.send({ ...outgoing(outboundTo(place)), lastInbound: null })).rejects.toBeInstanceOf(SendError)
  })
})
