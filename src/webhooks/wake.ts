// Waking the deliveries of an endpoint. A queue that is away loses nothing: the sweep finds what is due.
import { timestamp } from '../clock.ts'
import type { Core } from '../core.ts'
import { errorFields } from '../log.ts'

/** Longer delays are left to the sweep: the queue holds no day-old jobs. */
const delayMaxMs = 3_600_000

/** `delayMs` 0: now. */
export async function wakeWebhooks(core: Core, endpoint: string, delayMs = 0): Promise<void> {
  if (delayMs > delayMaxMs) return
  try {
    await core.queues.add('webhook', { endpoint }, { key: endpoint, ...(delayMs > 0 ? { delayMs } : {}) })
  } catch (error) {
    core.log.warn('not queued, left to recover', { webhook: endpoint, ...errorFields(error) })
  }
}

/** Each endpoint by itself, so that a backlog of one hides nobody's. `grace` in milliseconds: younger work is most likely in good hands. */
export async function sweepWebhooks(core: Core, grace: number): Promise<void> {
  const { webhookEndpoints, webhookDeliveries } = core.collections
  const dueAt = { $lte: timestamp(core.clock.now() - grace) }
  for (const { _id: endpoint } of await webhookEndpoints.find({ state: 'enabled' })) {
    const [due] = await webhookDeliveries.find({ endpoint, state: 'waiting', dueAt }, { limit: 1 })
    if (due === undefined) continue
    await wakeWebhooks(core, endpoint)
    core.metrics.recovered.inc({ kind: 'webhook' })
  }
}
