// What people write and read, in the one shape every channel is translated to and from.
import { createHash } from 'node:crypto'
import type { Timestamp } from './clock.ts'
import type { LabelCode } from './labels/code.ts'
import type { ModelReading } from './understanding/model/index.ts'

export type ChannelName = 'email' | 'webchat' | 'sms' | 'whatsapp' | 'slack' | 'botframework' | 'webhook'

export type Language = 'en' | 'zh'

/** Where a conversation takes place: unique, and the same for ever. */
export interface Place {
  channel: ChannelName
  /** Our side: the mailbox, the number, the site. Lower case. */
  account: string
  /** Their side, normalised: lower-case mail address, E.164 number, visitor id. */
  address: string
  /** The mail thread or Slack thread; empty for texts and chat. */
  thread: string
}

/** The conversation's id follows from its place, so that two processes that see it first agree on it without asking. */
export function conversationId(place: Place): string {
  return `c_${digest(place.channel, place.account, place.address, place.thread)}`
}

/** The contact point's id follows from channel and address: one person's address is one contact point whichever account they wrote to. */
export function contactPointId(channel: ChannelName, address: string): string {
  return `p_${digest(channel, address)}`
}

/** 160 bits of SHA-256 over the parts, unambiguous in where one ends. Hex. */
export function digest(...parts: string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 40)
}

/** A file in `files/`, as named by the message that came with it. */
export interface Attachment {
  file: string
  name: string
  contentType: string
  /** Bytes. */
  size: number
}

/** A file still in the hands of the channel: accepted bytes, or already streamed into `files/`. */
export type NewAttachment = { name: string; contentType: string } & ({ content: Uint8Array } | { file: string; size: number })

/** A file that is still with the provider; a worker fetches it through the channel before the message has its turn. */
export interface RemoteFile {
  /** What the channel needs to fetch it: a provider's address or file id. */
  remote: string
  name: string
  /** As the provider declares it; sniffed when it is fetched. */
  contentType: string
}

export interface Choice {
  /** What comes back when it is chosen; stable, never translated. */
  value: string
  /** What the customer reads. */
  label: string
}

/**
 * Who wrote: a `person`; a `person_no_reply`, who wants no automatic answer (the ticket is made, no acknowledgement is sent);
 * or a `machine`, which gets no reply and opens nothing (RFC 3834, and what FIELD practice adds to it).
 */
export type Author = 'person' | 'person_no_reply' | 'machine'

/** What may tie a message to an earlier conversation. Each counts only together with a participant check. */
export interface ThreadHints {
  /** Tokens from reply addresses of ours, e.g. of `support+<token>@`. */
  tokens: readonly string[]
  /** Ids of earlier messages: In-Reply-To and References, without angle brackets. */
  references: readonly string[]
  /** Ticket numbers in the subject. */
  numbers: readonly string[]
  /** The id by which later messages will refer to this one (Message-ID, without brackets); null where there is none. */
  own: string | null
}

/** A message as a channel read it: not yet stored. */
export interface NewMessage {
  channel: ChannelName
  account: string
  /** The provider's id for it. Unique per (channel, account); see `keyWithoutAccount`. */
  providerId: string
  /** True where the same input can reach two accounts of ours and is still one message (mail to two mailboxes). */
  keyWithoutAccount: boolean
  from: { address: string; name?: string }
  /** The thread as the provider names it; for mail the message's own id when it starts one. */
  thread: string
  hints?: ThreadHints
  subject?: string
  /** The trimmed view (no quoted text). */
  text: string
  /** All of it. */
  fullText: string
  /** Set when a button or suggested reply was pressed. */
  choice?: string
  /** Which earlier messages it answers or quotes, where the channel tells: ids of the provider's or ours, the surest first. */
  repliesTo?: readonly string[]
  /** A language the customer's client declared, e.g. `zh-CN`. */
  locale?: string
  author: Author
  attachments: readonly NewAttachment[]
  remotes?: readonly RemoteFile[]
  /** What the channel needs to answer here, beyond the place (Bot Framework's conversation reference); opaque to everyone else. */
  route?: string
  /** Written on the page of a repair: the channel has not heard it, so it opens no window there. */
  onPage?: true
  /** The untouched input: bytes, or a file already streamed. */
  raw: NewAttachment
}

