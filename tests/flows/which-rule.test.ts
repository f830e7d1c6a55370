// The rule that chooses among a customer's tickets, for any tickets, words and history.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { chooseTicket, fit } from '../../flows/which.ts'
import { hear, type Heard } from '../../flows/heard.ts'
import { statuses } from '../../src/tickets/status.ts'
import type { TicketView } from '../../src/tickets/ticket.ts'
import { settings } from '../support/talk.ts'

const numbers = ['R-1', 'R-2', 'R-3', 'R-4', 'R-5']
const now = Date.parse('2026-03-02T09:00:00.000Z')
const orNone = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined })
const told = fc
  .record({
    serial: orNone(fc.constantFrom('KP-20391', 'kp 20391', 'FR-77120')),
    product: orNone(fc.constantFrom('T5 treadmill', 'T6 treadmill', 'treadmill', 'fridge', '冰箱')),
    symptom: orNone(fc.constantFrom('stops after ten minutes', 'leaks', '漏水', 'makes a noise')),
    errorCode: orNone(fc.constantFrom('E03', 'E05')),
  })
  .map((fields) => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)))
const at = fc.integer({ min: 0, max: 40 * 86_400_000 }).map((ago) => new Date(now - ago).toISOString())
const ticket = (number: string): fc.Arbitrary<TicketView> =>
  fc.record({
    _id: fc.constant(number),
    merged: fc.constant([]),
    status: fc.constantFrom(...statuses),
    before: fc.constant('new' as const),
    statusSince: at,
    subject: fc.constant(''),
    fields: told,
    incomplete: fc.boolean(),
    conversation: fc.constant(null),
    follows: fc.constant(null),
    toldApart: fc.constant([]),
    createdAt: at,
    updatedAt: at,
  })
const tickets = fc.subarray(numbers).chain((some) => fc.tuple(...some.map(ticket)))
const heard: fc.Arbitrary<Heard> = fc
  .record({ entities: told, ticketNumbers: fc.subarray(numbers, { maxLength: 2 }), about: orNone(fc.constantFrom(...numbers)) })
  .map(({ entities, ticketNumbers, about }) => ({ ...hear([]), ...(about === undefined ? {} : { about }), entities: { ...entities, ticketNumbers } }))
const spoken = fc
  .uniqueArray(fc.record({ ticket: fc.constantFrom(...numbers), at, answering: fc.boolean() }), { selector: (each) => each.ticket })
  .map((all) => all.toSorted((a, b) => a.at.localeCompare(b.at)))
const everything = fc.record({ tickets, heard, spoken })
const choose = ({
  tickets: all,
  heard: words,
  spoken: before,
}: {
  tickets: TicketView[]
  heard: Heard
  spoken: { ticket: string; at: string; answering: boolean }[]
}) => chooseTicket(words, all, { now, settings, spoken: before })

it('only ever a ticket that was given is chosen or offered, and each once', () => {
  fc.assert(
    fc.property(everything, (given) => {
      const chosen = choose(given)
      const offered = chosen.kind === 'one' ? [chosen.ticket] : chosen.kind === 'unsure' ? chosen.tickets : []
      for (const each of offered) expect(given.tickets).toContain(each)
      expect(new Set(offered).size).toBe(offered.length)
      if (chosen.kind === 'unsure') expect(offered.length).toBeGreaterThan(0)
    }),
  )
})

it('the order in which the tickets come decides nothing', () => {
  fc.assert(
    fc.property(everything, (given) => {
      const [one, other] = [choose(given), choose({ ...given, tickets: given.tickets.toReversed() })]
      expect(other.kind).toBe(one.kind)
      if (one.kind === 'one' && other.kind === 'one') expect([other.ticket, other.by]).toEqual([one.ticket, one.by])
    }),
  )
})

it('what is answered is taken unless the words say another one; then it is asked about, with it among the choices', () => {
  fc.assert(
    fc.property(everything, (given) => {
      const answered = given.tickets.find(({ _id }) => _id === given.heard.about)
      const chosen = choose(given)
      if (answered === undefined) {
        expect(chosen).not.toMatchObject({ by: 'reply' })
        return
      }
      if (chosen.kind === 'one') expect(chosen).toMatchObject({ ticket: answered, by: 'reply' })
      else expect(chosen.kind === 'unsure' && chosen.tickets.includes(answered)).toBe(true)
      const silent = { ...given.heard, entities: { ticketNumbers: [] } }
      expect(choose({ ...given, heard: silent })).toMatchObject({ kind: 'one', ticket: answered, by: 'reply' })
    }),
  )
})

it('a number alone is taken, whatever was spoken of', () => {
  fc.assert(
    fc.property(everything, fc.constantFrom(...numbers), (given, number) => {
      const { about: _, ...rest } = given.heard
      const chosen = choose({ ...given, heard: { ...rest, entities: { ...rest.entities, ticketNumbers: [number] } } })
      const named = given.tickets.find(({ _id }) => _id === number)
      if (named !== undefined) expect(chosen).toMatchObject({ kind: 'one', ticket: named, by: 'number' })
    }),
  )
})

it('without a number or an answer nothing is taken that fits the words less than another', () => {
  fc.assert(
    fc.property(everything, (given) => {
      const { about: _, ...rest } = given.heard
      const words = { ...rest, entities: { ...rest.entities, ticketNumbers: [] } }
      const chosen = choose({ ...given, heard: words })
      const best = Math.max(-1, ...given.tickets.map((each) => fit(each, words)))
      if (chosen.kind === 'none') expect(best).toBe(-1)
      const offered = chosen.kind === 'one' ? [chosen.ticket] : chosen.kind === 'unsure' ? chosen.tickets : []
      for (const each of offered) expect(fit(each, words)).toBe(best)
    }),
  )
})

it('of several that fit as well, none is taken that was not spoken of here', () => {
  fc.assert(
    fc.property(everything, (given) => {
      const chosen = choose({ ...given, spoken: [] })
      if (chosen.kind === 'one') expect(chosen.by).not.toBe('recency')
      const remembered = choose(given)
      if (remembered.kind === 'one' && remembered.by === 'recency') expect(given.spoken.map((each) => each.ticket)).toContain(remembered.ticket._id)
    }),
  )
})
