// Tells one endpoint what it is due. Every endpoint has a job of its own and every ticket a lane of its own in it, so that neither a slow
// receiver nor a refused event holds up anybody else.
import { setTimeout as pause } from 'node:timers/promises'
import { timestamp } from '../clock.ts'
import type { Core } from '../core.ts'
import { errorFields } from '../log.ts'
import type { WebhookDelivery } from './delivery.ts'
import { disableEndpoint } from './change-endpoint.ts'
import type { WebhookEndpoint } from './endpoint.ts'
import { healthOf, noteAnswer, noteFailure } from './health.ts'
import { chooseNext } from './lane.ts'
import { bodyOf } from './payload.ts'
import { post } from './post.ts'
import { judge, retryAt, type Posted } from './schedule.ts'
import { secretsOf } from './secrets.ts'
import { signedHeaders } from './sign.ts'
import { wakeWebhooks } from './wake.ts'

/** At the same time, of one endpoint. */
const lanesAtOnce = 8
/** After this a job makes room for others. */
const longestMs = 20_000
/** How soon what comes in meanwhile is seen. */
const lookMs = 250
/** Longer than any try takes. */
const claimMs = 30_000
const triesKept = 20
/** Looked at in one lane: more than may ever be passed by. */
const laneAhead = 50
/** An endpoint that has failed for so long is switched off. */
const patienceMs = 5 * 24 * 3_600_000

/** Resolves when nothing more is due, or `signal` says that we stop; what runs is brought to its end. */
export async function deliverWebhooks(core: Core, id: string, signal: AbortSignal): Promise<void> {
  const end = core.clock.now() + longestMs
  const running = new Map<string, Promise<void>>()
  let failed = false
  const mayGoOn = (): boolean => !failed && !signal.aborted && core.clock.now() < end
  for (;;) {
    const ready = mayGoOn() && (await readyEndpoint(core, id)) !== undefined
    const due = ready ? await dueLanes(core, id) : []
    for (const lane of due.filter((each) => !running.has(each)).slice(0, lanesAtOnce - running.size)) {
      const begin = async (): Promise<void> => {
        try {
          await deliverLane(core, id, lane, mayGoOn)
        } catch (error) {
          // The store is away: what is due stays due, and is found when it is back.
          failed = true
          core.log.warn('webhooks left to recover', { webhook: id, ...errorFields(error) })
        }
        running.delete(lane)
      }
      running.set(lane, begin())
    }
    if (running.size === 0) break
    // Whatever comes in while a receiver keeps us waiting on one lane is not kept waiting on the others.
    await Promise.race([...running.values(), pause(lookMs)])
  }
  if (core.clock.now() >= end) await wakeWebhooks(core, id)
}

/** Undefined when it is to be told nothing now. */
async function readyEndpoint(core: Core, id: string): Promise<WebhookEndpoint | undefined> {
  const endpoint = await core.collections.webhookEndpoints.get(id)
  if (endpoint?.state !== 'enabled') return undefined
  const { pausedUntil } = await healthOf(core, id)
  const pauseMs = Date.parse(pausedUntil ?? timestamp(0)) - core.clock.now()
  if (pauseMs <= 0) return endpoint
  await wakeWebhooks(core, id, pauseMs)
  return undefined
}

async function dueLanes(core: Core, endpoint: string): Promise<string[]> {
  const due = { endpoint, state: 'waiting', dueAt: { $lte: timestamp(core.clock.now()) } }
  const found = await core.collections.webhookDeliveries.find(due, { sort: { dueAt: 1 }, limit: 200 })
  return [...new Set(found.map(({ lane }) => lane))]
}

/** Goes on while the receiver takes one after the other. */
async function deliverLane(core: Core, id: string, lane: string, mayGoOn: () => boolean): Promise<void> {
  do {
    const endpoint = await readyEndpoint(core, id)
    if (endpoint === undefined) return
    const waiting = await core.collections.webhookDeliveries.find({ endpoint: id, lane, state: 'waiting' }, { sort: { sequence: 1 }, limit: laneAhead })
    const now = core.clock.now()
    const { failingSince } = await healthOf(core, id)
    const next = chooseNext(waiting, { now: timestamp(now), failingSince, alone: core.alone, processId: core.processId })
    if (next.kind === 'done') return
    if (next.kind === 'wait') {
      await hold(core, waiting, next.until)
      return wakeWebhooks(core, id, Math.max(1, Date.parse(next.until) - now))
    }
    if (!(await attempt(core, endpoint, next.delivery))) return
  } while (mayGoOn())
}

