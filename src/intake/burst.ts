// Which waiting messages go to one turn.
import type { Abilities } from '../channel.ts'
import type { InboundMessage } from '../message.ts'

/**
 * Where a channel gathers, all that waits; else the first message and the photos right behind it. A message that failed
 * before goes alone, so that it cannot take others down with it. `waiting` is in order and not empty.
 */
export function takeBurst(waiting: readonly InboundMessage[], abilities: Abilities): InboundMessage[] {
  const [first, ...rest] = waiting
  if (first === undefined) return []
  if (first.failures > 0) return [first]
  const gathers = abilities.gatherMs.text > 0 || abilities.gatherMs.media > 0
  const burst = [first]
  for (const message of rest) {
    const photoOnly = message.text.trim() === '' && bringsFiles(message)
    if (message.failures > 0 || message.author !== first.author || !(gathers || photoOnly)) break
    burst.push(message)
  }
  return burst
}

/** With files, or with files that are still to be fetched. */
export function bringsFiles(message: InboundMessage): boolean {
  return message.attachments.length > 0 || (message.remotes ?? []).length > 0
}

/** A steady stream of photos is not waited for longer than this many times the channel's pause. */
const patience = 6

/** Milliseconds until the burst is complete: since its last message, as long as the channel gathers. 0: take it now. */
export function gatherWait(burst: readonly InboundMessage[], { gatherMs }: Abilities, now: number): number {
  const [first] = burst
  const last = burst.at(-1)
  if (first === undefined || last === undefined) return 0
  const pause = bringsFiles(last) ? gatherMs.media : gatherMs.text
  const until = Math.min(Date.parse(last.createdAt) + pause, Date.parse(first.createdAt) + patience * pause)
  return Math.max(0, until - now)
}
