// Whoever takes a visit takes along what it will likely need, from their own van first; whoever gives it back leaves it there.
import { expect, it } from 'vitest'
import { z } from 'zod'
import { readCompany } from '../../src/company.ts'
import { openField, type Field } from './field.ts'

const always = Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, '00:00-24:00']))
const stock = z.object({ data: z.array(z.looseObject({ onHand: z.int(), reserved: z.int() })) })

const candidates = z.object({
  candidates: z.array(z.object({ engineer: z.object({ id: z.string() }), warnings: z.array(z.object({ text: z.string() })) })),
  leftOut: z.array(z.object({ engineer: z.object({ id: z.string() }), reasons: z.array(z.object({ filter: z.string(), text: z.string() })) })),
})

/** Repairs of the T5 that took a motor; Kim has a van, Lee has none. */
async function motors(dispatch = ''): Promise<Field & { open(description: string): Promise<string>; van: string }> {
  const field = await openField({ yaml: `products: [{ name: T5 }]\n${dispatch}` })
  const { api } = field
  const open = async (description: string): Promise<string> => {
    const response = await api.post('/tickets', { subject: description, description, customer: { name: 'Ann Lee' }, asset: { product: 'T5' } })
    return z.looseObject({ number: z.string() }).parse(await response.json()).number
  }
  const van = z.looseObject({ id: z.string() }).parse(await (await api.post('/stock-locations', { name: 'Van 1', kind: 'van' })).json()).id
  await api.post('/engineers', { id: 'kim', name: 'Kim Park', hours: always, van: 'Van 1' })
  await api.post('/parts', { number: 'MOTOR', name: 'Motor' })
  const other = { code: 'other', text: 'as seen' }
  for (const description of ['The motor hums and smells burnt', 'Burnt smell, the motor hums']) {
    const failure = { component: other, problem: other, cause: other, remedy: other, parts: [{ part: 'MOTOR' }] }
    expect((await api.post(`/tickets/${await open(description)}/resolve`, { failure })).status).toBe(200)
  }
  await field.settled()
  return { ...field, open, van }
}

it('says beside an engineer which part neither their van nor a warehouse has, and leaves them out where the company requires it', async () => {
  const { api, opened, open, van, life } = await motors()
  await api.post('/engineers', { id: 'lee', name: 'Lee Wong', hours: always })
  const { id } = await opened(await open('Burnt smell and the motor hums'))
  const without = 'has no MOTOR Motor in the van, and no warehouse has it'
  const seen = () => api.read(`/work-orders/${id}/candidates`, candidates)
  expect((await seen()).candidates.map(({ warnings }) => warnings)).toMatchObject([[{ text: without }], [{ text: without }]])
  await api.post('/stock/movements', { part: 'MOTOR', location: van, movement: 'receive', quantity: 1 })
  const warned = await seen()
  expect(warned.candidates.find(({ engineer }) => engineer.id === 'kim')?.warnings).toEqual([])
  expect(warned.candidates.find(({ engineer }) => engineer.id === 'lee')?.warnings).toMatchObject([{ text: without }])

  const strict = readCompany('products: [{ name: T5 }]\ndispatch: { parts: require }\n', 'mendline.yaml', { surveyDelayMs: 0 })
  if (strict.kind === 'wrong') throw new Error(strict.problems.join())
  life.reload(strict.company)
  expect(await seen()).toMatchObject({
    candidates: [{ engineer: { id: 'kim' } }],
    leftOut: [{ engineer: { id: 'lee' }, reasons: [{ filter: 'parts', text: without }] }],
  })
  const slots = z.object({ data: z.array(z.object({ from: z.string(), engineer: z.object({ id: z.string() }) })) })
  const { data } = await api.read(`/work-orders/${id}/slots`, slots)
  expect(new Set(data.map(({ engineer }) => engineer.id))).toEqual(new Set(['kim']))
  const refused = await api.post(`/work-orders/${id}/appointment`, { engineer: 'lee', from: data[0]?.from })
  expect([refused.status, await refused.text()]).toEqual([409, expect.stringContaining(without)])
  // A warehouse is within everybody's reach.
  const shop = z.looseObject({ id: z.string() }).parse(await (await api.post('/stock-locations', { name: 'Shop', kind: 'warehouse' })).json()).id
  await api.post('/stock/movements', { part: 'MOTOR', location: shop, movement: 'receive', quantity: 1 })
  expect((await seen()).leftOut).toEqual([])
})

it('reserves the parts of like repairs in the van of the engineer who accepts, once, and frees them when it is given back', async () => {
  const { api, opened, moved, open, van } = await motors()
  await api.post('/stock/movements', { part: 'MOTOR', location: van, movement: 'receive', quantity: 2 })
  const reserved = async (): Promise<number> => (await api.read(`/stock?part=MOTOR&location=${van}`, stock)).data[0]?.reserved ?? 0

  const { id } = await opened(await open('Burnt smell and the motor hums'))
  const slots = z.object({ data: z.array(z.object({ from: z.string() })) })
  const from = (await api.read(`/work-orders/${id}/slots`, slots)).data[0]?.from
  expect((await api.post(`/work-orders/${id}/appointment`, { engineer: 'kim', from })).status).toBe(200)
  await moved(id, 'dispatched', 'accepted')
  expect(await reserved()).toBe(1)
  await moved(id, { status: 'unscheduled', comment: 'is ill' })
  expect(await reserved()).toBe(0)
})
