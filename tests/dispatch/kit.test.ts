// Whoever takes a visit takes along what it will likely need, from their own van first; whoever gives it back leaves it there.
import { expect, it } from 'vitest'
import { z } from 'zod'
import { openField } from './field.ts'

const always = Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, '00:00-24:00']))
const stock = z.object({ data: z.array(z.looseObject({ onHand: z.int(), reserved: z.int() })) })

it('reserves the parts of like repairs in the van of the engineer who accepts, once, and frees them when it is given back', async () => {
  const { api, opened, moved, settled } = await openField({ yaml: 'products: [{ name: T5 }]\n' })
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
  await settled()
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
