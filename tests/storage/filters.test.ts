// The contract of collections, over every store: what filters match, and in which order it comes back.
import fc from 'fast-check'
import { Query } from 'mingo'
import { describe, expect, it } from 'vitest'
import type { Filter } from '../../src/storage/collection.ts'
import { idsOf, overEveryStore } from './stores.ts'

overEveryStore(({ filled }) => {
  describe('filters', () => {
    const cases: [Filter, string][] = [
      [{}, '0 1 2 3 4 5 6'],
      [{ a: 1 }, '0'],
      [{ a: { $eq: 'x' } }, '2'],
      [{ a: null }, '4 5'],
      [{ a: { $ne: null } }, '0 1 2 3 6'],
      [{ a: { $ne: 1 } }, '1 2 3 4 5 6'],
      [{ a: { $in: [1, 'y', null] } }, '0 3 4 5'],
      [{ a: { $in: [] } }, ''],
      [{ a: { $gt: 1 } }, '1'],
      [{ a: { $gte: 1, $lt: 2 } }, '0'],
      [{ a: { $lt: 'y' } }, '2'],
      [{ a: { $lte: 'y', $gt: 'x' } }, '3'],
      [{ a: { $exists: true } }, '0 1 2 3 4 6'],
      [{ a: { $exists: false } }, '5'],
      [{ a: true }, '6'],
      [{ 'b.c': 'deep' }, '5'],
      [{ 'b.c': null, a: { $ne: null } }, '0 1 2 3 6'],
      [{ $or: [{ a: 1 }, { b: { $exists: true } }] }, '0 5'],
      [{ _id: { $gt: '4' } }, '5 6'],
      [{ _id: { $in: ['1', '9'] }, a: 2 }, '1'],
    ]
    it.each(cases)('%j', async (filter, expected) => {
      const things = await filled({ a: 1 }, { a: 2 }, { a: 'x' }, { a: 'y' }, { a: null }, { b: { c: 'deep' } }, { a: true })
      expect(await idsOf(things, filter)).toBe(expected)
      expect(await things.count(filter)).toBe(expected.split(' ').filter(Boolean).length)
      expect(await things.removeAll(filter)).toBe(expected.split(' ').filter(Boolean).length)
    })

    it('with a forgotten value are refused, before they match everything', async () => {
      const things = await filled({ a: 1 })
      for (const filter of [{ a: undefined }, { $or: [] }, { a: {} }, { a: { $eq: undefined } }])
        await expect(things.removeAll(filter)).rejects.toBeInstanceOf(TypeError)
      expect(await things.count({})).toBe(1)
    })

    it('answer as mingo does', async () => {
      const value = fc.constantFrom(null, true, false, 0, -1, 1, 1.5, 2 ** 33, '', 'a', 'A', 'ab', 'é', '1')
      const bound = fc.constantFrom(0, 1, 1.5, -7, '', 'a', 'ab', 'é')
      const document = fc.record(
        { a: value, b: fc.oneof(value, fc.record({ c: value }, { requiredKeys: [], noNullPrototype: true })) },
        { requiredKeys: [], noNullPrototype: true },
      )
      const condition = fc.oneof(
        value,
        value.map(($eq) => ({ $eq })),
        value.map(($ne) => ({ $ne })),
        fc.array(value, { maxLength: 4 }).map(($in) => ({ $in })),
        fc.boolean().map(($exists) => ({ $exists })),
        bound.map(($gt) => ({ $gt })),
        bound.map(($gte) => ({ $gte })),
        bound.map(($lt) => ({ $lt })),
        bound.map(($lte) => ({ $lte })),
      )
      const flat = fc.dictionary(fc.constantFrom('a', 'b', 'b.c', 'd'), condition, { maxKeys: 3, noNullPrototype: true })
      const filter: fc.Arbitrary<Filter> = fc.oneof(
        flat,
        fc.tuple(flat, fc.array(flat, { minLength: 1, maxLength: 3 })).map(([all, $or]): Filter => Object.assign({}, all, { $or })),
      )
      const samples = fc.sample(document, { numRuns: 60, seed: 1 }).map((one, n) => ({ _id: String(n).padStart(2, '0'), ...one }))
      const things = await filled(...samples)
      await fc.assert(
        fc.asyncProperty(filter, async (asked) => {
          const query = new Query({ ...asked })
          expect(await idsOf(things, asked)).toBe(
            samples
              .filter((sample) => query.test(sample))
              .map((sample) => sample._id)
              .join(' '),
          )
        }),
        { numRuns: 300 },
      )
    })
  })

  describe('order', () => {
    it('sorts by several fields, missing first, then numbers, text and booleans', async () => {
      const things = await filled({ a: 'b' }, { a: 10 }, { a: 'B' }, { a: 9 }, {}, { a: true }, { a: 'é' }, { a: 9, b: 1 })
      const order = async (sort: Record<string, 1 | -1>) => (await things.find({}, { sort })).map((thing) => thing._id).join('')
      expect(await order({ a: 1, b: -1 })).toBe('47312065')
      expect(await order({ a: -1, _id: 1 })).toBe('56021374')
    })

    it('cuts pages', async () => {
      const things = await filled(...Array.from({ length: 250 }, (_, n) => ({ _id: String(n).padStart(3, '0'), n })))
      const page = async (skip: number, limit?: number) =>
        (await things.find({ n: { $gte: 100 } }, { sort: { n: -1 }, skip, ...(limit !== undefined && { limit }) })).map((thing) => thing['n'])
      expect(await page(0, 2)).toEqual([249, 248])
      expect(await page(148, 5)).toEqual([101, 100])
      expect(await page(0, 0)).toEqual([])
      expect(await page(10)).toHaveLength(140)
      await expect(page(-1)).rejects.toBeInstanceOf(RangeError)
    })
  })
})
