// The journal: the one way anything with a history changes. A change is one insert; everything else follows from it and can be repeated.
//
// The snapshot of a stream is brought up to an entry only after all the entry's effects have been carried out, so "the entry after the
// snapshot exists" means "somebody did not finish": whoever loads the stream next finishes it first. Effects never wait for
// a stream that is being finished further up: from tickets and surveys back to conversations they go through due documents.
import { timestamp, type Clock } from '../clock.ts'
import type { Event } from '../events.ts'
import type { Collection, CollectionDefinition, Store } from '../storage/collection.ts'
import { entriesCollection, entryId, streamOf, type Actor, type Entry, type StreamKind } from './entry.ts'
import type { Consequence } from './consequence.ts'

/** How one kind of stream is folded. `apply` is pure and knows every event of its kind. */
export interface Stream<State extends Versioned> {
  kind: StreamKind
  collection: CollectionDefinition<State>
  begin(id: string): State
  apply(state: State, event: Event, at: string, actor: Actor): State
  /** So many effects of one kind that stand in a row are carried out at once, where none of them waits for another; else one by one. */
  together?: number
}

/** What every snapshot has: its id and the number of its last finished entry. */
export interface Versioned {
  _id: string
  n: number
}

export type Decision<Refusal> =
  | { kind: 'entry'; actor: Actor; events: Event[]; effects: Consequence[] }
  | { kind: 'refused'; refusal: Refusal }
  /** All is as wished already. */
  | { kind: 'nothing' }

export type Changed<State, Refusal> =
  | { kind: 'changed' | 'unchanged'; state: State }
  /** The same cause was committed before, by us or by another. */
  | { kind: 'repeated'; state: State; entry: Entry }
  | { kind: 'refused'; refusal: Refusal; state: State }

export interface Change<State, Refusal> {
  /** What causes it, unique for ever: the same key never changes anything twice. */
  key: string
  /** Decides on the present state; called again when another writer was faster. Changes nothing. */
  decide(state: State): Promise<Decision<Refusal>> | Decision<Refusal>
}

/** Carries out one effect; must find its own work done when it is repeated under the same key. */
export type CarryOut = (effect: Consequence, key: string, entry: Entry) => Promise<void>

/** Called for every entry after its effects and before it counts as finished, so a crash repeats it: for those who follow all changes. */
export type Follow = (entry: Entry, state: Versioned) => Promise<void>

export interface Journal {
  /** The present, with everything before it finished. */
  load<State extends Versioned>(stream: Stream<State>, id: string): Promise<State>
  change<State extends Versioned, Refusal = never>(stream: Stream<State>, id: string, change: Change<State, Refusal>): Promise<Changed<State, Refusal>>
  /** Finishes what a writer that went away left of this stream (`<kind>/<id>`). */
  finish(stream: string): Promise<void>
  /** Streams with an unfinished entry older than `before`, at most `limit`. */
  unfinished(before: string, limit: number): Promise<string[]>
  /** All entries of a stream, oldest first. */
  entries(kind: StreamKind, id: string): Promise<Entry[]>
}

/** More rounds than writers could ever race over one stream. */
const roundsMax = 1000

