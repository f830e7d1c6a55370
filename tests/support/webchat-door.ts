// An in-memory Mendline behind the web chat's door: stores by the same rules (one seq per conversation, a repeated id is a duplicate), and speaks when told to.
import { noDesk } from './no-desk.ts'
import { once, EventEmitter } from 'node:events'
import { Readable } from 'node:stream'
import type { Accepted, Door, Hint } from '../../src/channel.ts'
import { systemClock, timestamp, type Clock } from '../../src/clock.ts'
import { Unavailable } from '../../src/errors.ts'
import type { FileInfo, Files } from '../../src/files/files.ts'
import { createKeep } from '../../src/files/keep.ts'
import {
  conversationId,
  digest,
  type Attachment,
  type ChannelEvent,
  type Choice,
  type InboundMessage,
  type NewAttachment,
  type OutboundMessage,
  type OutboundState,
  type StoredMessage,
} from '../../src/message.ts'

export interface Said {
  text: string
  choices?: readonly Choice[]
  speaker?: string
  language?: 'en' | 'zh'
  state?: OutboundState
  attachments?: readonly Attachment[]
}

export class WebchatDoor implements Door {
  readonly files = new MemoryFiles()
  readonly keep = createKeep(this.files)
  readonly desk = noDesk
  /** Called after each stored message: the bot of a test. */
  onMessage: (message: InboundMessage) => void = () => {}
  /** What the next calls of `accept` do instead: fail before storing, or store and fail then. */
  readonly failures: ('before' | 'after')[] = []
  /** Stored, and nobody is told. */
  losesHints = false
  /** Every read of the history fails. */
  brokenReads = false
  /** How often `accept` was called. */
  accepts = 0
  readonly #clock: Clock
  readonly #messages = new Map<string, StoredMessage[]>()
  readonly #hints = new EventEmitter().setMaxListeners(0)

  constructor(clock: Clock = systemClock) {
    this.#clock = clock
  }

