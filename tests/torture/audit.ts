// What the desk says that happened, what the integrator meant to happen, and what its receiver took: all three must agree.
import type { Order } from './orders.ts'
import type { Taken, Told } from './receiver.ts'

/** One event in few words: its type, and for a move where to. */
export type Words = string

export interface DeskSays {
  /** Every ticket, by number. */
  tickets: ReadonlyMap<string, { subject: string; status: string }>
  /** By ticket: what happened of that which endpoints are told, in order. */
  happened: ReadonlyMap<string, readonly Words[]>
  /** The ids of all events that the endpoint is due. */
  due: ReadonlySet<string>
}

export interface Audit {
  /** Orders without a ticket, and tickets that are one too many. */
  lost: string[]
  doubled: string[]
  /** Tickets on which something else happened than was asked for. */
  otherwise: string[]
  events: number
  /** Events that never came, and such as never happened. */
  missing: string[]
  invented: string[]
  /** Tickets whose sequence has a gap or a place taken twice, and tickets told in another order. */
  gaps: string[]
  outOfOrder: string[]
  refused: string[]
  repeated: number
}

/** `numbers`: what each order was answered. */
export function audit(orders: readonly Order[], numbers: readonly (readonly string[])[], desk: DeskSays, taken: Taken): Audit {
  const subjects = Map.groupBy(desk.tickets, ([, { subject }]) => subject)
  const found: Audit = {
    lost: [],
    doubled: [],
    otherwise: [],
    events: taken.events.length,
    missing: [],
    invented: [],
    gaps: [],
    outOfOrder: [],
    refused: taken.refused,
    repeated: taken.repeated,
  }
  for (const [index, { subject, moves }] of orders.entries()) {
    const mine = subjects.get(subject) ?? []
    const [number = ''] = numbers[index] ?? []
    if (!mine.some(([each]) => each === number)) found.lost.push(subject)
    if (mine.length > 1 || (numbers[index] ?? []).length > 1) found.doubled.push(subject)
    const meant = ['ticket.created', ...moves.map((to) => `ticket.status_changed ${to}`)]
    const happened = desk.happened.get(number) ?? []
    if (String(happened.filter((words) => /^ticket\.(created|status_changed)/.test(words))) !== String(meant)) found.otherwise.push(number)
  }
  const known = new Set(orders.map(({ subject }) => subject))
  for (const [subject] of subjects) if (!known.has(subject)) found.doubled.push(subject)

  const came = new Set(taken.events.map(({ id }) => id))
  found.missing.push(...[...desk.due].filter((id) => !came.has(id)))
  found.invented.push(...[...came].filter((id) => !desk.due.has(id)))
  const told = Map.groupBy(taken.events, ({ ticket = '' }) => ticket)
  for (const [number, happened] of desk.happened) {
    const events = told.get(number) ?? []
    const inPlace = events.toSorted((one, other) => one.sequence - other.sequence)
    if (inPlace.some(({ sequence }, index) => sequence !== index + 1)) found.gaps.push(number)
    if (events.some((event, index) => event !== inPlace[index])) found.outOfOrder.push(number)
    if (String(inPlace.map(wordsOf).toSorted()) !== String(happened.toSorted())) found.missing.push(`of ${number}`)
  }
  return found
}

export function wordsOf({ type, data }: Pick<Told, 'type' | 'data'>): Words {
  return data.to === undefined ? type : `${type} ${data.to}`
}

/** What the audit says against the promises; empty when all were kept. */
export function brokenByAudit(found: Audit): string[] {
  const checks: [string, readonly string[]][] = [
    ['a ticket is lost', found.lost],
    ['a ticket is doubled', found.doubled],
    ['something else happened to a ticket than was asked for', found.otherwise],
    ['an event never arrived', found.missing],
    ['an event arrived that never happened', found.invented],
    ['the sequence of a ticket has a gap', found.gaps],
    ['the events of a ticket came out of order', found.outOfOrder],
    ['a delivery was not signed, or not the same as before', found.refused],
  ]
  return checks.flatMap(([promise, broken]) => (broken.length > 0 ? [`${promise}: ${broken.slice(0, 5).join(', ')}${broken.length > 5 ? ', …' : ''}`] : []))
}
