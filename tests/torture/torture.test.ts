// The short form of `npm run torture`: real processes killed at random while customers write.
import { describe, expect, it } from 'vitest'
import { without } from '../support/needs.ts'
import { brokenPromises } from './ledger.ts'
import { torture } from './torture.ts'

describe('under random kills', () => {
  it('one embedded process that is killed and started again loses, doubles and reorders nothing', async () => {
    const ledger = await torture({ engines: 'embedded', inputs: 40, conversations: 4, kills: 5, seed: 7, print: () => {} })
    expect(brokenPromises(ledger), JSON.stringify(ledger)).toEqual([])
    expect(ledger).toMatchObject({ acknowledged: 40, kills: 5 })
  }, 240_000)

  describe.skipIf(without('redis', 'mongodb'))('on servers', () => {
    it('two gateways and two workers lose, double and reorder nothing', async () => {
      const ledger = await torture({ engines: 'servers', inputs: 40, conversations: 4, kills: 5, seed: 7, print: () => {} })
      expect(brokenPromises(ledger), JSON.stringify(ledger)).toEqual([])
      expect(ledger).toMatchObject({ acknowledged: 40, kills: 5 })
    }, 300_000)
  })
})
