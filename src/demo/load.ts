// Brings a made-up history into a desk: whole, once, and without anything that would still ring. A load that was cut off goes on where it was.
import { dueCollection, type Due } from '../alarms/due.ts'
import { timestamp, type Timestamp } from '../clock.ts'
import { defineCollection, type Collection, type CollectionDefinition, type Store } from '../storage/collection.ts'
import type { FleetWish } from './fleet.ts'
import type { World } from './world.ts'

/** That a made-up history is in this desk, or on its way into it. */
interface Demo {
  _id: string
  /** Where it ends: the same wish on another day is the same history. */
  until: Timestamp
  state: 'loading' | 'loaded'
}

const demosCollection = defineCollection<Demo>('demos')

export type Begun = { kind: 'begin'; until: number } | { kind: 'loaded' } | { kind: 'refused'; reason: string }

function idOf({ seed, products, assets, months }: Omit<FleetWish, 'until'>): string {
  return `demo/${[seed, products, assets, months].join('/')}`
}

/** Whether it may come in: `add` beside tickets that are there. Changes nothing. */
export async function checkLoad(store: Store, wish: Omit<FleetWish, 'until'>, { now, add }: { now: number; add: boolean }): Promise<Begun> {
  const known = await (await store.open(demosCollection)).get(idOf(wish))
  if (known !== undefined) return known.state === 'loaded' ? { kind: 'loaded' } : { kind: 'begin', until: Date.parse(known.until) }
  const tickets = await (await store.open(defineCollection('tickets'))).count({})
  if (tickets === 0 || add) return { kind: 'begin', until: now }
  const reason = `This desk holds ${tickets === 1 ? 'a ticket' : `${tickets} tickets`} already. Say --add to have the made-up ones beside them, or set another DATA_DIR.`
  return { kind: 'refused', reason }
}

export interface LoadOptions {
  store: Store
  world: World
  wish: FleetWish
  /** 0 to 1. */
  onProgress?: (done: number) => void
}

/** Answers how many documents it brought, or why it did not: records of the desk itself are never written over. */
export async function load({ store, world, wish, onProgress = () => {} }: LoadOptions): Promise<{ stored: number } | { refused: string }> {
  const demos = await store.open(demosCollection)
  const id = idOf(wish)
  if ((await demos.get(id)) === undefined) {
    const clash = await clashOf(store, world)
    if (clash !== undefined) return { refused: `The desk has ${clash} already, and a made-up one would be written over it.` }
    await demos.insert({ _id: id, until: timestamp(wish.until), state: 'loading' })
  }
  let total = 0
  for (const definition of world.definitions) total += await (await world.store.open(definition)).count({})
  let seen = 0
  let stored = 0
  const bring = async <T extends { _id: string }>(definition: CollectionDefinition<T>, isKept: (document: T) => boolean): Promise<void> => {
    const target = await store.open(definition)
    for await (const page of pagesOf(await world.store.open(definition))) {
      const inserted = await Promise.all(page.filter(isKept).map((document) => target.insert(document)))
      stored += inserted.filter((each) => each === 'inserted').length
      onProgress((seen += page.length) / total)
    }
  }
  for (const definition of world.definitions) if (definition.name !== dueCollection.name) await bring(definition, () => true)
  await bring(dueCollection, staysSilent)
  await demos.update(id, { $set: { state: 'loaded' } })
  return { stored }
}

const pageSize = 500

async function* pagesOf<T extends { _id: string }>(collection: Collection<T>): AsyncGenerator<T[]> {
  let last = ''
  for (;;) {
    const page = await collection.find({ _id: { $gt: last } }, { sort: { _id: 1 }, limit: pageSize })
    yield page
    last = page.at(-1)?._id ?? last
    if (page.length < pageSize) return
  }
}

/** Of all that was still to come, only what nobody hears: a ticket closes, a survey ends. No reminder, no question, no warning. */
function staysSilent({ state, alarm }: Due): boolean {
  return state === 'waiting' && (alarm.kind === 'close' || alarm.kind === 'survey_expiry')
}

/** Records that a company may have under the same name. */
const named: Readonly<Record<string, string>> = {
  products: 'the product',
  parts: 'the part',
  locations: 'the stock location',
  engineers: 'the engineer',
  assets: 'the asset',
}

async function clashOf(store: Store, world: World): Promise<string | undefined> {
  for (const definition of world.definitions) {
    const what = named[definition.name]
    if (what === undefined) continue
    const target = await store.open(definition)
    for await (const page of pagesOf(await world.store.open(definition))) {
      const [there] = await target.find({ _id: { $in: page.map(({ _id }) => _id) } }, { limit: 1 })
      if (there !== undefined) return `${what} ${nameOf(there)}`
    }
  }
  return undefined
}

function nameOf(document: { _id: string }): string {
  const fields = new Map<string, unknown>(Object.entries(document))
  const [name] = ['serial', 'number', 'name'].flatMap((field) => fields.get(field) ?? [])
  return typeof name === 'string' ? name : document._id
}
