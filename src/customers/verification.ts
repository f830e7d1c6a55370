// A one-time code on its way to an address: asked for in one conversation, good only there, for ten minutes and five tries.
// The code is made from our secret when it is sent and when it is checked, so it is stored nowhere.
import { timestamp, type Timestamp } from '../clock.ts'
import type { Stream } from '../journal/index.ts'
import type { ChannelName } from '../message.ts'
import { defineCollection } from '../storage/collection.ts'

export interface Verification {
  /** The conversation it was asked for in. */
  _id: string
  n: number
  channel: ChannelName | null
  address: string
  customer: string
  /** Which of the codes of this conversation. */
  version: number
  expiresAt: Timestamp
  /** Wrong ones so far. */
  tries: number
  state: 'none' | 'sent' | 'done'
}

export const verificationsCollection = defineCollection<Verification>('verifications')

const lifeMs = 600_000
const triesMax = 5

export const codeExpiry = (now: number): Timestamp => timestamp(now + lifeMs)

export const verificationStream: Stream<Verification> = {
  kind: 'verification',
  collection: verificationsCollection,
  begin: (id) => ({ _id: id, n: 0, channel: null, address: '', customer: '', version: 0, expiresAt: timestamp(0), tries: 0, state: 'none' }),
  apply(verification, event) {
    switch (event.type) {
      case 'verification.sent': {
        const { channel, address, customer, expiresAt } = event
        return { ...verification, channel, address, customer, expiresAt, version: verification.n + 1, tries: 0, state: 'sent' }
      }
      case 'verification.failed':
        return { ...verification, tries: verification.tries + 1 }
      case 'verification.done':
        return { ...verification, state: 'done' }
      default:
        return verification
    }
  },
}

/** Six digits that follow from our secret, the conversation and which of its codes it is. */
export function oneTimeCode(sign: (text: string) => string, verification: string, version: number): string {
  const number = Number.parseInt(sign(`code:${verification}:${version}`).slice(0, 12), 16)
  return String(number % 1_000_000).padStart(6, '0')
}

export type CodeVerdict = 'right' | 'wrong' | 'expired'

/** Pure. A code that was tried too often, or used, is as good as expired. */
export function checkCode(verification: Verification | undefined, code: string, now: number, sign: (text: string) => string): CodeVerdict {
  if (verification?.state !== 'sent' || verification.expiresAt <= timestamp(now) || verification.tries >= triesMax) return 'expired'
  return code === oneTimeCode(sign, verification._id, verification.version) ? 'right' : 'wrong'
}

const hour = 3_600_000
const limits = [
  { length: hour, most: 3 },
  { length: 24 * hour, most: 6 },
]

/** Whether one more code may go to an address, or out at somebody's wish, after those at `times`. */
export function mayHaveCode(times: readonly Timestamp[], now: number): boolean {
  return limits.every(({ length, most }) => times.filter((at) => at > timestamp(now - length)).length < most)
}
