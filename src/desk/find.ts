// Finding tickets: by number as people say it, by words in subject, name or product; whose they are, and those nobody has.
import type { Core } from '../core.ts'
import { fold } from '../understanding/fold.ts'
import { categoryOf, readTicketNumber, statuses, type Priority, type Ticket, type TicketStatus } from '../tickets/index.ts'

/** A ticket in a list. */
export interface TicketLine {
  number: string
  subject: string
  status: TicketStatus
  priority: Priority
  customer: string | null
  owner: { id: string; name: string } | null
  createdAt: string
  /** Nobody has it, and there is something to do. */
  mayBeClaimed: boolean
}

export interface Found {
  lines: readonly TicketLine[]
  /** False when there are more, or older ones were not looked through. */
  all: boolean
}

const shownMax = 10
const pageSize = 200
/** Older ones are found by number. */
const lookedThroughMax = 2000
const openStatuses = statuses.filter((status) => categoryOf(status) !== 'done')

/** A number finds its ticket, whatever its case and O for 0; words find the newest tickets that have all of them. */
export async function findTickets(core: Core, words: string): Promise<Found> {
  const { tickets } = core.collections
  const number = readTicketNumber(words) ?? readTicketNumber(`R-${words.trim()}`)
  const numbered = number === undefined ? undefined : await tickets.get(number)
  if (numbered !== undefined) return { lines: [lineOf(numbered)], all: true }
  const wanted = fold(words).split(/\s+/).filter(Boolean)
  const lines: TicketLine[] = []
  if (wanted.length === 0) return { lines, all: true }
  for (let skip = 0; skip < lookedThroughMax; skip += pageSize) {
    const page = await tickets.find({}, { sort: { createdAt: -1, _id: -1 }, skip, limit: pageSize })
    for (const ticket of page) {
      if (!has(ticket, wanted)) continue
      if (lines.length === shownMax) return { lines, all: false }
      lines.push(lineOf(ticket))
    }
    if (page.length < pageSize) return { lines, all: true }
  }
  return { lines, all: false }
}

/** What an agent has in hand, and what nobody has; the oldest first. */
export async function queueOf(core: Core, agent: string): Promise<{ mine: TicketLine[]; unassigned: TicketLine[] }> {
  const { tickets } = core.collections
  const waiting = { status: { $in: openStatuses }, mergedInto: null, spam: false }
  const [mine, unassigned] = await Promise.all([
    tickets.find({ assignee: agent, ...waiting }, { sort: { createdAt: 1 }, limit: 30 }),
    tickets.find({ assignee: null, ...waiting }, { sort: { createdAt: 1 }, limit: 30 }),
  ])
  return { mine: mine.map(lineOf), unassigned: unassigned.map(lineOf) }
}

function has({ _id, subject, customer, fields }: Ticket, wanted: readonly string[]): boolean {
  const text = fold([_id, subject, customer.name, fields.product, fields.serial].filter(Boolean).join(' '))
  return wanted.every((word) => text.includes(word))
}

function lineOf({ _id, subject, status, priority, customer, assignee, assigneeName, createdAt, mergedInto }: Ticket): TicketLine {
  const owner = assignee === null ? null : { id: assignee, name: assigneeName ?? assignee }
  const mayBeClaimed = owner === null && mergedInto === null && openStatuses.includes(status)
  return { number: _id, subject, status, priority, customer: customer.name, owner, createdAt, mayBeClaimed }
}
