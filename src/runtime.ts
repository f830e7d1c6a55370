// The running whole: journal, workers, gateway and recovery over whatever engines, channels and bot it is given.
import { runDue } from './alarms/run.ts'
import type { Bot } from './bot/turn.ts'
import type { Accept, Channel, Door, Hint, Routes } from './channel.ts'
import type { Clock } from './clock.ts'
import type { Company } from './company.ts'
import type { Core } from './core.ts'
import { deliverConversation } from './delivery/deliver.ts'
import { createDesk, follow } from './desk/index.ts'
import { followTickets, syncEngineers } from './dispatch/index.ts'
import type { FileArea } from './files/files.ts'
import { createKeep } from './files/keep.ts'
import { withSmall } from './files/small.ts'
import { createHttpServer, gatewayRoutes } from './http/index.ts'
import { startInsights } from './insights/index.ts'
import { followInspections, syncPlans } from './inspections/index.ts'
import { accept } from './intake/accept.ts'
import { carryOut } from './intake/carry-out.ts'
import { handleConversation } from './intake/handle.ts'
import { startReconcile } from './intake/reconcile.ts'
import { startRecover, sweep } from './intake/recover.ts'
import { openJournal } from './journal/index.ts'
import type { LabelReader } from './labels/index.ts'
import { errorFields, type Log } from './log.ts'
import { createMetrics } from './metrics.ts'
import type { Queues, Worker } from './queue/queues.ts'
import { newId, type Random } from './random.ts'
import { openCollections, streams } from './records.ts'
import type { Settings } from './settings.ts'
import { followSla } from './sla/index.ts'
import type { Store } from './storage/collection.ts'
import { followRepeats, followSameCase } from './tickets/index.ts'
import type { Model } from './understanding/model/index.ts'
import { announceEntry, deliverWebhooks, systemResolve, type Resolve } from './webhooks/index.ts'
import { createHmac, hkdfSync } from 'node:crypto'

export interface Engines {
  store: Store
  files: FileArea
  queues: Queues
}

export interface Parts {
  settings: Settings
  engines: Engines
  channels: readonly Channel[]
  bot: Bot
  model?: Model | undefined
  labels?: LabelReader | undefined
  render: Core['render']
  /** `globalThis.fetch` outside of tests. */
  fetch: typeof fetch
  adminKey: string
  clock: Clock
  random: Random
  log: Log
  /** Finds the addresses of hosts that webhooks are sent to; the system's when left out. */
  resolve?: Resolve
  /** Where the build left the browser code. */
  webFolder: string
}

export interface App {
  core: Core
  accept: Accept
  /** Where HTTP is served; undefined for a worker that was given no port. */
  port: number | undefined
  /** Takes the company's settings anew. */
  reload(company: Company): void
  /** Takes nothing new, finishes what runs, closes what is open. */
  close(): Promise<void>
}

/** Which desk answers at an address, told to everybody at /healthz: who has the key can tell it for their own. */
export function deskId(adminKey: string): string {
  return Buffer.from(keyFor(adminKey, 'desk id')).toString('hex', 0, 8)
}

/** A key for one use, from the one secret an operator has to keep. */
export function keyFor(adminKey: string, use: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', adminKey, 'mendline', use, 32))
}

/** A webhook's job mostly waits for one receiver, which may take its time. */
const concurrency = { turn: 8, deliver: 8, due: 4, finish: 2, webhook: 200 } as const

