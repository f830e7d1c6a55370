// "These are two cases": said once, kept on both tickets, and not proposed again.
import type { Core } from '../core.ts'
import type { Decision } from '../journal/index.ts'
import { mergeStream, ticketStream, type MergeRefusal, type Ticket } from '../tickets/index.ts'
import type { Deed } from './change-ticket.ts'

type Refusal = Extract<MergeRefusal, { kind: 'unknown_ticket' | 'into_unknown' | 'into_itself' | 'merged' | 'into_merged' }> | { kind: 'too_late' }
export type ApartResult = { kind: 'apart'; ticket: Ticket } | { kind: 'refused'; refusal: Refusal }

/** In the stream of merges, so that of a merge and this at the same moment the later one sees the other. Answers the first ticket. */
export async function tellApart(core: Core, number: string, other: string, deed: Deed): Promise<ApartResult> {
  const changed = await core.journal.change<{ _id: string; n: number }, Refusal>(mergeStream, 'tickets', {
    key: deed.key,
    async decide(): Promise<Decision<Refusal>> {
      const [one, two] = [await core.journal.load(ticketStream, number), await core.journal.load(ticketStream, other)]
      const refusal = checkApart(one, two)
      if (refusal !== undefined) return { kind: 'refused', refusal }
      if ([one, two].every(({ toldApart }, index) => toldApart.some((known) => known.number === (index === 0 ? other : number)))) return { kind: 'nothing' }
      if (deed.mayCommit?.() === false) return { kind: 'refused', refusal: { kind: 'too_late' } }
      return {
        kind: 'entry',
        actor: deed.actor,
        events: [{ type: 'tickets.told_apart', one: number, other }],
        effects: [
          { do: 'ticket', number, change: { change: 'told_apart', other } },
          { do: 'ticket', number: other, change: { change: 'told_apart', other: number } },
        ],
      }
    },
  })
  return changed.kind === 'refused' ? { kind: 'refused', refusal: changed.refusal } : { kind: 'apart', ticket: await core.journal.load(ticketStream, number) }
}

function checkApart(one: Ticket, two: Ticket): Refusal | undefined {
  if (one.n === 0) return { kind: 'unknown_ticket' }
  if (two.n === 0) return { kind: 'into_unknown' }
  if (one._id === two._id) return { kind: 'into_itself' }
  if (one.mergedInto !== null) return { kind: 'merged', into: one.mergedInto }
  return two.mergedInto === null ? undefined : { kind: 'into_merged', into: two.mergedInto }
}
