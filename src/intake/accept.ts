// The front door of all channels: stores an input once, then wakes a worker. Resolves only when the input is durably stored.
import { arm } from '../alarms/arm.ts'
import type { Accepted } from '../channel.ts'
import { timestamp } from '../clock.ts'
import { appendMessage, placeMessage, referenceId, rememberThread } from '../conversations/index.ts'
import type { Core } from '../core.ts'
import { acceptReceipt } from '../delivery/receipts.ts'
import { smallFile } from '../files/small.ts'
import { errorFields } from '../log.ts'
import { conversationId, digest, type Attachment, type ChannelEvent, type NewAttachment, type NewMessage, type StoredMessage } from '../message.ts'
import { newId } from '../random.ts'
import { bringsFiles } from './burst.ts'

/** @throws Unavailable when the store or the file area cannot take it: the sender must be told to try again. */
export async function accept(core: Core, event: ChannelEvent): Promise<Accepted> {
  switch (event.kind) {
    case 'message':
      return acceptMessage(core, event.message)
    case 'receipt':
      await acceptReceipt(core, event.receipt, await storeRaw(core, event.raw))
      return { kind: 'noted' }
    case 'event':
      return acceptEvent(core, event)
  }
}

/** Stored once per id, and looked at by a worker. */
async function acceptEvent(core: Core, event: Extract<ChannelEvent, { kind: 'event' }>): Promise<Accepted> {
  const id = `event/${digest(event.channel, event.id)}`
  if (needsFile(event.raw) && (await core.collections.due.get(id)) !== undefined) return { kind: 'noted' }
  const file = await storeRaw(core, event.raw)
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
  // A repetition writes no files again; where there are none to write, the unique index says soon enough that it is one.
  if (needsFile(message.raw) || message.attachments.some((attachment) => 'content' in attachment)) {
    const [known] = await messages.find({ key }, { limit: 1 })
    if (known !== undefined) return duplicate(core, message, known)
  }
  // Files before the message that names them.
  const [place, raw, attachments] = await Promise.all([
    placeMessage(message, {
      threads,
      async placeOfTicket(number) {
        const conversation = (await tickets.get(number))?.conversation
        return conversation ? ((await conversations.get(conversation))?.place ?? undefined) : undefined
      },
    }),
    storeRaw(core, message.raw),
    Promise.all(message.attachments.map((attachment) => storeFile(core, attachment))),
  ])

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
    ...(message.repliesTo === undefined ? {} : { repliesTo: [...message.repliesTo] }),
    ...(message.locale === undefined ? {} : { locale: message.locale }),
    attachments,
    ...(message.remotes === undefined || message.remotes.length === 0 ? {} : { remotes: [...message.remotes] }),
    ...(message.route === undefined ? {} : { route: message.route }),
    ...(message.onPage === undefined ? {} : { onPage: message.onPage }),
    raw,
    reference: message.hints?.own ?? null,
    references: [...(message.hints?.references ?? [])],
    failures: 0,
    ticket: null,
    createdAt: timestamp(core.clock.now()),
  })
  if (stored.kind === 'duplicate') {
    for (const file of [raw, ...attachments.map((attachment) => attachment.file)]) await core.files.remove(file)
    return duplicate(core, message, stored.message)
  }
  await rememberOwn(core, message, stored.message)
  core.metrics.accepted.inc({ channel: message.channel, outcome: 'stored' })
  core.log.info('accepted', { message: stored.message._id, conversation: stored.message.conversation, channel: message.channel })
  await wakeTurn(core, stored.message)
  return { kind: 'stored', messageId: stored.message._id, conversation: stored.message.conversation, seq: stored.message.seq }
}

async function duplicate(core: Core, message: NewMessage, known: StoredMessage): Promise<Accepted> {
  // The try that stored it may have died before it got this far.
  await rememberOwn(core, message, known)
  core.metrics.accepted.inc({ channel: message.channel, outcome: 'duplicate' })
  core.log.info('accepted again', { message: known._id, conversation: known.conversation, channel: message.channel })
  return { kind: 'duplicate', messageId: known._id, conversation: known.conversation, seq: known.seq }
}

/** Later mails refer to this one by the id its sender gave it. */
async function rememberOwn(core: Core, { hints }: NewMessage, stored: StoredMessage): Promise<void> {
  if (hints?.own && stored.direction === 'inbound') await rememberThread(core.collections.threads, [referenceId(hints.own)], stored.place)
}

/** The message is safe already: a queue that is away only delays its turn until `recover` finds it. */
async function wakeTurn(core: Core, message: StoredMessage): Promise<void> {
  const { gatherMs } = core.channels.get(message.channel)?.abilities ?? { gatherMs: { text: 0, media: 0 } }
  const delayMs = message.direction === 'inbound' && bringsFiles(message) ? gatherMs.media : gatherMs.text
  try {
    await Promise.all([
      core.queues.add('turn', { conversation: message.conversation }, { key: message.conversation, ...(delayMs > 0 ? { delayMs } : {}) }),
      core.queues.publish(message.conversation, 'messages'),
    ])
  } catch (error) {
    core.log.warn('not queued, left to recover', { message: message._id, ...errorFields(error) })
  }
}

/** An input's id; a small one goes into whatever names it and costs no write of its own. */
async function storeRaw(core: Core, raw: NewAttachment): Promise<string> {
  return smallId(raw) ?? ('file' in raw ? raw.file : (await core.files.write(raw.content, { name: raw.name, contentType: raw.contentType })).id)
}

/** Not where the channel has streamed it into the files already. */
const needsFile = (raw: NewAttachment): boolean => 'content' in raw && smallId(raw) === undefined

const smallId = (raw: NewAttachment): string | undefined => ('content' in raw ? smallFile(raw.content, raw) : undefined)

async function storeFile(core: Core, file: NewAttachment): Promise<Attachment> {
  if ('file' in file) return { file: file.file, name: file.name, contentType: file.contentType, size: file.size }
  return core.keep(file.content, { name: file.name, contentType: file.contentType })
}