export async function startRuntime(parts: Parts): Promise<App> {
  const { settings, clock, random, log, adminKey, channels } = parts
  const { store, queues } = parts.engines
  const files = withSmall(parts.engines.files)
  const keep = createKeep(files)
  const collections = await openCollections(store)
  const tokenKey = keyFor(adminKey, 'tokens')
  let company = settings.company
  const account = settings.email?.supportAddresses[0] ?? 'support@localhost'

  const journal = await openJournal({
    store,
    clock,
    streams,
    carryOut: (effect, cause, entry) => carryOut(core, effect, cause, entry),
    async follow(entry, state) {
      await followSla(core, entry)
      await followSameCase(core, entry)
      await followRepeats(core, entry)
      await followTickets(core, entry)
      await followInspections(core, entry)
      await follow(core, entry, state)
      await announceEntry(core, entry, state)
    },
  })
  const listeners = new Map<string, Set<(hint: Hint) => void>>()
  const door: Door = {
    accept: (event) => accept(core, event),
    files,
    keep,
    history: (conversation, after, limit) => collections.messages.find({ conversation, seq: { $gt: after } }, { sort: { seq: 1 }, limit }),
    live(conversation, onHint) {
      const all = listeners.get(conversation) ?? new Set()
      listeners.set(conversation, all.add(onHint))
      return () => {
        all.delete(onHint)
        if (all.size === 0) listeners.delete(conversation)
      }
    },
    get desk() {
      return desk
    },
  }
  const core: Core = {
    clock,
    random,
    log,
    collections,
    journal,
    queues,
    files,
    keep,
    metrics: createMetrics(),
    bot: parts.bot,
    model: parts.model,
    labels: parts.labels,
    render: parts.render,
    fetch: parts.fetch,
    company: () => company,
    channels: new Map(channels.map((channel) => [channel.name, channel])),
    sign: (text) => createHmac('sha256', tokenKey).update(text).digest('hex'),
    publicUrl: settings.publicUrl,
    processId: newId('process', clock, random),
    alone: settings.mongodbUrl === undefined,
    sendLeaseMs: settings.sendLeaseMs,
    resolve: parts.resolve ?? systemResolve,
    mail: { domain: account.slice(account.indexOf('@') + 1), account },
    door,
  }

  const desk = createDesk(core)
  const stopping = new AbortController()
  const ending = new AbortController()
  const closers: (() => Promise<void>)[] = []
  let port: number | undefined
  const serve = async (routes: Routes): Promise<void> => {
    if (settings.port === undefined) return
    const http = createHttpServer(core, { trustProxy: settings.trustProxy, deskId: deskId(adminKey), ping: () => store.ping() }, routes)
    port = await http.listen(settings.port)
    closers.unshift(() => http.close())
  }

  if (settings.role !== 'gateway') {
    const workers: Worker[] = [
      await queues.work('turn', concurrency.turn, ({ conversation }) => handleConversation(core, conversation)),
      await queues.work('deliver', concurrency.deliver, ({ conversation }) => deliverConversation(core, conversation)),
      await queues.work('due', concurrency.due, ({ id }) => runDue(core, id)),
      await queues.work('finish', concurrency.finish, ({ stream }) => journal.finish(stream)),
      await queues.work('webhook', concurrency.webhook, ({ endpoint }) => deliverWebhooks(core, endpoint, ending.signal)),
    ]
    await syncEngineers(core)
    await syncPlans(core)
    // Alone on the stores, whatever lies there was left by a process that is gone: no grace.
    if (core.alone) await sweep(core, 0)
    await startReconcile(core)
    startInsights(core).catch((error: unknown) => log.error('nothing is learnt until the next start', errorFields(error)))
    const recover = startRecover(core)
    closers.push(
      () => recover.stop(),
      async () => {
        ending.abort()
        await Promise.all(workers.map((worker) => worker.close()))
      },
    )
  }
  if (settings.role === 'worker') {
    // A worker has work to do whether or not it can tell how it is: where several share a machine and a PORT, the first one tells.
    await serve({ http: [], sockets: [] }).catch((error: unknown) => log.warn('health is not served here', errorFields(error)))
  } else {
    const unsubscribe = await queues.subscribe((topic, hint) => {
      if (hint === 'messages' || hint === 'typing') for (const listener of listeners.get(topic) ?? []) listener(hint)
    })
    closers.unshift(unsubscribe)
    await serve(gatewayRoutes(core, door, door.accept, { adminKey, webFolder: parts.webFolder }))
    const listening: { done: Promise<void> }[] = []
    for (const channel of channels) if (channel.listen) listening.push(await channel.listen(door, stopping.signal))
    closers.unshift(async () => {
      stopping.abort()
      await Promise.all(listening.map(({ done }) => done))
    })
  }

  return {
    core,
    accept: door.accept,
    port,
    reload(next) {
      company = next
      if (settings.role === 'gateway') return
      syncEngineers(core).catch((error: unknown) => log.error('engineers are as they were before', errorFields(error)))
      syncPlans(core).catch((error: unknown) => log.error('maintenance plans are as they were before', errorFields(error)))
      startInsights(core).catch((error: unknown) => log.error('the digest comes when it came before', errorFields(error)))
    },
    async close() {
      for (const close of closers) await close()
      await queues.close()
      await files.close()
      await store.close()
    },
  }
}
