// Sends what a conversation has in the outbox, in order, each once.
import type { Channel, Receipt } from '../channel.ts'
import { timestamp } from '../clock.ts'
import { statesBefore } from '../conversations/index.ts'
import type { Core } from '../core.ts'
import { SendError } from '../errors.ts'
import { errorFields } from '../log.ts'
import { contactPointId, type OutboundMessage } from '../message.ts'
import { announceState } from '../webhooks/index.ts'
import { recordConsent } from './consent.ts'
import { chooseMerge } from './merge.ts'
import { withCode } from './one-time-code.ts'
import { prepare } from './prepare.ts'
import { retryAt } from './retry.ts'
import { spendBudget } from './spend.ts'
import { fail, openTask, suppress, suppressOptedOut } from './settle.ts'
import { wakeDelivery } from './wake.ts'

type Next = 'again' | 'done'

const system = { kind: 'system', id: null } as const

export async function deliverConversation(core: Core, conversation: string): Promise<void> {
  while ((await deliverNext(core, conversation)) === 'again');
}

async function deliverNext(core: Core, conversation: string): Promise<Next> {
  const found = await core.collections.messages.find(
    { conversation, direction: 'outbound', state: { $in: ['queued', 'sending'] } },
    { sort: { seq: 1 }, limit: 50 },
  )
  const waiting = found.filter((message) => message.direction === 'outbound')
  const [message] = waiting
  if (message === undefined) return 'done'
  const channel = core.channels.get(message.channel)
  if (channel === undefined) throw new Error(`a message waits for the channel ${message.channel}, which is off`)
  if (message.state === 'sending') return resume(core, channel, message)
  const point = await core.collections.contactPoints.get(contactPointId(message.channel, message.place.address))
  if (point?.optedOut) return suppressOptedOut(core, message)
  const wait = Date.parse(message.dueAt) - core.clock.now()
  if (wait > 0) {
    await wakeDelivery(core, conversation, wait)
    return 'done'
  }
  if (point?.bad) return fail(core, message, `the address is dead: ${point.bad}`, 'queued')
  if (channel.abilities.budgeted && message.attempts === 0) {
    const held = await holdForBudget(core, message, waiting)
    if (held !== undefined) return held
  }
  return attempt(core, channel, message, 'first')
}

/** Found in `sending`: somebody is at it, or died over it. */
async function resume(core: Core, channel: Channel, message: OutboundMessage): Promise<Next> {
  const last = await core.collections.attempts.get(`${message._id}/${message.attempts}`)
  const lease = last === undefined ? 0 : Date.parse(last.at) + core.sendLeaseMs - core.clock.now()
  const dead = core.alone && last?.process !== core.processId
  if (lease > 0 && !dead) {
    if (last?.process !== core.processId) await wakeDelivery(core, message.conversation, lease)
    return 'done'
  }
  core.metrics.recovered.inc({ kind: 'sending' })
  return attempt(core, channel, message, 'after_crash')
}

async function attempt(core: Core, channel: Channel, message: OutboundMessage, why: 'first' | 'after_crash'): Promise<Next> {
  const { attempts, messages } = core.collections
  const number = message.attempts + 1
  const claim = await attempts.insert({ _id: `${message._id}/${number}`, process: core.processId, at: timestamp(core.clock.now()) })
  if (claim === 'duplicate') {
    // Claimed by one that is at it, or that died between claim and mark: then the mark is made here and the lease decides.
    await messages.update(message._id, { $set: { state: 'sending', attempts: number } }, { state: { $in: ['queued', 'sending'] }, attempts: message.attempts })
    const marked = await messages.get(message._id)
    return marked?.direction === 'outbound' && marked.state === 'sending' && marked.attempts === number ? resume(core, channel, marked) : 'again'
  }
  // The provider's word that it arrived may have come in since: forward only.
  if (!(await messages.update(message._id, { $set: { state: 'sending', attempts: number } }, { state: { $in: ['queued', 'sending'] } }))) return 'again'
  const whole = withCode(core, message)
  try {
    // Tried before, the provider's answer may have been lost on its way to us.
    const found = why === 'after_crash' || message.attempts > 0 ? await lookUp(core, channel, whole) : undefined
    const maybeTwice = why === 'after_crash' && found === undefined && channel.find === undefined && !channel.sendIsIdempotent
    if (maybeTwice) core.metrics.maybeTwice.inc()
    const receipt = found ?? (await channel.send(await prepare(core, channel, whole)))
    return await sent(core, message, receipt, maybeTwice)
  } catch (error) {
    return notSent(core, message, number, error)
  }
}

