// One process at a time draws a ticket. Whoever holds its card says until when; who dies over it is found out by then, and what they may have done is looked up.
import type { Card, Desk } from '../../../src/desk/index.ts'
import { timestamp, type Clock } from '../../../src/clock.ts'
import { SendError } from '../../../src/errors.ts'

/** Longer than the longest call of Slack (context.ts); renewed at every step. Milliseconds. */
const leaseMs = 40_000
/** Whoever finds it held comes back after so long, or when the hold ends. */
const comeBackMs = 500

export interface Hold {
  readonly card: Card
  /** The one who held it before died over it, or does not know: anything after the record may have happened too. */
  readonly inherited: boolean
  /** Records a step. Throws when the hold was lost to another process. */
  record(step: Partial<Pick<Card, 'channel' | 'ts' | 'shown' | 'posted'>>): Promise<void>
  /** `unclear`: what was tried last may have happened, so the next one inherits the doubt. */
  release(how: 'done' | 'unclear'): Promise<void>
}

/** Throws `SendError` `later` while another process is at it: what it has not seen yet is drawn then. */
export async function holdCard(cards: Desk['cards'], ticket: string, clock: Clock): Promise<Hold> {
  for (;;) {
    const known = (await cards.get(ticket)) ?? { ticket, n: 0, channel: '', ts: null, shown: '', posted: {}, busyUntil: null }
    const left = known.busyUntil === null ? 0 : Date.parse(known.busyUntil) - clock.now()
    if (left > 0) throw new SendError('later', 'another process draws this card', { retryAfterMs: Math.min(left, comeBackMs) })
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
    release: (how) => put({ ...card, busyUntil: how === 'done' ? null : timestamp(0) }),
  }
}
