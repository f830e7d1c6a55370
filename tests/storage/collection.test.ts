// The contract of collections, over every store and real connections: documents, unique indexes and races, updates.
import { describe, expect, it } from 'vitest'
import { idsOf, overEveryStore } from './stores.ts'

overEveryStore(({ store, other, connect, fresh, filled }) => {
  describe('documents', () => {
    it('come back as they went in', async () => {
      const document = {
        _id: 'a',
        text: 'é\u0000"\'\\ 🔧\n',
        number: 1.5,
        large: 2 ** 40,
        yes: true,
        nothing: null,
        list: [1, {}, 'b'],
        deep: { er: { est: '' } },
      }
      const things = await filled(document)
      expect(await things.get('a')).toEqual(document)
      expect(await things.find({})).toEqual([document])
      expect(await things.get('b')).toBeUndefined()
    })

    it('lose what is undefined', async () => {
      const things = await filled({ kept: 1, lost: undefined })
      expect(Object.keys((await things.get('0')) ?? {}).toSorted()).toEqual(['_id', 'kept'])
    })

    it('are told apart by any _id', async () => {
      const odd = ['', ' ', 'a', 'A', 'ä', 'a\u0308', '$a', 'a.b', "'", '"', '%', '\\', '🔧', '0', '00', 'null']
      const things = await filled(...odd.map((_id) => ({ _id })))
      expect(await things.count({})).toBe(odd.length)
      for (const id of odd) expect(await idsOf(things, { _id: id })).toBe(id)
      for (const id of odd) expect(await things.remove(id)).toBe(true)
    })

    it('are replaced or made by put', async () => {
      const things = await filled({ a: 1 })
      await things.put({ _id: '0', b: 2 })
      await things.put({ _id: '1', b: 3 })
      expect(await things.find({}, { sort: { _id: 1 } })).toEqual([
        { _id: '0', b: 2 },
        { _id: '1', b: 3 },
      ])
    })

    it('are removed once', async () => {
      const things = await filled({ a: 1 }, { a: 1 }, { a: 2 }, { a: 1 })
      expect([await things.remove('0'), await things.remove('0')]).toEqual([true, false])
      expect([await things.removeAll({ a: 1 }), await things.removeAll({ a: 1 })]).toEqual([2, 0])
      expect(await idsOf(things, {})).toBe('2')
    })
  })

  describe('unique indexes', () => {
    it('say duplicate for _id and for every index, and keep the first', async () => {
      const things = await store().open(fresh(['stream', 'n'], ['key.inner']))
      expect(await things.insert({ _id: 'a', stream: 's', n: 1, key: { inner: 'k1' } })).toBe('inserted')
      expect(await things.insert({ _id: 'a', stream: 't', n: 1, key: { inner: 'k2' } })).toBe('duplicate')
      expect(await things.insert({ _id: 'b', stream: 's', n: 1, key: { inner: 'k2' } })).toBe('duplicate')
      expect(await things.insert({ _id: 'b', stream: 's', n: 2, key: { inner: 'k1' } })).toBe('duplicate')
      expect(await things.insert({ _id: 'b', stream: 's', n: 2, key: { inner: 'k2' } })).toBe('inserted')
      expect(await idsOf(things, { stream: 's' })).toBe('a b')
    })

    it('let one of many racing clients win', async () => {
      const definition = fresh(['stream', 'n'])
      const clients = [await store().open(definition), await other().open(definition)]
      for (let n = 0; n < 20; n++) {
        const race = Array.from({ length: 10 }, async (_, runner) => clients[runner % 2]?.insert({ _id: `${n}-${runner}`, stream: 's', n }))
        const results = await Promise.all(race)
        expect(results.filter((result) => result === 'inserted')).toHaveLength(1)
      }
      expect(await clients[0]?.count({ stream: 's' })).toBe(20)
    })

    it('refuse a change that would repeat, and leave everything as it was', async () => {
      const things = await store().open(fresh(['n']))
      await things.insert({ _id: 'a', n: 1 })
      await things.insert({ _id: 'b', n: 2 })
      await expect(things.update('b', { $set: { n: 1 } })).rejects.toMatchObject({ code: 'taken' })
      await expect(things.put({ _id: 'c', n: 1 })).rejects.toMatchObject({ code: 'taken' })
      expect(await things.find({}, { sort: { n: 1 } })).toEqual([
        { _id: 'a', n: 1 },
        { _id: 'b', n: 2 },
      ])
    })

    it('change with their definition', async () => {
      const definition = fresh(['a'])
      const things = await store().open(definition)
      await things.insert({ _id: '0', a: 1, b: 1 })
      await store().open({ ...definition, indexes: [{ name: 'unique0', fields: ['b'], unique: true }] })
      expect(await things.insert({ _id: '1', a: 1, b: 2 })).toBe('inserted')
      expect(await things.insert({ _id: '2', a: 2, b: 1 })).toBe('duplicate')
    })
  })

  describe('updates', () => {
    it('set, unset and increment, also deep inside', async () => {
      const things = await filled({ a: 1, b: { c: 2, d: 3 }, gone: 1 })
      const done = await things.update('0', {
        $set: { 'b.e': [1], f: { g: null } },
        $unset: { gone: '', 'b.d': '', 'never.was': '' },
        $inc: { a: 2, 'h.i': -1 },
      })
      expect(done).toBe(true)
      expect(await things.get('0')).toEqual({ _id: '0', a: 3, b: { c: 2, e: [1] }, f: { g: null }, h: { i: -1 } })
    })

    it('happen only if the condition holds', async () => {
      const things = await filled({ state: 'open', n: 1 })
      expect(await things.update('0', { $set: { n: 2 } }, { state: 'closed' })).toBe(false)
      expect(await things.update('0', { $set: { n: 2 } }, { _id: '1' })).toBe(false)
      expect(await things.update('1', { $set: { n: 2 } })).toBe(false)
      expect(await things.get('0')).toEqual({ _id: '0', state: 'open', n: 1 })
      expect(await things.update('0', { $set: { n: 2 } }, { state: 'open', $or: [{ n: 1 }, { n: 5 }] })).toBe(true)
      expect(await things.update('0', { $set: { n: 2 } })).toBe(true) // there, though nothing changes
      expect(await things.get('0')).toEqual({ _id: '0', state: 'open', n: 2 })
    })

    it('that are mistakes are refused', async () => {
      const things = await filled({ text: 'a' })
      for (const update of [{}, { $set: { _id: 'b' } }, { $set: { a: 1 }, $inc: { a: 1 } }, { $set: { a: undefined } }, { $set: { $a: 1 } }])
        await expect(things.update('0', update)).rejects.toBeInstanceOf(TypeError)
      await expect(things.update('0', { $inc: { text: 1 } })).rejects.toBeInstanceOf(TypeError)
      expect(await things.get('0')).toEqual({ _id: '0', text: 'a' })
    })
  })

  it('answers a ping, and is Unavailable once closed', async () => {
    const client = await connect()
    const things = await client.open(fresh())
    await client.ping()
    await client.close()
    await expect(things.insert({ _id: 'a' })).rejects.toMatchObject({ code: 'unavailable', part: 'storage' })
    await expect(things.get('a')).rejects.toMatchObject({ code: 'unavailable' })
    await expect(client.ping()).rejects.toMatchObject({ code: 'unavailable' })
  })
})
