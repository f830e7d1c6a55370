// Plans through the front door: what is refused and why, what customers decide about an inspection, meters, outages, and what is counted in the end.
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { planAsset } from '../../src/inspections/plan-asset.ts'
import { day, inDays, openShop, plan } from './shop.ts'

const problem = z.object({ status: z.int(), detail: z.string() })
const soon = (now: number, days = 5) => ({ rrule: 'FREQ=MONTHLY', start: inDays(now, days), lead: '14d' })

describe('a plan', () => {
  it('that is wrong is refused with what is wrong, and a right one is changed, stopped and taken up again', async () => {
    const { field, asset, planned } = await openShop()
    const { api } = field
    const refused = async (body: Record<string, unknown>): Promise<string> => {
      const response = await api.post('/maintenance-plans', { name: 'Safety', ...body })
      expect(response.headers.get('content-type')).toContain('problem+json')
      return problem.parse(await response.json()).detail
    }
    const start = '2027-01-31T09:00'
    expect(await refused({ asset, start, rrule: 'FREQ=MONTHLY;BYDAY=MON' })).toContain('rrule: BYDAY names days such as MO,TH')
    expect(await refused({ asset, start, rrule: 'FREQ=HOURLY' })).toContain('is too often for inspections')
    expect(await refused({ asset, rrule: 'FREQ=DAILY' })).toContain('start: say from when on')
    expect(await refused({ asset, start })).toContain('rrule: say how often')
    expect(await refused({ start, rrule: 'FREQ=DAILY' })).toContain('asset: name what is inspected')
    expect(await refused({ asset, product: 'T5 treadmill', start, rrule: 'FREQ=DAILY' })).toContain('product: is for asset already')
    expect(await refused({ product: 'Toaster', start, rrule: 'FREQ=DAILY' })).toContain('product: is no product of the catalogue')
    expect(await refused({ asset: 'KP-0', start, rrule: 'FREQ=DAILY' })).toContain('asset: there is no asset')
    expect(await refused({ asset, start: '2027-02-30T09:00', rrule: 'FREQ=DAILY' })).toContain('start: is a local time')
    expect(await refused({ asset, start, rrule: 'FREQ=DAILY', timeZone: 'Berlin' })).toContain('timeZone: is no time zone')
    expect(await refused({ asset, meter: { unit: 'hours', every: 100, lead: 100 } })).toContain('meter.lead: is less than every')
    const id = await planned({ rrule: 'RRULE:FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1', start, checklist: ['Frame'] })
    const changed = await api.patch(`/maintenance-plans/${id}`, { lead: '36h', meter: { unit: 'Hours', every: 500 } })
    expect(plan.parse(await changed.json())).toMatchObject({ lead: '36h', rrule: null, meter: { unit: 'hours', every: 500, hysteresis: 10, askEvery: '90d' } })
    expect((await api.patch(`/maintenance-plans/${id}`, { rrule: 'FREQ=NEVER', start })).status).toBe(400)
    const stopped = await fetch(`http://127.0.0.1:${field.life.port}/api/v1/maintenance-plans/${id}`, {
      method: 'DELETE',
      headers: { authorization: 'Bearer test-key-0123456789' },
    })
    expect(plan.parse(await stopped.json()).active).toBe(false)
    expect((await api.patch(`/maintenance-plans/${id}`, { name: 'X' })).status).toBe(409)
    expect(plan.parse(await (await api.patch(`/maintenance-plans/${id}`, { active: true })).json()).active).toBe(true)
  })

  it('of mendline.yaml is followed as it stands there, for every asset of its product, and changed there only', async () => {
    const start = inDays(Date.now(), 5)
    const { field, asset } = await openShop(
      `maintenancePlans: [{ id: yearly, name: Yearly check, product: treadmill, rrule: FREQ=YEARLY, start: "${start}", lead: 14d }]`,
    )
    const { occurrences } = field.life.core.collections
    expect(await occurrences.find({})).toMatchObject([{ plan: 'yearly', asset, state: 'open', occurrence: start }])
    expect((await field.api.patch('/maintenance-plans/yearly', { name: 'X' })).status).toBe(409)
  })

  it('makes one visit however many look at the same moment, and of two plans of one kind one visit for both', async () => {
    const { field, planned, asset, occurrences } = await openShop()
    const { core } = field.life
    const first = await planned(soon(field.clock.now(), 5))
    await Promise.all(['x', 'y', 'z'].map((key) => planAsset(core, { do: 'plan', plan: first, asset }, key)))
    const second = await planned({ ...soon(field.clock.now(), 8), checklist: ['Frame'] })
    await field.settled()
    const [one, other] = [...(await occurrences(first)), ...(await occurrences(second))]
    expect([one?.merged, other?.merged]).toEqual([false, true])
    expect(other?.ticket).toBe(one?.ticket)
    expect(await core.collections.workOrders.count({})).toBe(1)
    expect(field.heard().filter((text) => text.includes('is due for its inspection'))).toHaveLength(1)
  })

  it('makes one job of a month in which nobody planned, and says of the rest that it was missed; the report counts it so', async () => {
    const { field, planned, passes, occurrences } = await openShop()
    const id = await planned({ rrule: 'FREQ=DAILY', start: inDays(field.clock.now(), 1), lead: '0d', window: '1d' })
    await passes(31 * day)
    const dates = await occurrences(id)
    expect(dates.filter(({ state }) => state === 'open')).toHaveLength(1)
    expect(dates.at(-1)).toMatchObject({ state: 'open' })
    expect(dates.filter(({ reason }) => reason === 'missed').length).toBe(dates.length - 1)
    expect(dates.length).toBeGreaterThanOrEqual(30)
    expect(await field.life.core.collections.workOrders.count({})).toBe(1)
    const rows = z.object({ rows: z.array(z.record(z.string(), z.unknown())) })
    const report = await field.api.read('/reports/plan-compliance?by=product', rows)
    expect(report.rows).toMatchObject([{ product: 'T5 treadmill', due: dates.length - 1, kept: 0, rate: 0, missed: dates.length - 1 }])
    expect(await (await field.api.get('/reports/plan-compliance?format=csv')).text()).toContain('Safety inspection')
  })
})

