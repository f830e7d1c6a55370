// What was said about a ticket, to whom and by whom, with the notes of staff and what became of the work, parts and quotes: for a face that
// shows it as it happens.
import type { Core } from '../core.ts'
import type { Actor } from '../journal/index.ts'
import type { Attachment, ChannelName, StoredMessage } from '../message.ts'
import { numbersOf, ticketStream } from '../tickets/index.ts'
import { historyOf, isMove, type About } from './history.ts'
import { viewHappened } from './see.ts'

/** Everything of one `stream` comes in order of `position`; a face remembers the last one it showed of each. */
export interface Said {
  stream: string
  position: number
  at: string
  words: Spoken
  text: string
  files: readonly Attachment[]
}

export type Spoken =
  | { from: 'customer'; name: string | null; channel: ChannelName }
  /** `unsent`: why the customer never gets it; null when they do, or may. */
  | { from: 'us'; speaker: string; channel: ChannelName; unsent: string | null }
  | { from: 'staff'; by: Actor }
  /** Nobody's words: the work for it went on. */
  | { from: 'work'; move: ReturnType<typeof viewHappened> & { about: About } }

/** The stream of notes; the others are conversations, and what the work left in the journal. */
const notes = 'notes'
const readMax = 200

/** What comes after `shown` (the last position by stream), oldest first, at most `limit`. */
export async function exchangeOf(core: Core, number: string, shown: Readonly<Record<string, number>>, limit: number): Promise<Said[]> {
  const ticket = await core.journal.load(ticketStream, number)
  const [messages, history] = await Promise.all([
    core.collections.messages.find({ ticket: { $in: numbersOf(ticket) } }, { sort: { createdAt: -1 }, limit: readMax }),
    historyOf(core, ticket),
  ])
  const happened = history.flatMap((each): Said[] => {
    const { about, entry } = each
    const { n: position, at, stream, actor, events } = entry
    if (about.kind !== 'ticket')
      return isMove(entry) ? [{ stream, position, at, words: { from: 'work', move: { ...viewHappened(each), about } }, text: '', files: [] }] : []
    return events.flatMap((event) =>
      event.type === 'note.created' ? [{ stream: notes, position, at, words: { from: 'staff', by: actor }, text: event.text, files: [] }] : [],
    )
  })
  return inOrder([...messages.map(saidIn), ...happened].filter(({ stream, position }) => position > (shown[stream] ?? 0))).slice(0, limit)
}

/** Each stream in its own order, whatever its clock says; between streams by time. */
function inOrder(said: readonly Said[]): Said[] {
  const streams = [...Map.groupBy(said, ({ stream }) => stream).values()].map((each) => each.toSorted((a, b) => a.position - b.position))
  const merged: Said[] = []
  for (;;) {
    const heads = streams.flatMap(([head]) => head ?? [])
    const next = heads.toSorted((a, b) => a.at.localeCompare(b.at))[0]
    if (next === undefined) return merged
    merged.push(next)
    streams.find(([head]) => head === next)?.shift()
  }
}

function saidIn(message: StoredMessage): Said {
  const { conversation: stream, seq: position, createdAt: at, channel, text, attachments: files } = message
  const words: Spoken =
    message.direction === 'inbound'
      ? { from: 'customer', name: message.from.name ?? null, channel }
      : { from: 'us', speaker: message.speaker, channel, unsent: message.state === 'suppressed' || message.state === 'failed' ? (message.reason ?? '') : null }
  return { stream, position, at, words, text, files }
}
