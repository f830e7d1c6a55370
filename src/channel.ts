// The contract of a channel: a small value that reads what a provider sends and sends what Mendline says.
import type { Readable } from 'node:stream'
import type { Timestamp } from './clock.ts'
import type { Connection } from './connection.ts'
import type { Desk } from './desk/index.ts'
import type { Files } from './files/files.ts'
import type { Keep } from './files/keep.ts'
import type { ChannelEvent, ChannelName, OutboundMessage, Place, RemoteFile, StoredMessage } from './message.ts'

/** What a channel can do, as data; flows and delivery ask this and never the channel's name. */
export interface Abilities {
  /** Characters in one message. */
  textLimit: number
  choices: 'buttons' | 'numbers'
  /** Ask for everything missing at once (mail), or one thing after another (chat, text). */
  questions: 'all_at_once' | 'one_by_one'
  attachments: boolean
  /** The provider tells us later what became of a message. */
  receipts: boolean
  /** How long to wait for more before a turn: after text, after media. Milliseconds. */
  gatherMs: { text: number; media: number }
  /** The customer reads straight from our store (web chat): stored is sent. */
  storeIsDelivery: boolean
  /** Answers to inbound messages spend the automatic-message budget (mail). */
  budgeted: boolean
  /** Free text only so long after the customer's last message, milliseconds; later a template (WhatsApp). Null: always. */
  windowMs: number | null
  /** Lone STOP, START, HELP and their kin belong to the carrier (SMS, WhatsApp): they opt out and in, and no prompt may ask for them. */
  carrierKeywords: boolean
}

/** `duplicate`: this very input is stored already, which is as good as stored. */
export type Accepted = { kind: 'stored' | 'duplicate'; messageId: string; conversation: string; seq: number } | { kind: 'noted' }

/** Resolves once the event is durably stored; may be called twice with the same. Throws `Unavailable` when it could not store. */
export type Accept = (event: ChannelEvent) => Promise<Accepted>

/** What came over HTTP, free of any server framework. */
export interface HttpRequest {
  method: string
  /** Path without query. */
  path: string
  /** Values of `:name` parts of the route. */
  params: Readonly<Record<string, string>>
  query: URLSearchParams
  /** Lower-case names; repeated headers joined by `, `. */
  headers: Readonly<Record<string, string>>
  /** The peer's address as the proxy settings allow it to be known. */
  ip: string
  body: Readable
  /** The whole body, or undefined when it is larger than `limit` bytes. */
  bytes(limit: number): Promise<Uint8Array | undefined>
}

export interface HttpReply {
  status: number
  headers?: Readonly<Record<string, string>>
  body?: string | Uint8Array | Readable
}

export type ReadResult =
  | { kind: 'accepted'; events: readonly ChannelEvent[]; reply: HttpReply }
  | { kind: 'refused'; status: 400 | 401 | 403 | 404 | 413 | 415; reason: string }

/** A pushed input: verifies the raw bytes, then parses. No storage. `POST` only. */
export interface Webhook {
  path: string
  /** Largest body, bytes. */
  limit: number
  read(request: {
    headers: Readonly<Record<string, string>>
    query: URLSearchParams
    /** Values of `:name` parts of the path. */
    params: Readonly<Record<string, string>>
    body: Uint8Array
  }): Promise<ReadResult>
}

export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS'
  /** With `:name` parts. */
  path: string
  handle(request: HttpRequest): Promise<HttpReply>
}

/** One open WebSocket. */
export interface Socket {
  send(text: string): void
  close(code: number, reason: string): void
  onMessage(listener: (text: string) => void): void
  onClose(listener: () => void): void
}

export interface SocketRoute {
  path: string
  /** Refuse before the upgrade with a status, or take the socket. */
  open(request: Omit<HttpRequest, 'body' | 'bytes'>): Promise<{ kind: 'refused'; status: number; reason: string } | { kind: 'open'; run(socket: Socket): void }>
}

export interface Routes {
  http: readonly Route[]
  sockets: readonly SocketRoute[]
}

/** Something happened in a conversation; a hint only, the truth is `history`. */
export type Hint = 'messages' | 'typing'

/** A file fetched from a provider. How large it may be and what it is by its bytes is seen to where it is stored. */
export interface Fetched {
  /** Where the provider knows better than when it named the file. */
  name?: string
  contentType?: string
  /** Bytes, where the provider announces them. */
  size?: number | undefined
  content: AsyncIterable<Uint8Array>
}

