// The clocks of a ticket now: what is promised, when it is due, and how it stands. Pure.
import { timestamp, type Timestamp } from '../clock.ts'
import type { Company } from '../company.ts'
import { hoursOf } from '../desk/team-hours.ts'
import { afterWorkingTime, workingTimeBetween, type Hours } from '../hours/index.ts'
import type { Ticket } from '../tickets/index.ts'
import { slaClocks, type SlaClockName, type SlaRecord } from './record.ts'
import type { SlaTarget } from './settings.ts'

export interface SlaClock {
  /** Working time promised, milliseconds. */
  target: number
  /** Null while it is paused, since nobody knows for how long. */
  due: Timestamp | null
  /** When three quarters are used up. */
  warnAt: Timestamp | null
  state: 'running' | 'paused' | 'met' | 'warned' | 'breached'
}

export type SlaView = Readonly<Record<SlaClockName, SlaClock>>
export type SlaPromise = Pick<Company, 'sla' | 'hours' | 'teamHours' | 'teams'>
export type SlaTicket = Pick<Ticket, 'priority' | 'entitlement' | 'status' | 'createdAt' | 'sla' | 'spam' | 'mergedInto' | 'team' | 'fields' | 'inspection'>

const warnShare = 0.75

/** Null where nothing is promised. */
export function slaOf(ticket: SlaTicket, company: SlaPromise, now: number): SlaView | null {
  const target = targetOf(company.sla, ticket)
  // An inspection is due when its plan says so.
  if (target === undefined || ticket.spam || ticket.mergedInto !== null || ticket.inspection?.role === 'visit') return null
  const hours = hoursOf(company, ticket)
  const clock = (name: SlaClockName): SlaClock => clockOf(ticket, hours, target[name], stampOf(ticket.sla, name), now)
  return { respond: clock('respond'), restore: clock('restore'), resolve: clock('resolve') }
}

/** The row for its entitlement, else the one for all; who is served without a promise has only what names them. */
function targetOf(targets: readonly SlaTarget[], { priority, entitlement }: SlaTicket): SlaTarget | undefined {
  const rows = targets.filter((row) => row.priority === priority)
  const own = rows.find((row) => row.entitlement !== undefined && row.entitlement === entitlement)
  if (own !== undefined) return own
  return entitlement === 'no_data' || entitlement === 'not_served' ? undefined : rows.find((row) => row.entitlement === undefined)
}

/** When the clock was stopped: whatever is over needs no response and no restoring any more. */
function stampOf(record: SlaRecord, name: SlaClockName): Timestamp | null {
  const own = name === 'respond' ? record.respondedAt : name === 'restore' ? record.restoredAt : null
  return own ?? record.doneAt
}

function clockOf(ticket: SlaTicket, hours: Hours | null, target: number, stopped: Timestamp | null, now: number): SlaClock {
  const due = reached(ticket, hours, target)
  const warnAt = reached(ticket, hours, target * warnShare)
  const times = { target, due: due === undefined ? null : timestamp(due), warnAt: warnAt === undefined ? null : timestamp(warnAt) }
  if (stopped !== null) return { ...times, state: due !== undefined && Date.parse(stopped) >= due ? 'breached' : 'met' }
  if (due !== undefined && now >= due) return { ...times, state: 'breached' }
  if (ticket.status === 'pending') return { ...times, state: 'paused' }
  return { ...times, state: warnAt !== undefined && now >= warnAt ? 'warned' : 'running' }
}

/** The instant at which so much working time has gone by since it was reported, the pauses left out; undefined while a pause keeps it off. */
function reached({ createdAt, sla }: SlaTicket, hours: Hours | null, duration: number): number | undefined {
  let left = duration
  let from = Date.parse(createdAt)
  for (const pause of sla.pauses) {
    const until = Date.parse(pause.from)
    const worked = workingTimeBetween(hours, from, until)
    if (worked >= left) return afterWorkingTime(hours, from, left)
    left -= worked
    if (pause.to === null) return undefined
    from = Date.parse(pause.to)
  }
  return afterWorkingTime(hours, from, left)
}

export interface SlaMoment {
  clock: SlaClockName
  stage: 'warning' | 'breach'
  at: Timestamp
  due: Timestamp
}

/**
 * What has come to pass by `now` and was not said yet, in the order in which it did. A breach is one however late it is noticed;
 * a warning that nobody needs any more is left out.
 */
export function momentsBy(ticket: SlaTicket, company: SlaPromise, now: number): SlaMoment[] {
  const view = slaOf(ticket, company, now)
  if (view === null) return []
  return slaClocks
    .flatMap((clock) => momentsOf(clock, view[clock], stampOf(ticket.sla, clock) !== null))
    .filter(({ clock, stage, at }) => Date.parse(at) <= now && !ticket.sla.raised.some((each) => each.clock === clock && each.stage === stage))
    .toSorted((one, other) => one.at.localeCompare(other.at))
}

function momentsOf(clock: SlaClockName, { due, warnAt, state }: SlaClock, stopped: boolean): SlaMoment[] {
  if (due === null || warnAt === null) return []
  const warning: SlaMoment = { clock, stage: 'warning', at: warnAt, due }
  const breach: SlaMoment = { clock, stage: 'breach', at: due, due }
  if (state === 'breached') return [warning, breach]
  return stopped ? [] : [warning, breach]
}

/** When a clock of this ticket will have something to say next; undefined when none will as things stand. */
export function nextMoment(ticket: SlaTicket, company: SlaPromise): Timestamp | undefined {
  return momentsBy(ticket, company, Infinity)[0]?.at
}
