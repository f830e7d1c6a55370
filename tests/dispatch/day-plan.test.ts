// The plan of a day out of the real calendar: what is agreed upon stays, what is open goes to somebody able, and nothing is changed by looking.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { readCompany } from '../../src/company.ts'
import { startVroom, type Vroom } from '../emulators/vroom.ts'
import { openField, type Field } from './field.ts'

const day = '08:00-12:00, 13:00-18:00'
const hours = `{ mon: "${day}", tue: "${day}", wed: "${day}", thu: "${day}", fri: "${day}", sat: "${day}", sun: "${day}" }`
const plan = z.object({
  routes: z.array(
    z.object({
      engineer: z.string(),
      km: z.number(),
      visits: z.array(z.object({ workOrder: z.string(), from: z.string(), until: z.string(), agreed: z.boolean() })),
    }),
  ),
  unassigned: z.array(z.object({ workOrder: z.string(), reason: z.string() })),
})

const yaml = `engineers:
  - { id: kim, name: Kim, hours: ${hours}, skills: [gas], base: { lat: 52.50, lon: 13.40 } }
  - { id: lee, name: Lee, hours: ${hours}, base: { lat: 52.60, lon: 13.60 } }
`
let field: Field
let date: string
const ids: Record<string, string> = {}
beforeAll(async () => {
  field = await openField({ yaml })
  date = new Date(field.clock.now() + 3 * 86_400_000).toISOString().slice(0, 10)
  const ticket = await field.reported('It leaks')
  const site = (lat: number, lon: number) => ({ site: { point: { lat, lon } } })
  ids['agreed'] = (await field.opened(ticket, site(52.61, 13.61))).id
  ids['near lee'] = (await field.opened(ticket, site(52.6, 13.61))).id
  ids['gas'] = (await field.opened(ticket, { ...site(52.59, 13.6), skills: ['gas'] })).id
  ids['nobody'] = (await field.opened(ticket, { ...site(52.5, 13.41), skills: ['lifts'] })).id
  await field.api.post(`/work-orders/${ids['agreed']}/appointment`, { engineer: 'kim', from: `${date}T10:00:00Z` })
  await field.settled()
})

describe('the plan of a day', () => {
  it('keeps what is agreed upon with whom and when it was agreed, and sends the nearest who is able to the rest', async () => {
    const { routes, unassigned } = await field.api.read(`/dispatch/plan?date=${date}`, plan)
    const visits = routes.flatMap(({ engineer, visits: all }) => all.map((visit) => ({ engineer, ...visit })))
    expect(visits.find(({ workOrder }) => workOrder === ids['agreed'])).toMatchObject({ engineer: 'kim', from: `${date}T10:00:00.000Z`, agreed: true })
    expect(visits.find(({ workOrder }) => workOrder === ids['near lee'])).toMatchObject({ engineer: expect.stringMatching(/lee|kim/), agreed: false })
    expect(visits.find(({ workOrder }) => workOrder === ids['gas'])).toMatchObject({ engineer: 'kim' })
    expect(unassigned).toEqual([{ workOrder: ids['nobody'], reason: 'skills' }])
    for (const { visits: all } of routes)
      for (const [index, visit] of all.entries()) if (index > 0) expect(visit.from >= (all[index - 1]?.until ?? '')).toBe(true)
  })

  it('changes nothing, and is the same each time', async () => {
    const before = await field.life.core.collections.workOrders.find({}, { sort: { _id: 1 } })
    const [one, two] = [await field.api.read(`/dispatch/plan?date=${date}`, plan), await field.api.read(`/dispatch/plan?date=${date}`, plan)]
    expect(one).toEqual(two)
    expect(await field.life.core.collections.workOrders.find({}, { sort: { _id: 1 } })).toEqual(before)
  })

  it('of a day without agreements leaves what is agreed for another day alone, and a date that is none is refused', async () => {
    const other = new Date(Date.parse(date) + 86_400_000).toISOString().slice(0, 10)
    const { routes } = await field.api.read(`/dispatch/plan?date=${other}`, plan)
    expect(routes.flatMap(({ visits }) => visits.map(({ workOrder }) => workOrder))).not.toContain(ids['agreed'])
    expect((await field.api.get('/dispatch/plan?date=Thursday')).status).toBe(400)
  })
})

describe('a day planned by a VROOM server', () => {
  let vroom: Vroom
  beforeAll(async () => {
    vroom = await startVroom()
    const read = readCompany(`${yaml}dispatch: { vroom: { url: "${vroom.url}", timeout: 500ms } }\n`, 'mendline.yaml', { surveyDelayMs: 0 })
    if (read.kind === 'wrong') throw new Error(read.problems.join())
    field.life.reload(read.company)
  })
  afterAll(() => vroom.close())
  const visitsOf = async () => {
    const { routes, unassigned } = await field.api.read(`/dispatch/plan?date=${date}`, plan)
    return { visits: routes.flatMap(({ engineer, visits }) => visits.map((visit) => ({ engineer, ...visit }))), unassigned }
  }

  it('is asked for as VROOM documents it, with breaks and promises, and its order is followed at times of our own reckoning', async () => {
    const { visits, unassigned } = await visitsOf()
    expect(vroom.complaints).toEqual([])
    expect(vroom.problems).toHaveLength(1)
    expect(vroom.problems[0]?.vehicles).toMatchObject([
      { breaks: [{ time_windows: [[12 * 3600, 12 * 3600]], service: 3600 }], capacity: [6], time_window: [8 * 3600, 18 * 3600] },
      { breaks: [{ service: 3600 }] },
    ])
    expect(vroom.problems[0]?.jobs.filter(({ priority }) => priority === 100)).toMatchObject([{ time_windows: [[10 * 3600, 10 * 3600]], service: 3600 }])
    expect(visits.find(({ workOrder }) => workOrder === ids['agreed'])).toMatchObject({ engineer: 'kim', from: `${date}T10:00:00.000Z` })
    expect(unassigned).toContainEqual({ workOrder: ids['nobody'], reason: 'skills' })
    for (const { from, until } of visits) expect(until <= `${date}T12:00` || from >= `${date}T13:00`).toBe(true)
  })

  it.each(['slow', 'wrong', 'broken', 'endless'] as const)('that is %s is planned without it', async (how) => {
    vroom.behave(how)
    const { visits } = await visitsOf()
    expect(new Set(visits.map(({ workOrder }) => workOrder))).toEqual(new Set([ids['agreed'], ids['gas'], ids['near lee']]))
    expect(visits.find(({ workOrder }) => workOrder === ids['agreed'])).toMatchObject({ engineer: 'kim', agreed: true })
  })
})
