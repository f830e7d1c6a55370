// A provider's later word about a message: stored first, applied forward only.
import { timestamp, type Timestamp } from '../clock.ts'
import { statesBefore } from '../conversations/index.ts'
import type { Core } from '../core.ts'
import { contactPointStream } from '../customers/index.ts'
import { contactPointId, digest, type NewReceipt, type OutboundMessage } from '../message.ts'
import { defineCollection } from '../storage/collection.ts'
import { raiseTask } from '../tasks/index.ts'
import { announceState } from '../webhooks/index.ts'
import { recordConsent } from './consent.ts'
import { fail } from './settle.ts'

export interface StoredReceipt {
  _id: string
  receipt: NewReceipt
  /** The untouched input. */
  raw: string
  state: 'received' | 'applied' | 'unmatched'
  createdAt: Timestamp
}

export const receiptsCollection = defineCollection<StoredReceipt>('receipts', [{ name: 'state', fields: ['state', 'createdAt'] }])

const system = { kind: 'system', id: null } as const

/** A receipt can overtake the record of its own message; so long it is looked for. */
const patienceMs = 600_000

export async function acceptReceipt(core: Core, receipt: NewReceipt, raw: string): Promise<void> {
  const id = `rc_${digest(receipt.channel, receipt.messageId ?? '', receipt.providerId ?? '', receipt.state)}`
  const stored: StoredReceipt = { _id: id, receipt, raw, state: 'received', createdAt: timestamp(core.clock.now()) }
  if ((await core.collections.receipts.insert(stored)) === 'duplicate') return core.files.remove(raw)
  await applyReceipt(core, stored)
}

/** Applies it if its message is there; gives up, with a task for a person, when its message never shows up. */
export async function applyReceipt(core: Core, stored: StoredReceipt): Promise<void> {
  const { receipts } = core.collections
  const message = await findMessage(core, stored.receipt)
  if (message === undefined) {
    if (stored.createdAt > timestamp(core.clock.now() - patienceMs)) return
    await raiseTask(core, `t_${stored._id}`, { kind: 'unmatched', ticket: null, conversation: null, message: null })
    await receipts.update(stored._id, { $set: { state: 'unmatched' } })
    return
  }
  await advance(core, message, stored.receipt)
  await receipts.update(stored._id, { $set: { state: 'applied' } })
  core.log.info('receipt', { message: message._id, channel: message.channel, state: stored.receipt.state })
}

async function advance(core: Core, message: OutboundMessage, receipt: NewReceipt): Promise<void> {
  if (receipt.state !== 'failed') {
    await announceState(core, message, receipt.state)
    const done = await core.collections.messages.update(message._id, { $set: { state: receipt.state } }, { state: { $in: statesBefore(receipt.state) } })
    if (done) core.metrics.deliveries.inc({ channel: message.channel, state: receipt.state })
    return
  }
  const reason = receipt.reason ?? 'the provider gave no reason'
  if (receipt.addressIsBad)
    await core.journal.change(contactPointStream, contactPointId(message.channel, message.place.address), {
      key: `bad/${message._id}`,
      decide: (point) =>
        point.bad === null ? { kind: 'entry', actor: system, events: [{ type: 'contact_point.marked_bad', reason }], effects: [] } : { kind: 'nothing' },
    })
  if (receipt.optedOut)
    await recordConsent(
      core,
      contactPointId(message.channel, message.place.address),
      { wish: 'opt_out', words: 'provider' },
      system,
      `opted_out/${message._id}`,
    )
  if (statesBefore('failed').includes(message.state)) await fail(core, message, reason, 'sent')
}

/** The message of ours that a receipt is about. */
export async function findMessage(core: Core, receipt: NewReceipt): Promise<OutboundMessage | undefined> {
  const { messages } = core.collections
  const byId = receipt.messageId === undefined ? undefined : await messages.get(receipt.messageId)
  const found =
    byId ?? (receipt.providerId === undefined ? undefined : (await messages.find({ providerId: receipt.providerId, direction: 'outbound' }, { limit: 1 }))[0])
  return found?.direction === 'outbound' ? found : undefined
}
