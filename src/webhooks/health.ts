// How an endpoint is doing: since when every try fails, and until when it wants to be left alone.
import { timestamp, type Timestamp } from '../clock.ts'
import type { Core } from '../core.ts'
import type { WebhookHealth } from './delivery.ts'

export async function healthOf({ collections }: Core, endpoint: string): Promise<WebhookHealth> {
  return (await collections.webhookHealth.get(endpoint)) ?? { _id: endpoint, failingSince: null, pausedUntil: null }
}

export async function noteAnswer({ collections }: Core, endpoint: string): Promise<void> {
  await collections.webhookHealth.update(endpoint, { $set: { failingSince: null, pausedUntil: null } }, { failingSince: { $ne: null } })
}

/** Answers how it is doing then. */
export async function noteFailure(core: Core, endpoint: string, now: Timestamp, pauseMs: number): Promise<WebhookHealth> {
  const { webhookHealth } = core.collections
  const first = await webhookHealth.insert({ _id: endpoint, failingSince: now, pausedUntil: null })
  if (first === 'duplicate') await webhookHealth.update(endpoint, { $set: { failingSince: now } }, { failingSince: null })
  if (pauseMs > 0) await webhookHealth.update(endpoint, { $set: { pausedUntil: timestamp(core.clock.now() + pauseMs) } })
  return healthOf(core, endpoint)
}

/** A fresh start. */
export async function forgetHealth({ collections }: Core, endpoint: string): Promise<void> {
  await collections.webhookHealth.remove(endpoint)
}
