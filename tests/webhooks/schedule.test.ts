// What an answer means, and when the next try is.
import { describe, expect, it } from 'vitest'
import { chooseNext } from '../../src/webhooks/lane.ts'
import { judge, retryAt, type Posted } from '../../src/webhooks/schedule.ts'

const answered = (status: number, retryAfter?: string): Posted => ({ kind: 'answered', status, retryAfter, body: '' })
const now = Date.parse('2026-03-01T12:00:00.000Z')
const hour = 3_600_000

describe('an answer', () => {
  it.each<[Posted, string]>([
    [answered(200), 'delivered'],
    [answered(202), 'delivered'],
    [answered(301), 'failed'],
    [answered(308), 'failed'],
    [answered(400), 'failed'],
    [answered(404), 'failed'],
    [answered(410), 'gone'],
    [answered(500), 'failed'],
    [{ kind: 'unanswered', reason: 'no connection' }, 'failed'],
  ])('%j is %s', (posted, verdict) => {
    expect(judge(posted, now).kind).toBe(verdict)
  })

  it('that asks for time gets it, up to a day', () => {
    const pauseOf = (posted: Posted) => {
      const verdict = judge(posted, now)
      return verdict.kind === 'failed' ? verdict.pauseMs : undefined
    }
    expect(pauseOf(answered(503, '120'))).toBe(120_000)
    expect(pauseOf(answered(500, 'Sun, 01 Mar 2026 12:10:00 GMT'))).toBe(600_000)
    expect(pauseOf(answered(429, '99999999'))).toBe(24 * hour)
    expect(pauseOf(answered(429, 'soon'))).toBeGreaterThan(0)
    expect(pauseOf(answered(502))).toBeGreaterThan(0)
    expect(pauseOf(answered(504))).toBeGreaterThan(0)
    expect(pauseOf(answered(500))).toBe(0)
  })
})

describe('the schedule', () => {
  it('is that of Standard Webhooks, with up to a fifth of jitter', () => {
    const none = { bytes: (count: number) => new Uint8Array(count) }
    const most = { bytes: (count: number) => new Uint8Array(count).fill(255) }
    const seconds = (random: typeof none) =>
      Array.from({ length: 10 }, (_, index) => retryAt(index + 1, now, 0, random)).map((at) => (at === undefined ? null : (Date.parse(at) - now) / 1000))
    expect(seconds(none)).toEqual([5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400, null])
    expect(seconds(most)[1]).toBe(360)
  })
})

describe('the next of a ticket', () => {
  const at = (ms: number) => new Date(now + ms).toISOString()
  const about = { now: at(0), failingSince: null, alone: false, processId: 'p1' }
  const fresh = { failures: 0, failedAt: null, refused: false, notBefore: at(-1000), claimedBy: '', claimedUntil: at(-hour) }
  const failed = (failures: number, more = {}) => ({ ...fresh, _id: 'a', failures, failedAt: at(-hour), notBefore: at(hour), ...more })

  it('is the oldest that waits', () => {
    expect(
      chooseNext(
        [
          { ...fresh, _id: 'a' },
          { ...fresh, _id: 'b' },
        ],
        about,
      ),
    ).toMatchObject({ kind: 'try', delivery: { _id: 'a' } })
    expect(chooseNext([], about)).toEqual({ kind: 'done' })
  })

  it('waits while another process is at the one before, unless that process is dead', () => {
    const claimed = { ...fresh, _id: 'a', claimedBy: 'p2', claimedUntil: at(1000) }
    expect(chooseNext([claimed, { ...fresh, _id: 'b' }], about)).toEqual({ kind: 'wait', until: at(1000) })
    expect(chooseNext([claimed], { ...about, alone: true })).toMatchObject({ kind: 'try' })
    expect(chooseNext([claimed], { ...about, now: at(1001) })).toMatchObject({ kind: 'try' })
  })

  it('passes one by only after three tries, and only where the receiver is there', () => {
    const next = { ...fresh, _id: 'b' }
    expect(chooseNext([failed(2, { refused: true }), next], about)).toEqual({ kind: 'wait', until: at(hour) })
    expect(chooseNext([failed(3, { refused: true }), next], about)).toMatchObject({ kind: 'try', delivery: { _id: 'b' } })
    expect(chooseNext([failed(3), next], { ...about, failingSince: at(-hour) })).toEqual({ kind: 'wait', until: at(hour) })
    expect(chooseNext([failed(3), next], { ...about, failingSince: at(-60_000) })).toMatchObject({ kind: 'try', delivery: { _id: 'b' } })
    expect(chooseNext([failed(3), next], about)).toMatchObject({ kind: 'try', delivery: { _id: 'b' } })
  })
})
