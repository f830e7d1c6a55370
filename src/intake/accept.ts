// The front door of all channels: stores an input once, then wakes a worker. Resolves only when the input is durably stored.
import { arm } from '../alarms/arm.ts'
import type { Accepted } from '../channel.ts'
import { timestamp } from '../clock.ts'
import { appendMessage, placeMessage, referenceId, rememberThread } from '../conversations/index.ts'
import type { Core } from '../core.ts'
import { bringsFiles } from './burst.ts'
import { acceptReceipt } from '../delivery/receipts.ts'
import { errorFields } from '../log.ts'
import { conversationId, digest, type Attachment, type ChannelEvent, type NewAttachment, type NewMessage, type StoredMessage } from '../message.ts'
import { newId } from '../random.ts'

/** @throws Unavailable when the store or the file area cannot take it: the sender must be told to try again. */
export async function accept(core: Core, event: ChannelEvent): Promise<Accepted> {
  switch (event.kind) {
    case 'message':
      return acceptMessage(core, event.message)
    case 'receipt':
      await acceptReceipt(core, event.receipt, await storeFile(core, event.raw))
      return { kind: 'noted' }
    case 'event':
      return acceptEvent(core, event)
  }
}

/** Stored once per id, and looked at by a worker. */
async function acceptEvent(core: Core, event: Extract<ChannelEvent, { kind: 'event' }>): Promise<Accepted> {
  const id = `event/${digest(event.channel, event.id)}`
  if ((await core.collections.due.get(id)) !== undefined) return { kind: 'noted' }
  const { file } = await storeFile(core, event.raw)
  await arm(core, id, timestamp(core.clock.now()), { kind: 'provider_event', channel: event.channel, event: event.id, file }, true)
  return { kind: 'noted' }
}

/** The same input has the same key, whichever process gets it and however often. */
export function messageKey(message: NewMessage): string {
  return digest(message.channel, message.keyWithoutAccount ? '' : message.account, message.providerId)
}

async function acceptMessage(core: Core, message: NewMessage): Promise<Accepted> {
  const { messages, threads, tickets, conversations } = core.collections
  const key = messageKey(message)
  const [known] = await messages.find({ key }, { limit: 1 })
  if (known !== undefined) return duplicate(core, message, known)

  const place = await placeMessage(message, {
    threads,
    async placeOfTicket(number) {
      const conversation = (await tickets.get(number))?.conversation
      return conversation ? ((await conversations.get(conversation))?.place ?? undefined) : undefined
    },
  })
  // Files before the message that names them.
  const raw = await storeFile(core, message.raw)
  const attachments: Attachment[] = []
  for (const attachment of message.attachments) attachments.push(await storeFile(core, attachment))

  const stored = await appendMessage(messages, {
    _id: newId('m', core.clock, core.random),
    key,
    conversation: conversationId(place),
    direction: 'inbound',
    state: 'received',
    channel: message.channel,
    place,
    providerId: message.providerId,
    from: message.from,
    author: message.author,
    text: message.text,
    fullText: message.fullText,
    ...(message.subject === undefined ? {} : { subject: message.subject }),
    ...(message.choice === undefined ? {} : { choice: message.choice }),
    ...(message.locale === undefined ? {} : { locale: message.locale }),
    attachments,
    ...(message.remotes === undefined || message.remotes.length === 0 ? {} : { remotes: [...message.remotes] }),
    ...(message.route === undefined ? {} : { route: message.route }),
    raw: raw.file,
    reference: message.hints?.own ?? null,
    references: [...(message.hints?.references ?? [])],
    failures: 0,
    ticket: null,
    createdAt: timestamp(core.clock.now()),
  })
  if (stored.kind === 'duplicate') {
    for (const { file } of [raw, ...attachments]) await core.files.remove(file)
    return duplicate(core, message, stored.message)
  }
  if (message.hints?.own) await rememberThread(threads, [referenceId(message.hints.own)], place)
  core.metrics.accepted.inc({ channel: message.channel, outcome: 'stored' })
  core.log.info('accepted', { message: stored.message._id, conversation: stored.message.conversation, channel: message.channel })
  await wakeTurn(core, stored.message)
  return { kind: 'stored', messageId: stored.message._id, conversation: stored.message.conversation, seq: stored.message.seq }
}

function duplicate(core: Core, message: NewMessage, known: StoredMessage): Accepted {
  core.metrics.accepted.inc({ channel: message.channel, outcome: 'duplicate' })
  core.log.info('accepted again', { message: known._id, conversation: known.conversation, channel: message.channel })
  return { kind: 'duplicate', messageId: known._id, conversation: known.conversation, seq: known.seq }
}

/** The message is safe already: a queue that is away only delays its turn until `recover` finds it. */
async function wakeTurn(core: Core, message: StoredMessage): Promise<void> {
  const { gatherMs } = core.channels.get(message.channel)?.abilities ?? { gatherMs: { text: 0, media: 0 } }
  const delayMs = message.direction === 'inbound' && bringsFiles(message) ? gatherMs.media : gatherMs.text
  try {
    await core.queues.add('turn', { conversation: message.conversation }, { key: message.conversation, ...(delayMs > 0 ? { delayMs } : {}) })
    await core.queues.publish(message.conversation, 'messages')
  } catch (error) {
    core.log.warn('not queued, left to recover', { message: message._id, ...errorFields(error) })
  }
}

async function storeFile(core: Core, file: NewAttachment): Promise<Attachment> {
  if ('file' in file) return { file: file.file, name: file.name, contentType: file.contentType, size: file.size }
  const info = await core.files.write(file.content, { name: file.name, contentType: file.contentType })
  return { file: info.id, name: file.name, contentType: file.contentType, size: info.size }
}
