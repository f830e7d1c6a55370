// From a plan to the repair of what its inspection found: the customer and the engineer by text message, everybody else through the API.
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { day, inDays, kim, openShop, pageOf } from './shop.ts'

const inspection = z.looseObject({
  id: z.string(),
  state: z.string(),
  repair: z.string().nullable(),
  items: z.array(z.looseObject({ result: z.string().nullable() })),
})
const ticket = z.looseObject({ number: z.string(), status: z.string(), subject: z.string(), description: z.string(), inspection: z.unknown() })

describe('an inspection', () => {
  it('goes from the plan to the visit, its checklist, the repair of what failed, and the next one', async () => {
    const { field, planned, occurrences, passes, says, asset } = await openShop()
    const { api, clock } = field
    const start = inDays(clock.now(), 20)
    const id = await planned({
      rrule: 'FREQ=MONTHLY;INTERVAL=6',
      start,
      lead: '14d',
      checklist: ['Emergency stop', { text: 'Belt tension', value: { unit: 'mm', min: 5, max: 15 } }, 'Frame and screws'],
    })
    expect(await occurrences(id)).toEqual([])
    expect(field.heard().some((text) => text.includes('inspection'))).toBe(false)

    await passes(7 * day)
    const [first] = await occurrences(id)
    expect(first).toMatchObject({ state: 'open', occurrence: start, merged: false })
    expect(field.heard().at(-1)).toContain('Your T5 treadmill is due for its inspection "Safety inspection" by')
    const seen = await api.read(`/tickets/${first?.ticket}`, ticket)
    expect(seen).toMatchObject({ status: 'accepted', subject: 'Safety inspection: T5 treadmill', inspection: { role: 'visit', name: 'Safety inspection' } })

    expect((await says('1')).at(-1)).toMatch(/Kim Park comes to you on .* for your inspection R-/)
    expect(field.heard(kim).at(-1)).toMatch(/^A new visit for you: R-.*Safety inspection: T5 treadmill, 1 Harbour Street/)

    const visit = (await field.life.core.collections.workOrders.find({}))[0]?.appointment?.from ?? ''
    await says('yes', kim)
    await passes(Date.parse(visit) - clock.now())
    await says('on my way', kim)
    const list = await says('arrived', kim)
    expect(list.at(-1)).toContain('1 of 3: Emergency stop')
    expect((await says('ok', kim)).at(-1)).toContain('2 of 3: Belt tension? (5–15 mm)')
    expect((await says('2.5 mm', kim)).at(-1)).toContain('2.5 is outside the limits')
    expect((await says('worn out', kim)).at(-1)).toContain('3 of 3: Frame and screws')
    expect((await says('finish', kim)).at(-1)).toContain('Nobody has looked at: Frame and screws')
    await says('1', kim)
    await says('1 failed, the button sticks', kim)
    expect((await says('1 ok, it works after all', kim)).at(-1)).toContain('3 of 3')
    expect((await says('ok', kim)).at(-1)).toContain('2. Belt tension: failed, 2.5 mm, worn out')
    expect((await says('finish', kim)).at(-1)).toContain('A repair is opened for: Belt tension')

    const [done] = (await api.read('/inspections', pageOf(inspection))).data
    expect(done).toMatchObject({ state: 'completed', items: [{ result: 'ok' }, { result: 'failed', measured: 2.5, note: 'worn out' }, { result: 'ok' }] })
    const repair = await api.read(`/tickets/${done?.repair}`, ticket)
    expect(repair).toMatchObject({ status: 'accepted', subject: 'T5 treadmill: Belt tension', inspection: { role: 'found', ticket: seen.number } })
    expect(repair.description).toContain('Belt tension: failed, 2.5 mm, worn out')
    expect(await api.read(`/tickets/${seen.number}`, ticket)).toMatchObject({ status: 'resolved' })
    expect(field.heard().some((text) => text.includes('has to be repaired: Belt tension') && text.includes(repair.number))).toBe(true)
    expect(await api.read(`/assets/${asset}`, z.looseObject({ inspected: z.unknown() }))).toMatchObject({ inspected: { failed: ['Belt tension'] } })

    expect(await occurrences(id)).toMatchObject([{ state: 'done', doneAt: expect.any(String) }])
    await passes(190 * day)
    expect(await occurrences(id)).toMatchObject([{ state: 'done' }, { state: 'open', merged: false }])
    expect(await field.life.core.collections.inspections.count({})).toBe(2)
  })
})
