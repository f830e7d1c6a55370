// Finds what was left: unhandled messages, overdue documents, unfinished entries, the outbox. The store is the truth, the queue only an alarm clock.
import { wakeDue } from '../alarms/arm.ts'
import { timestamp } from '../clock.ts'
import type { Core } from '../core.ts'
import { applyReceipt } from '../delivery/receipts.ts'
import { wakeDelivery } from '../delivery/wake.ts'
import { errorFields } from '../log.ts'
import { forgetDelivered, sweepWebhooks } from '../webhooks/index.ts'
import { sweepFiles } from './unnamed-files.ts'

const everyMs = 5000
/** Younger work is most likely in good hands. */
const graceMs = 5000
const batch = 500

/** Sweeps now and then every five seconds on a plain timer until `stop`; a sweep that fails is tried again by the next. */
export function startRecover(core: Core): { stop(): Promise<void> } {
  const stopping = new AbortController()
  // Apart from each other: a look through old files may take its time.
  const sweeps = [() => sweep(core), () => sweepFiles(core, stopping.signal)].map((work) => repeat(core, work, stopping.signal))
  return {
    async stop() {
      stopping.abort()
      await Promise.all(sweeps.map((stopped) => stopped()))
    },
  }
}

/** One at a time: a turn that comes while one runs is left out. Answers what resolves when the last one is over. */
function repeat(core: Core, work: () => Promise<void>, signal: AbortSignal): () => Promise<void> {
  let running: Promise<void> | undefined
  const begin = async (): Promise<void> => {
    try {
      await work()
    } catch (error) {
      if (!signal.aborted) core.log.warn('sweep failed', errorFields(error))
    }
    running = undefined
  }
  running = begin()
  const timer = setInterval(() => (running ??= begin()), everyMs)
  signal.addEventListener('abort', () => clearInterval(timer), { once: true })
  return async () => running
}

/** One sweep. `grace` in milliseconds; 0 at start, when whatever is found was left by a process that is gone. */
export async function sweep(core: Core, grace = graceMs): Promise<void> {
  const { messages, due, receipts, idempotentRequests } = core.collections
  const now = core.clock.now()
  const old = timestamp(now - grace)

  const unhandled = await messages.find({ direction: 'inbound', state: 'received', createdAt: { $lte: old } }, { sort: { createdAt: 1 }, limit: batch })
  for (const conversation of new Set(unhandled.map((message) => message.conversation))) {
    await core.queues.add('turn', { conversation }, { key: conversation })
    core.metrics.recovered.inc({ kind: 'turn' })
  }
  // Those put off to later are left out here, or a few hundred of them would hide what could go now.
  const ready = await messages.find(
    { direction: 'outbound', state: { $in: ['queued', 'sending'] }, createdAt: { $lte: old }, dueAt: { $lte: timestamp(now) } },
    { sort: { createdAt: 1 }, limit: batch },
  )
  for (const conversation of new Set(ready.map((message) => message.conversation))) {
    await wakeDelivery(core, conversation)
    core.metrics.recovered.inc({ kind: 'deliver' })
  }
  for (const { _id } of await due.find(
    { state: 'waiting', notBefore: { $lte: timestamp(now - Math.min(grace, 1000)) } },
    { sort: { notBefore: 1 }, limit: batch },
  )) {
    await wakeDue(core, _id, timestamp(now))
    core.metrics.recovered.inc({ kind: 'due' })
  }
  for (const stream of await core.journal.unfinished(old, batch)) {
    await core.queues.add('finish', { stream }, { key: stream })
    core.metrics.recovered.inc({ kind: 'finish' })
  }
  await sweepWebhooks(core, Math.min(grace, 1000))
  await forgetDelivered(core)
  await idempotentRequests.removeAll({ expiresAt: { $lte: timestamp(now) } })
  for (const receipt of await receipts.find({ state: 'received', createdAt: { $lte: old } }, { sort: { createdAt: 1 }, limit: batch }))
    await applyReceipt(core, receipt)
}

/** For the metrics: how long the oldest message has waited for its turn, in seconds; 0 when none waits. */
export async function oldestUnhandledSeconds(core: Core): Promise<number> {
  const [oldest] = await core.collections.messages.find({ direction: 'inbound', state: 'received' }, { sort: { createdAt: 1 }, limit: 1 })
  return oldest === undefined ? 0 : Math.max(0, (core.clock.now() - Date.parse(oldest.createdAt)) / 1000)
}
