// Telling again: one event, those of a time, of a ticket, or all that failed. Each asks once, however often it is repeated.
import { timestamp } from '../clock.ts'
import type { Core } from '../core.ts'
import type { Alarm } from '../journal/index.ts'
import { digest } from '../message.ts'
import type { Filter } from '../storage/collection.ts'
import { append } from './announce.ts'
import type { WebhookDelivery } from './delivery.ts'
import { wakeWebhooks } from './wake.ts'

const batch = 200

/** It is tried now, with the whole schedule before it. The event keeps its id and its place. */
export async function replayDelivery(core: Core, delivery: WebhookDelivery, key: string): Promise<void> {
  await restart(core, delivery, key)
  await wakeWebhooks(core, delivery.endpoint)
}

export async function replayRange(core: Core, range: Extract<Alarm, { kind: 'replay_webhooks' }>, key: string): Promise<void> {
  const { endpoint, only, from, until, ticket } = range
  const filter: Filter = {
    endpoint,
    replay: { $ne: key },
    createdAt: { $gte: from ?? timestamp(0), $lt: until ?? timestamp(core.clock.now()) },
    ...(only === null ? {} : { state: only }),
    ...(ticket === null ? {} : { ticket }),
  }
  for (;;) {
    const found = await core.collections.webhookDeliveries.find(filter, { sort: { createdAt: 1 }, limit: batch })
    for (const delivery of found) await restart(core, delivery, key)
    if (found.length < batch) break
  }
  await wakeWebhooks(core, endpoint)
}

async function restart(core: Core, { _id }: WebhookDelivery, key: string): Promise<void> {
  const now = timestamp(core.clock.now())
  const fresh = { state: 'waiting', failures: 0, failedAt: null, refused: false, notBefore: now, dueAt: now, doneAt: null, replay: key }
  await core.collections.webhookDeliveries.update(_id, { $set: fresh }, { replay: { $ne: key } })
}

/** An event about nothing, for whoever sets up a receiver. */
export async function sendTest(core: Core, endpoint: string, key: string): Promise<string> {
  const event = `evt_${digest('webhook.test', endpoint, key)}`
  const createdAt = timestamp(core.clock.now())
  const about = { event, type: 'webhook.test', lane: `test/${endpoint}`, ticket: null, source: { kind: 'test' }, createdAt } as const
  const id = await append(core.collections, endpoint, about)
  await wakeWebhooks(core, endpoint)
  return id
}
