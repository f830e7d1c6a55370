// One process at a time draws a ticket. Whoever holds its card says until when; who dies over it is found out by then, and what they may have done is looked up.
import { setTimeout as pause } from 'node:timers/promises'
import type { Card, Desk } from '../../../src/desk/index.ts'
import { timestamp, type Clock } from '../../../src/clock.ts'

/** Longer than any call of Slack takes; renewed at every step. Milliseconds. */
const leaseMs = 10_000
const lookAgainMs = 200

export interface Hold {
  readonly card: Card
  /** The one who held it before never let go: anything after the record may have happened too. */
  readonly inherited: boolean
  /** Records a step. Throws when the hold was lost to another process. */
  record(step: Partial<Pick<Card, 'channel' | 'ts' | 'shown' | 'posted'>>): Promise<void>
  /** With everything recorded. */
  release(): Promise<void>
}

/** Waits while another process is at it. */
export async function holdCard(cards: Desk['cards'], ticket: string, clock: Clock): Promise<Hold> {
  for (;;) {
    const known = (await cards.get(ticket)) ?? { ticket, n: 0, channel: '', ts: null, shown: '', posted: {}, busyUntil: null }
    if (known.busyUntil !== null && known.busyUntil > timestamp(clock.now())) {
      await pause(lookAgainMs)
      continue
    }
    const taken = await cards.put({ ...known, busyUntil: timestamp(clock.now() + leaseMs) })
    if (taken !== undefined) return holding(cards, taken, known.busyUntil !== null, clock)
  }
}

function holding(cards: Desk['cards'], taken: Card, inherited: boolean, clock: Clock): Hold {
  let card = taken
  async function put(next: Card): Promise<void> {
    const stored = await cards.put(next)
    if (stored === undefined) throw new Error(`the card of ${card.ticket} is in other hands`)
    card = stored
  }
  return {
    get card() {
      return card
    },
    inherited,
    record: (step) => put({ ...card, ...step, busyUntil: timestamp(clock.now() + leaseMs) }),
    release: () => put({ ...card, busyUntil: null }),
  }
}
