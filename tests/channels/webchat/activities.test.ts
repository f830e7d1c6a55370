// What a visitor posts and reads: recorded bodies of the real clients through the real routes.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { InboundMessage } from '../../../src/message.ts'
import { startWebchat, type WebchatServer } from '../../support/webchat-server.ts'
import { errorAnswer, idAnswer, payload, refusal, testClock, visit, type Visitor } from './visitor.ts'

let server: WebchatServer
let visitor: Visitor
beforeEach(async () => {
  server = await startWebchat({ clock: testClock() })
  visitor = await visit(server)
})
afterEach(() => server.stop())

function inbound(): InboundMessage[] {
  return server.door.all(visitor.conversation).filter((message) => message.direction === 'inbound')
}

const slots = [
  { value: 'thu', label: 'Thursday, 9–11' },
  { value: 'fri', label: 'Friday, 14–16' },
]

describe('a posted message', () => {
  it('of Web Chat is stored as it was meant, from whom the token says, and answered with its id', async () => {
    const raw = await payload('webchat-first-message')
    const answer = await visitor.post(raw)
    expect(answer.status).toBe(200)
    expect(idAnswer.parse(answer.json).id).toBe(`${visitor.conversation}|0000001`)
    const [message] = inbound()
    expect(message).toMatchObject({
      text: 'My washer leaks',
      from: { name: 'Kim' },
      locale: 'en-US',
      author: 'person',
      providerId: `${visitor.conversation}/client/gz8czw1dlxb`,
      place: { channel: 'webchat', account: 'web', thread: '' },
    })
    expect(message?.from.address).not.toBe('dl_ud75e0c0e5f36fb764ddb172ddde684fb4588d930')
    const kept = await server.door.files.read(message?.raw ?? '')
    expect(Buffer.concat(await Array.fromAsync(kept?.content ?? [])).toString()).toBe(raw)
  })

  it('of directlinejs alone, which sets no id, is stored', async () => {
    expect((await visitor.post(await payload('directlinejs-message'))).status).toBe(200)
    expect(inbound()[0]).toMatchObject({ text: 'a message for you, Rudy', from: { name: 'myUserName' } })
  })

  it('that is repeated is one message with one id, at the same time too', async () => {
    const raw = await payload('webchat-first-message')
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => visitor.post(raw)))
    expect(new Set(answers.map(({ json }) => idAnswer.parse(json).id)).size).toBe(1)
    expect(inbound()).toHaveLength(1)
  })

  it('with an id that another visitor used is a message of its own', async () => {
    const other = await visit(server)
    await visitor.say('mine', 'same')
    await other.say('other', 'same')
    expect(server.door.texts(other.conversation)).toEqual(['other'])
  })

  it('without an id is never taken for a repetition', async () => {
    await visitor.say('hello')
    await visitor.say('hello')
    expect(inbound()).toHaveLength(2)
  })

  it('is heard only once it is stored: 503 and Retry-After otherwise, and the next try makes it one message', async () => {
    server.door.failures.push('before', 'after')
    for (let count = 0; count < 2; count++) {
      const failed = await visitor.say('hello', 'a1')
      expect(refusal(failed)).toBe('503 ServiceUnavailable')
      expect(failed.headers.get('retry-after')).toBe('2')
    }
    expect((await visitor.say('hello', 'a1')).status).toBe(200)
    expect(inbound()).toHaveLength(1)
  })

  it.each([
    ['typing', 'webchat-typing'],
    ['the event of a page', 'directlinejs-event'],
  ])('that is %s gets an id and is no message', async (_, name) => {
    const answer = await visitor.post(await payload(name))
    expect(idAnswer.parse(answer.json).id).toContain(visitor.conversation)
    expect(server.door.accepts).toBe(0)
  })

  it.each([
    ['somebody joining', { type: 'conversationUpdate', membersAdded: [{ id: 'me' }] }],
    ['the end of a conversation', { type: 'endOfConversation' }],
  ])('that is %s gets an id and is no message', async (_, activity) => {
    expect((await visitor.post(activity)).status).toBe(200)
    expect(server.door.accepts).toBe(0)
  })

  it.each([
    ['what is no JSON', '{"type":', 'MalformedData'],
    ['a list', '[]', 'MalformedData'],
    ['no type', '{"text":"hi"}', 'MalformedData'],
    ['an unknown type', '{"type":"invoke"}', 'MalformedData'],
    ['a text that is a number', '{"type":"message","text":5}', 'MalformedData'],
    ['an id that is a number', '{"type":"message","text":"x","channelData":{"clientActivityID":5}}', 'MalformedData'],
    ['an id without end', JSON.stringify({ type: 'message', text: 'x', channelData: { clientActivityID: 'x'.repeat(201) } }), 'MalformedData'],
    ['an empty message', '{"type":"message"}', 'BadArgument'],
    ['blanks', '{"type":"message","text":" \\n "}', 'BadArgument'],
    ['a text over 8,000 characters', JSON.stringify({ type: 'message', text: 'x'.repeat(8001) }), 'MessageSizeTooBig'],
    ['a file by link', '{"type":"message","text":"x","attachments":[{"contentType":"image/png","contentUrl":"http://10.0.0.1/"}]}', 'BadArgument'],
  ])('is refused with 400 when it is %s', async (_, body, code) => {
    const answer = await visitor.post(body)
    expect(refusal(answer)).toBe(`400 ${code}`)
    expect(server.door.accepts).toBe(0)
  })

  it('is refused when it is not UTF-8', async () => {
    const body = Buffer.concat([Buffer.from('{"type":"message","text":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')])
    expect(refusal(await visitor.ask(`/conversations/${visitor.conversation}/activities`, { method: 'POST', body }))).toBe('400 MalformedData')
  })

  it('says how long a text may be', async () => {
    expect(errorAnswer.parse((await visitor.say('x'.repeat(8001))).json).error.message).toContain('8000')
    expect((await visitor.say('好'.repeat(8000))).status).toBe(200)
  })

  it('is refused with 413 when its body is of unreasonable size', async () => {
    expect(refusal(await visitor.post({ type: 'message', text: 'x', junk: 'x'.repeat(200_000) }))).toBe('413 PayloadTooLarge')
  })

  it('keeps emoji, and drops what no store can hold', async () => {
    await visitor.post('{"type":"message","text":"👩‍🔧 a\\u0000b \\ud800"}')
    expect(inbound()[0]?.text).toBe('👩‍🔧 ab \ufffd')
  })
})

