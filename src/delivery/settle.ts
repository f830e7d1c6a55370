// Ends of a message's way that are not success: suppressed with the reason, or failed and given to the ladder.
import { arm } from '../alarms/arm.ts'
import { timestamp } from '../clock.ts'
import { statesBefore } from '../conversations/index.ts'
import type { Core } from '../core.ts'
import type { TaskKind } from '../journal/index.ts'
import { digest, type OutboundMessage } from '../message.ts'
import { raiseTask } from '../tasks/index.ts'
import { announceState } from '../webhooks/index.ts'
import { optedOutReason } from './consent.ts'

export async function suppress(core: Core, message: OutboundMessage, reason: string): Promise<'again'> {
  await core.collections.messages.update(message._id, { $set: { state: 'suppressed', reason } }, { state: 'queued' })
  core.metrics.deliveries.inc({ channel: message.channel, state: 'suppressed' })
  core.log.info('suppressed', { message: message._id, channel: message.channel, reason })
  return 'again'
}

/** An answer ends here; news and an agent's words look for another way. The alarm first, as below. */
export async function suppressOptedOut(core: Core, message: OutboundMessage): Promise<'again'> {
  if (message.cause !== 'answer') await armUndelivered(core, message)
  return suppress(core, message, optedOutReason)
}

/** The alarm first: a crash between the two leaves a message that is tried again, not one nobody hears of. */
export async function fail(core: Core, message: OutboundMessage, reason: string, from: 'queued' | 'sending' | 'sent'): Promise<'again'> {
  await armUndelivered(core, message)
  await announceState(core, message, 'failed')
  await core.collections.messages.update(
    message._id,
    { $set: { state: 'failed', reason } },
    { state: { $in: [...new Set([from, ...statesBefore('failed')])] } },
  )
  core.metrics.deliveries.inc({ channel: message.channel, state: 'failed' })
  core.log.warn('failed', { message: message._id, channel: message.channel, reason })
  return 'again'
}

function armUndelivered(core: Core, message: OutboundMessage): Promise<void> {
  return arm(core, digest('undelivered', message._id), timestamp(core.clock.now()), { kind: 'undelivered', message: message._id }, true)
}

/** One task per conversation and kind a day is enough to make a person look. */
export async function openTask(core: Core, message: OutboundMessage, kind: TaskKind): Promise<void> {
  const day = timestamp(core.clock.now()).slice(0, 10)
  const { ticket, conversation, _id } = message
  await raiseTask(core, `t_${digest(kind, conversation, day)}`, { kind, ticket, conversation, message: _id })
}
