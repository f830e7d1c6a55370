// The clocks of a ticket against a model that counts minutes; what they say, in which order, and that they say it once.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { timestamp } from '../../src/clock.ts'
import { readCompany, type Company } from '../../src/company.ts'
import type { Event } from '../../src/events.ts'
import { workingTimeBetween } from '../../src/hours/index.ts'
import type { Actor } from '../../src/journal/index.ts'
import { momentsBy, nextMoment, slaClocks, slaOf, type SlaClockName } from '../../src/sla/index.ts'
import { mayMove, statuses, type TicketStatus } from '../../src/tickets/status.ts'
import { ticketStream, type Ticket } from '../../src/tickets/index.ts'

const minute = 60_000
const hour = 60 * minute
const agent: Actor = { kind: 'agent', id: 'a' }
const clockwork: Actor = { kind: 'clock', id: null }
const start = Date.parse('2026-03-27T10:00:00Z')

function companyOf(yaml: string): Company {
  const read = readCompany(yaml, 'mendline.yaml', { surveyDelayMs: 0 })
  if (read.kind === 'wrong') throw new Error(read.problems.join())
  return read.company
}
const promise = 'sla: [{ priority: normal, respond: 1h, restore: 4h, resolve: 8h }]\n'
const always = companyOf(promise)
// Around the night in which clocks in Berlin go forward.
const berlin = companyOf(
  `${promise}timeZone: Europe/Berlin\nhours: { fri: "08:00-12:00, 13:00-16:30", sat: "22:00-24:00", sun: "00:00-04:00", mon: "09:00-17:00", tue: "09:00-17:00", holidays: [2026-03-31] }\n`,
)

function opened(at: number, more: Partial<Ticket> = {}): Ticket {
  const { n: _, updatedAt: __, sla: ___, ...fresh } = { ...ticketStream.begin('R-1'), createdAt: timestamp(at), statusSince: timestamp(at), ...more }
  return change(ticketStream.begin('R-1'), at, { type: 'ticket.created', ticket: fresh }, { kind: 'customer', id: 'c' })
}
function change(ticket: Ticket, at: number, event: Event, actor: Actor = agent): Ticket {
  return { ...ticketStream.apply(ticket, event, timestamp(at), actor), n: ticket.n + 1 }
}
const move = (ticket: Ticket, at: number, to: TicketStatus, actor: Actor = agent): Ticket =>
  change(ticket, at, { type: 'ticket.status_changed', from: ticket.status, to, comment: null }, actor)
const statesOf = (ticket: Ticket, company: Company, now: number) => {
  const view = slaOf(ticket, company, now)
  return view === null ? null : slaClocks.map((clock) => view[clock].state)
}

interface Step {
  after: number
  to: TicketStatus | 'assigned' | 'responded' | 'restored'
}
const steps = fc.array(
  fc.record({ after: fc.integer({ min: 0, max: 900 }), to: fc.constantFrom<Step['to']>(...statuses, 'pending', 'assigned', 'responded', 'restored') }),
  { maxLength: 10 },
)

/** Plays what the table of moves allows; answers the ticket and what happened when. */
function play(ticket: Ticket, history: readonly Step[], until = Infinity): { ticket: Ticket; log: { at: number; status: TicketStatus; event: Step['to'] }[] } {
  let at = Date.parse(ticket.createdAt)
  let now = ticket
  const log: { at: number; status: TicketStatus; event: Step['to'] }[] = []
  for (const { after, to } of history) {
    at += after * minute
    if (at > until) break
    if (to === 'assigned') now = change(now, at, { type: 'ticket.assigned', assignee: 'a' })
    else if (to === 'responded') now = change(now, at, { type: 'ticket.responded' })
    else if (to === 'restored') now = change(now, at, { type: 'ticket.restored' })
    else if (mayMove(now.status, to, now.before) && now.status !== to) now = move(now, at, to)
    else continue
    log.push({ at, status: now.status, event: to })
  }
  return { ticket: now, log }
}

/** Counts minute by minute, with the status of that minute. */
function modelDue(company: Company, log: readonly { at: number; status: TicketStatus }[], target: number, horizon: number): number | undefined {
  let left = target / minute
  let status: TicketStatus = 'new'
  let next = 0
  for (let at = start; at < horizon; at += minute) {
    for (; log[next] !== undefined && (log[next]?.at ?? 0) <= at; next++) status = log[next]?.status ?? status
    const counts = !['pending', 'resolved', 'closed', 'cancelled'].includes(status) && workingTimeBetween(company.hours, at, at + minute) === minute
    if (counts && --left <= 0) return at + minute
  }
  return undefined
}