describe('a pressed choice', () => {
  const press = async (activity: unknown) => {
    await visitor.post(activity)
    return inbound().at(-1)
  }

  it("comes as Web Chat's imBack", async () => {
    server.door.say(visitor.conversation, { text: 'When?', choices: slots })
    expect(await press(await payload('webchat-imback'))).toMatchObject({ text: 'Thursday, 9–11', choice: 'thu' })
  })

  it("comes as Web Chat's postBack", async () => {
    server.door.say(visitor.conversation, { text: 'When?', choices: slots })
    expect(await press(await payload('webchat-postback'))).toMatchObject({ text: 'thu', choice: 'thu' })
  })

  it('comes by value alone, and reads as its label', async () => {
    server.door.say(visitor.conversation, { text: 'When?', choices: slots })
    expect(await press({ type: 'message', value: 'fri' })).toMatchObject({ text: 'Friday, 14–16', choice: 'fri' })
  })

  it('comes from our widget, which names the question', async () => {
    const asked = server.door.say(visitor.conversation, { text: 'When?', choices: slots })
    server.door.say(visitor.conversation, { text: 'And where?', choices: [{ value: 'here', label: 'Here' }] })
    const replyToId = `${visitor.conversation}|${String(asked.seq).padStart(7, '0')}`
    expect(await press({ type: 'message', text: 'Friday, 14–16', replyToId, channelData: { choice: 'fri' } })).toMatchObject({
      choice: 'fri',
      repliesTo: [asked._id],
    })
  })

  it('may be typed, in any case', async () => {
    server.door.say(visitor.conversation, { text: 'When?', choices: slots })
    expect(await press({ type: 'message', text: ' friday, 14–16 ' })).toMatchObject({ choice: 'fri' })
  })

  it('is none of the question before the last', async () => {
    server.door.say(visitor.conversation, { text: 'When?', choices: slots })
    server.door.say(visitor.conversation, { text: 'Sure?', choices: [{ value: 'yes', label: 'Yes' }] })
    expect((await press({ type: 'message', text: 'thu' }))?.choice).toBeUndefined()
  })

  it('is none that was never offered', async () => {
    server.door.say(visitor.conversation, { text: 'When?', choices: slots })
    expect((await press({ type: 'message', text: 'x', channelData: { choice: 'admin' } }))?.choice).toBeUndefined()
  })

  it.each([1, 31, 32, 33, 64, 65, 200, 1000])('is found at the end of %i messages', async (count) => {
    for (let said = 1; said < count; said++) server.door.say(visitor.conversation, { text: String(said) })
    server.door.say(visitor.conversation, { text: 'When?', choices: slots })
    expect(await press({ type: 'message', text: 'thu' })).toMatchObject({ choice: 'thu' })
  })
})

