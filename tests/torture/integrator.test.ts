// The short form of `npm run torture:integrator`: an integrator whose desk and receiver are killed at random.
import { describe, expect, it } from 'vitest'
import { audit, brokenByAudit, wordsOf, type DeskSays } from './audit.ts'
import { brokenPromises, integratorInAStorm } from './integrator.ts'
import type { Taken } from './receiver.ts'

describe('an integrator in a storm', () => {
  it('gets one ticket for each order and every event, signed and in order', async () => {
    const ledger = await integratorInAStorm({ engines: 'embedded', tickets: 40, kills: 4, seed: 1, print: () => {} })
    expect(brokenPromises(ledger), JSON.stringify(ledger)).toEqual([])
    expect(ledger.kills.all).toBeGreaterThan(0)
    expect(ledger.kills.receiver).toBeGreaterThan(0)
  }, 240_000)
})

describe('the audit', () => {
  const told = (sequence: number, to?: string) => {
    const type = to === undefined ? 'ticket.created' : 'ticket.status_changed'
    return { id: `evt_${sequence}`, type, sequence, ticket: 'R-1', data: to === undefined ? {} : { to } }
  }
  const events = [told(1), told(2, 'accepted'), told(3, 'in_progress')]
  const order = { subject: 'Order 0', moves: ['accepted', 'in_progress'], copies: [1, 1, 1], again: false }
  const ticket = { subject: 'Order 0', status: 'in_progress' }
  const desk: DeskSays = {
    tickets: new Map([['R-1', ticket]]),
    happened: new Map([['R-1', events.map(wordsOf)]]),
    due: new Set(events.map(({ id }) => id)),
  }
  const taken = { events, repeated: 0, refused: [] }
  const broken = (over: { numbers?: string[]; desk?: Partial<DeskSays>; taken?: Partial<Taken> }) =>
    brokenByAudit(audit([order], [over.numbers ?? ['R-1']], { ...desk, ...over.desk }, { ...taken, ...over.taken })).map((each) => each.split(':')[0])

  it.each([
    ['nothing where all is well', {}, []],
    ['a lost ticket', { desk: { tickets: new Map() } }, ['a ticket is lost']],
    ['a doubled ticket', { desk: { tickets: new Map([...desk.tickets, ['R-2', ticket]]) } }, ['a ticket is doubled']],
    ['two answers to one request', { numbers: ['R-1', 'R-2'] }, ['a ticket is doubled']],
    [
      'a move made twice',
      { desk: { happened: new Map([['R-1', [...events, told(4, 'accepted')].map(wordsOf)]]) } },
      ['something else happened to a ticket than was asked for', 'an event never arrived'],
    ],
    ['a last event that never came', { taken: { events: events.slice(0, 2) } }, ['an event never arrived']],
    ['a gap', { taken: { events: [told(1), told(2, 'accepted'), { ...told(4, 'in_progress'), id: 'evt_3' }] } }, ['the sequence of a ticket has a gap']],
    ['events in another order', { taken: { events: events.toReversed() } }, ['the events of a ticket came out of order']],
    ['a wrong signature', { taken: { refused: ['No matching signature found'] } }, ['a delivery was not signed, or not the same as before']],
  ] satisfies [string, Parameters<typeof broken>[0], string[]][])('finds %s', (_, over, promises) => {
    expect(broken(over)).toEqual(promises)
  })
})
