// Merging tickets over REST: what is refused, what both tickets know, where their customers are heard and told, and races.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { flows } from '../../flows/index.ts'
import { createBot, loadTexts } from '../../src/bot/index.ts'
import { apiOf, type Api } from '../support/api.ts'
import { createFolder, createProvider, live, newMessage, type Life, type Provider } from '../support/life.ts'
import { eventually } from '../support/processes.ts'

const ticket = z.looseObject({
  number: z.string(),
  version: z.int(),
  status: z.string(),
  mergedInto: z.string().nullable(),
  merged: z.array(z.string()),
  conversation: z.string().nullable(),
  fields: z.record(z.string(), z.unknown()),
})
type Ticket = z.infer<typeof ticket>
const messages = z.object({ data: z.array(z.object({ direction: z.string(), text: z.string() })) })
const timeline = z.object({ data: z.array(z.looseObject({ kind: z.string(), events: z.array(z.looseObject({ type: z.string() })).optional() })) })
const problem = z.object({ detail: z.string() })

let life: Life
let provider: Provider
let api: Api
let cleanup: () => Promise<void>
beforeEach(async () => {
  const folder = createFolder()
  provider = createProvider()
  life = await live({ folder: folder.path, provider, bot: createBot({ texts: loadTexts(), flows }) })
  api = apiOf(() => `http://127.0.0.1:${life.port}`, 'test-key-0123456789')
  cleanup = async () => {
    await life.close()
    folder.remove()
  }
})
afterEach(() => cleanup())

let messageIds = 0
/** A customer writes in a thread of theirs; answers what they were told. */
async function write(text: string, from: string, thread = '', subject?: string): Promise<string> {
  const before = provider.sent.length
  const id = `id-${messageIds++}`
  await life.accept({ kind: 'message', message: newMessage(text, id, from, { thread, ...(subject === undefined ? {} : { subject }) }) })
  return (await eventually(async () => provider.sent[before], `an answer to "${text}"`)).text
}
const present = (number: string): Promise<Ticket> => api.read(`/tickets/${number}`, ticket)
async function newest(): Promise<Ticket> {
  const { data } = await api.read('/tickets?limit=1', z.object({ data: z.array(ticket) }))
  const [found] = data
  if (found === undefined) throw new Error('no ticket')
  return found
}
async function open(subject: string): Promise<Ticket> {
  return ticket.parse(await (await api.post('/tickets', { subject, description: subject, customer: { name: 'Ann' } })).json())
}
const merge = (from: string, into: string, more: Record<string, unknown> = {}) => api.post(`/tickets/${from}/merge`, { into, ...more })
const events = async (number: string) => (await api.read(`/tickets/${number}/timeline`, timeline)).data.flatMap((entry) => entry.events ?? [])

describe('a ticket merged into another', () => {
  it('points to it, leaves it what it knows, and takes no more changes itself', async () => {
    const [from, into] = [await open('Belt squeaks'), await open('Treadmill')]
    await api.patch(`/tickets/${from.number}`, { asset: { serial: 'KP-20391', product: 'T5' } })
    await api.patch(`/tickets/${into.number}`, { asset: { product: 'T5 treadmill' } })
    const answer = await merge(from.number, into.number.toLowerCase(), { comment: 'Reported twice' })
    expect(answer.status).toBe(200)
    expect(ticket.parse(await answer.json())).toMatchObject({
      number: into.number,
      merged: [from.number],
      asset: { serial: 'KP-20391', product: 'T5 treadmill' },
    })
    expect(await present(from.number)).toMatchObject({ mergedInto: into.number, status: 'new' })
    const event = { type: 'ticket.merged', from: from.number, into: into.number, comment: 'Reported twice' }
    for (const { number } of [from, into]) expect((await events(number)).at(-1)).toMatchObject(event)
    for (const act of ['notes', 'messages']) {
      const refused = await api.post(`/tickets/${from.number}/${act}`, { text: 'Late' })
      expect([refused.status, problem.parse(await refused.json()).detail]).toEqual([409, expect.stringContaining(into.number)])
    }
    expect((await api.patch(`/tickets/${from.number}`, { subject: 'Late' })).status).toBe(409)
    expect((await api.post(`/tickets/${from.number}/status`, { status: 'accepted' })).status).toBe(409)
  })

  it('is refused where nothing good would come of it, and the same merge again changes nothing', async () => {
    const [a, b, c, done] = [await open('A'), await open('B'), await open('C'), await open('D')]
    await api.post(`/tickets/${done.number}/status`, { status: 'cancelled' })
    const refusal = async (from: string, into: string) => {
      const response = await merge(from, into)
      return [response.status, problem.parse(await response.json()).detail]
    }
    expect(await refusal(a.number, a.number)).toEqual([400, expect.stringContaining('itself')])
    expect(await refusal(a.number, 'R-0000000')).toEqual([400, expect.stringContaining('no ticket R-0000000')])
    expect(await refusal('R-0000000', a.number)).toEqual([404, expect.stringContaining('no ticket')])
    expect(await refusal(a.number, done.number)).toEqual([409, expect.stringContaining('cancelled')])
    expect((await api.post(`/tickets/${a.number}/merge`, { into: b.number }, { 'if-match': '"7"' })).status).toBe(412)
    expect((await merge(a.number, b.number)).status).toBe(200)
    expect(await refusal(a.number, c.number)).toEqual([409, expect.stringContaining(b.number)])
    expect(await refusal(c.number, a.number)).toEqual([409, expect.stringContaining(b.number)])
    const { version } = await present(b.number)
    expect((await merge(a.number, b.number)).status).toBe(200)
    expect((await present(b.number)).version).toBe(version)
    // What is over may be the double of what is not.
    expect((await merge(done.number, c.number)).status).toBe(200)
  })

  it('never ends in a circle, whoever merges whom at the same time', async () => {
    const numbers = [await open('A'), await open('B'), await open('C')].map(({ number }) => number)
    const [a = '', b = '', c = ''] = numbers
    const pairs = [a, b, c].flatMap((from) => [a, b, c].filter((into) => into !== from).map((into) => [from, into] as const))
    await Promise.all(pairs.map(([from, into]) => merge(from, into)))
    const all = await Promise.all(numbers.map(present))
    const alive = all.filter(({ mergedInto }) => mergedInto === null)
    expect(alive).toHaveLength(1)
    const [survivor] = alive
    expect(survivor?.merged.toSorted()).toEqual(numbers.filter((number) => number !== survivor?.number).toSorted())
    expect((await events(survivor?.number ?? '')).filter(({ type }) => type === 'ticket.merged')).toHaveLength(2)
  })
})

