// A store makes a collection ready once, however often it is opened, and tries again after a failure.
import { describe, expect, it } from 'vitest'
import { defineCollection } from '../../src/storage/collection.ts'
import { once } from '../../src/storage/once.ts'

describe('making a collection ready', () => {
  it('is done once for all who ask, at the same time or later', async () => {
    const prepared: string[] = []
    const ready = once(async ({ name }) => void prepared.push(name))
    const [one, other] = [defineCollection('one'), defineCollection('other')]
    await Promise.all([ready(one), ready(one), ready(other)])
    await ready(one)
    expect(prepared).toEqual(['one', 'other'])
  })

  it('is tried again after it failed', async () => {
    let tries = 0
    const ready = once(async () => {
      if (tries++ === 0) throw new Error('the server was away')
    })
    const definition = defineCollection('one')
    await expect(ready(definition)).rejects.toThrow('away')
    await ready(definition)
    expect(tries).toBe(2)
  })
})