/** All that a listening or serving channel gets of Mendline. */
export interface Door {
  accept: Accept
  files: Files
  /** How a customer's file is stored: sniffed, and a photo without its position. The raw input goes to `files` as it is. */
  keep: Keep
  /** Messages of a conversation with `seq` greater than `after`, in order, at most `limit`. */
  history(conversation: string, after: number, limit: number): Promise<StoredMessage[]>
  /** Calls back on each hint until the returned function is called. */
  live(conversation: string, onHint: (hint: Hint) => void): () => void
  /** What staff can see and do, for channels that are also a face of the desk. */
  desk: Desk
}

/** A provider's word that it took the message. */
export interface Receipt {
  providerId: string
  state: 'sent' | 'delivered'
}

/** What `send` gets: the stored message, and its attachments to read. */
export interface Outgoing {
  message: OutboundMessage
  files: Files
  /** The customer's last message in this conversation; null where they have not written yet. */
  lastInbound: { at: Timestamp; route: string | null } | null
  /** Set when the window is closed and the settings name a template for these words. */
  template: Template | null
  /** Where one click takes back the leave to write to this address; null where the words need none. */
  unsubscribe: string | null
}

/** A message approved by the provider beforehand. */
export interface Template {
  /** Twilio: ContentSid. */
  id: string
  /** Values by the template's own placeholders, `1`, `2` … */
  variables: Readonly<Record<string, string>>
}

/** A week of repairs in words, for staff. */
export interface WeekDigest {
  /** The face's name for the place. */
  channel: string
  company: string
  /** Of the calendar, e.g. `2026-W11`. */
  week: string
  until: Timestamp
  sections: readonly { title: string; lines: readonly string[] }[]
}

export interface Channel {
  readonly name: ChannelName
  readonly abilities: Abilities
  /** Our address from which somebody is written to who has not written to us here: a number of ours. Absent: they must write first. */
  readonly account?: string
  /** What it depends on, tried by `mendline check`. Making the channel opens none of them. */
  readonly connections?: readonly Connection[]
  readonly webhooks?: readonly Webhook[]
  /** Pull sources (IMAP, SMTP listener): resolves once listening; works until the signal aborts; the returned promise `done` settles when all is put away. */
  listen?(door: Door, signal: AbortSignal): Promise<{ done: Promise<void> }>
  /** Protocols with reads, sockets or uploads. */
  serve?(door: Door): Routes
  /** What the customer will see of a message, exactly as `send` would write it: with its subject, split and numbered. Absent: the text as it is. */
  preview?(message: OutboundMessage): { subject?: string; texts: string[] }
  /** Throws `SendError`. */
  send(outgoing: Outgoing): Promise<Receipt>
  /** Did the provider get it? Asked before a message found in `sending` is sent again. Absent: cannot be looked up. */
  find?(message: OutboundMessage): Promise<Receipt | undefined>
  /**
   * True where sending again cannot make a second message (mail under the same Message-ID): no `maybeTwice`.
   */
  readonly sendIsIdempotent: boolean
  /** Fetches a file that came by reference, from the provider's own hosts only. Throws `FetchError`. */
  fetch?(file: RemoteFile): Promise<Fetched>
  /** Where to write to somebody of ours who may not have written yet, by their id with the provider. Throws `SendError`. */
  placeOf?(user: string): Promise<Place>
  /** The name that an address goes by with the provider; asked once, where messages come without. Undefined: it has none. */
  nameOf?(address: string): Promise<string | undefined>
  /** Looks at an event stored earlier. Runs in a worker, may run again after a crash. */
  process?(event: { id: string; body: Uint8Array }, door: Door): Promise<void>
  /** Asks the provider what came in since then and accepts it; what is stored already is told apart by its id. */
  reconcile?(since: Date, accept: Accept): Promise<void>
  /** A face of the desk: brings what it shows of a ticket up to date. Runs in a worker after every change; must be idempotent. */
  showTicket?(number: string, door: Door): Promise<void>
  /** A face of the desk: shows a task that belongs to no ticket, once. Runs in a worker, may run again. */
  showTask?(task: string, door: Door): Promise<void>
  /** A face of the desk: shows a visit that is to be had, once. Runs in a worker, may run again. */
  showWork?(workOrder: string, door: Door): Promise<void>
  /** A face of the desk: shows the week in a channel of staff, once for each `week`. Runs in a worker, may run again. */
  showDigest?(digest: WeekDigest): Promise<void>
  /** A face of the desk: tells whoever has the ticket, else its team. Runs in a worker, may run again: once per `key` is the face's to see to. */
  warnStaff?(warning: { ticket: string; text: string; key: string }, door: Door): Promise<void>
}
