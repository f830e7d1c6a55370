// What a plan writes, played day by day against what people would expect: one job at a time, nothing twice, what was missed said to be missed.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { timestamp } from '../../src/clock.ts'
import { decideCalendar, type Sight, type Wanted } from '../../src/inspections/decide-calendar.ts'
import { decideMeter } from '../../src/inspections/decide-meter.ts'

const day = 86_400_000
const begun = Date.parse('2026-01-10T12:00:00Z')
const calendar = (rrule: string, start = '2026-01-01T09:00', timeZone = 'Europe/Berlin') => ({ by: 'calendar', rrule, start, timeZone }) as const
const plan = { anchor: 'fixed', leadMs: 0, windowMs: 7 * day, holidays: 'keep' } as const

interface Written extends Wanted {
  state: 'open' | 'done' | 'skipped'
  doneAt: number | null
}

/** A plan with its occurrences, looked at when it wants to be, or late. */
class Played {
  readonly written: Written[] = []
  readonly #rule: ReturnType<typeof calendar>
  readonly #plan: Sight['plan']
  constructor(rule: ReturnType<typeof calendar>, of: Sight['plan'] = plan) {
    this.#rule = rule
    this.#plan = of
  }

  look(now: number): number | null {
    const last = this.written.at(-1) ?? null
    const done = this.written.map(({ doneAt }) => doneAt ?? 0)
    const completed = Math.max(0, ...done)
    const open = this.written.some(({ state }) => state === 'open')
    const { write, again } = decideCalendar(this.#rule, {
      plan: this.#plan,
      now,
      since: begun,
      last,
      open,
      completed: completed === 0 ? null : completed,
      hours: null,
    })
    for (const wanted of write) this.written.push({ ...wanted, state: wanted.missed ? 'skipped' : 'open', doneAt: null })
    expect(again === null || again > now).toBe(true)
    return again
  }

  done(at: number): void {
    for (const each of this.written) if (each.state === 'open') Object.assign(each, { state: 'done', doneAt: at })
  }

  get open(): Written[] {
    return this.written.filter(({ state }) => state === 'open')
  }
}

describe('a fixed plan', () => {
  it('plans each date once and in order, however often and however late it looks, and opens at most one of what is past at once', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('FREQ=DAILY', 'FREQ=WEEKLY;BYDAY=MO,TH', 'FREQ=MONTHLY;BYMONTHDAY=-1', 'FREQ=DAILY;INTERVAL=10'),
        fc.integer({ min: 0, max: 20 }),
        fc.array(fc.record({ wait: fc.integer({ min: 0, max: 45 * day }), finish: fc.boolean() }), { maxLength: 20 }),
        (rrule, lead, looks) => {
          const played = new Played(calendar(rrule), { ...plan, leadMs: lead * day })
          let now = begun
          for (const { wait, finish } of looks) {
            now += wait
            const before = played.open.length
            played.look(now)
            expect(played.open.length - before).toBeLessThanOrEqual(1)
            if (finish) played.done(now)
          }
          const names = played.written.map(({ occurrence }) => occurrence)
          expect(names).toEqual([...new Set(names)].toSorted())
          expect(played.written.map(({ ordinal }) => ordinal)).toEqual(names.map((_, index) => index + 1))
          // All that was due is written, none before it was time.
          expect(played.written.every(({ due }) => Date.parse(due) >= begun && Date.parse(due) - lead * day <= now)).toBe(true)
        },
      ),
    )
  })

  it('makes one job after a month of outage, and says of the others that they were missed', () => {
    const played = new Played(calendar('FREQ=DAILY'))
    played.look(begun + day)
    played.done(begun + day)
    played.look(begun + 31 * day)
    expect(played.written.slice(1).map(({ missed }) => missed)).toEqual([...Array.from({ length: 29 }, () => true), false])
    expect(played.open.map(({ due }) => due)).toEqual(['2026-02-10T08:00:00.000Z'])
  })

  it('is looked at when its customer is to be asked: the lead before it is due', () => {
    const played = new Played(calendar('FREQ=MONTHLY;BYMONTHDAY=31,30,29,28;BYSETPOS=-1'), { ...plan, leadMs: 14 * day })
    const again = played.look(begun) ?? 0
    expect(timestamp(again)).toBe('2026-01-17T08:00:00.000Z')
    expect(played.written).toEqual([])
    played.look(again)
    expect(played.open).toMatchObject([{ due: '2026-01-31T08:00:00.000Z', occurrence: '2026-01-31T09:00' }])
  })

  it('leaves the next date alone while the one before waits for its visit, until it is due itself', () => {
    const played = new Played(calendar('FREQ=WEEKLY', '2026-01-12T09:00'), { ...plan, leadMs: 14 * day })
    played.look(begun)
    expect(played.open).toHaveLength(1)
    played.look(begun + 5 * day)
    expect(played.open).toHaveLength(1)
    played.look(Date.parse('2026-01-19T08:00:00Z'))
    expect(played.open.map(({ due }) => due)).toEqual(['2026-01-12T08:00:00.000Z', '2026-01-19T08:00:00.000Z'])
  })

  it('ends with its rule', () => {
    const played = new Played(calendar('FREQ=DAILY;UNTIL=20260112'))
    expect(played.look(begun + 10 * day)).toBeNull()
    expect(played.written.map(({ occurrence }) => occurrence)).toEqual(['2026-01-11T09:00', '2026-01-12T09:00'])
  })
})

