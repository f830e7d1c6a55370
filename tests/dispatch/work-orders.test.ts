// Engineers and work orders through the API: who there is, what may be moved, what the customer hears of it.
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { openField, workOrder, type Field } from './field.ts'

const engineer = z.looseObject({ id: z.string(), version: z.int(), name: z.string(), active: z.boolean(), source: z.string() })
const engineers = z.object({ data: z.array(engineer) })
const kim = { id: 'kim', name: 'Kim Park', phone: '+14155550101', skills: ['treadmill', { skill: 'gas', level: 3 }], hours: { mon: '09:00-17:00' } }
const failure = {
  component: { code: 'belt' },
  problem: { code: 'noise' },
  cause: { code: 'wear' },
  remedy: { code: 'part replaced' },
}

/** One desk for several tests that do not mind each other. */
function once(yaml = ''): () => Promise<Field> {
  let opened: Promise<Field> | undefined
  return () => (opened ??= openField({ yaml }))
}

describe('engineers', () => {
  it('are those of mendline.yaml, and leave with it; those of the API stay', async () => {
    const yaml = 'engineers:\n  - { id: lee, name: Lee Wong, skills: [power], daysOff: [2026-08-01..2026-08-14] }\n'
    const { api, life } = await openField({ yaml })
    expect((await api.post('/engineers', kim)).status).toBe(201)
    const { data } = await api.read('/engineers', engineers)
    expect(data).toMatchObject([
      {
        id: 'kim',
        source: 'api',
        skills: [
          { skill: 'treadmill', level: 2 },
          { skill: 'gas', level: 3 },
        ],
      },
      { id: 'lee', source: 'settings', daysOff: [{ from: '2026-08-01', until: '2026-08-14' }] },
    ])
    expect((await api.patch('/engineers/lee', { name: 'Li' })).status).toBe(409)
    life.reload({ ...life.core.company(), engineers: [] })
    await expect.poll(async () => (await api.read('/engineers?active=true', engineers)).data.map(({ id }) => id)).toEqual(['kim'])
  })

  it('are changed field by field, and a phone is one engineer’s', async () => {
    const { api } = await openField()
    await api.post('/engineers', kim)
    const changed = engineer.parse(await (await api.patch('/engineers/kim', { visitsPerDay: 3 })).json())
    expect(changed).toMatchObject({ name: 'Kim Park', phone: '+14155550101', visitsPerDay: 3, version: 2 })
    expect((await api.patch('/engineers/kim', { visitsPerDay: 4 }, { 'if-match': '"1"' })).status).toBe(412)
    expect((await api.post('/engineers', { ...kim, id: 'other' })).status).toBe(409)
    expect((await api.post('/engineers', { ...kim, phone: null })).status).toBe(409)
    expect((await api.patch('/engineers/kim', { active: false })).status).toBe(200)
    expect((await api.post('/engineers', { ...kim, id: 'other' })).status).toBe(201)
  })

  const refusing = once()
  it.each([
    ['an id with spaces', { id: 'Kim Park' }, 'id'],
    ['hours that are none', { hours: { mon: '9-5' } }, 'hours.mon'],
    ['a number without its country', { phone: '0151 123' }, 'phone'],
    ['days off backwards', { daysOff: ['2026-08-14..2026-08-01'] }, 'daysOff'],
    ['a point off the map', { base: { lat: 91, lon: 0 } }, 'base.lat'],
  ])('are refused with the field named: %s', async (_, wrong, field) => {
    const { api } = await refusing()
    const response = await api.post('/engineers', { ...kim, ...wrong })
    expect(response.status).toBe(400)
    expect(await response.text()).toContain(field)
  })
})

