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
    const photoOnly = message.text.trim() === '' && message.attachments.length > 0
    if (message.failures > 0 || message.author !== first.author || !(gathers || photoOnly)) break
    burst.push(message)
  }
  return burst
}
