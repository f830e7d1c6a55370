// The short form of `npm run torture`: real processes killed at random while customers write.
import { describe, expect, it } from 'vitest'
import { without } from '../support/needs.ts'
import { torture } from './torture.ts'

const promises = { lost: [], doubled: [], outOfOrder: 0, unhandled: 0, tickets: 4, acknowledgements: 4 }

describe('under random kills', () => {
  it('one embedded process that is killed and started again loses, doubles and reorders nothing', async () => {
    const ledger = await torture({ engines: 'embedded', inputs: 40, conversations: 4, kills: 5, seed: 7, print: () => {} })
    expect(ledger).toMatchObject({ ...promises, acknowledged: 40, kills: 5 })
  }, 180_000)

  describe.skipIf(without('redis', 'mongodb'))('on servers', () => {
    it('two gateways and two workers lose, double and reorder nothing', async () => {
      const ledger = await torture({ engines: 'servers', inputs: 40, conversations: 4, kills: 5, seed: 7, print: () => {} })
      expect(ledger).toMatchObject({ ...promises, acknowledged: 40, kills: 5 })
    }, 240_000)
  })
})
