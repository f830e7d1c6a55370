// Until when a channel takes free words after the customer's last message.
import type { Abilities } from '../channel.ts'
import { timestamp, type Timestamp } from '../clock.ts'
import type { Core } from '../core.ts'

/** Null where there is no such limit. A customer who never wrote here opened no window: the beginning of time. */
export async function windowOf(core: Core, { windowMs }: Pick<Abilities, 'windowMs'>, conversation: string): Promise<Timestamp | null> {
  if (windowMs === null) return null
  const [last] = await core.collections.messages.find({ conversation, direction: 'inbound', onPage: { $exists: false } }, { sort: { seq: -1 }, limit: 1 })
  return timestamp(last === undefined ? 0 : Date.parse(last.createdAt) + windowMs)
}
