// A file is imported whole or not at all: a process dies at any step, and what the next one finds is nothing of the file, or all of it.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { importFile } from '../../src/imports/index.ts'
import type { Collection, CollectionDefinition, Store } from '../../src/storage/collection.ts'
import { createFolder, createProvider, live, type Death, type Life } from '../support/life.ts'
import { eventually } from '../support/processes.ts'

const rows = ['KP-1,ann@example.org,Ann,Hall', 'KP-2,ann@example.org,Ann,Hall', 'KP-3,bea@example.org,Bea,']
const csv = ['serial,owner_email,owner_name,site', ...rows].join('\n')
const actor = { kind: 'api', id: 'admin' } as const

async function begin(folder: string, death?: Death): Promise<Life> {
  return live({ folder, provider: createProvider(), ...(death === undefined ? {} : { death }) })
}

async function settled({ core }: Life, where: string): Promise<void> {
  await eventually(async () => ((await core.journal.unfinished('9', 10)).length === 0 ? true : undefined), `an end, ${where}`)
}

async function outcome({ core: { collections, journal } }: Life) {
  const { assets, sites, customers } = collections
  const all = await assets.find({}, { sort: { serial: 1 } })
  return {
    assets: all.map(({ serial, n, customer, site }) => ({ serial, n, customer, site })),
    entries: await Promise.all(all.map(async ({ _id }) => (await journal.entries('asset', _id)).length)),
    sites: (await sites.find({})).map(({ name, n }) => ({ name, n })),
    customers: (await customers.find({}, { sort: { name: 1 } })).map(({ name }) => name),
  }
}

describe('a process that dies while it imports a file', () => {
  it.each(['before', 'after'] as const)(
    '%s any step leaves nothing of it or all of it, and the same file sent again leaves all of it once',
    async (fate) => {
      const calmFolder = createFolder()
      const calm = await begin(calmFolder.path)
      const before = calm.steps().length
      await importFile(calm.core, 'assets', csv, actor)
      await settled(calm, 'in a calm life')
      const [steps, end] = [[...calm.steps()].slice(before), await outcome(calm)]
      await calm.close()
      calmFolder.remove()
      expect(end).toMatchObject({ entries: [1, 1, 1], customers: ['Ann', 'Bea'], sites: [{ name: 'Hall', n: 1 }] })

      const every = process.env['KILLS'] === 'all' ? 1 : 5
      const first = (fc.readConfigureGlobal().seed ?? Date.now()) % every
      for (const step of steps.filter((_, index) => index % every === first)) {
        const where = `killed ${fate} "${step}"`
        const folder = createFolder()
        const mortal = await begin(folder.path, { step, fate })
        importFile(mortal.core, 'assets', csv, actor).catch(() => {}) // the dead hear that they are dead
        await mortal.died
        await mortal.bury()
        // Nobody sends it again: the next process brings to its end what was begun.
        const next = await begin(folder.path)
        await settled(next, where)
        const found = await outcome(next)
        expect([0, rows.length], where).toContain(found.assets.length)
        if (found.assets.length > 0) expect(found, where).toEqual(end)
        await importFile(next.core, 'assets', csv, actor)
        expect(await outcome(next), where).toEqual(end)
        await next.close()
        folder.remove()
      }
    },
    300_000,
  )
})

it('takes the rows of a file together, so that thousands of them do not wait for the disk one by one, and waits for all of them', async () => {
  const folder = createFolder()
  let [writing, most] = [0, 0]
  const watch = (store: Store): Store => ({
    ...store,
    async open<T extends { _id: string }>(definition: CollectionDefinition<T>): Promise<Collection<T>> {
      const inner = await store.open(definition)
      if (definition.name !== 'entries') return inner
      return {
        ...inner,
        async insert(document) {
          most = Math.max(most, ++writing)
          const inserted = await inner.insert(document)
          writing--
          return inserted
        },
      }
    },
  })
  const life = await live({ folder: folder.path, provider: createProvider(), watch })
  const many = Array.from({ length: 100 }, (_, index) => `KP-${1000 + index}`)
  await importFile(life.core, 'assets', ['serial', ...many].join('\n'), actor)
  expect(await life.core.collections.assets.count({})).toBe(many.length)
  expect(most).toBeGreaterThan(10)
  await life.close()
  folder.remove()
})
