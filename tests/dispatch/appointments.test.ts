// Appointments through the API: whoever chooses, a time is given once, the customer hears who comes and when, and what changes.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { openSqliteStore } from '../../src/storage/sqlite.ts'
import { apiOf, type Api } from '../support/api.ts'
import { startCluster } from '../support/cluster.ts'
import { settled, texting, write } from '../support/customers.ts'
import { createFolder, createProvider, live } from '../support/life.ts'
import { without } from '../support/needs.ts'
import { eventually } from '../support/processes.ts'
import { openField, workOrder, type Field } from './field.ts'

const slots = z.object({ data: z.array(z.object({ engineer: z.object({ id: z.string() }), from: z.string(), until: z.string() })), fits: z.boolean() })
const candidates = z.object({
  candidates: z.array(z.object({ engineer: z.object({ id: z.string() }), from: z.string(), score: z.object({ total: z.number() }) })),
  leftOut: z.array(z.object({ engineer: z.object({ id: z.string() }), reasons: z.array(z.object({ text: z.string() })) })),
})
const everyDay = Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, '08:00-20:00']))
const kim = { id: 'kim', name: 'Kim Park', hours: everyDay, skills: ['treadmill'] }
const lee = { id: 'lee', name: 'Lee Wong', hours: everyDay }

async function begin(yaml = ''): Promise<Field> {
  const field = await openField({ yaml, render: (_, key, values) => [key, values['engineer']].filter(Boolean).join(' ') })
  for (const each of [kim, lee]) expect((await field.api.post('/engineers', each)).status).toBe(201)
  return field
}

async function slotsOf(api: Api, id: string) {
  return (await api.read(`/work-orders/${id}/slots`, slots)).data
}

const book = (api: Api, id: string, engineer: string, from: string) => api.post(`/work-orders/${id}/appointment`, { engineer, from })

describe('an appointment', () => {
  it('is booked once, told to the customer, moved and released, with reminders for the one that stands', async () => {
    const { api, life, reported, opened, settled, heard, clock } = await begin()
    const { id } = await opened(await reported('It leaks'))
    const free = await slotsOf(api, id)
    const [first, second] = [free.at(-2), free.at(-1)]
    const body = { engineer: 'kim', from: first?.from }
    const again = { 'idempotency-key': 'once' }
    const both = await Promise.all([api.post(`/work-orders/${id}/appointment`, body, again), api.post(`/work-orders/${id}/appointment`, body, again)])
    expect(both.map(({ status }) => status)).toEqual([200, 200])
    await settled()
    expect(workOrder.parse(await (await book(api, id, 'kim', second?.from ?? '')).json())).toMatchObject({
      status: 'scheduled',
      appointment: { from: second?.from },
    })
    await settled()
    const booked = await life.core.collections.calendar.find({ engineer: 'kim' })
    expect(booked.flatMap((day) => day.booked.map(({ from }) => from))).toEqual([second?.from])
    expect(heard().slice(1)).toEqual(['appointment.confirmed', 'appointment.rescheduled'])

    clock.move(Date.parse(second?.from ?? '') - clock.now() - 3_600_000)
    await settled()
    expect(heard().filter((text) => text === 'appointment.reminder').length).toBeGreaterThanOrEqual(1)
    expect(heard().filter((text) => text === 'appointment.reminder').length).toBeLessThanOrEqual(2)
  })

  it('is refused with the reason where somebody cannot do it or the time is not free', async () => {
    const { api, reported, opened, settled } = await begin()
    const ticket = await reported('It leaks')
    const [one, two, skilled] = [await opened(ticket), await opened(ticket), await opened(ticket, { skills: ['treadmill'] })]
    const from = (await slotsOf(api, one.id)).at(-1)?.from ?? ''
    expect((await book(api, one.id, 'kim', from)).status).toBe(200)
    await settled()
    const taken = await book(api, two.id, 'kim', from)
    expect([taken.status, await taken.text()]).toEqual([409, expect.stringContaining('another visit')])
    const unable = await book(api, skilled.id, 'lee', from)
    expect([unable.status, await unable.text()]).toEqual([409, expect.stringContaining('lacks treadmill')])
    expect((await book(api, two.id, 'nobody', from)).status).toBe(400)
    expect((await book(api, two.id, 'kim', '2020-01-01T10:00:00Z')).status).toBe(409)
    expect((await book(api, two.id, 'kim', 'Thursday')).status).toBe(400)
  })

  it('that its engineer gives back keeps its time for another one, who is not the same', async () => {
    const { api, reported, opened, moved, settled, heard, life } = await begin()
    const { id } = await opened(await reported('It leaks'))
    const from = (await slotsOf(api, id)).at(-1)?.from ?? ''
    await book(api, id, 'kim', from)
    await settled()
    const back = await moved(id, { status: 'unscheduled', comment: 'is ill' })
    expect(back).toMatchObject({ status: 'unscheduled', engineer: null, appointment: { from } })
    const found = await api.read(`/work-orders/${id}/candidates`, candidates)
    expect(found.candidates.map(({ engineer }) => engineer.id)).toEqual(['lee'])
    expect(found.leftOut).toMatchObject([{ engineer: { id: 'kim' }, reasons: [{ text: 'gave it back: is ill' }] }])
    const proposal = z.object({ assignments: z.array(z.object({ workOrder: z.string(), engineer: z.object({ id: z.string() }) })) })
    expect((await api.read('/dispatch/assignments', proposal)).assignments).toMatchObject([{ workOrder: id, engineer: { id: 'lee' } }])
    expect((await api.post(`/work-orders/${id}/assign`, { engineer: 'lee' })).status).toBe(200)
    await settled()
    expect(heard().at(-1)).toBe('appointment.engineer')
    expect((await life.core.collections.calendar.find({})).map(({ engineer, booked }) => `${engineer} ${booked.length}`).toSorted()).toEqual(['kim 0', 'lee 1'])
  })
})