/** Later news about a message we sent. Applied forward only. */
export interface NewReceipt {
  channel: ChannelName
  /** Our message's id where the provider returns it, else the provider's id. */
  messageId?: string
  providerId?: string
  state: 'sent' | 'delivered' | 'read' | 'failed'
  /** With `failed`: what the provider said, without addresses. */
  reason?: string
  /** With `failed`: the address is dead (5.x.x), not only this message. */
  addressIsBad?: boolean
  /** With `failed`: the customer told the provider that they want no messages; the ledger of consent learns of it. */
  optedOut?: boolean
}

export type ChannelEvent =
  | { kind: 'message'; message: NewMessage }
  | { kind: 'receipt'; receipt: NewReceipt; raw: NewAttachment }
  /** Anything else of a provider that a worker is to look at: stored once per `id`, then handed to `Channel.process`. */
  | { kind: 'event'; channel: ChannelName; id: string; raw: NewAttachment }

export type InboundState = 'received' | 'handled' | 'needs_review'
export type OutboundState = 'queued' | 'sending' | 'sent' | 'delivered' | 'read' | 'failed' | 'suppressed'

/** Why we speak. `answer` spends the automatic-message budget where the channel has one, `news` (a person's or a clock's act) waits for it, `agent` is a person's own words. */
export type Cause = 'answer' | 'news' | 'agent'

interface StoredMessageBase {
  _id: string
  conversation: string
  /** Position in the conversation, inbound and outbound together, from 1 without gaps. The order of arrival, and web chat's watermark. */
  seq: number
  channel: ChannelName
  text: string
  fullText: string
  subject?: string
  attachments: Attachment[]
  createdAt: Timestamp
  /** The ticket this message belongs to, once a turn has decided. */
  ticket: string | null
  /** Unique for ever. Inbound: digest of channel, account and the provider's id. Outbound: its own id. */
  key: string
}

export interface InboundMessage extends StoredMessageBase {
  direction: 'inbound'
  state: InboundState
  providerId: string
  place: Place
  /** Mail: this message's own id and those it refers to, for the answer's In-Reply-To and References. */
  reference: string | null
  references: string[]
  from: { address: string; name?: string }
  author: Author
  choice?: string
  /** Ids of the messages it answers or quotes, the surest first; mail has its `references`. */
  repliesTo?: string[]
  locale?: string
  /** Files still to be fetched. */
  remotes?: RemoteFile[]
  /** Fetches that failed so far. */
  fetchFailures?: number
  route?: string
  onPage?: true
  /** What a model made of the words, asked once and kept, so that every later look at the message reads the same. */
  reading?: ModelReading
  /** What the codes on labels in its photos say, read once and kept for the same reason. */
  codes?: LabelCode[]
  /** The untouched input by its id in the files; a small one is in the id itself, so whoever blanks the words blanks this too. */
  raw: string
  /** Failed turns so far; three make it a needs-review item. */
  failures: number
}

export interface OutboundMessage extends StoredMessageBase {
  direction: 'outbound'
  state: OutboundState
  place: Place
  language: Language
  cause: Cause
  /** True for the first words in answer to a new request; at most one per sender and conversation in 24 h by mail. */
  acknowledgement: boolean
  choices: Choice[]
  /** Where the words came from, by keys of `flows/texts/` (`agent.reply` for an agent's own): what a provider's template needs. */
  utterances: SaidKey[]
  /** Who spoke: `bot`, or an agent's name as the customer may read it. */
  speaker: string
  /** Provider's id, known before sending where we choose it (Message-ID). */
  providerId: string | null
  /** Mail: the token of the reply address, the id answered and the ids of the thread, without brackets. */
  replyToken: string
  inReplyTo: string | null
  references: string[]
  /** Attempts begun. */
  attempts: number
  /** Not before this, while `queued`. */
  dueAt: Timestamp
  /** Why `failed` or `suppressed`, without addresses. */
  reason: string | null
  /** Other waiting messages whose words were merged into this one. */
  merged: string[]
  /** True once it had to wait for the budget. */
  held: boolean
  /** The message that could not be delivered elsewhere, whose words these are. */
  relayOf: string | null
  /** With `failed`: the message a person sent again in its place. */
  retriedAs?: string
  /** Which one-time code stands where the text has a gap; filled in when it is sent. */
  oneTimeCode?: { verification: string; version: number }
  /** Sent again after a crash without being able to ask the provider. */
  maybeTwice: boolean
}

/** A key of `flows/texts/` and the values that went into it. */
export interface SaidKey {
  text: string
  with: Readonly<Record<string, string | number>>
}

export type StoredMessage = InboundMessage | OutboundMessage
