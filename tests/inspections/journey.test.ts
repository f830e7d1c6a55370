// From a plan to the repair of what its inspection found: the customer and the engineer by text message, everybody else through the API.
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { day, inDays, kim, openShop } from './shop.ts'

const ticket = z.looseObject({ number: z.string(), status: z.string(), subject: z.string(), description: z.string(), inspection: z.unknown() })

describe('an inspection', () => {
  it('goes from the plan to the visit, its checklist, the repair of what failed, and the next one', async () => {
    const { field, planned, occurrences, passes, says } = await openShop()
    const { api, clock } = field
    const start = inDays(clock.now(), 20)
    const id = await planned({
      rrule: 'FREQ=MONTHLY;INTERVAL=6',
      start,
      lead: '14d',
      checklist: ['Emergency stop', { text: 'Belt tension', value: { unit: 'mm', min: 5, max: 15 } }, 'Frame and screws'],
    })
    expect(await occurrences(id)).toEqual([])
    expect(field.heard().some((text) => text.includes('inspection'))).toBe(false)

    await passes(7 * day)
    const [first] = await occurrences(id)
    expect(first).toMatchObject({ state: 'open', occurrence: start, merged: false })
    expect(field.heard().at(-1)).toContain('Your T5 treadmill is due for its inspection "Safety inspection" by')
    const seen = await api.read(`/tickets/${first?.ticket}`, ticket)
    expect(seen).toMatchObject({ status: 'accepted', subject: 'Safety inspection: T5 treadmill', inspection: { role: 'visit', name: 'Safety inspection' } })

    expect((await says('1')).at(-1)).toMatch(/Kim Park comes to you on .* for your inspection R-/)
    expect(field.heard(kim).at(-1)).toMatch(/^A new visit for you: R-.*Safety inspection: T5 treadmill, 1 Harbour Street/)
  })
})
