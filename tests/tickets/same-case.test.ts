// Two tickets that may be one case: found by index, noted on both, for a person to merge or to tell apart; never merged by guess.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Filter } from '../../src/storage/collection.ts'
import { apiOf, type Api } from '../support/api.ts'
import { movableClock } from '../support/clock.ts'
import { settled } from '../support/customers.ts'
import { createFolder, createProvider, live, type Life } from '../support/life.ts'
import { watchStore } from '../support/watch-store.ts'

const ticket = z.looseObject({
  number: z.string(),
  status: z.string(),
  mergedInto: z.string().nullable(),
  sameCase: z.array(z.looseObject({ number: z.string() })),
  toldApart: z.array(z.looseObject({ number: z.string(), by: z.object({ kind: z.string() }) })),
})
type Ticket = z.infer<typeof ticket>
const timeline = z.object({ data: z.array(z.looseObject({ events: z.array(z.looseObject({ type: z.string() })).optional() })) })

let life: Life
let api: Api
const clock = movableClock()
const asked: { collection: string; filter: Filter }[] = []
let cleanup: () => Promise<void>
beforeEach(async () => {
  const folder = createFolder()
  life = await live({
    folder: folder.path,
    provider: createProvider(),
    clock,
    yaml: 'sameCaseWithin: 7d',
    watch: (store) => watchStore(store, (question) => void (question.do === 'find' && asked.push(question))),
  })
  api = apiOf(() => `http://127.0.0.1:${life.port}`, 'test-key-0123456789')
  cleanup = async () => {
    await life.close()
    folder.remove()
  }
})
afterEach(() => cleanup())

interface Reported {
  serial?: string
  product?: string
  email?: string
  words?: string
}
async function report({ serial, product, email, words = 'It stops after ten minutes' }: Reported): Promise<string> {
  const customer = { name: 'Ann', ...(email === undefined ? {} : { email }) }
  const asset = { ...(serial === undefined ? {} : { serial }), ...(product === undefined ? {} : { product }) }
  return ticket.parse(await (await api.post('/tickets', { subject: 'Treadmill', description: words, customer, asset })).json()).number
}
async function present(number: string): Promise<Ticket> {
  await settled(life)
  return api.read(`/tickets/${number}`, ticket)
}
const events = async (number: string) =>
  (await api.read(`/tickets/${number}/timeline`, timeline)).data.flatMap((entry) => entry.events ?? []).map(({ type }) => type)

