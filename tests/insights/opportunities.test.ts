// Opportunities: what is found is raised once, offered only where the company wants it and the customer may be written to, and a no is the end of it.
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { flows } from '../../flows/index.ts'
import { createBot, loadTexts } from '../../src/bot/index.ts'
import { opportunityView } from '../../src/http/insight-views.ts'
import { partAskedFor } from '../../src/insights/opportunities/asks-for-part.ts'
import { evaluateOpportunities } from '../../src/insights/opportunities/index.ts'
import { answerSurvey, requestSurvey } from '../../src/surveys/index.ts'
import { apiOf } from '../support/api.ts'
import { createFolder, createProvider, live, newMessage } from '../support/life.ts'
import { eventually } from '../support/processes.ts'
import { sms, Talk } from '../support/talk.ts'

const cleanups: (() => void | Promise<void>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

const parts = [
  { _id: 'pt_1', number: 'KP-900', name: 'Drive belt' },
  { _id: 'pt_2', number: 'S-1', name: 'pump' },
  { _id: 'pt_3', number: 'S-2', name: 'pump seal' },
  { _id: 'pt_4', number: 'L-7', name: '滤芯' },
]

describe('a wish for a part', () => {
  it.each([
    ['Can I buy a new drive belt from you?', 'pt_1'],
    ['how much is the pump seal', 'pt_3'],
    ['Do you have pump seals in stock?', 'pt_3'],
    ['please send me another KP 900', 'pt_1'],
    ['我想买一个滤芯', 'pt_4'],
    ['Could I order some spare parts?', null],
    ['配件多少钱', null],
    ['My drive belt is broken', undefined],
    ['How much is the repair of the pump?', undefined],
    ['维修多少钱', undefined],
    ['The pump leaks, please come', undefined],
  ])('in "%s" is heard', (words, part) => {
    const found = partAskedFor(words, parts)
    expect(found === null ? null : found?._id).toBe(part)
  })
})

const dayMs = 86_400_000
const texts = loadTexts()
const product = 'T5 treadmill'

async function begin(settings: string) {
  const folder = createFolder()
  cleanups.push(() => folder.remove())
  let now = Date.parse('2026-03-02T09:00:00.000Z')
  const provider = createProvider()
  const life = await live({
    folder: folder.path,
    provider,
    clock: { now: () => now },
    bot: createBot({ texts, flows }),
    render: (language, key, values) => texts.render(language, key, values),
    yaml: `products: [{ name: ${product}, warranty: { labour: 1y, parts: 1y } }]\ncloseAfter: 1d\n${settings}`,
  })
  cleanups.push(() => life.close())
  const api = apiOf(() => `http://127.0.0.1:${life.port}`, 'test-key-0123456789')
  const number = async (answer: Response) => z.object({ number: z.string() }).parse(await answer.json()).number
  const look = (archive = false) => evaluateOpportunities(life.core, '2020-01-01T00:00:00.000Z', now, archive)
  return {
    life,
    api,
    provider,
    look,
    passes: (days: number) => void (now += days * dayMs),
    async repair(serial: string, email: string, used: { part: string }[] = []): Promise<string> {
      const opened = await number(
        await api.post('/tickets', { subject: 'noise', description: 'it is loud', customer: { name: 'Ann', email }, asset: { serial } }),
      )
      await api.post(`/tickets/${opened}/claim`, { agent: 'Dana' })
      const coded = (code: string) => ({ code })
      const failure = { component: coded('motor'), problem: coded('noise'), cause: coded('wear'), remedy: coded('part replaced'), parts: used }
      expect((await api.post(`/tickets/${opened}/resolve`, { failure })).status).toBe(200)
      return opened
    },
    list: async (query = '') => (await api.read(`/opportunities${query}`, z.object({ data: z.array(opportunityView) }))).data,
    asked: () => provider.sent.filter(({ utterances }) => utterances.some(({ text }) => text.startsWith('offer.ask'))),
  }
}
type Desk = Awaited<ReturnType<typeof begin>>

/** A machine out of warranty that was repaired three times, and whose owner has written before. */
async function failing(desk: Desk): Promise<void> {
  await desk.life.accept({ kind: 'message', message: newMessage('Hello, are you there?', 'hello', 'ann@example.org') })
  await eventually(async () => (await desk.life.core.collections.contactPoints.find({ address: 'ann@example.org' }))[0], 'the customer')
  const [customer] = await desk.life.core.collections.customers.find({})
  expect((await desk.api.post('/assets', { serial: 'KP-1', product, installedOn: '2024-01-01', customer: customer?._id })).status).toBe(201)
  for (let time = 0; time < 3; time++) {
    await desk.repair('KP-1', 'ann@example.org')
    desk.passes(20)
  }
}
const offers = 'insights: { opportunities: { offers: [failing_often, asked_for_part, end_of_life] } }'

describe('a machine out of warranty that fails often', () => {
  it('is an event for sales, and no more where the company did not switch offers on', async () => {
    const desk = await begin('')
    await failing(desk)
    for (let time = 0; time < 2; time++) await desk.look()
    expect(await desk.list()).toMatchObject([
      { kind: 'failing_often', serial: 'KP-1', offeredAt: null, reason: 'T5 treadmill KP-1 is out of warranty and needed 3 repairs within a year.' },
    ])
    expect(desk.asked()).toEqual([])
  })

  it('is offered to its owner once, with the reason; a yes is a task for sales with their words', async () => {
    const desk = await begin(offers)
    await failing(desk)
    await Promise.all([desk.look(), desk.look()])
    const [question] = await eventually(async () => (desk.asked().length > 0 ? desk.asked() : undefined), 'the question')
    expect(question?.text).toContain('Your T5 treadmill KP-1 has needed 3 repairs within a year')
    const from = { thread: question?.place.thread ?? '', hints: { tokens: [question?.replyToken ?? ''], references: [], numbers: [], own: null } }
    await desk.life.accept({ kind: 'message', message: newMessage('Yes please', 'yes', 'ann@example.org', from) })
    const task = await eventually(async () => (await desk.life.core.collections.tasks.find({ kind: 'sales' }))[0], 'the task')
    expect(task.about).toMatch(/wants an offer: "Yes please"\. T5 treadmill KP-1 is out of warranty/)
    await desk.look()
    expect(desk.asked()).toHaveLength(1)
    expect(await desk.list('?kind=failing_often')).toMatchObject([{ answered: { answer: 'yes', words: 'Yes please' } }])
  })

  it('is not offered to whoever wants no more messages', async () => {
    const desk = await begin(offers)
    await failing(desk)
    await desk.life.accept({ kind: 'message', message: newMessage('Please stop writing to me, unsubscribe', 'stop', 'ann@example.org') })
    await eventually(
      async () => ((await desk.life.core.collections.contactPoints.count({ optedOut: { $ne: null } })) > 0 ? true : undefined),
      'the word to be kept',
    )
    await desk.look()
    expect(await desk.list()).toMatchObject([{ kind: 'failing_often', offeredAt: null }])
    expect(desk.asked()).toEqual([])
  })

  it('is raised anew when the time is over, and never after a no', async () => {
    const desk = await begin('insights: { opportunities: { every: 60d, failures: 2 } }')
    await failing(desk)
    await desk.look()
    desk.passes(70)
    await desk.look()
    const [latest, ...others] = await desk.list()
    expect(others).toHaveLength(1)
    await desk.life.core.collections.opportunities.update(latest?.id ?? '', {
      $set: { answered: { answer: 'no', words: 'no', message: null, at: '2026-03-02T09:00:00.000Z' } },
    })
    desk.passes(70)
    await desk.look()
    expect(await desk.list()).toHaveLength(2)
    expect((await desk.api.post(`/opportunities/${latest?.id}/dismiss`, { reason: 'Sold.' })).status).toBe(200)
    expect(await desk.list()).toMatchObject([{ judged: { verdict: 'dismissed', reason: 'Sold.' } }, { judged: null }])
  })
})

describe('what customers say', () => {
  it('is heard where it asks for a part or loves the product, each once', async () => {
    const desk = await begin('')
    await desk.api.post('/parts', { number: 'KP-900', name: 'Drive belt' })
    await desk.life.accept({ kind: 'message', message: newMessage('Can I buy a spare drive belt from you?', 'belt', 'bob@example.org') })
    await eventually(async () => ((await desk.life.core.collections.messages.count({ state: 'handled' })) > 0 ? true : undefined), 'it to be heard')
    const repaired = await desk.repair('KP-2', 'ann@example.org')
    await requestSurvey(desk.life.core, repaired, 1, 'ask')
    const [survey] = await desk.life.core.collections.surveys.find({ ticket: repaired })
    await answerSurvey(desk.life.core, survey?._id ?? '', { score: 5, comment: 'Best treadmill ever', channel: 'page' }, null, 'rate')
    desk.passes(1)
    for (let time = 0; time < 2; time++) await desk.look()
    const found = await desk.list()
    expect(found.toSorted((one, other) => one.kind.localeCompare(other.kind)).map(({ kind, part, reason }) => [kind, part, reason])).toEqual([
      ['asked_for_part', 'KP-900 Drive belt', 'The customer asked for Drive belt: "Can I buy a spare drive belt from you?"'],
      ['loved_product', null, 'The customer gave 5 of 5 and said: "Best treadmill ever"'],
    ])
  })
})

describe('an installed part near the end of its life', () => {
  it('is known from the lives of its like, and named with the reason', async () => {
    const desk = await begin('')
    await desk.api.post('/parts', { number: 'KP-900', name: 'Drive belt' })
    const { data } = await desk.api.read('/products', z.object({ data: z.array(z.looseObject({ id: z.string() })) }))
    await desk.api.post(`/products/${data[0]?.id}/bom`, { lines: [{ part: 'KP-900' }] })
    await desk.repair('KP-99', 'ann@example.org')
    const [owner] = await desk.life.core.collections.customers.find({})
    for (let serial = 0; serial < 10; serial++) {
      const installedOn = serial === 9 ? '2027-12-01' : '2026-03-01'
      expect((await desk.api.post('/assets', { serial: `KP-${serial}`, product, installedOn, customer: owner?._id })).status).toBe(201)
    }
    // The archive begins with a fuse; eight belts fail after some twenty months, the ninth runs on, the tenth is new.
    await desk.api.post('/parts', { number: 'FUSE', name: 'Fuse' })
    await desk.repair('KP-9', 'c9@example.org', [{ part: 'FUSE' }])
    desk.passes(570)
    for (let serial = 0; serial < 8; serial++) {
      await desk.repair(`KP-${serial}`, `c${serial}@example.org`, [{ part: 'KP-900' }])
      desk.passes(20)
    }
    await eventually(async () => ((await desk.life.core.collections.partUses.count({})) === 9 ? true : undefined), 'all parts to be recorded')
    await desk.look(true)
    const worn = await desk.list('?kind=end_of_life')
    expect(worn).toMatchObject([{ serial: 'KP-8', part: 'KP-900 Drive belt' }])
    expect(worn[0]?.reason).toMatch(
      /The Drive belt of T5 treadmill KP-8 has been in it for 24 months; 50 % of them have failed by \d+ \(Weibull, shape [\d.]+, from 8 failures among 10 machines\)/,
    )
  })
})

const asks = (talk: Talk, args: Readonly<Record<string, string>>): Promise<string> => talk.turn({ kind: 'question', question: { flow: 'answer-offer', args } })

describe('the question whether an offer is wanted', () => {
  it.each([
    ['2', 'no', 'not ask again'],
    ['no thanks', 'no', 'not ask again'],
    ['不用了', 'no', '不会再问'],
    ['1', 'yes', 'send you an offer'],
    ['yes please', 'yes', 'send you an offer'],
    ['好的', 'yes', '发送报价'],
    ['How much would that be?', 'asked', 'answers you'],
    ['yes, but only if it is cheap', 'asked', 'answers you'],
  ])('is answered by "%s" with %s', async (words, answer, said) => {
    const talk = new Talk({ abilities: sms })
    const asked = await asks(talk, { opportunity: 'op_1', kind: 'failing_often', device: 'T5 KP-1', count: '3' })
    expect(asked).toContain('T5 KP-1')
    expect(await talk.say(words)).toContain(said)
    expect(talk.did('answer_offer')).toMatchObject([{ opportunity: 'op_1', answer, words }])
  })

  it('is not answered by another trouble', async () => {
    const talk = new Talk({ abilities: sms })
    await asks(talk, { opportunity: 'op_1', kind: 'end_of_life', part: 'belt', device: 'T5 KP-1', months: '40', share: '50', usual: '24' })
    await talk.say('My washing machine leaks')
    expect(talk.did('answer_offer')).toEqual([])
    expect(talk.did('open_ticket')).toHaveLength(1)
  })
})
