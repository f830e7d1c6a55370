// From the customer's choice to the finished repair by text message: the offer, its refusal, the next engineer, the day, the record. Nobody's words are taken for another's.
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { flows } from '../../flows/index.ts'
import { createBot } from '../../src/bot/index.ts'
import { write } from '../support/customers.ts'
import { texts } from '../support/talk.ts'
import { customer, openField, type Field } from './field.ts'

const phones: Record<string, string> = { kim: '+14155550101', lee: '+14155550102' }

async function begin(): Promise<Field> {
  const day = '00:00-24:00'
  const hours = `{ mon: "${day}", tue: "${day}", wed: "${day}", thu: "${day}", fri: "${day}", sat: "${day}", sun: "${day}" }`
  return openField({
    yaml: `
form: { product: hidden, serial: hidden, photos: hidden, address: hidden, contact: hidden, preferredTime: hidden }
dispatch: { visitOnAcceptance: true, lead: 1h }
engineers:
  - { id: kim, name: Kim Park, phone: "${phones['kim']}", hours: ${hours} }
  - { id: lee, name: Lee Wong, phone: "${phones['lee']}", hours: ${hours} }
`,
    bot: createBot({ texts, flows }),
    render: (language, key, values) => texts.render(language, key, values),
  })
}

/** A customer with a time agreed upon; answers the work order. */
async function agreed(field: Field): Promise<string> {
  for (const words of ['My treadmill stops after ten minutes', '1', '1']) {
    await write(field.life, 'sms', customer, words)
    await field.settled()
  }
  return (await field.life.core.collections.workOrders.find({}))[0]?._id ?? ''
}

async function says(field: Field, who: string, ...words: string[]): Promise<string> {
  for (const each of words) {
    await write(field.life, 'sms', phones[who] ?? '', each)
    await field.settled()
  }
  return field.heard(phones[who]).at(-1) ?? ''
}

const orderOf = async (field: Field, id: string) => field.life.core.collections.workOrders.get(id)
const last = (field: Field, who: string): string => field.heard(phones[who]).at(-1) ?? ''

describe('a visit by text message', () => {
  it('is offered to one engineer after the other, and done by the one who takes it', async () => {
    const field = await begin()
    const id = await agreed(field)
    expect(await orderOf(field, id)).toMatchObject({ status: 'dispatched', engineer: 'kim' })
    expect(last(field, 'kim')).toMatch(/^A new visit for you: R-.* Do you take it/)
    expect(await says(field, 'kim', '2', 'my van broke down')).toContain('somebody else will be asked')
    expect(await orderOf(field, id)).toMatchObject({ status: 'dispatched', engineer: 'lee', rejections: [{ engineer: 'kim', reason: 'my van broke down' }] })
    expect(field.heard().at(-1)).toContain('Lee Wong comes to you, at the same time')

    expect(await says(field, 'lee', 'yes, I will do it')).toContain('It is yours')
    expect(await says(field, 'lee', 'on my way')).toContain('you are on the way')
    expect(field.heard().at(-1)).toMatch(/^Lee Wong is on the way to you/)
    // Said twice it happens once.
    await says(field, 'lee', 'on my way')
    expect(field.heard().filter((text) => text.includes('is on the way'))).toHaveLength(1)
    expect(await says(field, 'lee', 'finished', '1', '1', '1', '1')).toContain('Which parts')
    expect(await says(field, 'lee', 'none')).toContain('A photo')
    expect(await says(field, 'lee', 'skip')).toContain('is done')
    expect(await orderOf(field, id)).toMatchObject({ status: 'completed', failure: { component: { code: 'motor' } } })
    expect(field.heard().at(-1)).toMatch(/^The work on your repair .* is done/)

    const { tickets, tasks, messages } = field.life.core.collections
    expect(await tickets.find({})).toMatchObject([{ status: 'in_progress', failure: { component: { code: 'motor' }, by: { kind: 'engineer', id: 'lee' } } }])
    expect(await tasks.find({ state: 'open' })).toMatchObject([{ kind: 'work_done' }])
    // What engineers write stands in no ticket of a customer.
    expect(await messages.count({ 'place.address': phones['lee'] ?? '', ticket: { $ne: null } })).toBe(0)
    // Without work they are customers like any other.
    expect(await says(field, 'lee', 'My own washing machine leaks')).toContain('Your repair number is')
  })

  it('that nobody answers goes to the next in time, and in the end to a person, with the time kept', async () => {
    const field = await begin()
    const id = await agreed(field)
    const { from } = (await orderOf(field, id))?.appointment ?? { from: '' }
    field.clock.move(31 * 60_000)
    await expect.poll(async () => (await orderOf(field, id))?.engineer, { timeout: 30_000 }).toBe('lee')
    await field.settled()
    expect(await says(field, 'kim', 'accept')).not.toContain('It is yours')
    expect(await says(field, 'lee', '2', '1')).toContain('somebody else')
    expect(await orderOf(field, id)).toMatchObject({ status: 'unscheduled', engineer: null, appointment: { from } })
    expect(await field.life.core.collections.tasks.find({ kind: 'work_stuck' })).toHaveLength(1)
    expect((await field.life.core.collections.calendar.find({})).flatMap(({ booked }) => booked)).toEqual([])
    // The time is taken back by the customer's choice of another one, and by nothing else.
    expect((await field.api.post(`/work-orders/${id}/propose`)).status).toBe(200)
    await field.settled()
    expect(field.heard().at(-1)).toMatch(/nobody can come[^]*When shall we come/)
    await write(field.life, 'sms', customer, '1')
    await field.settled()
    expect((await orderOf(field, id))?.appointment?.from).not.toBe(from)
    expect(field.heard().at(-1)).toContain('has moved')
  })
})