describe('the clocks of a ticket', () => {
  it.each([
    ['at all hours', always],
    ['in working hours over a change of clocks', berlin],
  ])('are due when the counted minutes are used up, %s', (_, company) => {
    fc.assert(
      fc.property(steps, (history) => {
        const { ticket, log } = play(opened(start), history)
        const horizon = start + 12 * 24 * hour
        const view = slaOf(ticket, company, horizon)
        for (const clock of slaClocks) {
          const { due, warnAt, target } = view?.[clock] ?? { due: null, warnAt: null, target: 0 }
          const model = modelDue(company, log, target, horizon)
          if (model !== undefined) expect(due).toBe(timestamp(model))
          else expect(due === null || Date.parse(due) >= horizon).toBe(true)
          if (due !== null) expect(warnAt).toBe(timestamp(modelDue(company, log, target * 0.75, horizon) ?? Date.parse(warnAt ?? '')))
        }
      }),
      { numRuns: 40 },
    )
  })

  it('are met by the stamp that stops them, and breached by one that comes late', () => {
    const ticket = opened(start)
    expect(statesOf(ticket, always, start)).toEqual(['running', 'running', 'running'])
    expect(statesOf(ticket, always, start + 45 * minute)).toEqual(['warned', 'running', 'running'])
    expect(statesOf(ticket, always, start + hour)).toEqual(['breached', 'running', 'running'])
    const answered = change(ticket, start + 30 * minute, { type: 'ticket.responded' })
    const restored = change(answered, start + 5 * hour, { type: 'ticket.restored' })
    expect(statesOf(restored, always, start + 5 * hour)).toEqual(['met', 'breached', 'running'])
    expect(statesOf(move(restored, start + 6 * hour, 'resolved'), always, start + 99 * hour)).toEqual(['met', 'breached', 'met'])
  })

  it('take the first act of a person of ours for the response, not a note, not a move by the customer', () => {
    const ticket = opened(start)
    const accepted = move(ticket, start + minute, 'accepted', { kind: 'customer', id: 'c' })
    const noted = change(accepted, start + 2 * minute, { type: 'note.created', text: 'hm' })
    expect(noted.sla.respondedAt).toBeNull()
    const assigned = change(noted, start + 3 * minute, { type: 'ticket.assigned', assignee: 'a' })
    expect(assigned.sla.respondedAt).toBe(timestamp(start + 3 * minute))
    expect(change(noted, start + 3 * minute, { type: 'ticket.assigned', assignee: 'a' }, clockwork).sla.respondedAt).toBeNull()
    expect(move(assigned, start + 4 * minute, 'in_progress').sla.respondedAt).toBe(timestamp(start + 3 * minute))
  })

  it('stand still while the ticket waits on its customer, but not while it is on hold', () => {
    const waiting = move(opened(start), start + 30 * minute, 'pending', { kind: 'customer', id: 'c' })
    expect(slaOf(waiting, always, start + 99 * hour)?.resolve).toMatchObject({ state: 'paused', due: null })
    const back = move(waiting, start + 20 * hour, 'new')
    expect(slaOf(back, always, start + 20 * hour)?.resolve.due).toBe(timestamp(start + 20 * hour + 7.5 * hour))
    expect(slaOf(move(opened(start), start, 'on_hold'), always, start + 8 * hour)?.resolve.state).toBe('breached')
  })

  it('go on after a reopening with the time they had left', () => {
    const resolved = move(change(opened(start), start, { type: 'ticket.responded' }), start + 3 * hour, 'resolved')
    expect(statesOf(resolved, always, start + 99 * hour)).toEqual(['met', 'met', 'met'])
    const again = move(resolved, start + 50 * hour, 'in_progress', { kind: 'customer', id: 'c' })
    expect(slaOf(again, always, start + 50 * hour)).toMatchObject({
      respond: { state: 'met' },
      restore: { state: 'warned', due: timestamp(start + 51 * hour) },
      resolve: { due: timestamp(start + 55 * hour) },
    })
  })

  it('are set by priority and entitlement; who is served without a promise has none', () => {
    const company = companyOf(
      'sla:\n  - { priority: normal, respond: 1h, restore: 4h, resolve: 8h }\n  - { priority: normal, entitlement: in_warranty, respond: 2h, restore: 4h, resolve: 8h }\n',
    )
    const respond = (more: Partial<Ticket>) => slaOf(opened(start, more), company, start)?.respond.target
    expect(respond({})).toBe(hour)
    expect(respond({ entitlement: 'in_warranty' })).toBe(2 * hour)
    expect(respond({ entitlement: 'out_of_warranty' })).toBe(hour)
    for (const entitlement of ['no_data', 'not_served'] as const) expect(respond({ entitlement })).toBeUndefined()
    expect(respond({ priority: 'urgent' })).toBeUndefined()
    expect(respond({ spam: true })).toBeUndefined()
    expect(respond({ mergedInto: 'R-2' })).toBeUndefined()
  })

  it("go by the hours of the ticket's team", () => {
    const company = companyOf(
      `${promise}hours: { fri: "08:00-17:00" }\nteams: [{ name: night, hours: { fri: "20:00-24:00", timeZone: Asia/Tokyo } }, { name: day, default: true }]\n`,
    )
    expect(slaOf(opened(start), company, start)?.respond.due).toBe(timestamp(start + hour))
    expect(slaOf(opened(start, { team: 'night' }), company, start)?.respond.due).toBe('2026-03-27T12:00:00.000Z')
  })
})

