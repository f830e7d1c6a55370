// The journal under crashes after every step and writers in a race: what it recovers equals what a never-crashing twin did.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { foldEntry, openJournal, type CarryOut, type Journal, type Stream, entriesCollection } from '../../src/journal/index.ts'
import { defineCollection, type Collection, type CollectionDefinition, type Store } from '../../src/storage/collection.ts'
import { openSqliteStore } from '../../src/storage/sqlite.ts'

const folder = mkdtempSync(join(tmpdir(), 'mendline-journal-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Notes {
  _id: string
  n: number
  notes: string[]
}
const system = { kind: 'system', id: null } as const
const stream = (kind: 'conversation' | 'ticket'): Stream<Notes> => ({
  kind,
  collection: defineCollection<Notes>(`${kind}s`),
  begin: (_id) => ({ _id, n: 0, notes: [] }),
  apply: (state, event) => (event.type === 'note.created' ? { ...state, notes: [...state.notes, event.text] } : state),
})
const conversations = stream('conversation')
const tickets = stream('ticket')
const tasks = defineCollection<{ _id: string }>('tasks')

class Crash extends Error {}

/** A store whose process dies at the n-th write: before it, or after it without hearing of it. */
function mortal(store: Store, die: () => 'before' | 'after' | undefined): Store {
  const guard = async <R>(work: () => Promise<R>): Promise<R> => {
    const fate = die()
    if (fate === 'before') throw new Crash()
    const result = await work()
    if (fate === 'after') throw new Crash()
    return result
  }
  return {
    ...store,
    async open<T extends { _id: string }>(definition: CollectionDefinition<T>): Promise<Collection<T>> {
      const inner = await store.open(definition)
      return {
        get: (id) => inner.get(id),
        find: (filter, options) => inner.find(filter, options),
        count: (filter) => inner.count(filter),
        insert: (document) => guard(() => inner.insert(document)),
        update: (id, update, onlyIf) => guard(() => inner.update(id, update, onlyIf)),
        put: (document) => guard(() => inner.put(document)),
        remove: (id) => guard(() => inner.remove(id)),
        removeAll: (filter) => guard(() => inner.removeAll(filter)),
      }
    },
  }
}

async function journalOn(store: Store): Promise<Journal> {
  const opened = await store.open(tasks)
  const carryOut: CarryOut = async (effect, key) => {
    if (effect.do === 'open_task') await opened.insert({ _id: key })
    else if (effect.do === 'ticket')
      await journal.change(tickets, effect.number, {
        key,
        decide: () => ({ kind: 'entry', actor: system, events: [{ type: 'note.created', text: key }], effects: [] }),
      })
  }
  const journal: Journal = await openJournal({ store, clock: { now: () => 0 }, streams: [conversations, tickets], carryOut })
  return journal
}

/** One cause: a note on a conversation, which opens a task and writes on a ticket that several conversations share. */
function cause(journal: Journal, conversation: string, text: string) {
  return journal.change(conversations, conversation, {
    key: `cause/${text}`,
    decide: () => ({
      kind: 'entry',
      actor: system,
      events: [{ type: 'note.created', text }],
      effects: [
        { do: 'open_task', kind: 'handover', ticket: null, conversation, message: null },
        { do: 'ticket', number: 'shared', change: { change: 'mark', incomplete: true } },
      ],
    }),
  })
}

async function present(store: Store) {
  const all = async (definition: CollectionDefinition<Notes>) =>
    (await (await store.open(definition)).find({}, { sort: { _id: 1 } })).map(({ _id, n, notes }) => ({ _id, n, notes }))
  const entries = await (await store.open(entriesCollection)).find({})
  return {
    conversations: await all(conversations.collection),
    // Which conversation writes first is the race's business; that each writes once is ours.
    tickets: (await all(tickets.collection)).map((ticket) => ({ ...ticket, notes: ticket.notes.toSorted() })),
    tasks: (await (await store.open(tasks)).find({}, { sort: { _id: 1 } })).map(({ _id }) => _id),
    unfinished: entries.filter((entry) => !entry.finished).length,
  }
}

let database = 0
const freshStore = () => openSqliteStore({ path: join(folder, `${database++}.db`) })

describe('the journal', () => {
  it('recovers from a crash before or after any write to what a never-crashing twin did', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('a', 'b'), { minLength: 1, maxLength: 5 }),
        fc.array(fc.record({ after: fc.nat(12), fate: fc.constantFrom('before', 'after') }), { maxLength: 6 }),
        async (targets, crashes) => {
          const twin = await freshStore()
          const calm = await journalOn(twin)
          for (const [index, conversation] of targets.entries()) await cause(calm, conversation, `${conversation}${index}`)

          const store = await freshStore()
          const plan = [...crashes]
          for (const [index, conversation] of targets.entries())
            for (;;) {
              // A new process for every life; the sender repeats what was not acknowledged.
              const crash = plan.shift()
              let writes = 0
              const journal = await journalOn(mortal(store, () => (crash !== undefined && writes++ === crash.after ? crash.fate : undefined)))
              try {
                await cause(journal, conversation, `${conversation}${index}`)
                break
              } catch (error) {
                if (!(error instanceof Crash)) throw error
              }
            }
          const last = await journalOn(store)
          for (const name of await last.unfinished('9', 100)) await last.finish(name)

          expect(await present(store)).toEqual(await present(twin))
          await Promise.all([twin.close(), store.close()])
        },
      ),
      { numRuns: 60 },
    )
  })

  it('lets each of many racing writers commit once, in an order all agree on', async () => {
    const store = await freshStore()
    const journals = await Promise.all([journalOn(store), journalOn(store), journalOn(store)])
    const causes = Array.from({ length: 30 }, (_, index) => ({ conversation: index % 3 === 0 ? 'a' : 'b', text: `${index}` }))
    // Every cause reaches every writer: each must be committed once all the same.
    await Promise.all(journals.flatMap((journal) => causes.map(({ conversation, text }) => cause(journal, conversation, text))))

    const { conversations: found, tickets: shared, tasks: done, unfinished } = await present(store)
    expect(found.flatMap(({ notes }) => notes).toSorted()).toEqual(causes.map(({ text }) => text).toSorted())
    expect(shared[0]?.notes).toHaveLength(30)
    expect(done).toHaveLength(30)
    expect(unfinished).toBe(0)
    for (const { _id, n } of found) {
      const entries = await journals[0]!.entries('conversation', _id)
      expect(entries.map((entry) => entry.n)).toEqual(Array.from({ length: n }, (_, index) => index + 1))
      const folded = entries.reduce((state, entry) => foldEntry(conversations, state, entry), conversations.begin(_id))
      expect(folded).toEqual(await journals[1]!.load(conversations, _id))
    }
    await store.close()
  })

  it('answers a repeated cause with the entry it made, even when the same wish would be refused now', async () => {
    const store = await freshStore()
    const journal = await journalOn(store)
    await cause(journal, 'a', 'once')
    const again = await journal.change(conversations, 'a', { key: 'cause/once', decide: () => ({ kind: 'refused', refusal: 'too late' }) })
    expect(again).toMatchObject({ kind: 'repeated', entry: { n: 1 } })
    await store.close()
  })
})
