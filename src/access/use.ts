// When a key was last used: written once a minute at most, since it is for people who tidy up.
import { timestamp, type Timestamp } from '../clock.ts'
import type { Collection } from '../storage/collection.ts'
import { defineCollection } from '../storage/collection.ts'

const everyMs = 60_000

export interface KeyUse {
  /** The key's id. */
  _id: string
  lastUsedAt: Timestamp
}

export const usesCollection = defineCollection<KeyUse>('api_key_uses')

/** Answers what is called for every request; it never fails and keeps nobody waiting. */
export function rememberUse(uses: Collection<KeyUse>, onError: (error: unknown) => void): (id: string, now: number) => void {
  const written = new Map<string, number>()
  return (id, now) => {
    if (now - (written.get(id) ?? -Infinity) < everyMs) return
    written.set(id, now)
    uses.put({ _id: id, lastUsedAt: timestamp(now) }).catch(onError)
  }
}