describe('a floating plan', () => {
  it('counts from the day on which the last one was done, not from when it was due', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 1, max: 12 }), (late, months) => {
        const played = new Played(calendar(`FREQ=MONTHLY;INTERVAL=${months}`, '2026-01-15T09:00'), { ...plan, anchor: 'floating' })
        played.look(Date.parse('2026-01-15T08:00:00Z'))
        expect(played.open).toHaveLength(1)
        // Never a second one before the first is done.
        expect(played.look(begun + 400 * day)).toBeNull()
        expect(played.written).toHaveLength(1)
        const done = Date.parse('2026-01-20T15:00:00Z') + late * day
        played.done(done)
        const again = played.look(done) ?? 0
        const from = Temporal.Instant.fromEpochMilliseconds(done).toZonedDateTimeISO('Europe/Berlin').toPlainDate()
        expect(timestamp(again).slice(0, 10) >= from.add({ months }).toString()).toBe(true)
        if (from.day <= 28) expect(timestamp(again).slice(0, 10)).toBe(from.add({ months }).toString())
      }),
    )
  })

  it('goes on from when it would have been due where it was declined, and stops after its number', () => {
    const played = new Played(calendar('FREQ=MONTHLY;COUNT=2', '2026-01-15T09:00'), { ...plan, anchor: 'floating' })
    played.look(Date.parse('2026-01-15T08:00:00Z'))
    for (const each of played.written) each.state = 'skipped'
    expect(timestamp(played.look(Date.parse('2026-01-16T08:00:00Z')) ?? 0)).toBe('2026-02-15T08:00:00.000Z')
    played.look(Date.parse('2026-02-15T08:00:00Z'))
    expect(played.written.map(({ occurrence }) => occurrence)).toEqual(['#1', '#2'])
    played.done(Date.parse('2026-02-16T08:00:00Z'))
    expect(played.look(begun + 400 * day)).toBeNull()
    expect(played.written).toHaveLength(2)
  })
})

describe('a plan by a meter', () => {
  const meter = { by: 'meter', unit: 'hours', every: 500, start: null, lead: 50, hysteresis: 10, askEveryMs: null } as const
  const metered = { anchor: 'fixed', windowMs: 7 * day } as const

  it('makes one inspection of each mark, whatever the readings do around it', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -9, max: 120 }), { minLength: 1, maxLength: 80 }), fc.boolean(), (steps, finishes) => {
        let [value, usage] = [1000, 1000]
        const written: { occurrence: string; ordinal: number; state: 'open' | 'done'; usage: number | null }[] = []
        for (const step of steps) {
          value += step
          usage = Math.max(usage, value)
          const { write } = decideMeter(meter, {
            plan: metered,
            now: begun,
            usage,
            base: 1000,
            last: written.at(-1) ?? null,
            open: written.some(({ state }) => state === 'open'),
          })
          for (const { occurrence, ordinal } of write) written.push({ occurrence, ordinal, state: 'open', usage: null })
          if (finishes) for (const each of written) Object.assign(each, { state: 'done', usage })
        }
        const marks = written.map(({ occurrence }) => Number(occurrence))
        expect(marks).toEqual(marks.map((_, index) => 1500 + index * 500))
        const due = Math.floor((usage - 1000) / 500)
        expect(marks.length === due || marks.length === due + 1).toBe(true)
      }),
    )
  })

  it('says of marks that were passed at once that they were missed, but for the last', () => {
    const { write } = decideMeter(meter, { plan: metered, now: begun, usage: 2700, base: 1000, last: null, open: false })
    expect(write.map(({ occurrence, missed }) => [occurrence, missed])).toEqual([
      ['1500', true],
      ['2000', true],
      ['2500', false],
    ])
  })

  it('counts from what the meter showed when the last one was done, where it floats', () => {
    const floating = { ...metered, anchor: 'floating' } as const
    const sight = { plan: floating, now: begun, base: 1000, open: false }
    expect(decideMeter(meter, { ...sight, usage: 1449, last: null }).write).toEqual([])
    expect(decideMeter(meter, { ...sight, usage: 1450, last: null }).write).toMatchObject([{ occurrence: '1500' }])
    const last = { occurrence: '1500', ordinal: 1, state: 'done', usage: 1620 } as const
    expect(decideMeter(meter, { ...sight, usage: 2069, last }).write).toEqual([])
    expect(decideMeter(meter, { ...sight, usage: 2070, last }).write).toMatchObject([{ occurrence: '2120', ordinal: 2 }])
  })
})