  accept = async (event: ChannelEvent): Promise<Accepted> => {
    this.accepts += 1
    if (event.kind !== 'message') return { kind: 'noted' }
    const failure = this.failures.shift()
    if (failure === 'before') throw new Unavailable('storage', new Error('down'))
    const { message } = event
    const place = { channel: message.channel, account: message.account, address: message.from.address, thread: message.thread }
    const conversation = conversationId(place)
    const key = digest(message.channel, message.account, message.providerId)
    const known = this.all(conversation).find((stored) => stored.direction === 'inbound' && stored.key === key)
    if (known !== undefined) return { kind: 'duplicate', messageId: known._id, conversation, seq: known.seq }
    const attachments = await Promise.all(message.attachments.map((attachment) => this.#attach(attachment)))
    const raw = await this.#attach(message.raw)
    const stored = this.#append(conversation, (base): InboundMessage => ({
      ...base,
      direction: 'inbound',
      state: 'received',
      key,
      providerId: message.providerId,
      place,
      reference: null,
      references: [],
      from: message.from,
      author: message.author,
      ...(message.choice === undefined ? {} : { choice: message.choice }),
      ...(message.repliesTo === undefined ? {} : { repliesTo: [...message.repliesTo] }),
      ...(message.locale === undefined ? {} : { locale: message.locale }),
      text: message.text,
      fullText: message.fullText,
      attachments,
      raw: raw.file,
      failures: 0,
    }))
    if (failure === 'after') throw new Unavailable('queue', new Error('down'))
    queueMicrotask(() => this.onMessage(stored))
    return { kind: 'stored', messageId: stored._id, conversation, seq: stored.seq }
  }

  history = async (conversation: string, after: number, limit: number): Promise<StoredMessage[]> => {
    if (this.brokenReads) throw new Unavailable('storage', new Error('down'))
    return this.all(conversation).slice(after, after + limit)
  }

  live = (conversation: string, onHint: (hint: Hint) => void): (() => void) => {
    this.#hints.on(conversation, onHint)
    return () => this.#hints.off(conversation, onHint)
  }

  /** A message of ours. */
  say(conversation: string, said: Said): OutboundMessage {
    return this.#append(conversation, (base): OutboundMessage => ({
      ...base,
      direction: 'outbound',
      key: base._id,
      state: said.state ?? 'sent',
      place: { channel: 'webchat', account: 'web', address: 'x', thread: '' },
      language: said.language ?? 'en',
      cause: 'answer',
      acknowledgement: false,
      choices: [...(said.choices ?? [])],
      utterances: [],
      speaker: said.speaker ?? 'bot',
      providerId: null,
      replyToken: '',
      inReplyTo: null,
      references: [],
      attempts: 0,
      dueAt: base.createdAt,
      reason: null,
      merged: [],
      held: false,
      relayOf: null,
      maybeTwice: false,
      text: said.text,
      fullText: said.text,
      attachments: [...(said.attachments ?? [])],
    }))
  }

  typing(conversation: string): void {
    this.#hints.emit(conversation, 'typing')
  }

  all(conversation: string): StoredMessage[] {
    return this.#messages.get(conversation) ?? []
  }

  conversations(): string[] {
    return [...this.#messages.keys()]
  }

  texts(conversation: string): string[] {
    return this.all(conversation).map((message) => message.text)
  }

  /** How many streams listen to the conversation. */
  listeners(conversation: string): number {
    return this.#hints.listenerCount(conversation)
  }

  #append<Message extends StoredMessage>(conversation: string, make: (base: Base) => Message): Message {
    const all = this.all(conversation)
    const seq = all.length + 1
    const message = make({ _id: `m_${conversation}_${seq}`, conversation, seq, channel: 'webchat', ticket: null, createdAt: timestamp(this.#clock.now()) })
    this.#messages.set(conversation, [...all, message])
    if (!this.losesHints) this.#hints.emit(conversation, 'messages')
    return message
  }

  async #attach(attachment: NewAttachment): Promise<Attachment> {
    const { name, contentType } = attachment
    if ('file' in attachment) return { file: attachment.file, name, contentType, size: attachment.size }
    const info = await this.files.write(attachment.content, { name, contentType })
    return { file: info.id, name, contentType, size: info.size }
  }
}

interface Base {
  _id: string
  conversation: string
  seq: number
  channel: 'webchat'
  ticket: null
  createdAt: string
}

export class MemoryFiles implements Files {
  readonly #files = new Map<string, { info: FileInfo; content: Buffer }>()
  readonly #events = new EventEmitter()
  #made = 0
  #writing = 0
  failing = false

  /** Resolves once a file is being written. */
  async begun(): Promise<void> {
    if (this.#writing === 0) await once(this.#events, 'begun')
  }

  /** Resolves once none is. */
  async ended(): Promise<void> {
    if (this.#writing > 0) await once(this.#events, 'ended')
  }

  /** Names of the files there are. */
  get names(): string[] {
    return [...this.#files.values()].map(({ info }) => info.name)
  }

  async write(content: AsyncIterable<Uint8Array> | Uint8Array, about: { name: string; contentType: string }): Promise<FileInfo> {
    if (this.failing) throw new Unavailable('files', new Error('disk full'))
    const all = Buffer.concat(content instanceof Uint8Array ? [content] : await this.#collect(content))
    const id = `f_${++this.#made}`
    const info = { id, ...about, size: all.length, sha256: digest(all.toString('base64')) }
    this.#files.set(id, { info, content: all })
    return info
  }

  async #collect(content: AsyncIterable<Uint8Array>): Promise<Uint8Array[]> {
    this.#writing += 1
    this.#events.emit('begun')
    try {
      return await Array.fromAsync(content)
    } finally {
      this.#writing -= 1
      this.#events.emit('ended')
    }
  }

  async read(id: string): Promise<{ info: FileInfo; content: Readable } | undefined> {
    const file = this.#files.get(id)
    return file === undefined ? undefined : { info: file.info, content: Readable.from([file.content]) }
  }

  async remove(id: string): Promise<void> {
    this.#files.delete(id)
  }

  async close(): Promise<void> {}
}
