// Promise 10, one speaker, on the started program over REST: while an agent has the conversation the bot says nothing of its own.
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { startEmbeddedDesk, type EmbeddedDesk } from '../support/embedded-desk.ts'
import { eventually } from '../support/processes.ts'
import { fromBot, openChat, type Visitor } from '../support/visitor.ts'

const conversation = z.object({ id: z.string(), controlOwner: z.string(), agent: z.string().nullable(), controlUntil: z.string().nullable() })
const conversations = z.object({ data: z.array(conversation) })
const messages = z.object({ data: z.array(z.object({ direction: z.string(), state: z.string(), text: z.string(), speaker: z.string().optional() })) })
const tasks = z.object({ data: z.array(z.object({ kind: z.string(), conversation: z.string().nullable() })) })

let desk: EmbeddedDesk
afterEach(() => desk.remove())

async function chat(yaml: string) {
  desk = await startEmbeddedDesk({ yaml })
  const visitor = await openChat(() => [desk.url])
  await visitor.say('My treadmill stops after ten minutes with E03', 'first')
  await answers(visitor, 1)
  const [{ id }] = z.tuple([conversation]).parse((await desk.api.read('/conversations?channel=webchat', conversations)).data)
  return { visitor, id, present: () => desk.api.read(`/conversations/${id}`, conversation) }
}

const answers = (visitor: Visitor, count: number) =>
  eventually(async () => {
    const said = (await visitor.history()).filter(fromBot)
    return said.length >= count ? said : undefined
  }, `answer ${count}`)

/** The customer says it, and it has had its turn. */
async function heard(visitor: Visitor, id: string, text: string): Promise<void> {
  await visitor.say(text, text)
  await eventually(async () => {
    const { data } = await desk.api.read(`/conversations/${id}/messages`, messages)
    return data.some((message) => message.direction === 'inbound' && message.text === text && message.state === 'handled') ? true : undefined
  }, `"${text}" to be handled`)
}

describe('a conversation', () => {
  it('handed over gets no answer of the bot, an agent takes it and writes, and given back it is answered again', async () => {
    const { visitor, id, present } = await chat('survey: { delay: 1s }\n')
    const handed = await desk.api.post(`/conversations/${id}/hand-over`)
    expect(await handed.json()).toMatchObject({ controlOwner: 'agent', agent: null })
    expect((await desk.api.read('/tasks?kind=handover', tasks)).data).toMatchObject([{ conversation: id }])
    await heard(visitor, id, 'It is the T5')
    await heard(visitor, id, 'Is anybody there?')

    const taken = await desk.api.post(`/conversations/${id}/take-over`, { agent: 'Mia' })
    expect(await taken.json()).toMatchObject({ controlOwner: 'agent', agent: 'Mia' })
    expect((await desk.api.post(`/conversations/${id}/messages`, { text: 'Mia here. Which floor is it on?', agent: 'Mia' })).status).toBe(202)
    const [, fromMia] = await answers(visitor, 2)
    expect(fromMia?.text).toBe('Mia here. Which floor is it on?')
    await heard(visitor, id, 'The second floor')
    // Neither what the bot would have asked by itself: how it went.
    const [ticket] = z.object({ data: z.array(z.object({ number: z.string() })) }).parse(await (await desk.api.get('/tickets')).json()).data
    await desk.api.post(`/tickets/${ticket?.number}/status`, { status: 'resolved' })
    const surveys = () => desk.api.read('/surveys', z.object({ data: z.array(z.unknown()) }))
    await eventually(async () => ((await surveys()).data.length > 0 ? true : undefined), 'the survey to be due')
    await heard(visitor, id, 'Thank you')
    const said = await answers(visitor, 3)
    expect(said.map(({ text }) => text)).toEqual([
      expect.stringContaining('repair number'),
      'Mia here. Which floor is it on?',
      // News of what staff did is theirs.
      expect.stringContaining('Good news'),
    ])

    const back = await desk.api.post(`/conversations/${id}/give-back`)
    expect(await back.json()).toMatchObject({ controlOwner: 'bot', agent: null, controlUntil: null })
    await visitor.say('where is my repair?', 'last')
    expect((await answers(visitor, 4))[3]?.text).toContain(ticket?.number)
    expect(await present()).toMatchObject({ controlOwner: 'bot' })
  }, 180_000)

  it('returns to the bot when its agent is silent for the time set, and what waited is asked then', async () => {
    const { visitor, id, present } = await chat(
      'agentTimeout: 4s\nsurvey: { delay: 1s }\nform: { product: hidden, serial: hidden, photos: hidden, preferredTime: hidden, address: hidden, contact: hidden }\n',
    )
    await visitor.say('1', 'confirm')
    await answers(visitor, 2)
    const [ticket] = z.object({ data: z.array(z.object({ number: z.string() })) }).parse(await (await desk.api.get('/tickets')).json()).data
    await desk.api.post(`/tickets/${ticket?.number}/status`, { status: 'resolved' })
    await desk.api.post(`/conversations/${id}/take-over`, { agent: 'Mia' })
    await heard(visitor, id, 'Is it true?')
    expect(await present()).toMatchObject({ controlOwner: 'agent', agent: 'Mia' })
    await eventually(async () => ((await present()).controlOwner === 'bot' ? true : undefined), 'the time-out')
    const said = await eventually(async () => {
      const all = (await visitor.history()).filter(fromBot).map(({ text }) => text ?? '')
      return all.some((text) => text.includes('How happy are you')) ? all : undefined
    }, 'the survey that waited')
    expect(said).toHaveLength(4)
    await visitor.say('5', 'rating')
    await answers(visitor, 5)
  }, 180_000)

  it('cannot be given to anybody when it is not there', async () => {
    desk = await startEmbeddedDesk()
    for (const act of ['hand-over', 'give-back']) expect((await desk.api.post(`/conversations/c_1/${act}`)).status).toBe(404)
    expect((await desk.api.post('/conversations/c_1/take-over', { agent: 'Mia' })).status).toBe(404)
    expect((await desk.api.post('/conversations/c_1/messages', { text: 'Hello' })).status).toBe(404)
    expect((await desk.api.post('/conversations/c_1/take-over', {})).status).toBe(400)
  }, 120_000)
})
