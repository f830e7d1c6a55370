// Trying again what no machine could read, or what could not be delivered. Each once, however often it is asked for.
import { setTimeout as pause } from 'node:timers/promises'
import { ringAgain } from '../alarms/run.ts'
import { timestamp } from '../clock.ts'
import { appendMessage } from '../conversations/index.ts'
import type { Core } from '../core.ts'
import { deliverConversation } from '../delivery/deliver.ts'
import { wakeDelivery } from '../delivery/wake.ts'
import { Unavailable, Unreadable } from '../errors.ts'
import { replayMessage } from '../intake/handle.ts'
import { digest, type InboundMessage, type OutboundMessage } from '../message.ts'
import type { Task } from '../tasks/index.ts'
import { closeTask } from './close-task.ts'

export type ReplayResult =
  /** `message` null: it was none. */
  | { kind: 'done'; task: Task; message: InboundMessage | null }
  | { kind: 'unknown' }
  /** The item is no input: there is nothing to replay. */
  | { kind: 'no_message' }
  /** It still cannot be read, and why. */
  | { kind: 'unreadable'; reason: string }
  | { kind: 'failed'; error: unknown }

/** Gives an input that was put aside its turn. What fails again stays where it is; what went through before is only shown. */
export async function replayNeedsReview(core: Core, taskId: string, by: string): Promise<ReplayResult> {
  const { tasks, messages } = core.collections
  const task = await tasks.get(taskId)
  if (task?.kind !== 'needs_review') return { kind: 'unknown' }
  if (task.due !== undefined) return replayInput(core, task, task.due, by)
  const message = task.message === null ? undefined : await messages.get(task.message)
  if (message?.direction !== 'inbound') return { kind: 'no_message' }
  if (task.state === 'open') {
    try {
      await replayMessage(core, message, taskId)
    } catch (error) {
      if (error instanceof Unavailable) throw error
      return { kind: 'failed', error }
    }
  }
  const closed = (await closeTask(core, taskId, by)) ?? task
  const handled = await messages.get(message._id)
  return { kind: 'done', task: closed, message: handled?.direction === 'inbound' ? handled : message }
}

/** An input that is no message: a report of another system, after its mapping was mended. */
async function replayInput(core: Core, task: Task, due: string, by: string): Promise<ReplayResult> {
  try {
    if (task.state === 'open') await ringAgain(core, due)
  } catch (error) {
    if (error instanceof Unavailable) throw error
    return error instanceof Unreadable ? { kind: 'unreadable', reason: error.reason } : { kind: 'failed', error }
  }
  return { kind: 'done', task: (await closeTask(core, task._id, by)) ?? task, message: null }
}

/** How long the person who asked is kept waiting for the provider's word. */
const patienceMs = 15_000

/**
 * Sends a failed message again, as a new message under the same words; the old one keeps its state and names the new one.
 * Answers the new one as it is after the attempt. Undefined when there is no failed message with this id.
 */
export async function retryDeadLetter(core: Core, messageId: string, by: string): Promise<OutboundMessage | undefined> {
  const { messages } = core.collections
  const failed = await messages.get(messageId)
  if (failed?.direction !== 'outbound' || failed.state !== 'failed') return undefined
  const { retriedAs: _, seq: __, ...words } = failed
  const id = `m_${digest('again', messageId)}`
  const now = timestamp(core.clock.now())
  await appendMessage(messages, {
    ...words,
    _id: id,
    key: id,
    state: 'queued',
    // A person's act: over the budget it waits, and is never dropped.
    cause: failed.cause === 'answer' ? 'news' : failed.cause,
    reason: null,
    attempts: 0,
    dueAt: now,
    createdAt: now,
    providerId: failed.channel === 'email' ? `${id}@${core.mail.domain}` : null,
    merged: [],
    held: false,
    relayOf: null,
  })
  await messages.update(messageId, { $set: { retriedAs: id } })
  await wakeDelivery(core, failed.conversation)
  await Promise.race([deliverConversation(core, failed.conversation), pause(patienceMs, undefined, { ref: false })])
  const again = await messages.get(id)
  if (again?.direction !== 'outbound') return undefined
  if (again.state === 'sent' || again.state === 'delivered') await closeTask(core, `t_${digest('undeliverable', messageId)}`, by)
  return again
}
