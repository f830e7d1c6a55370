// The stock of a part at a place: whatever happens to it, and however many change it at once, nothing goes below zero and nothing is lost.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { edit, openJournal, type Journal } from '../../src/journal/index.ts'
import { decideStock, stockCollection, stockId, stockStream, type Stock, type StockAct, type StockRefusal } from '../../src/parts/stock.ts'
import type { Store } from '../../src/storage/collection.ts'
import { overEveryStore } from '../storage/stores.ts'

const system = { kind: 'system', id: null } as const
const quantity = fc.integer({ min: 1, max: 5 })
const request = fc.constantFrom('pr_a', 'pr_b', 'pr_c')
const act: fc.Arbitrary<StockAct> = fc.oneof(
  fc.record({ act: fc.constant('count'), onHand: fc.integer({ min: 0, max: 8 }) }),
  fc.record({ act: fc.constant('receive'), quantity }),
  fc.record({ act: fc.constant('reserve'), request, quantity }),
  fc.record({ act: fc.constant('release'), request }),
  fc.record({ act: fc.constant('take'), quantity, ticket: fc.constant(null) }),
  fc.record({ act: fc.constant('take_claimed'), request, quantity, ticket: fc.constant('R-1') }),
  fc.record({ act: fc.constant('reorder_at'), reorderPoint: fc.constantFrom(null, 0, 3) }),
)

const open = (store: Store): Promise<Journal> => openJournal({ store, clock: { now: () => 0 }, streams: [stockStream], carryOut: async () => {} })

function change(journal: Journal, id: string, key: string, wanted: StockAct) {
  return edit<Stock, StockRefusal>(journal, stockStream, id, {
    actor: system,
    key,
    orBegin: true,
    act(stock) {
      const made = decideStock(stock, wanted)
      return made === undefined || 'refusal' in made ? made : { events: made.events }
    },
  })
}

/** What each accepted event does to the number on hand. */
async function historyOf(journal: Journal, id: string): Promise<number> {
  let onHand = 0
  for (const { events } of await journal.entries('stock', id))
    for (const event of events)
      onHand =
        event.type === 'stock.counted'
          ? event.onHand
          : event.type === 'stock.received'
            ? onHand + event.quantity
            : event.type === 'stock.taken'
              ? onHand - event.quantity
              : onHand
  return onHand
}

function expectSound(stock: Stock): void {
  expect(stock.available).toBeGreaterThanOrEqual(0)
  expect(stock.onHand).toBe(stock.available + stock.reserved)
  expect(Object.values(stock.claims).reduce((sum, each) => sum + each, 0)).toBe(stock.reserved)
  expect(stock.lowSince !== null).toBe(stock.reorderPoint !== null && stock.available <= stock.reorderPoint)
}

describe('a row of stock', () => {
  let rows = 0
  overEveryStore((stores) => {
    it('keeps on hand = available + reserved through writers in a race, and never goes below zero', async () => {
      const [one, other] = [await open(stores.store()), await open(stores.other())]
      await fc.assert(
        fc.asyncProperty(fc.array(act, { minLength: 2, maxLength: 12 }), async (acts) => {
          const id = stockId(`lo_${rows++}`, 'pt_1')
          await Promise.all(acts.map((wanted, index) => change(index % 2 === 0 ? one : other, id, `${id}/${index}`, wanted)))
          const stock = await one.load(stockStream, id)
          expectSound(stock)
          expect(stock.onHand).toBe(await historyOf(one, id))
        }),
        { numRuns: 30 },
      )
    })

    it('gives the last piece to one of many who want it', async () => {
      const journals = [await open(stores.store()), await open(stores.other())]
      const id = stockId(`lo_${rows++}`, 'pt_1')
      const [first] = journals
      if (first === undefined) throw new Error('no journal')
      await change(first, id, `${id}/in`, { act: 'receive', quantity: 3 })
      const taken = await Promise.all(
        Array.from({ length: 10 }, (_, index) => change(journals[index % 2] ?? first, id, `${id}/${index}`, { act: 'take', quantity: 1, ticket: null })),
      )
      expect(taken.filter(({ kind }) => kind === 'changed')).toHaveLength(3)
      expect(taken.filter(({ kind }) => kind === 'refused')).toHaveLength(7)
      expect(await (await stores.store().open(stockCollection)).get(id)).toMatchObject({ onHand: 0, available: 0 })
    })
  })

  it('says once that it runs low, when it gets there, and again only after there was enough', () => {
    const said: string[] = []
    let stock = stockStream.begin(stockId('lo_1', 'pt_1'))
    const acts: StockAct[] = [
      { act: 'receive', quantity: 5 },
      { act: 'reorder_at', reorderPoint: 2 },
      { act: 'take', quantity: 2, ticket: null },
      { act: 'reserve', request: 'pr_a', quantity: 1 },
      { act: 'take', quantity: 1, ticket: null },
      { act: 'receive', quantity: 4 },
      { act: 'take', quantity: 4, ticket: null },
    ]
    for (const wanted of acts) {
      const made = decideStock(stock, wanted)
      if (made === undefined || 'refusal' in made) throw new Error(`${wanted.act} was refused`)
      said.push(made.events.map(({ type }) => type.slice('stock.'.length)).join(' '))
      stock = { ...made.events.reduce((each, event) => stockStream.apply(each, event, '', system), stock), n: stock.n + 1 }
    }
    expect(said).toEqual(['received', 'reorder_point_set', 'taken', 'reserved ran_low', 'taken', 'received replenished', 'taken ran_low'])
  })
})
