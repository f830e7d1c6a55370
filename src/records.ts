// All that is kept: every collection, and every kind of thing with a history.
import { apiKeysCollection, apiKeyStream, idempotentRequestsCollection, usesCollection as keyUsesCollection } from './access/index.ts'
import { assetsCollection, assetStream, productsCollection, productStream, sitesCollection, siteStream } from './assets/index.ts'
import { dueCollection } from './alarms/due.ts'
import { conversationsCollection, conversationStream, messagesCollection, threadsCollection } from './conversations/index.ts'
import {
  contactPointsCollection,
  contactPointStream,
  customersCollection,
  customerStream,
  verificationsCollection,
  verificationStream,
} from './customers/index.ts'
import { attemptsCollection } from './delivery/attempt.ts'
import { mailboxStream } from './delivery/mailbox.ts'
import { receiptsCollection } from './delivery/receipts.ts'
import { calendarCollection, calendarStream, engineersCollection, engineerStream, workOrdersCollection, workOrderStream } from './dispatch/index.ts'
import { faultsCollection, faultStream } from './faults/index.ts'
import { cardsCollection } from './desk/index.ts'
import { importStream } from './imports/index.ts'
import { digestsCollection } from './insights/digest/index.ts'
import { opportunitiesCollection, opportunityStream } from './insights/opportunities/index.ts'
import { signalsCollection, signalStream } from './insights/signals/index.ts'
import {
  inspectionsCollection,
  inspectionStream,
  metersCollection,
  meterStream,
  occurrencesCollection,
  occurrenceStream,
  plansCollection,
  planStream,
} from './inspections/index.ts'
import { sweepsCollection } from './intake/unnamed-files.ts'
import { entriesCollection } from './journal/index.ts'
import {
  billStream,
  locationsCollection,
  locationStream,
  partsCollection,
  partStream,
  requestsCollection,
  requestStream,
  stockCollection,
  stockStream,
  usesCollection,
} from './parts/index.ts'
import { quotesCollection, quoteStream } from './quotes/index.ts'
import { surveysCollection, surveyStream } from './surveys/index.ts'
import { tasksCollection } from './tasks/index.ts'
import { mergeStream, ticketsCollection, ticketStream } from './tickets/index.ts'
import { openWebhooks, webhookEndpointStream } from './webhooks/index.ts'
import type { Collections } from './core.ts'
import type { Stream, Versioned } from './journal/index.ts'
import type { Store } from './storage/collection.ts'

export async function openCollections(store: Store): Promise<Collections> {
  return {
    messages: await store.open(messagesCollection),
    conversations: await store.open(conversationsCollection),
    threads: await store.open(threadsCollection),
    tickets: await store.open(ticketsCollection),
    customers: await store.open(customersCollection),
    contactPoints: await store.open(contactPointsCollection),
    verifications: await store.open(verificationsCollection),
    surveys: await store.open(surveysCollection),
    quotes: await store.open(quotesCollection),
    tasks: await store.open(tasksCollection),
    due: await store.open(dueCollection),
    attempts: await store.open(attemptsCollection),
    receipts: await store.open(receiptsCollection),
    sweeps: await store.open(sweepsCollection),
    cards: await store.open(cardsCollection),
    products: await store.open(productsCollection),
    sites: await store.open(sitesCollection),
    assets: await store.open(assetsCollection),
    engineers: await store.open(engineersCollection),
    workOrders: await store.open(workOrdersCollection),
    calendar: await store.open(calendarCollection),
    parts: await store.open(partsCollection),
    bills: await store.open(billStream.collection),
    locations: await store.open(locationsCollection),
    stock: await store.open(stockCollection),
    partRequests: await store.open(requestsCollection),
    partUses: await store.open(usesCollection),
    qualitySignals: await store.open(signalsCollection),
    entries: await store.open(entriesCollection),
    ...(await openWebhooks(store)),
    plans: await store.open(plansCollection),
    occurrences: await store.open(occurrencesCollection),
    inspections: await store.open(inspectionsCollection),
    meters: await store.open(metersCollection),
    opportunities: await store.open(opportunitiesCollection),
    digests: await store.open(digestsCollection),
    apiKeys: await store.open(apiKeysCollection),
    apiKeyUses: await store.open(keyUsesCollection),
    idempotentRequests: await store.open(idempotentRequestsCollection),
    deviceFaults: await store.open(faultsCollection),
  }
}

export const streams: readonly Stream<Versioned>[] = [
  conversationStream,
  ticketStream,
  customerStream,
  contactPointStream,
  verificationStream,
  mailboxStream,
  surveyStream,
  quoteStream,
  mergeStream,
  productStream,
  siteStream,
  assetStream,
  importStream,
  engineerStream,
  workOrderStream,
  calendarStream,
  partStream,
  billStream,
  locationStream,
  stockStream,
  requestStream,
  signalStream,
  webhookEndpointStream,
  planStream,
  occurrenceStream,
  inspectionStream,
  meterStream,
  opportunityStream,
  apiKeyStream,
  faultStream,
]
