// A made-up history comes into a desk whole and once, asks before it mixes with real repairs, and sends nothing to anybody.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { timestamp } from '../../src/clock.ts'
import { checkLoad, load } from '../../src/demo/load.ts'
import { createProgress } from '../../src/demo/progress.ts'
import type { History } from '../../src/demo/history.ts'
import { sweep } from '../../src/intake/recover.ts'
import type { Store } from '../../src/storage/collection.ts'
import { openMongoStore } from '../../src/storage/mongodb.ts'
import { openSqliteStore } from '../../src/storage/sqlite.ts'
import { apiOf } from '../support/api.ts'
import { createFolder, createProvider, live, newMessage } from '../support/life.ts'
import { startMongo } from '../support/mongodb.ts'
import { without } from '../support/needs.ts'
import { exampleFile, exampleSecrets } from '../support/example.ts'
import { historyOf, until } from './fleet.ts'

const wish = { seed: 1, products: 6, assets: 40, months: 24 }
let history: History
beforeAll(async () => {
  history = await historyOf(wish)
})
afterAll(() => history.world.close())

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

function folder(): string {
  const made = createFolder()
  cleanups.push(() => made.remove())
  return made.path
}

async function storeIn(path: string): Promise<Store> {
  const store = await openSqliteStore({ path: join(path, 'mendline.db') })
  cleanups.push(() => store.close())
  return store
}

const bring = (store: Store) => load({ store, world: history.world, wish: { ...wish, until } })

/** Every document of every collection, by its id. */
async function contents(store: Store): Promise<Map<string, unknown>> {
  const all = new Map<string, unknown>()
  for (const definition of history.world.definitions)
    for (const document of await (await store.open(definition)).find({})) all.set(`${definition.name}/${document._id}`, document)
  return all
}

describe('a made-up history', () => {
  it('is the same to the last document for the same seed', async () => {
    const again = await historyOf(wish)
    expect(await contents(again.world.store)).toEqual(await contents(history.world.store))
    await again.world.close()
  })

  it('comes into a desk as it happened, and a second time changes nothing', async () => {
    const store = await storeIn(folder())
    expect(await checkLoad(store, wish, { now: until, add: false })).toEqual({ kind: 'begin', until })
    expect(await bring(store)).toMatchObject({ stored: expect.any(Number) })
    const [here, there] = [await contents(store), await contents(history.world.store)]
    for (const [id, document] of there) if (!id.startsWith('due/')) expect(here.get(id), id).toEqual(document)
    expect(await checkLoad(store, wish, { now: until + 1, add: false })).toEqual({ kind: 'loaded' })
    expect(await bring(store)).toEqual({ stored: 0 })
  })

  it('goes on where it was cut off, with the days it had', async () => {
    const store = await storeIn(folder())
    let left = 200
    const dying: Store = {
      ...store,
      async open(definition) {
        const collection = await store.open(definition)
        return {
          ...collection,
          async insert(document) {
            if (left-- <= 0) throw new Error('the disk is full')
            return collection.insert(document)
          },
        }
      },
    }
    await expect(bring(dying)).rejects.toThrow('the disk is full')
    expect(await checkLoad(store, wish, { now: until + 86_400_000, add: false })).toEqual({ kind: 'begin', until })
    await bring(store)
    const here = await contents(store)
    for (const id of (await contents(history.world.store)).keys()) if (!id.startsWith('due/')) expect(here.has(id), id).toBe(true)
  })

  it('is refused where there are tickets, unless it is wanted beside them, and never written over records of the desk', async () => {
    const path = folder()
    const life = await live({ folder: path, provider: createProvider() })
    await life.accept({ kind: 'message', message: newMessage('It leaks.', 'one') })
    const api = apiOf(() => `http://127.0.0.1:${life.port}`, 'test-key-0123456789')
    expect((await api.post('/tickets', { subject: 'T5', description: 'It leaks.', customer: { name: 'Ann', email: 'ann@example.org' } })).status).toBe(201)
    await life.close()
    const store = await storeIn(path)
    expect(await checkLoad(store, wish, { now: until, add: false })).toMatchObject({ kind: 'refused', reason: expect.stringContaining('--add') })
    expect(await checkLoad(store, wish, { now: until, add: true })).toEqual({ kind: 'begin', until })
    const engineers = await store.open({ name: 'engineers', indexes: [] })
    await engineers.insert({ _id: 'jo' })
    expect(await bring(store)).toEqual({ refused: expect.stringContaining('the engineer jo') })
    expect(await (await store.open({ name: 'products', indexes: [] })).count({})).toBe(0)
  })

  it('shows on the desk like any other, and sends nothing, whatever the hour', async () => {
    const path = folder()
    const store = await openSqliteStore({ path: join(path, 'mendline.db') })
    await bring(store)
    await store.close()
    let now = until
    const provider = createProvider()
    const also = (['webchat', 'sms', 'whatsapp'] as const).map((name) => ({ name, account: 'ours' }))
    // The settings that it is meant to be looked at with: plans and offers included.
    const yaml = await readFile(exampleFile, 'utf8')
    const life = await live({ folder: path, provider, also, yaml, env: exampleSecrets, clock: { now: () => now } })
    cleanups.push(() => life.close())
    // A month in steps of a day, in which every alarm that was left would ring.
    for (let day = 0; day < 30; day++) {
      now += 86_400_000
      await sweep(life.core, 0)
      while ((await life.core.collections.due.count({ state: 'waiting', notBefore: { $lte: timestamp(now) } })) > 0)
        await new Promise((resolve) => setImmediate(resolve))
    }
    expect(provider.sent).toEqual([])
    expect(await life.core.collections.messages.count({ state: { $in: ['queued', 'sending', 'received'] } })).toBe(0)
    expect(await life.core.journal.unfinished(timestamp(now), 10)).toEqual([])

    const api = apiOf(() => `http://127.0.0.1:${life.port}`, 'test-key-0123456789')
    const told = history.told.find(({ agent, resolutions, score }) => agent !== null && resolutions === 1 && score !== null)
    const number = told?.number ?? ''
    const timeline = await api.read(`/tickets/${number}/timeline?limit=100`, z.object({ data: z.array(z.object({ kind: z.string() })) }))
    expect(timeline.data.length).toBeGreaterThan(8)
    expect(await life.core.door.desk.card(number)).toMatchObject({ ticket: { number, satisfaction: { score: told?.score } } })
  })

  it.skipIf(without('mongodb'))(
    'comes into MongoDB as well',
    async () => {
      const server = await startMongo()
      cleanups.push(() => server.remove())
      const store = await openMongoStore({ url: server.url })
      cleanups.push(() => store.close())
      await bring(store)
      const tickets = await store.open({ name: 'tickets', indexes: [] })
      expect(await tickets.count({ 'inspection.role': { $ne: 'visit' } })).toBe(history.told.length)
      expect(await checkLoad(store, wish, { now: until, add: false })).toEqual({ kind: 'loaded' })
    },
    240_000,
  )
})

describe('its progress', () => {
  it('is a bar at a terminal and a line for each step elsewhere', () => {
    const [terminal, pipe]: [string[], string[]] = [[], []]
    for (const [out, isTTY] of [
      [terminal, true],
      [pipe, false],
    ] as const) {
      const progress = createProgress({ isTTY, write: (text) => out.push(text) })
      for (const done of [0, 0.5, 1]) progress.show('working', done)
      progress.say('done')
    }
    expect(terminal.join('')).toContain('███████████████░░░░░░░░░░░░░░░  50 %')
    expect(pipe.join('')).toBe('working …\ndone\n')
  })
})
