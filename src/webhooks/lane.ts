// Which event of one ticket an endpoint is told next. Each waits for the one before it, so that they arrive in order; one that the receiver
// keeps refusing while it takes others is passed by after three tries, so that it does not hold the rest for days.
import type { Timestamp } from '../clock.ts'
import type { WebhookDelivery } from './delivery.ts'

type Waiting = Pick<WebhookDelivery, '_id' | 'failures' | 'failedAt' | 'refused' | 'notBefore' | 'claimedBy' | 'claimedUntil'>

export type Next<D extends Waiting> =
  | { kind: 'try'; delivery: D }
  /** Nothing of this lane until then. */
  | { kind: 'wait'; until: Timestamp }
  | { kind: 'done' }

export interface Circumstances {
  now: Timestamp
  /** Since when every try at this endpoint has failed; null while some succeed. */
  failingSince: Timestamp | null
  /** A claim of another process is a dead one's. */
  alone: boolean
  processId: string
}

/** Tries that hold up the events behind. */
const holdingTries = 3

/** `waiting`: of one lane, in order. */
export function chooseNext<D extends Waiting>(waiting: readonly D[], about: Circumstances): Next<D> {
  let soonest: Timestamp | undefined
  for (const delivery of waiting) {
    if (isClaimed(delivery, about)) return { kind: 'wait', until: delivery.claimedUntil }
    if (delivery.notBefore <= about.now) return { kind: 'try', delivery }
    soonest = soonest === undefined || delivery.notBefore < soonest ? delivery.notBefore : soonest
    if (!mayBePassed(delivery, about)) break
  }
  return soonest === undefined ? { kind: 'done' } : { kind: 'wait', until: soonest }
}

function isClaimed({ claimedBy, claimedUntil }: Waiting, { now, alone, processId }: Circumstances): boolean {
  return claimedUntil > now && !(alone && claimedBy !== processId)
}

/** The receiver is there: it said no to this one, or has taken others since. */
function mayBePassed({ failures, failedAt, refused }: Waiting, { failingSince }: Circumstances): boolean {
  return failures >= holdingTries && (refused || failingSince === null || (failedAt !== null && failingSince > failedAt))
}