/** Undefined where the provider does not have it. What it names may be another message of ours with the same words. */
async function lookUp(core: Core, channel: Channel, message: OutboundMessage): Promise<Receipt | undefined> {
  const found = await channel.find?.(message)
  if (found === undefined) return undefined
  const [holder = message] = await core.collections.messages.find({ direction: 'outbound', providerId: found.providerId }, { limit: 1 })
  return holder._id === message._id ? found : undefined
}

async function sent(core: Core, message: OutboundMessage, receipt: Receipt, maybeTwice: boolean): Promise<Next> {
  await announceState(core, message, receipt.state)
  const { messages } = core.collections
  const known = { providerId: receipt.providerId, ...(maybeTwice ? { maybeTwice } : {}) }
  const moved = await messages.update(message._id, { $set: { state: receipt.state, ...known } }, { state: { $in: statesBefore(receipt.state) } })
  // A receipt can overtake the provider's answer; the state it brought stays.
  if (!moved) await messages.update(message._id, { $set: known })
  core.metrics.deliveries.inc({ channel: message.channel, state: receipt.state })
  core.log.info('sent', { message: message._id, conversation: message.conversation, channel: message.channel, state: receipt.state })
  return 'again'
}

async function notSent(core: Core, message: OutboundMessage, number: number, error: unknown): Promise<Next> {
  const kind = error instanceof SendError ? error.kind : 'later'
  core.log.warn('not sent', {
    message: message._id,
    channel: message.channel,
    kind,
    count: number,
    ...(error instanceof SendError ? { reason: error.reason } : errorFields(error)),
  })
  if (kind === 'opted_out')
    await recordConsent(
      core,
      contactPointId(message.channel, message.place.address),
      { wish: 'opt_out', words: 'provider' },
      system,
      `opted_out/${message._id}`,
    )
  if (kind === 'opted_out' || kind === 'never' || kind === 'window_closed')
    return fail(core, message, error instanceof SendError ? error.reason : kind, 'sending')
  const at = retryAt(number, core.clock.now(), error instanceof SendError ? error.retryAfterMs : undefined, core.random)
  if (at === undefined) return fail(core, message, 'the provider did not take it in two days', 'sending')
  await core.collections.messages.update(message._id, { $set: { state: 'queued', dueAt: at } }, { state: 'sending', attempts: number })
  await wakeDelivery(core, message.conversation, Math.max(1, Date.parse(at) - core.clock.now()))
  return 'done'
}

/** Undefined when the message may go now. */
async function holdForBudget(core: Core, message: OutboundMessage, waiting: readonly OutboundMessage[]): Promise<Next | undefined> {
  const { messages } = core.collections
  const refusal = await spendBudget(core, message)
  if (refusal === undefined) {
    const merge = message.merged.length > 0 ? undefined : chooseMerge(message, waiting)
    if (merge !== undefined) {
      await messages.update(message._id, { $set: { text: merge.text, fullText: merge.text, merged: merge.ids } })
      return 'again'
    }
    for (const id of message.merged) {
      const other = await messages.get(id)
      if (other?.direction === 'outbound' && other.state === 'queued') await suppress(core, other, `merged into ${message._id}`)
    }
    return undefined
  }
  await openTask(core, message, 'answers_held')
  if (refusal.kind === 'exhausted') return suppress(core, message, refusal.reason)
  // News waiting behind it goes with it, in one message.
  await messages.update(message._id, { $set: { dueAt: refusal.until, held: true } })
  await wakeDelivery(core, message.conversation, Date.parse(refusal.until) - core.clock.now())
  return 'done'
}