describe('parts in an engineer’s words', () => {
  it('leave their van as they were used, once it is clear which are meant; one that nobody knows is asked for in words', async () => {
    const field = await begin()
    const id = await agreed(field)
    const { api } = field
    const van = z.looseObject({ id: z.string() }).parse(await (await api.post('/stock-locations', { name: 'Van 1', kind: 'van', engineer: 'kim' })).json()).id
    for (const [number, name] of [
      ['KP-100', 'Pump'],
      ['KP-101', 'V-belt'],
      ['KP-102', 'Flat belt'],
    ]) {
      await api.post('/parts', { number, name })
      await api.post('/stock/movements', { part: number, location: van, movement: 'receive', quantity: 5 })
    }
    const inVan = async (number: string) =>
      (await api.read(`/stock?part=${number}&location=${van}`, z.object({ data: z.array(z.looseObject({ onHand: z.int() })) }))).data[0]?.onHand

    await says(field, 'kim', 'accept', 'on my way', 'arrived')
    expect(await says(field, 'kim', 'need a frobnicator')).toContain('the desk sees which part that is')
    const requests = z.object({
      data: z.array(z.looseObject({ id: z.string(), part: z.string().nullable(), wanted: z.string().nullable(), status: z.string() })),
    })
    const [asked] = (await api.read('/part-requests', requests)).data
    expect(asked).toMatchObject({ part: null, wanted: 'frobnicator', status: 'requested' })
    expect((await api.post(`/part-requests/${asked?.id}/status`, { status: 'received' })).status).toBe(409)
    expect((await api.post(`/part-requests/${asked?.id}/part`, { part: 'KP-102' })).status).toBe(200)
    expect((await api.post(`/part-requests/${asked?.id}/part`, { part: 'KP-101' })).status).toBe(409)
    expect((await api.read('/part-requests', requests)).data[0]).toMatchObject({ part: expect.any(String), wanted: 'frobnicator' })
    await api.post(`/part-requests/${asked?.id}/status`, { status: 'cancelled' })

    expect(await says(field, 'kim', 'Finished, used 2x kp 100 and a belt', '1', '1', '1', '1')).toBe('Which one is “belt”?')
    expect(await says(field, 'kim', 'Flat belt')).toMatch(/Parts noted: 2 × KP-100 Pump, 1 × KP-102 Flat belt/)
    await says(field, 'kim', 'skip')
    expect(await orderOf(field, id)).toMatchObject({
      status: 'completed',
      failure: {
        parts: [
          { part: 'KP-100', quantity: 2 },
          { part: 'KP-102', quantity: 1 },
        ],
      },
    })
    expect([await inVan('KP-100'), await inVan('KP-101'), await inVan('KP-102')]).toEqual([3, 5, 4])
  })
})
