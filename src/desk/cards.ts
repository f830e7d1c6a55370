// Where the card of a ticket stands on a face, and how far it shows what happened. Every change is an insert, so of two processes one wins.
import { timestamp, type Timestamp } from '../clock.ts'
import type { Core } from '../core.ts'
import { defineCollection } from '../storage/collection.ts'

export interface Card {
  ticket: string
  /** Counts changes; 0 before the first. */
  n: number
  /** Where it stands: the face's name for the place, and its name for the card there, null until it is known. */
  channel: string
  ts: string | null
  /** Digest of what it shows. */
  shown: string
  /** Position of the last message mirrored into its thread, by conversation. */
  posted: Readonly<Record<string, number>>
  /** Somebody is at it until then, unless they died. */
  busyUntil: Timestamp | null
}

export interface StoredCard extends Card {
  _id: string
  /** The process that changed it last. */
  by: string
}

export const cardsCollection = defineCollection<StoredCard>('cards', [{ name: 'ticket', fields: ['ticket', 'n'] }])

export interface Cards {
  get(ticket: string): Promise<Card | undefined>
  /** Stores it as number `n + 1` if nobody has changed it since `n`. Answers the stored card, or undefined when somebody has. */
  put(card: Card): Promise<Card | undefined>
}

export function cardsOf(core: Core): Cards {
  const { cards } = core.collections
  const latest = async (ticket: string): Promise<StoredCard | undefined> => (await cards.find({ ticket }, { sort: { n: -1 }, limit: 1 }))[0]
  return {
    async get(ticket) {
      const found = await latest(ticket)
      if (found === undefined) return undefined
      const { _id, by, ...card } = found
      // Alone on the stores: any other process is gone.
      const orphaned = card.busyUntil !== null && core.alone && by !== core.processId
      return orphaned ? { ...card, busyUntil: timestamp(0) } : card
    },
    async put(card) {
      const next = { ...card, n: card.n + 1 }
      if ((await cards.insert({ _id: `${card.ticket}/${next.n}`, by: core.processId, ...next })) === 'duplicate') return undefined
      // The number was free because later ones have done away with it.
      if ((await latest(card.ticket))?.n !== next.n) return undefined
      await cards.removeAll({ ticket: card.ticket, n: { $lt: next.n } })
      return next
    },
  }
}
