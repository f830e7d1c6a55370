// Merging two tickets by staff: both learn of it, the conversations of the merged one go on with the other, and its customer hears of it once.
import { timestamp } from '../clock.ts'
import type { Core } from '../core.ts'
import type { Utterance } from '../flow.ts'
import type { Consequence, Decision } from '../journal/index.ts'
import { bringsOf, checkMerge, mergeStream, numbersOf, survivorOf, ticketStream, type MergeRefusal, type Ticket } from '../tickets/index.ts'
import type { Deed } from './change-ticket.ts'

export type MergeResult =
  /** The surviving ticket. */
  { kind: 'merged'; ticket: Ticket } | { kind: 'refused'; refusal: MergeRefusal | { kind: 'stale'; version: number } | { kind: 'too_late' } }
type Refusal = Extract<MergeResult, { kind: 'refused' }>['refusal']

/** More conversations than any ticket is talked about in. */
const messagesMax = 1000

/** More rounds than merges could race. */
const roundsMax = 5

/**
 * By the customer's word, who hears of it in the same breath. Whatever lives on in another by now stands for that one: two who say of each
 * other's ticket that it is theirs at the same moment make one. Answers whether they are one now.
 */
export async function mergeByWord(core: Core, from: string, into: string, deed: Deed): Promise<boolean> {
  for (let round = 0; round < roundsMax; round++) {
    const [one, other] = [await survivorOf(core, from), await survivorOf(core, into)]
    if (one._id === other._id) return true
    const result = await mergeTickets(core, one._id, other._id, null, deed, false)
    if (result.kind === 'merged') return true
    if (result.refusal.kind !== 'merged' && result.refusal.kind !== 'into_merged') return false
  }
  return false
}

/** `tell` false: the customer hears of it in the same breath. */
export async function mergeTickets(core: Core, number: string, into: string, comment: string | null, deed: Deed, tell = true): Promise<MergeResult> {
  const changed = await core.journal.change<{ _id: string; n: number }, Refusal>(mergeStream, 'tickets', {
    key: deed.key,
    async decide(): Promise<Decision<Refusal>> {
      const from = await core.journal.load(ticketStream, number)
      const survivor = await core.journal.load(ticketStream, into)
      if (from.mergedInto === into) return { kind: 'nothing' }
      const refusal = checkMerge(from, survivor)
      if (refusal !== undefined) return { kind: 'refused', refusal }
      if (deed.version !== undefined && deed.version !== from.n) return { kind: 'refused', refusal: { kind: 'stale', version: from.n } }
      if (deed.mayCommit?.() === false) return { kind: 'refused', refusal: { kind: 'too_late' } }
      const event = { type: 'ticket.merged', from: number, into, comment, brings: bringsOf(from, survivor) } as const
      return {
        kind: 'entry',
        actor: deed.actor,
        events: [{ type: 'tickets.merge_decided', from: number, into }],
        effects: [
          // The survivor first: whoever follows the pointer finds everything there.
          { do: 'merge_ticket', number: into, event },
          { do: 'merge_ticket', number, event },
          ...(await conversationsOf(core, from)).map((conversation) => goOn(core, conversation, from, survivor, tell ? comment : undefined)),
        ],
      }
    },
  })
  return changed.kind === 'refused' ? { kind: 'refused', refusal: changed.refusal } : { kind: 'merged', ticket: await core.journal.load(ticketStream, into) }
}

/** Every conversation in which the ticket was spoken of. */
async function conversationsOf(core: Core, ticket: Ticket): Promise<string[]> {
  const messages = await core.collections.messages.find({ ticket: { $in: numbersOf(ticket) } }, { sort: { createdAt: -1 }, limit: messagesMax })
  const told = [ticket.conversation, ...ticket.merged.map(({ conversation }) => conversation)].filter((each) => each !== null)
  return [...new Set([...told, ...messages.map(({ conversation }) => conversation)])]
}

/** Told where news of the merged ticket went, unless `comment` is undefined; the others only know. */
function goOn(core: Core, conversation: string, from: Ticket, survivor: Ticket, comment: string | null | undefined): Consequence {
  const about = { number: from._id, subject: from.subject, into: survivor._id }
  const news: Utterance =
    typeof comment === 'string'
      ? { text: 'ticket.merged.comment', with: { ...about, comment }, kind: 'statement', ticket: survivor._id }
      : { text: 'ticket.merged', with: about, kind: 'statement', ticket: survivor._id }
  const say = comment !== undefined && conversation === from.conversation ? [news] : []
  return { do: 'arm', at: timestamp(core.clock.now()), alarm: { kind: 'merged', conversation, from: from._id, into: survivor._id, say } }
}
