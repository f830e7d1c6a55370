// How long the log of deliveries is kept: what was delivered is forgotten after a while, the places in the order are not.
import { timestamp } from '../clock.ts'
import type { Core } from '../core.ts'
import { defineCollection } from '../storage/collection.ts'

/** How far a lane had come whose deliveries are all forgotten, so that its sequence goes on from there. */
export interface WebhookPlace {
  _id: string
  sequence: number
}

export const webhookPlacesCollection = defineCollection<WebhookPlace>('webhook_places')

const batch = 200

export function placeId(endpoint: string, lane: string): string {
  return `${endpoint}/${lane}`
}

/** What waits or was given up stays: somebody may yet want it told. */
export async function forgetDelivered(core: Core): Promise<void> {
  const { webhookDeliveries, webhookPlaces } = core.collections
  const doneAt = { $lte: timestamp(core.clock.now() - core.company().webhooks.keepFor) }
  for (const { _id, endpoint, lane, sequence } of await webhookDeliveries.find({ state: 'delivered', doneAt }, { sort: { doneAt: 1 }, limit: batch })) {
    const [last] = await webhookDeliveries.find({ endpoint, lane }, { sort: { sequence: -1 }, limit: 1 })
    // First the place: whoever finds no delivery finds it.
    if (last?._id === _id) await webhookPlaces.put({ _id: placeId(endpoint, lane), sequence })
    // One that was replayed since goes its way once more.
    await webhookDeliveries.removeAll({ _id, state: 'delivered', doneAt })
  }
}