/** Those behind are not looked at before the one they wait for. */
async function hold(core: Core, waiting: readonly WebhookDelivery[], until: string): Promise<void> {
  const due = waiting.filter(({ dueAt }) => dueAt < until)
  for (const { _id, dueAt } of due) await core.collections.webhookDeliveries.update(_id, { $set: { dueAt: until } }, { state: 'waiting', dueAt })
}

/** True when the receiver took it, or it is over in another way. */
async function attempt(core: Core, endpoint: WebhookEndpoint, delivery: WebhookDelivery): Promise<boolean> {
  const { clock, collections } = core
  const at = clock.now()
  const { _id, state, claimedBy, claimedUntil } = delivery
  const claimed = { claimedBy: core.processId, claimedUntil: timestamp(at + claimMs) }
  if (!(await collections.webhookDeliveries.update(_id, { $set: claimed }, { state, claimedBy, claimedUntil }))) return false
  const body = await bodyOf(core, delivery)
  if (body === undefined) {
    await settle(core, delivery, claimed, { state: 'failed', doneAt: timestamp(at) }, { kind: 'unanswered', reason: 'what it was about was erased' }, at)
    return true
  }
  const headers = signedHeaders(await secretsOf(core, endpoint, timestamp(at)), { id: delivery.event, at, body })
  const posted = await post(endpoint.url, headers, body, { resolve: core.resolve, allow: core.company().webhooks.allow })
  return record(core, endpoint, delivery, claimed, posted, at)
}

type Claim = Pick<WebhookDelivery, 'claimedBy' | 'claimedUntil'>

async function record(core: Core, endpoint: WebhookEndpoint, delivery: WebhookDelivery, claimed: Claim, posted: Posted, at: number): Promise<boolean> {
  const now = core.clock.now()
  const verdict = judge(posted, now)
  core.metrics.webhooks.inc({ outcome: verdict.kind })
  core.log.info('webhook', { webhook: delivery._id, kind: delivery.type, state: verdict.kind })
  if (verdict.kind === 'delivered') {
    await settle(core, delivery, claimed, { state: 'delivered', failures: 0, doneAt: timestamp(now) }, posted, at)
    await noteAnswer(core, endpoint._id)
    return true
  }
  const failures = delivery.failures + 1
  const failedAt = delivery.failedAt ?? timestamp(now)
  if (verdict.kind === 'gone') {
    // It waits for the endpoint to be switched on again.
    await disableEndpoint(core, endpoint._id, 'gone', { actor: { kind: 'system', id: null }, key: `webhook/${endpoint._id}/gone/${endpoint.n}` })
    await settle(core, delivery, claimed, { refused: true, failedAt }, posted, at)
    return false
  }
  const health = await noteFailure(core, endpoint._id, timestamp(now), verdict.pauseMs)
  const next = retryAt(failures, now, verdict.pauseMs, core.random)
  const rest = next === undefined ? { state: 'failed' as const, doneAt: timestamp(now) } : { notBefore: next, dueAt: next }
  await settle(core, delivery, claimed, { failures, failedAt, refused: verdict.refused, ...rest }, posted, at)
  if (Date.parse(health.failingSince ?? timestamp(now)) <= now - patienceMs) {
    await disableEndpoint(core, endpoint._id, 'failing', { actor: { kind: 'clock', id: null }, key: `webhook/${endpoint._id}/failing/${endpoint.n}` })
    return false
  }
  return next === undefined
}

/** Unless somebody has taken it over since, or wants it told again. */
async function settle(core: Core, delivery: WebhookDelivery, claimed: Claim, changes: Partial<WebhookDelivery>, posted: Posted, at: number): Promise<void> {
  const answered = posted.kind === 'answered' ? { status: posted.status, answer: posted.body } : { status: null, answer: posted.reason }
  const tries = [...delivery.tries, { at: timestamp(at), durationMs: core.clock.now() - at, ...answered }].slice(-triesKept)
  const free = { claimedBy: '', claimedUntil: timestamp(0) }
  await core.collections.webhookDeliveries.update(delivery._id, { $set: { ...changes, tries, ...free } }, { ...claimed })
}