export async function openJournal(options: {
  store: Store
  clock: Clock
  streams: readonly Stream<Versioned>[]
  carryOut: CarryOut
  follow?: Follow
}): Promise<Journal> {
  const { store, clock, carryOut, follow } = options
  const entries = await store.open(entriesCollection)
  const byKind = new Map(options.streams.map((stream) => [stream.kind, stream]))
  for (const stream of options.streams) await store.open(stream.collection)

  async function load<State extends Versioned>(stream: Stream<State>, id: string): Promise<State> {
    const snapshots = await store.open(stream.collection)
    let state = (await snapshots.get(id)) ?? stream.begin(id)
    for (;;) {
      const entry = await entries.get(entryId(streamOf(stream.kind, id), state.n + 1))
      if (entry === undefined) return state
      state = await finishEntry(stream, snapshots, state, entry)
    }
  }

  async function finishEntry<State extends Versioned>(stream: Stream<State>, snapshots: Collection<State>, before: State, entry: Entry): Promise<State> {
    for (const row of rowsOf(entry)) await atOnce(row, stream.together ?? 1, ({ effect, index }) => carryOut(effect, `${entry._id}/${index}`, entry))
    const state = foldEntry(stream, before, entry)
    await follow?.(entry, state)
    await raise(snapshots, state)
    if (!entry.finished) await entries.update(entry._id, { $set: { finished: true } })
    return state
  }

  return {
    load,
    async change(stream, id, change) {
      const name = streamOf(stream.kind, id)
      const snapshots = await store.open(stream.collection)
      for (let round = 0; round < roundsMax; round++) {
        const state = await load(stream, id)
        const decision = await change.decide(state)
        if (decision.kind !== 'entry') {
          // What is refused or needless now may be this very cause, committed before.
          const [same] = await entries.find({ key: change.key }, { limit: 1 })
          if (same !== undefined) return { kind: 'repeated', state, entry: same }
          return decision.kind === 'refused' ? { kind: 'refused', refusal: decision.refusal, state } : { kind: 'unchanged', state }
        }
        const entry: Entry = {
          _id: entryId(name, state.n + 1),
          stream: name,
          n: state.n + 1,
          key: change.key,
          actor: decision.actor,
          at: timestamp(clock.now()),
          events: decision.events,
          effects: decision.effects,
          finished: false,
        }
        if ((await entries.insert(entry)) === 'inserted') return { kind: 'changed', state: await finishEntry(stream, snapshots, state, entry) }
        const [same] = await entries.find({ key: change.key }, { limit: 1 })
        if (same !== undefined) return { kind: 'repeated', state: await load(stream, id), entry: same }
      }
      throw new Error(`no peace on ${stream.kind} after ${roundsMax} rounds`)
    },
    async finish(name) {
      const [kind, id] = splitStream(name)
      const stream = [...byKind].find(([each]) => each === kind)?.[1]
      if (stream === undefined) throw new Error(`unknown kind of stream: ${kind}`)
      const { n } = await load(stream, id)
      // A snapshot can be ahead of the tick: the writer died between the two.
      for (const entry of await entries.find({ stream: name, finished: false })) if (entry.n <= n) await entries.update(entry._id, { $set: { finished: true } })
    },
    async unfinished(before, limit) {
      const found = await entries.find({ finished: false, at: { $lt: before } }, { sort: { at: 1 }, limit })
      return [...new Set(found.map((entry) => entry.stream))]
    },
    entries: (kind, id) => entries.find({ stream: streamOf(kind, id) }, { sort: { n: 1 } }),
  }
}

interface Numbered {
  effect: Consequence
  index: number
}

/** Two acts on one stock are not of one kind: they change the same stream. */
function kindOf(effect: Consequence): string {
  return effect.do === 'stock' ? `stock ${effect.act.act}` : effect.do
}

/** Effects of one kind that stand in a row. */
function rowsOf({ effects }: Entry): Numbered[][] {
  const rows: Numbered[][] = []
  for (const [index, effect] of effects.entries()) {
    const row = rows.at(-1)
    if (row?.[0] !== undefined && kindOf(row[0].effect) === kindOf(effect)) row.push({ effect, index })
    else rows.push([{ effect, index }])
  }
  return rows
}

/** At most `most` at a time; ends when all have ended, with the first error if there was one. */
async function atOnce<T>(all: readonly T[], most: number, act: (each: T) => Promise<void>): Promise<void> {
  const left = all.values()
  const work = async (): Promise<void> => {
    for (const each of left) await act(each)
  }
  const ends = await Promise.allSettled(Array.from({ length: Math.min(most, all.length) }, work))
  for (const end of ends) if (end.status === 'rejected') throw end.reason
}

export function foldEntry<State extends Versioned>(stream: Stream<State>, state: State, entry: Entry): State {
  return { ...entry.events.reduce((each, event) => stream.apply(each, event, entry.at, entry.actor), state), n: entry.n }
}

/** Brings the stored snapshot to `state`, never back: a slow writer finds a later one there. */
async function raise<State extends Versioned>(snapshots: Collection<State>, state: State): Promise<void> {
  if (state.n === 1 && (await snapshots.insert(state)) === 'inserted') return
  const { _id, ...fields } = state
  await snapshots.update(_id, { $set: fields }, { n: { $lt: state.n } })
}

function splitStream(name: string): [string, string] {
  const slash = name.indexOf('/')
  return [name.slice(0, slash), name.slice(slash + 1)]
}
