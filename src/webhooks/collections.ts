// What outgoing webhooks keep.
import type { Collection, Store } from '../storage/collection.ts'
import { webhookDeliveriesCollection, webhookHealthCollection, type WebhookDelivery, type WebhookHealth } from './delivery.ts'
import { webhookEndpointsCollection, type WebhookEndpoint } from './endpoint.ts'
import { webhookPlacesCollection, type WebhookPlace } from './retain.ts'
import { webhookSecretsCollection, type WebhookSecret } from './secrets.ts'

export interface WebhookCollections {
  webhookEndpoints: Collection<WebhookEndpoint>
  webhookSecrets: Collection<WebhookSecret>
  webhookDeliveries: Collection<WebhookDelivery>
  webhookHealth: Collection<WebhookHealth>
  webhookPlaces: Collection<WebhookPlace>
}

export async function openWebhooks(store: Store): Promise<WebhookCollections> {
  return {
    webhookEndpoints: await store.open(webhookEndpointsCollection),
    webhookSecrets: await store.open(webhookSecretsCollection),
    webhookDeliveries: await store.open(webhookDeliveriesCollection),
    webhookHealth: await store.open(webhookHealthCollection),
    webhookPlaces: await store.open(webhookPlacesCollection),
  }
}