describe('a customer', () => {
  it('puts an inspection off and is asked again, leaves it out, and the next one comes as planned', async () => {
    const { field, planned, passes, says, occurrences } = await openShop()
    const id = await planned(soon(field.clock.now(), 10))
    expect(await says('later')).toEqual(['All right, we will ask you again in some days. You can also write to us any time to find a time.'])
    const before = field.heard().length
    await passes(3 * day)
    expect(field.heard().slice(before).join()).toContain('is due for its inspection')
    expect((await says('no thanks, I do not want it')).at(-1)).toContain('What about the inspection of your T5 treadmill?')
    expect((await says('1')).at(-1)).toContain('we leave this inspection out')
    expect(await occurrences(id)).toMatchObject([{ state: 'skipped', reason: 'declined' }])
    await passes(27 * day)
    expect(await occurrences(id)).toMatchObject([{ state: 'skipped' }, { state: 'open' }])
  })

  it('who says that the device is gone is asked back, and then asked for it no more', async () => {
    const { field, planned, passes, says, occurrences, asset } = await openShop()
    const id = await planned(soon(field.clock.now()))
    expect((await says("it's not with us any more")).at(-1)).toContain('What about the inspection')
    expect((await says('2')).at(-1)).toContain('We will ask you no more about your T5 treadmill')
    expect(await occurrences(id)).toMatchObject([{ state: 'skipped', reason: 'gone' }])
    const { assets, tasks, tickets } = field.life.core.collections
    expect((await assets.get(asset))?.retired).toMatchObject({ reason: expect.any(String) })
    expect(await tasks.count({ kind: 'inspection' })).toBe(1)
    expect(await tickets.find({})).toMatchObject([{ status: 'cancelled' }])
    await passes(70 * day)
    expect(await occurrences(id)).toHaveLength(1)
  })

  it('books an inspection, of which there is one then, also where one is planned already', async () => {
    const { field, says, planned } = await openShop()
    const { inspections, workOrders, tickets } = field.life.core.collections
    const heard = await says('I would like to book an inspection of my treadmill')
    expect(heard.join('\n')).toMatch(/free times for your T5 treadmill[^]*When shall we come/)
    expect(await inspections.find({})).toMatchObject([{ occurrences: [], asset: expect.any(String) }])
    expect((await says('1')).at(-1)).toContain('for your inspection R-')
    expect((await says('Could you inspect my treadmill? I want to book an inspection')).at(-1)).toContain('is planned already: we come on')
    await planned({ ...soon(field.clock.now()), kind: 'inspection' })
    expect([await inspections.count({}), await workOrders.count({}), await tickets.count({})]).toEqual([1, 1, 1])
  })
})

describe('a meter', () => {
  it('is asked about, read in digits and words, doubted when it runs back, and brings one inspection of each mark', async () => {
    const { field, planned, says, occurrences, passes, asset } = await openShop()
    const id = await planned({ meter: { unit: 'hours', every: 500, askEvery: '30d' } })
    expect(field.heard().at(-1)).toContain('What does the meter of your T5 treadmill KP-12345 show (hours)?')
    expect(await says('12,450 hours')).toEqual(['Thank you, we have noted 12450 hours for your T5 treadmill KP-12345.'])
    expect(await occurrences(id)).toEqual([])
    await passes(31 * day)
    expect((await says('1,200')).at(-1)).toContain('The last reading of your T5 treadmill KP-12345 was 12450 hours, and 1200 is lower')
    await says('2')
    await says('twelve thousand five hundred and one')
    expect(await occurrences(id)).toMatchObject([{ occurrence: '12500', state: 'open' }])
    const { api } = field
    for (const value of [12_499, 12_503, 12_498, 12_502]) expect((await api.post(`/assets/${asset}/meter-readings`, { unit: 'hours', value })).status).toBe(201)
    await field.settled()
    expect(await occurrences(id)).toHaveLength(1)
    const back = await api.post(`/assets/${asset}/meter-readings`, { unit: 'hours', value: 3 })
    expect(problem.parse(await back.json())).toMatchObject({ status: 409, detail: expect.stringContaining('"replaced": true') })
    expect((await api.post(`/assets/${asset}/meter-readings`, { unit: 'hours', value: 3, replaced: true })).status).toBe(201)
    expect(await field.life.core.collections.meters.find({})).toMatchObject([{ usage: 12_506, last: { value: 3 } }])
  })

  it('is read in Chinese', async () => {
    const { planned, says, field } = await openShop()
    await says('你好，请用中文')
    await planned({ meter: { unit: 'hours', every: 500 } })
    expect(field.heard().at(-1)).toContain('仪表现在显示多少')
    expect((await says('一万二千四百五十小时')).at(-1)).toContain('12450')
  })
})