describe('a process that dies while it books', () => {
  it.each([
    { step: 'insert calendar entry #1', fate: 'after' },
    { step: 'insert work_order entry #2', fate: 'before' },
    { step: 'insert work_order entry #2', fate: 'after' },
  ] as const)('at $step ($fate) leaves one booking, agreed upon and told once', async (death) => {
    const folder = createFolder()
    const provider = createProvider()
    const options = { folder: folder.path, provider, also: [texting] }
    const first = await live({ ...options, death })
    const before = apiOf(() => `http://127.0.0.1:${first.port}`, 'test-key-0123456789')
    await before.post('/engineers', kim)
    await write(first, 'sms', '+14155552671', 'It leaks')
    const [ticket] = await eventually(async () => {
      const all = await first.core.collections.tickets.find({})
      return all.length > 0 ? all : undefined
    }, 'a ticket')
    const { id } = workOrder.parse(await (await before.post('/work-orders', { ticket: ticket?._id })).json())
    const from = (await slotsOf(before, id)).at(-1)?.from ?? ''
    book(before, id, 'kim', from).catch(() => {}) // a dead process does not answer
    await first.died
    await first.bury()

    const second = await live(options)
    try {
      const order = await eventually(async () => {
        const found = await second.core.collections.workOrders.get(id)
        return found?.status === 'scheduled' ? found : undefined
      }, 'the agreement')
      expect(order.appointment?.from).toBe(from)
      await eventually(async () => (provider.sent.some(({ text }) => text === 'appointment.confirmed') ? true : undefined), 'the news')
      await settled(second)
      expect((await second.core.collections.calendar.find({})).flatMap(({ booked }) => booked)).toHaveLength(1)
      expect(provider.sent.filter(({ text }) => text === 'appointment.confirmed')).toHaveLength(1)
    } finally {
      await second.close()
      folder.remove()
    }
  })
})

describe('a time that many choose at once', () => {
  async function race(apis: readonly Api[]): Promise<void> {
    const [api] = apis
    if (api === undefined) throw new Error('nobody to race')
    expect((await api.post('/engineers', kim)).status).toBe(201)
    const ticket = z
      .object({ number: z.string() })
      .parse(await (await api.post('/tickets', { subject: 'It leaks', description: 'It leaks', customer: { name: 'Ann' } })).json())
    const orders = await Promise.all(
      Array.from({ length: 8 }, async () => workOrder.parse(await (await api.post('/work-orders', { ticket: ticket.number })).json()).id),
    )
    const chosen = (await slotsOf(api, orders[0] ?? '')).slice(-2)
    const answers = await Promise.all(orders.map((id, index) => book(apis[index % apis.length] ?? api, id, 'kim', chosen[index % 3 === 0 ? 0 : 1]?.from ?? '')))
    const won = answers.filter(({ status }) => status === 200)
    expect(won.length).toBeGreaterThanOrEqual(1)
    expect(answers.filter(({ status }) => status === 409).length).toBe(orders.length - won.length)
    const seen = await Promise.all(orders.map((id) => api.read(`/work-orders/${id}`, workOrder)))
    const scheduled = seen
      .filter(({ status }) => status === 'scheduled')
      .map(({ appointment }) => ({ from: Date.parse(appointment?.from ?? ''), until: Date.parse(appointment?.until ?? '') }))
    expect(scheduled).toHaveLength(won.length)
    for (const [index, one] of scheduled.entries())
      for (const other of scheduled.slice(index + 1)) expect(one.from >= other.until || other.from >= one.until).toBe(true)
    // The loser is offered others at once.
    const loser = orders[answers.findIndex(({ status }) => status === 409)] ?? ''
    expect((await slotsOf(api, loser)).map(({ from }) => from)).not.toContain(chosen[0]?.from)
  }

  it('is given once by two processes on one embedded store', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mendline-race-'))
    const lives = await Promise.all(
      [0, 1].map(async (process) =>
        live({ folder: join(folder, String(process)), provider: createProvider(), store: await openSqliteStore({ path: join(folder, 'mendline.db') }) }),
      ),
    )
    try {
      await race(lives.map(({ port }) => apiOf(() => `http://127.0.0.1:${port}`, 'test-key-0123456789')))
    } finally {
      for (const life of lives) await life.close()
      rmSync(folder, { recursive: true, force: true })
    }
  })

  it.skipIf(without('redis', 'mongodb'))(
    'is given once by two gateways on servers',
    async () => {
      const cluster = await startCluster({ gateways: 2, workers: 1 })
      try {
        await race(cluster.gateways.map(({ url }) => apiOf(() => url, 'cluster-key-0123456789')))
      } finally {
        await cluster.remove()
      }
    },
    120_000,
  )
})
