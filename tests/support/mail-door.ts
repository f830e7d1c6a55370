// What the mail channel's tests put in place of the core: files in memory or on disk, and an accept that records and can be made to fail.
import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, readFile, rm, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { Accepted, Door } from '../../src/channel.ts'
import { Unavailable } from '../../src/errors.ts'
import type { FileInfo, Files } from '../../src/files/files.ts'
import { createKeep } from '../../src/files/keep.ts'
import type { ChannelEvent, NewMessage, NewReceipt } from '../../src/message.ts'
import { noDesk } from './no-desk.ts'

export interface MemoryFiles extends Files {
  readonly kept: Map<string, { info: FileInfo; content: Uint8Array }>
}

export function memoryFiles(): MemoryFiles {
  const kept: MemoryFiles['kept'] = new Map()
  return {
    kept,
    async write(content, about) {
      const chunks: Uint8Array[] = []
      if (content instanceof Uint8Array) chunks.push(content)
      else for await (const chunk of content) chunks.push(chunk)
      const bytes = Buffer.concat(chunks)
      const info = { ...about, id: randomUUID(), size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }
      kept.set(info.id, { info, content: bytes })
      return info
    },
    async read(id) {
      const file = kept.get(id)
      return file && { info: file.info, content: Readable.from([file.content], { objectMode: false }) }
    },
    async remove(id) {
      kept.delete(id)
    },
    async close() {},
  }
}

/** For mail too large to be held: streams to and from `folder`. */
export function diskFiles(folder: string): Files {
  return {
    async write(content, about) {
      const id = randomUUID()
      const hash = createHash('sha256')
      const file = await open(join(folder, id), 'wx')
      let size = 0
      try {
        for await (const chunk of content instanceof Uint8Array ? [content] : content) {
          hash.update(chunk)
          size += chunk.length
          await file.writeFile(chunk)
        }
      } finally {
        await file.close()
      }
      return { ...about, id, size, sha256: hash.digest('hex') }
    },
    async read(id) {
      const { size } = await stat(join(folder, id))
      return { info: { id, name: id, contentType: 'application/octet-stream', size, sha256: '' }, content: createReadStream(join(folder, id)) }
    },
    remove: (id) => rm(join(folder, id), { force: true }),
    async close() {},
  }
}

/** An accept that remembers by the provider's id, as the store does, and fails when told to. */
export interface MailDoor extends Door {
  readonly events: ChannelEvent[]
  /** Stored messages, in order, duplicates left out. */
  messages(): NewMessage[]
  receipts(): NewReceipt[]
  /** The next `count` calls of accept throw Unavailable. */
  failNext(count: number): void
  /** Resolves when so many events have been accepted. */
  accepted(count: number): Promise<void>
  /** Awaited in accept before anything is stored: to hold mails up. */
  hold: (() => Promise<void>) | undefined
}

export function mailDoor<F extends Files>(files: F): MailDoor & { files: F } {
  const events: ChannelEvent[] = []
  const known = new Set<string>()
  const waiting: { count: number; resolve: () => void }[] = []
  let failures = 0
  const door: MailDoor & { files: F } = {
    files,
    keep: createKeep(files),
    desk: noDesk,
    events,
    hold: undefined,
    async accept(event): Promise<Accepted> {
      await door.hold?.()
      if (failures > 0) {
        failures--
        throw new Unavailable('storage', new Error('the test says so'))
      }
      if (event.kind === 'message') {
        const place = { messageId: event.message.providerId, conversation: 'c', seq: 1 }
        if (known.has(event.message.providerId)) return { kind: 'duplicate', ...place }
        known.add(event.message.providerId)
        store(event)
        return { kind: 'stored', ...place }
      }
      store(event)
      return { kind: 'noted' }
    },
    history: async () => [],
    live: () => () => {},
    messages: () => events.flatMap((event) => (event.kind === 'message' ? [event.message] : [])),
    receipts: () => events.flatMap((event) => (event.kind === 'receipt' ? [event.receipt] : [])),
    failNext: (count) => {
      failures = count
    },
    accepted(count) {
      if (events.length >= count) return Promise.resolve()
      return new Promise((resolve) => waiting.push({ count, resolve }))
    },
  }
  return door

  function store(event: ChannelEvent): void {
    events.push(event)
    for (const { count, resolve } of waiting) if (events.length >= count) resolve()
  }
}

/** A recorded mail of tests/channels/email/payloads. */
export function mailPayload(name: string): Promise<Buffer> {
  return readFile(new URL(`../channels/email/payloads/${name}.eml`, import.meta.url))
}

/** A TCP port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
