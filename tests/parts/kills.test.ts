// A crash at any step of moving stock and of a repair that uses parts leaves what a calm life leaves: nothing is taken twice, nothing is kept for nobody.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { setAsset } from '../../src/assets/index.ts'
import { resolve } from '../../src/desk/index.ts'
import { changeStock, locationId, moveRequest, partId, requestParts, setLocation, setPart } from '../../src/parts/index.ts'
import { applyTicketChange } from '../../src/tickets/index.ts'
import { createFolder, createProvider, live, type Death, type Life } from '../support/life.ts'
import { eventually } from '../support/processes.ts'

async function begin(folder: string, death?: Death): Promise<Life> {
  return live({ folder, provider: createProvider(), ...(death === undefined ? {} : { death }) })
}

const actor = { kind: 'api', id: 'admin' } as const
const number = 'R-0000000'
const coded = (code: string) => ({ code, text: null })

/** Whoever was not answered asks again, under the same keys. */
async function play({ core }: Life): Promise<void> {
  const doing = (key: string) => ({ actor, key })
  const [store, van, seal] = [locationId('Store'), locationId('Van'), partId('SEAL')]
  await setPart(core, 'SEAL', { name: 'Seal' }, 'either', doing('part'))
  await setLocation(core, 'Store', {}, 'either', doing('store'))
  await setLocation(core, 'Van', { kind: 'van', engineer: 'Mia' }, 'either', doing('van'))
  await setAsset(core, 'KP-1', { installedOn: '2026-01-01' }, 'either', doing('asset'))
  await changeStock(core, store, seal, { act: 'receive', quantity: 6 }, doing('in'))
  await changeStock(core, store, seal, { act: 'reorder_at', reorderPoint: 3 }, doing('point'))
  const ticket = {
    _id: number,
    statusSince: '2026-03-01T00:00:00.000Z',
    priority: 'normal',
    channel: 'api',
    subject: 'Leaks',
    description: 'Leaks',
    language: 'en',
    customer: { id: 'cu_1', name: null },
    conversation: null,
    fields: { serial: 'KP-1' },
    createdAt: '2026-03-01T00:00:00.000Z',
  } as const
  await applyTicketChange(core, number, { change: 'open', ticket }, actor, 'open')
  const common = { part: seal, kit: false }
  const transfer = await requestParts(core, { ...common, kind: 'transfer', quantity: 3, from: store, to: van, ticket: null }, doing('transfer'))
  await moveRequest(core, transfer._id, 'received', doing('arrives'))
  await requestParts(core, { ...common, kind: 'allocation', quantity: 2, from: store, to: null, ticket: number }, doing('keep'))
  const lists = { component: coded('seal'), problem: coded('leaks'), cause: coded('wear'), remedy: coded('part replaced') }
  await resolve(core, number, { failure: { ...lists, parts: [{ part: 'seal', quantity: 1 }], note: null }, comment: null }, doing('resolve'))
}

async function settled({ core }: Life, where: string): Promise<void> {
  await eventually(async () => {
    const overdue = await core.collections.due.count({ state: 'waiting', notBefore: { $lte: new Date().toISOString() } })
    return overdue + (await core.journal.unfinished('9', 10)).length === 0 ? true : undefined
  }, `an end, ${where}`)
}

async function outcome({ core: { collections, journal } }: Life) {
  const stock = await collections.stock.find({}, { sort: { _id: 1 } })
  const history = await Promise.all(stock.map(async ({ _id }) => (await journal.entries('stock', _id)).flatMap(({ events }) => events.map(({ type }) => type))))
  return {
    stock: stock.map(({ onHand, reserved, available, n, lowSince }) => ({ onHand, reserved, available, n, lowSince })),
    history,
    requests: (await collections.partRequests.find({}, { sort: { kind: 1 } })).map(({ kind, status, used, n }) => ({ kind, status, used, n })),
    asset: (await collections.assets.find({})).map(({ n, parts }) => ({ n, parts: parts.map(({ part, quantity }) => ({ part, quantity })) })),
    tasks: (await collections.tasks.find({})).map(({ kind, state }) => `${kind} ${state}`).toSorted(),
    ticket: (await collections.tickets.find({})).map(({ n, status, entitlement }) => ({ n, status, entitlement })),
  }
}

async function calm() {
  const folder = createFolder()
  const life = await begin(folder.path)
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
  const mortal = await begin(folder.path, death)
  const playing = play(mortal).then(() => settled(mortal, where))
  playing.catch(() => {}) // the dead hear that they are dead
  const survived = await Promise.race([mortal.died.then(() => false), playing.then(() => true)])
  if (!survived) await mortal.bury()
  const last = survived ? mortal : await begin(folder.path)
  if (!survived) await play(last)
  await settled(last, where)
  const end = await outcome(last)
  await last.close()
  folder.remove()
  return { where, end }
}

describe('a process that dies while stock moves', () => {
  it.each(['before', 'after'] as const)(
    '%s any step leaves what a calm life leaves',
    async (fate) => {
      const { steps, end } = await calm()
      expect(end.stock.map(({ onHand, available }) => [onHand, available]).toSorted(([one = 0], [other = 0]) => one - other)).toEqual([
        [2, 2],
        [3, 3],
      ])
      const every = process.env['KILLS'] === 'all' ? 1 : 9
      const first = (fc.readConfigureGlobal().seed ?? Date.now()) % every
      for (const step of steps.filter((_, index) => index % every === first)) {
        const { where, end: left } = await die({ step, fate })
        expect(left, where).toEqual(end)
      }
    },
    600_000,
  )
})
