// A crash at any step from the written date to the asked customer leaves what a calm life leaves: one date, one visit, one ticket, one question.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assetId, setAsset } from '../../src/assets/index.ts'
import { contactPointStream } from '../../src/customers/index.ts'
import { describePlan } from '../../src/inspections/index.ts'
import type { PlanFields } from '../../src/inspections/plan.ts'
import { contactPointId } from '../../src/message.ts'
import { createFolder, createProvider, live, type Death, type Life, type Provider } from '../support/life.ts'
import { eventually } from '../support/processes.ts'
import { inDays } from './shop.ts'

async function begin(folder: string, provider: Provider, death?: Death): Promise<Life> {
  return live({ folder, provider, ...(death === undefined ? {} : { death }) })
}

const actor = { kind: 'api', id: 'admin' } as const
const planOf = (kind: string, days: number, asset: string): PlanFields => ({
  name: `Inspection ${kind}`,
  kind: 'inspection',
  covers: { by: 'asset', id: asset },
  schedule: { by: 'calendar', rrule: 'FREQ=YEARLY', timeZone: 'Europe/Berlin', start: inDays(Date.now(), days) },
  anchor: 'fixed',
  leadMs: 14 * 86_400_000,
  windowMs: 7 * 86_400_000,
  holidays: 'keep',
  team: null,
  checklist: [{ id: '1', text: `Part ${kind}`, value: null, photo: false }],
  skills: [],
  durationMs: null,
})
/** Two of one kind at once: the second joins the visit of the first. */
const plans = [planOf('a', 3, assetId('KP-1')), planOf('b', 5, assetId('KP-1'))]

/** Whoever was not answered asks again, under the same keys. */
async function play({ core }: Life): Promise<void> {
  const address = 'ann@example.org'
  await core.journal.change(contactPointStream, contactPointId('email', address), {
    key: 'point',
    decide: ({ channel }) =>
      channel !== null
        ? { kind: 'nothing' }
        : {
            kind: 'entry',
            actor,
            events: [{ type: 'contact_point.known', channel: 'email', address, customer: 'cu_1', name: 'Ann', verified: false }],
            effects: [],
          },
  })
  await setAsset(core, 'KP-1', { customer: 'cu_1', product: 'T5' }, 'either', { actor, key: 'asset' })
  for (const [index, fields] of plans.entries()) await describePlan(core, `plan-${index}`, fields, 'api', { actor, key: `plan ${index}` })
}

async function settled({ core }: Life, where: string): Promise<void> {
  await eventually(async () => {
    const overdue = await core.collections.due.count({ state: 'waiting', notBefore: { $lte: new Date().toISOString() } })
    const queued = await core.collections.messages.count({ direction: 'outbound', state: { $in: ['queued', 'sending'] } })
    return overdue + queued + (await core.journal.unfinished('9', 10)).length === 0 ? true : undefined
  }, `an end, ${where}`)
}

async function outcome({ core: { collections } }: Life) {
  const inspections = await collections.inspections.find({})
  const occurrences = await collections.occurrences.find({}, { sort: { plan: 1 } })
  return {
    occurrences: occurrences.map(({ plan, occurrence, state, ordinal }) => ({ plan, occurrence, state, ordinal })),
    merged: occurrences.filter(({ merged }) => merged).length,
    together: new Set(occurrences.map(({ inspection }) => inspection)).size,
    inspections: inspections.map(({ state, occurrences: of, checklist }) => ({ state, of: of.length, items: checklist.map(({ text }) => text).toSorted() })),
    tickets: (await collections.tickets.find({})).map(({ status, inspection }) => ({ status, role: inspection?.role })),
    work: (await collections.workOrders.find({})).map(({ status, n }) => ({ status, n })),
    tasks: (await collections.tasks.find({})).map(({ kind }) => kind).toSorted(),
    asked: (await collections.messages.find({ direction: 'outbound' })).map(({ text }) => text),
  }
}

async function calm() {
  const folder = createFolder()
  const life = await begin(folder.path, createProvider())
  await play(life)
  await settled(life, 'in a calm life')
  const result = { steps: [...life.steps()], end: await outcome(life) }
  await life.close()
  folder.remove()
  return result
}

async function die(death: Death) {
  const where = `killed ${death.fate} "${death.step}"`
  const folder = createFolder()
  const provider = createProvider()
  const mortal = await begin(folder.path, provider, death)
  const playing = play(mortal).then(() => settled(mortal, where))
  playing.catch(() => {}) // the dead hear that they are dead
  const survived = await Promise.race([mortal.died.then(() => false), playing.then(() => true)])
  if (!survived) await mortal.bury()
  const last = survived ? mortal : await begin(folder.path, provider)
  if (!survived) await play(last)
  await settled(last, where)
  const end = await outcome(last)
  await last.close()
  folder.remove()
  return { where, end }
}

describe('a process that dies between a planned date and its visit', () => {
  it.each(['before', 'after'] as const)(
    '%s any step leaves one visit for both plans',
    async (fate) => {
      const { steps, end } = await calm()
      expect(end).toMatchObject({
        occurrences: [
          { plan: 'plan-0', state: 'open', ordinal: 1 },
          { plan: 'plan-1', state: 'open', ordinal: 1 },
        ],
        merged: 1,
        together: 1,
        inspections: [{ state: 'open', of: 2, items: ['Part a', 'Part b'] }],
        tickets: [{ status: 'accepted', role: 'visit' }],
        work: [{ status: 'unscheduled' }],
        asked: ['question appointment'],
      })
      const every = process.env['KILLS'] === 'all' ? 1 : 11
      const first = (fc.readConfigureGlobal().seed ?? Date.now()) % every
      for (const step of steps.filter((_, index) => index % every === first)) {
        const { where, end: left } = await die({ step, fate })
        expect(left, where).toEqual(end)
      }
    },
    600_000,
  )
})
