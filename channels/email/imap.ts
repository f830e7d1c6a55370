// Fetches mail from a mailbox by IMAP: everything unseen, and whatever comes in while it watches. Marked as seen only after it is stored.
import { ImapFlow } from 'imapflow'
import type { Clock } from '../../src/clock.ts'
import { Unavailable } from '../../src/errors.ts'
import type { Random } from '../../src/random.ts'
import type { Receive } from './receive.ts'

export interface ImapOptions {
  /** `imaps://user:password@host:993/INBOX`; `imap:` uses STARTTLS where the server offers it. The path is the folder, INBOX without one. */
  url: string
}

/** Milliseconds: the first wait after a failure, which doubles up to the longest; and how often to look without being told. */
const waits = { first: 1_000, longest: 60_000, look: 60_000 } as const

/** What is remembered of a mailbox while its UIDVALIDITY stays the same: after that, UIDs mean other mails (RFC 9051, 2.3.1.1). */
interface Memory {
  validity: bigint | undefined
  /** Every UID from here on is new, even when somebody has opened it in a mail client and it is no longer unseen. */
  next: number
  /** Stored, though the server may still call them unseen. */
  taken: Set<number>
  /** Could not be taken so far: how often it was tried, and when it is to be tried again. */
  failed: Map<number, { tries: number; notBefore: number }>
}

/** A mail that fails by itself (not for want of the store) holds up those behind it for so many tries, and is then tried less and less often. */
const triesInOrder = 3
const retry = { first: 60_000, longest: 6 * 3_600_000 } as const

/** Resolves after the first look, or the first failure, which is reported and tried again for ever: a mailbox that is away stops nothing else. */
export async function listenImap(
  { url }: ImapOptions,
  { clock, random }: { clock: Clock; random: Random },
  receive: Receive,
  onProblem: (error: Error) => void,
  signal: AbortSignal,
): Promise<{ done: Promise<void> }> {
  const memory: Memory = { validity: undefined, next: 0, taken: new Set(), failed: new Map() }
  const looked = Promise.withResolvers<void>()
  let failures = 0
  const onLook = () => {
    failures = 0
    looked.resolve()
  }
  const work = async () => {
    while (!signal.aborted) {
      try {
        await watch(url, { memory, clock, receive, onProblem, signal }, onLook)
      } catch (error) {
        if (!signal.aborted) onProblem(new Error('the mailbox at IMAP_URL cannot be read; trying again', { cause: error }))
      }
      looked.resolve()
      const [jitter = 0] = random.bytes(1)
      const wait = Math.min(waits.longest, waits.first * 2 ** failures++) * (0.5 + jitter / 512)
      if (!signal.aborted) await pause(wait, signal)
    }
  }
  const done = work()
  await looked.promise
  return { done }
}

interface Work {
  memory: Memory
  clock: Clock
  receive: Receive
  onProblem: (error: Error) => void
  signal: AbortSignal
}

/** One connection, until it ends or the signal aborts. */
async function watch(url: string, work: Work, onLook: () => void): Promise<void> {
  const { signal } = work
  const client = new ImapFlow({ ...loginOf(url), logger: false, disableAutoIdle: true })
  // What makes it stop waiting: news, an end, a failure.
  const events = new EventTarget()
  const wake = () => events.dispatchEvent(new Event('wake'))
  let news = false
  let failure: unknown
  client.on('exists', () => {
    news = true
    wake()
  })
  client.on('error', (error) => {
    failure = error
    wake()
  })
  client.on('close', wake)
  signal.addEventListener('abort', wake, { once: true })
  try {
    await client.connect()
    await client.mailboxOpen(folder(url))
    while (!signal.aborted && client.usable) {
      news = false
      await fetchNew(client, work)
      onLook()
      if (news || signal.aborted || !client.usable) continue
      const woken = pause(waits.look, events)
      // Ends by itself when the next command is sent; its failure is the connection's.
      client.idle().catch(wake)
      await woken
    }
    if (!signal.aborted) throw failure ?? new Error('the IMAP server closed the connection')
    await client.logout()
  } finally {
    signal.removeEventListener('abort', wake)
    client.close()
  }
}

async function fetchNew(client: ImapFlow, { memory, clock, receive, onProblem, signal }: Work): Promise<void> {
  if (!client.mailbox) throw new Error('the folder is no longer open')
  const { uidValidity, uidNext } = client.mailbox
  if (memory.validity !== uidValidity) {
    memory.validity = uidValidity
    memory.next = uidNext
    memory.taken.clear()
    memory.failed.clear()
  }
  const unseen = await find(client, { seen: false })
  // `n:*` names the last mail even when its UID is smaller than n (RFC 9051, 9, seq-range).
  const fresh = (await find(client, { uid: `${memory.next}:*` })).filter((uid) => uid >= memory.next)
  memory.taken = new Set(unseen.filter((uid) => memory.taken.has(uid)))
  for (const uid of [...new Set([...unseen, ...fresh, ...memory.failed.keys()])].sort((a, b) => a - b)) {
    if (signal.aborted) return
    const failed = memory.failed.get(uid) ?? { tries: 0, notBefore: 0 }
    if (memory.taken.has(uid) || failed.notBefore > clock.now()) continue
    try {
      await fetchOne(client, uid, receive, onProblem)
    } catch (error) {
      // In order while there is hope: a store that is away comes back, and what was written first takes effect first.
      if (error instanceof Unavailable || !client.usable) throw error
      const tries = failed.tries + 1
      const wait = Math.min(retry.longest, retry.first * 2 ** Math.max(0, tries - triesInOrder))
      memory.failed.set(uid, { tries, notBefore: tries < triesInOrder ? 0 : clock.now() + wait })
      if (tries < triesInOrder) throw error
      onProblem(new Error(`a mail in the mailbox at IMAP_URL cannot be taken (tried ${tries} times); it stays there and is tried again`, { cause: error }))
      memory.next = Math.max(memory.next, uid + 1)
      continue
    }
    memory.failed.delete(uid)
    memory.taken.add(uid)
    memory.next = Math.max(memory.next, uid + 1)
    await client.messageFlagsAdd(String(uid), ['\\Seen'], { uid: true })
  }
}

async function fetchOne(client: ImapFlow, uid: number, receive: Receive, onProblem: (error: Error) => void): Promise<void> {
  const { content } = await client.download(String(uid), undefined, { uid: true, chunkSize: 1024 * 1024 })
  // Gone in the meantime: somebody deleted or moved it.
  if (!content) return
  const received = await receive(content)
  if (received.kind === 'refused') onProblem(new Error(`a mail in the mailbox at IMAP_URL was left out: ${received.reason}`))
}

async function find(client: ImapFlow, query: { seen: false } | { uid: string }): Promise<number[]> {
  const found = await client.search(query, { uid: true })
  if (!found) throw new Error('the IMAP server refused to search the folder')
  return found
}

export function loginOf(url: string) {
  const { protocol, hostname, port, username, password } = new URL(url)
  const secure = protocol === 'imaps:'
  return {
    host: hostname,
    port: port === '' ? (secure ? 993 : 143) : Number(port),
    secure,
    auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
  }
}

export function folder(url: string): string {
  return decodeURIComponent(new URL(url).pathname.slice(1)) || 'INBOX'
}

/** Waits, but no longer than until the event `wake` or `abort`. */
function pause(milliseconds: number, until: EventTarget): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      until.removeEventListener('wake', end)
      until.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, milliseconds)
    until.addEventListener('wake', end)
    until.addEventListener('abort', end)
  })
}
