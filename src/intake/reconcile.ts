// What providers took in and we never heard of: asked for at start and every few minutes. One due document per channel, whoever runs it.
import { arm } from '../alarms/arm.ts'
import { timestamp, type Timestamp } from '../clock.ts'
import type { Accepted } from '../channel.ts'
import { statesBefore } from '../conversations/index.ts'
import type { Core } from '../core.ts'
import { findMessage } from '../delivery/receipts.ts'
import type { ChannelEvent, ChannelName } from '../message.ts'
import { accept } from './accept.ts'

const everyMs = 300_000
/** Looked at again each time: a provider's list can lag behind its webhooks. */
const overlapMs = 900_000
/** How far back a desk looks that starts after a while. */
const farthestMs = 3 * 86_400_000

export async function reconcile(core: Core, name: ChannelName, since: Timestamp): Promise<void> {
  const channel = core.channels.get(name)
  const began = core.clock.now()
  if (channel?.reconcile === undefined) return
  const from = Math.max(Date.parse(since) - overlapMs, began - farthestMs)
  await channel.reconcile(new Date(from), (event) => acceptListed(core, event))
  await armReconcile(core, name, began)
}

/** A provider's list may hold what others sent from the same number, and says again what is known: only what moves a message of ours on is taken. */
async function acceptListed(core: Core, event: ChannelEvent): Promise<Accepted> {
  if (event.kind === 'receipt') {
    const message = await findMessage(core, event.receipt)
    if (message === undefined || !statesBefore(event.receipt.state).includes(message.state)) return { kind: 'noted' }
  }
  return accept(core, event)
}

/** Called at start for every channel that can; leaves the one that waits already alone. */
export async function startReconcile(core: Core): Promise<void> {
  for (const channel of core.channels.values()) {
    if (channel.reconcile === undefined) continue
    const known = await core.collections.due.get(reconcileId(channel.name))
    const since = known?.alarm.kind === 'reconcile' ? Date.parse(known.alarm.since) : core.clock.now()
    await arm(core, reconcileId(channel.name), timestamp(core.clock.now()), { kind: 'reconcile', channel: channel.name, since: timestamp(since) }, false)
  }
}

function armReconcile(core: Core, channel: ChannelName, since: number): Promise<void> {
  return arm(core, reconcileId(channel), timestamp(core.clock.now() + everyMs), { kind: 'reconcile', channel, since: timestamp(since) }, false)
}

const reconcileId = (channel: ChannelName): string => `reconcile/${channel}`