describe('customers of merged tickets', () => {
  it('hear of it once, and go on with the surviving one: in the old thread, under the old number, in a form half-way', async () => {
    await write('My T5 treadmill stops after ten minutes with E03', 'ann@example.org', 'one')
    const into = await newest()
    await write('The other one: my washing machine leaks', 'ann@example.org', 'two')
    const from = await newest()
    expect(from.number).not.toBe(into.number)
    const before = provider.sent.length
    expect((await merge(from.number, into.number, { comment: 'Mia looks at both.' })).status).toBe(200)
    const told = await eventually(async () => provider.sent[before], 'the news')
    expect(told).toMatchObject({
      conversation: from.conversation,
      text: expect.stringMatching(new RegExp(`${from.number}.*${into.number}.*Mia looks at both`)),
    })

    // The form of the merged ticket was open: its next answer is about the survivor.
    await write('12 Elm St', 'ann@example.org', 'two')
    await eventually(async () => ((await present(into.number)).fields['address'] === '12 Elm St' ? true : undefined), 'the address')
    expect((await present(from.number)).fields['address']).toBeUndefined()
    // Under the old number, in a thread of its own.
    expect(await write(`where is my repair ${from.number}?`, 'ann@example.org', 'three')).toContain(into.number)
    await write('It also smells of rubber now', 'ann@example.org', 'four', `[${from.number}] my repair`)
    const said = (await api.read(`/tickets/${into.number}/messages?limit=100`, messages)).data
      .filter(({ direction }) => direction === 'inbound')
      .map(({ text }) => text)
    expect(said).toEqual(expect.arrayContaining(['The other one: my washing machine leaks', '12 Elm St', 'It also smells of rubber now']))
    expect((await api.read('/tickets', z.object({ data: z.array(ticket) }))).data).toHaveLength(2)
    expect(provider.sent.filter(({ text }) => text.includes('the same matter'))).toHaveLength(1)
  })

  it('who are two both hear the news of the surviving one, and nobody else finds it under either number', async () => {
    await write('Our lift stops between floors with E03', 'ann@example.org')
    const into = await newest()
    await write('The lift stops between floors', 'bob@example.org')
    const from = await newest()
    await merge(from.number, into.number)
    await api.post(`/tickets/${into.number}/status`, { status: 'accepted', comment: 'Tom comes at nine.' })
    const told = await eventually(async () => {
      const found = provider.sent.filter(({ text }) => text.includes('Tom comes at nine.'))
      return found.length >= 2 ? found : undefined
    }, 'the news for both')
    expect(told.map(({ place }) => place.address).toSorted()).toEqual(['ann@example.org', 'bob@example.org'])
    expect(await write(`where is my repair ${from.number}?`, 'bob@example.org')).toContain(into.number)
    // A number alone reveals nothing.
    for (const { number } of [from, into]) expect(await write(`where is my repair ${number}?`, 'eve@example.org', number)).toContain('cannot find')
  })

  it('are not told twice when the merge was asked for twice under one Idempotency-Key', async () => {
    await write('My T5 treadmill stops', 'ann@example.org', 'one')
    const into = await newest()
    await write('The other one: my washing machine leaks', 'ann@example.org', 'two')
    const from = await newest()
    const once = { 'idempotency-key': 'merge-4711' }
    const answers = await Promise.all([1, 2, 3].map(() => api.post(`/tickets/${from.number}/merge`, { into: into.number }, once)))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    await write('Thursday afternoon suits', 'ann@example.org', 'two')
    expect(provider.sent.filter(({ text }) => text.includes('the same matter'))).toHaveLength(1)
  })
})
