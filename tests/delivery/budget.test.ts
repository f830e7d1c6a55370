// The budget of automatic answers: rules that hold for every order and pace of mails.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { timestamp } from '../../src/clock.ts'
import type { ContactPoint } from '../../src/customers/index.ts'
import { contactPointStream } from '../../src/customers/index.ts'
import { checkBudget } from '../../src/delivery/budget.ts'

const limits = { perSender10m: 3, perSender24h: 10, perMailbox10m: 30 }
const minute = 60_000
const system = { kind: 'system', id: null } as const

function answered(point: ContactPoint, at: number, conversation: string, acknowledgement: boolean): ContactPoint {
  return contactPointStream.apply(point, { type: 'contact_point.answered', conversation, acknowledgement }, timestamp(at), system)
}

describe('the budget of automatic answers', () => {
  it('never allows more than three answers in ten minutes, ten in a day, or two acknowledgements of one conversation in a day', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ pause: fc.integer({ min: 0, max: 40 * minute }), conversation: fc.constantFrom('a', 'b'), acknowledgement: fc.boolean() }), {
          maxLength: 80,
        }),
        (mails) => {
          let now = Date.parse('2026-01-01T00:00:00Z')
          let point = contactPointStream.begin('p')
          const sent: { at: number; conversation: string; acknowledgement: boolean }[] = []
          for (const { pause, conversation, acknowledgement } of mails) {
            now += pause
            if (checkBudget({ cause: 'answer', acknowledgement, conversation }, point, limits, now).kind !== 'spend') continue
            sent.push({ at: now, conversation, acknowledgement })
            point = answered(point, now, conversation, acknowledgement)
          }
          for (const { at } of sent) {
            expect(sent.filter((each) => each.at > at - 10 * minute && each.at <= at).length).toBeLessThanOrEqual(3)
            expect(sent.filter((each) => each.at > at - 24 * 60 * minute && each.at <= at).length).toBeLessThanOrEqual(10)
          }
          for (const conversation of ['a', 'b']) {
            const acknowledged = sent.filter((each) => each.acknowledgement && each.conversation === conversation)
            for (const [index, each] of acknowledged.entries())
              expect(each.at - (acknowledged[index - 1]?.at ?? -Infinity)).toBeGreaterThanOrEqual(24 * 60 * minute)
          }
        },
      ),
    )
  })

  it('makes news wait until an answer is free again, and lets an agent through always', () => {
    const now = Date.parse('2026-01-01T00:00:00Z')
    let point = contactPointStream.begin('p')
    for (const offset of [0, 1, 2]) point = answered(point, now + offset * minute, 'a', false)
    const news = { acknowledgement: false, conversation: 'a', cause: 'news' } as const
    const verdict = checkBudget(news, point, limits, now + 3 * minute)
    expect(verdict.kind).toBe('wait')
    if (verdict.kind === 'wait') expect(checkBudget(news, point, limits, Date.parse(verdict.until)).kind).toBe('free')
    expect(checkBudget({ ...news, cause: 'agent' }, point, limits, now + 3 * minute).kind).toBe('free')
    expect(checkBudget({ ...news, cause: 'answer' }, point, limits, now + 3 * minute).kind).toBe('exhausted')
  })
})