describe('a work order', () => {
  it('knows from its ticket what is to be done and where, once per cause', async () => {
    const yaml = 'products: [{ name: T5, skills: [treadmill] }]\ndispatch: { places: [{ postcode: "101", lat: 52.5, lon: 13.4 }] }\n'
    const { api, life, reported, opened } = await openField({ yaml })
    const ticket = await reported('The belt slips')
    await life.core.collections.tickets.update(ticket, {
      $set: { fields: { product: 'T5', symptom: 'the belt slips', address: 'Main Street 5, 10115 Berlin' } },
    })
    expect(await opened(ticket)).toMatchObject({
      status: 'unscheduled',
      subject: 'T5: the belt slips',
      skills: ['treadmill'],
      duration: 60,
      site: { address: 'Main Street 5, 10115 Berlin', postcode: '10115', point: { lat: 52.5, lon: 13.4 } },
    })
    const again = { 'idempotency-key': 'one' }
    const [one, two] = await Promise.all([api.post('/work-orders', { ticket }, again), api.post('/work-orders', { ticket }, again)])
    expect(workOrder.parse(await one.json()).id).toBe(workOrder.parse(await two.json()).id)
    expect(await life.core.collections.workOrders.count({ ticket })).toBe(2)
    expect((await api.post('/work-orders', { ticket: 'R-0000000' })).status).toBe(404)
  })

  it('moves by the table only, and says what it could become', async () => {
    const { api, reported, opened } = await openField()
    const { id } = await opened(await reported('It leaks'))
    const jump = await api.post(`/work-orders/${id}/status`, { status: 'completed' })
    expect(jump.status).toBe(409)
    expect(await jump.text()).toContain('scheduled, canceled')
    const shop = await opened(await reported('It hums', '+14155552672'), { kind: 'walk_in' })
    await api.post(`/work-orders/${shop.id}/status`, { status: 'received' })
    expect((await api.post(`/work-orders/${shop.id}/status`, { status: 'ready' })).status).toBe(400)
    expect((await api.post(`/work-orders/${id}/hold`, { reason: 'waits for the landlord' })).status).toBe(200)
    expect(workOrder.parse(await (await api.get(`/work-orders/${id}`)).json()).hold).toMatchObject({ reason: 'waits for the landlord' })
  })

  it('in the shop tells the customer every stage once, and asks how it went only after the device is back', async () => {
    const { life, reported, opened, moved, heard, api } = await openField({ yaml: 'survey: { delay: 1ms }\n' })
    const ticket = await reported('It hums')
    const { id } = await opened(ticket, { kind: 'mail_in' })
    await moved(id, 'received', 'in_repair', { status: 'ready', outcome: 'unrepairable' })
    await api.post(`/tickets/${ticket}/status`, { status: 'resolved' })
    await moved(id, 'returned')
    expect(heard().slice(1)).toEqual([
      'work_order.awaiting_item.mail_in',
      'work_order.received',
      'work_order.in_repair',
      'work_order.ready.unrepairable',
      'ticket.status.resolved',
      'work_order.returned',
      'question answer-survey',
    ])
    expect(await life.core.collections.surveys.count({})).toBe(1)
  })

  it('done proposes to resolve its ticket: a person is asked, or the settings decide', async () => {
    const byHand = await openField()
    const ticket = await byHand.reported('It hums')
    const { id } = await byHand.opened(ticket, { kind: 'walk_in' })
    await byHand.moved(id, 'received', { status: 'ready', outcome: 'replaced' }, { status: 'returned', failure })
    expect(await byHand.life.core.collections.tasks.find({ ticket })).toMatchObject([{ kind: 'work_done', state: 'open' }])
    const open = await byHand.life.core.collections.tickets.get(ticket)
    expect(open).toMatchObject({ status: 'new', failure: { component: { code: 'belt' } } })
    // It works again, which is not yet the end of the repair.
    expect(open?.sla).toMatchObject({ restoredAt: expect.any(String), doneAt: null })
    const { rows } = await byHand.api.read('/reports/times?by=all', z.looseObject({ rows: z.array(z.unknown()) }))
    expect(rows).toMatchObject([{ restoreN: 1, resolveN: 0 }])
    const card = await byHand.life.core.door.desk.card(ticket)
    expect(card?.sla?.restore.state).toBe('met')
    expect(card?.sla?.resolve.state).toBe('running')

    const bySettings = await openField({ yaml: 'dispatch: { completedResolves: true }\n' })
    const other = await bySettings.reported('It hums')
    const shop = await bySettings.opened(other, { kind: 'walk_in' })
    await bySettings.moved(shop.id, 'received', { status: 'ready', outcome: 'repaired' }, 'returned')
    expect(await bySettings.life.core.collections.tickets.get(other)).toMatchObject({ status: 'resolved' })
    expect(bySettings.heard().filter((text) => text === 'ticket.status.resolved')).toHaveLength(1)
  })

  it('leaves the clock of restoring alone where the device goes back as it came', async () => {
    const { life, reported, opened, moved } = await openField()
    const ticket = await reported('It hums')
    const { id } = await opened(ticket, { kind: 'walk_in' })
    await moved(id, 'received', { status: 'ready', outcome: 'declined_and_returned' }, 'returned')
    expect((await life.core.collections.tickets.get(ticket))?.sla).toMatchObject({ restoredAt: null, doneAt: null })
  })

  it('ends with its ticket, unless that goes on', async () => {
    const { api, reported, opened, seen, settled } = await openField()
    const ticket = await reported('It leaks')
    const { id } = await opened(ticket)
    await api.post(`/tickets/${ticket}/status`, { status: 'cancelled' })
    await settled()
    expect((await seen(id)).status).toBe('canceled')
  })
})
