// All that happened to a ticket: its own changes, those of the work, parts and quotes for it, and what was said, oldest first, in pages.
import type { Core } from '../core.ts'
import { numbersOf, type Ticket } from '../tickets/index.ts'
import { historyOf } from './history.ts'
import { viewHappened, viewMessage, writeCursor, type Cursor, type Page, type PageRequest } from './see.ts'

type Happening = ({ kind: 'change' } & ReturnType<typeof viewHappened>) | { kind: 'message'; at: string; message: ReturnType<typeof viewMessage> }

/** The cursor names the last one seen; of two in the same millisecond a change comes before a message. */
export async function timelineOf(core: Core, ticket: Ticket, { limit, cursor }: PageRequest): Promise<Page<Happening>> {
  const later = cursor === undefined ? {} : { $or: [{ createdAt: { $gt: cursor.at } }, { createdAt: cursor.at, _id: { $gt: cursor.id } }] }
  const [history, messages] = await Promise.all([
    historyOf(core, ticket),
    core.collections.messages.find({ ticket: { $in: numbersOf(ticket) }, ...later }, { sort: { createdAt: 1, _id: 1 }, limit: limit + 1 }),
  ])
  const found: (Cursor & { happened: Happening })[] = [
    ...history.map((happened) => {
      const { at, n, stream } = happened.entry
      return { at, id: `change ${String(n).padStart(9, '0')} ${stream}`, happened: { kind: 'change' as const, ...viewHappened(happened) } }
    }),
    ...messages.map((message) => ({
      at: message.createdAt,
      id: message._id,
      happened: { kind: 'message' as const, at: message.createdAt, message: viewMessage(message) },
    })),
  ]
  const rest = found.filter((each) => cursor === undefined || byTime(each, cursor) > 0).toSorted(byTime)
  const last = rest[limit - 1]
  return { data: rest.slice(0, limit).map(({ happened }) => happened), nextCursor: rest.length > limit && last !== undefined ? writeCursor(last) : null }
}

function byTime(a: Cursor, b: Cursor): number {
  return compare(a.at, b.at) || compare(a.id, b.id)
}

/** As the stores compare text: by code, in no language. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