describe('two open tickets of one serial number with like trouble', () => {
  it('are noted on both as perhaps the same case, with the reason, whoever reported them', async () => {
    const first = await report({ serial: 'KP-20391', email: 'ann@example.org' })
    const second = await report({ serial: 'kp 2o391', email: 'bob@example.org', words: 'the treadmill stops all by itself' })
    expect((await present(second)).sameCase).toEqual([{ number: first, asset: 'serial', trouble: 'words', sameCustomer: false, at: expect.any(String) }])
    expect((await present(first)).sameCase).toMatchObject([{ number: second, asset: 'serial', sameCustomer: false }])
    expect((await present(first)).mergedInto).toBeNull()
    for (const number of [first, second]) expect(await events(number)).toContain('ticket.same_case_proposed')
    expect(await life.core.door.desk.card(second)).toMatchObject({ sameCase: [{ number: first, subject: 'Treadmill', merge: { from: second, into: first } }] })
    expect(await life.core.door.desk.card(first)).toMatchObject({ sameCase: [{ number: second, merge: { from: second, into: first } }] })
  })

  it('are found from both sides, though they came at the same moment', async () => {
    const numbers = await Promise.all(['ann', 'bob', 'eve'].map((name) => report({ serial: 'KP-20391', email: `${name}@example.org` })))
    for (const number of numbers) {
      const { sameCase } = await present(number)
      expect(sameCase.map((other) => other.number).toSorted()).toEqual(numbers.filter((other) => other !== number).toSorted())
    }
  })

  it('are one no more for those who have said so, on either of them, and are not proposed again', async () => {
    const [first, second] = [await report({ serial: 'KP-20391' }), await report({ serial: 'KP-20391' })]
    expect((await present(first)).sameCase).toHaveLength(1)
    expect((await api.post(`/tickets/${second}/tell-apart`, { from: first })).status).toBe(200)
    for (const number of [first, second]) expect(await present(number)).toMatchObject({ sameCase: [], toldApart: [{ by: { kind: 'api' } }] })
    await api.patch(`/tickets/${second}`, { asset: { serial: 'KP 20391' } })
    expect(await present(second)).toMatchObject({ sameCase: [] })
    expect((await api.post(`/tickets/${first}/tell-apart`, { from: second })).status).toBe(200)
    expect((await present(first)).toldApart).toHaveLength(1)
    expect((await api.post(`/tickets/${first}/tell-apart`, { from: first })).status).toBe(400)
    expect((await api.post(`/tickets/${first}/tell-apart`, { from: 'R-0000000' })).status).toBe(400)
  })

  it('are nothing to decide any more once they are merged', async () => {
    const [first, second] = [await report({ serial: 'KP-20391' }), await report({ serial: 'KP-20391' })]
    expect((await present(second)).sameCase).toHaveLength(1)
    expect((await api.post(`/tickets/${second}/merge`, { into: first })).status).toBe(200)
    for (const number of [first, second]) expect((await present(number)).sameCase).toEqual([])
    expect((await api.post(`/tickets/${first}/tell-apart`, { from: second })).status).toBe(409)
  })

  it('leave the card of the one when the other is over, or is said to be another device', async () => {
    const numbers = [await report({ serial: 'KP-20391' }), await report({ serial: 'KP-20391' }), await report({ serial: 'KP-20391' })]
    const [first = '', second = '', third = ''] = numbers
    await settled(life)
    expect((await life.core.door.desk.card(first))?.sameCase).toHaveLength(2)
    await api.post(`/tickets/${second}/status`, { status: 'cancelled' })
    await api.patch(`/tickets/${third}`, { asset: { serial: 'KP-20399' } })
    await settled(life)
    expect((await life.core.door.desk.card(first))?.sameCase).toEqual([])
  })
})

describe('nothing is proposed', () => {
  it('for other trouble, another serial number, or what was left alone for longer than `sameCaseWithin`', async () => {
    const numbers = [await report({ serial: 'KP-20391' }), await report({ serial: 'KP-20391', words: 'It leaks' }), await report({ serial: 'KP-20392' })]
    clock.move(8 * 86_400_000)
    numbers.push(await report({ serial: 'KP-20391' }))
    for (const number of numbers) expect((await present(number)).sameCase).toEqual([])
  })

  it('by the product alone, unless the customer is the same', async () => {
    const first = await report({ product: 'T5 treadmill', email: 'ann@example.org' })
    const stranger = await report({ product: 'T5 treadmill', email: 'bob@example.org' })
    const second = await report({ product: 'treadmill', email: 'ann@example.org' })
    expect((await present(first)).sameCase).toMatchObject([{ number: second, asset: 'product', sameCustomer: true }])
    expect((await present(stranger)).sameCase).toEqual([])
  })
})

it('only tickets of the same serial number or the same customer are looked through', async () => {
  for (let count = 0; count < 5; count++) await report({ serial: `XX-${1000 + count}`, email: `c${count}@example.org` })
  asked.length = 0
  await report({ serial: 'KP-20391', email: 'ann@example.org' })
  await settled(life)
  const looks = asked.filter(({ collection }) => collection === 'tickets')
  expect(looks.length).toBeGreaterThan(0)
  for (const { filter } of looks) expect('serialKey' in filter || 'customer.id' in filter).toBe(true)
})
