// Wakes delivery for a conversation. The outbox is in the store; a queue that is away only delays it.
import type { Core } from '../core.ts'
import { errorFields } from '../log.ts'

export async function wakeDelivery(core: Core, conversation: string, delayMs = 0): Promise<void> {
  try {
    await core.queues.add('deliver', { conversation }, { key: conversation, ...(delayMs > 0 ? { delayMs } : {}) })
  } catch (error) {
    core.log.warn('not queued, left to recover', { conversation, ...errorFields(error) })
  }
}
