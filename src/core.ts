// What the moving parts of the product share: engines, collections, journal, settings of the company. Built once by app.ts.
import type { ApiKey, IdempotentRequest, KeyUse } from './access/index.ts'
import type { Asset, Site } from './assets/index.ts'
import type { StoredProduct } from './assets/product.ts'
import type { Due } from './alarms/due.ts'
import type { Bot } from './bot/turn.ts'
import type { Channel, Door } from './channel.ts'
import type { Clock } from './clock.ts'
import type { Company } from './company.ts'
import type { Conversation, Thread } from './conversations/index.ts'
import type { ContactPoint, Customer, Verification } from './customers/index.ts'
import type { Attempt } from './delivery/attempt.ts'
import type { CalendarDay, Engineer, WorkOrder } from './dispatch/index.ts'
import type { DeviceFault } from './faults/index.ts'
import type { FileArea } from './files/files.ts'
import type { Keep } from './files/keep.ts'
import type { StoredReceipt } from './delivery/receipts.ts'
import type { StoredCard } from './desk/cards.ts'
import type { Digest } from './insights/digest/index.ts'
import type { Opportunity } from './insights/opportunities/index.ts'
import type { QualitySignal } from './insights/signals/index.ts'
import type { Sweep } from './intake/unnamed-files.ts'
import type { Entry, Journal } from './journal/index.ts'
import type { Inspection, MaintenancePlan, Meter, Occurrence } from './inspections/index.ts'
import type { LabelReader } from './labels/index.ts'
import type { Log } from './log.ts'
import type { ChannelName, Language, StoredMessage } from './message.ts'
import type { Metrics } from './metrics.ts'
import type { Bill, Location, Part, PartRequest, PartUse, Stock } from './parts/index.ts'
import type { Queues } from './queue/queues.ts'
import type { Quote } from './quotes/index.ts'
import type { Random } from './random.ts'
import type { Collection } from './storage/collection.ts'
import type { Survey } from './surveys/survey.ts'
import type { Task } from './tasks/index.ts'
import type { Model } from './understanding/model/index.ts'
import type { Ticket } from './tickets/ticket.ts'
import type { Resolve, WebhookCollections } from './webhooks/index.ts'

export interface Collections extends WebhookCollections {
  messages: Collection<StoredMessage>
  conversations: Collection<Conversation>
  threads: Collection<Thread>
  tickets: Collection<Ticket>
  customers: Collection<Customer>
  contactPoints: Collection<ContactPoint>
  verifications: Collection<Verification>
  surveys: Collection<Survey>
  quotes: Collection<Quote>
  tasks: Collection<Task>
  due: Collection<Due>
  attempts: Collection<Attempt>
  receipts: Collection<StoredReceipt>
  sweeps: Collection<Sweep>
  cards: Collection<StoredCard>
  products: Collection<StoredProduct>
  sites: Collection<Site>
  assets: Collection<Asset>
  engineers: Collection<Engineer>
  workOrders: Collection<WorkOrder>
  calendar: Collection<CalendarDay>
  parts: Collection<Part>
  bills: Collection<Bill>
  locations: Collection<Location>
  stock: Collection<Stock>
  partRequests: Collection<PartRequest>
  partUses: Collection<PartUse>
  qualitySignals: Collection<QualitySignal>
  entries: Collection<Entry>
  plans: Collection<MaintenancePlan>
  occurrences: Collection<Occurrence>
  inspections: Collection<Inspection>
  meters: Collection<Meter>
  opportunities: Collection<Opportunity>
  digests: Collection<Digest>
  apiKeys: Collection<ApiKey>
  apiKeyUses: Collection<KeyUse>
  idempotentRequests: Collection<IdempotentRequest>
  deviceFaults: Collection<DeviceFault>
}

export interface Core {
  clock: Clock
  random: Random
  log: Log
  metrics: Metrics
  collections: Collections
  journal: Journal
  queues: Queues
  files: FileArea
  /** Stores a customer's file. */
  keep: Keep
  bot: Bot
  /** Reads messages beside the rules; absent where none is set up. */
  model: Model | undefined
  /** Reads codes on labels in photos; absent where nobody does. */
  labels: LabelReader | undefined
  /** Renders a key of `flows/texts/`. */
  render(language: Language, key: string, values: Readonly<Record<string, string | number>>): string
  /** The company's settings; a getter, since SIGHUP replaces them. */
  company(): Company
  channels: ReadonlyMap<ChannelName, Channel>
  /** The network, for servers that the company's settings name. */
  fetch: typeof fetch
  /** What serving and listening channels get of all this. */
  door: Door
  /** Keyed digest for tokens that cannot be guessed. Lower-case hex. */
  sign(text: string): string
  /** Where customers' browsers find us, without a slash at the end. */
  publicUrl: string
  /** This process, for telling its own attempts from those of one that died. */
  processId: string
  /** No other process shares the stores, so an attempt of another process id is a dead one's. */
  alone: boolean
  sendLeaseMs: number
  /** The addresses of a host that webhooks are sent to. */
  resolve: Resolve
  /** The domain of Message-IDs and the account new mail is sent from. */
  mail: { domain: string; account: string }
}