describe('what a visitor reads', () => {
  it('is both sides in order, with what each client needs to know its own', async () => {
    await visitor.post(await payload('webchat-first-message'))
    server.door.say(visitor.conversation, { text: '您好', language: 'zh', choices: slots })
    server.door.say(visitor.conversation, { text: 'Ana here', speaker: 'Ana Torres' })
    const { activities, watermark } = await visitor.activities()
    expect(watermark).toBe('3')
    expect(activities[0]).toMatchObject({
      id: `${visitor.conversation}|0000001`,
      type: 'message',
      timestamp: '2026-05-04T10:00:00.000Z',
      conversation: { id: visitor.conversation },
      from: { role: 'user', name: 'Kim' },
      channelData: { clientActivityID: 'gz8czw1dlxb' },
      textFormat: 'plain',
    })
    expect(activities[1]).toMatchObject({
      from: { id: 'mendline', name: 'bot', role: 'bot' },
      locale: 'zh-CN',
      inputHint: 'expectingInput',
      replyToId: `${visitor.conversation}|0000001`,
      suggestedActions: {
        actions: [
          { type: 'imBack', title: 'Thursday, 9–11', value: 'Thursday, 9–11', channelData: { choice: 'thu' } },
          { type: 'imBack', title: 'Friday, 14–16' },
        ],
      },
    })
    expect(activities[2]).toMatchObject({ from: { name: 'Ana Torres' }, inputHint: 'acceptingInput' })
  })

  it('goes on from the watermark, page by page', async () => {
    for (let said = 1; said <= 250; said++) server.door.say(visitor.conversation, { text: String(said) })
    const read: (string | undefined)[] = []
    let watermark = ''
    for (let page = await visitor.activities(watermark); page.activities.length > 0; page = await visitor.activities(watermark)) {
      read.push(...page.activities.map(({ text }) => text))
      watermark = page.watermark ?? ''
    }
    expect(read).toEqual(Array.from({ length: 250 }, (_, index) => String(index + 1)))
    expect((await visitor.activities('250')).watermark).toBe('250')
  })

  it('does not hold what was suppressed, and the watermark passes it', async () => {
    server.door.say(visitor.conversation, { text: 'never', state: 'suppressed' })
    expect(await visitor.activities()).toEqual({ activities: [], watermark: '1' })
  })

  it('names no answered message that the client may not have', async () => {
    await visitor.say('question')
    server.door.say(visitor.conversation, { text: 'answer' })
    expect((await visitor.activities('1')).activities[0]).not.toHaveProperty('replyToId')
  })
})