describe('what the clocks say', () => {
  /** The alarm as the product runs it: it rings at the moment set, or later after an outage; changes are seen at once. */
  function ringing(history: readonly Step[], lateness: readonly number[]) {
    const end = start + 40 * hour
    const said: { clock: SlaClockName; stage: string; at: number; told: number }[] = []
    let ticket = opened(start)
    let at = start
    let ring = 0
    const ringUntil = (limit: number): void => {
      for (let next = nextMoment(ticket, always); next !== undefined; next = nextMoment(ticket, always)) {
        const now = Math.max(Date.parse(next), at) + (lateness[ring++ % Math.max(1, lateness.length)] ?? 0) * minute
        if (now > limit) return
        const moments = momentsBy(ticket, always, now)
        for (const { clock, stage, at: when, due } of moments) {
          ticket = change(ticket, now, { type: stage === 'warning' ? 'sla.warning' : 'sla.breached', clock, at: when, due }, clockwork)
          said.push({ clock, stage, at: Date.parse(when), told: now })
        }
        at = now
      }
    }
    for (const step of history) {
      const then = at + step.after * minute
      ringUntil(then)
      at = Math.max(at, then)
      ticket = play({ ...ticket, createdAt: timestamp(at) }, [{ ...step, after: 0 }]).ticket
      ticket = { ...ticket, createdAt: timestamp(start) }
    }
    ringUntil(end)
    return { ticket, said, end }
  }

  it('comes once each, warnings before breaches, in order, and tells of every breach however late it rings', () => {
    fc.assert(
      fc.property(steps, fc.array(fc.integer({ min: 0, max: 600 }), { maxLength: 4 }), (history, lateness) => {
        const { ticket, said, end } = ringing(history, lateness)
        const keys = said.map(({ clock, stage }) => `${clock}/${stage}`)
        expect(new Set(keys).size).toBe(keys.length)
        for (const { at, told } of said) expect(at).toBeLessThanOrEqual(told)
        for (const told of new Set(said.map((each) => each.told))) {
          const together = said.filter((each) => each.told === told).map(({ at }) => at)
          expect(together).toEqual(together.toSorted((a, b) => a - b))
        }
        for (const clock of slaClocks) {
          const breach = said.findIndex((each) => each.clock === clock && each.stage === 'breach')
          const warning = said.findIndex((each) => each.clock === clock && each.stage === 'warning')
          if (breach >= 0) expect(warning).toBeGreaterThanOrEqual(0)
          if (breach >= 0) expect(warning).toBeLessThan(breach)
        }
        // Late rings may still be on their way at the end.
        if (lateness.every((late) => late === 0))
          for (const clock of slaClocks) if (slaOf(ticket, always, end)?.[clock].state === 'breached') expect(keys).toContain(`${clock}/breach`)
      }),
    )
  })

  it('is nothing false: what was met before the alarm rang is not warned of', () => {
    const met = change(opened(start), start + 50 * minute, { type: 'ticket.responded' })
    expect(momentsBy(met, always, start + 2 * hour).map(({ clock }) => clock)).not.toContain('respond')
    const late = change(opened(start), start + 61 * minute, { type: 'ticket.responded' })
    expect(momentsBy(late, always, start + 2 * hour)).toMatchObject([
      { clock: 'respond', stage: 'warning', at: timestamp(start + 45 * minute) },
      { clock: 'respond', stage: 'breach', at: timestamp(start + hour), due: timestamp(start + hour) },
    ])
  })
})
