// What the visitor wrote and the server has not yet taken: sent in order, again until it is taken, and kept through reloads.
import { createAlarm, createBackOff } from './back-off.ts'
import type { DirectLine } from './direct-line.ts'
import type { Session } from './session.ts'
import { isRecord, text, type Storage } from './storage.ts'
import type { WaitingFiles } from './waiting-files.ts'

export interface Draft {
  text: string
  files: readonly File[]
  /** The value of the choice that was pressed, and the id of the message that offered it. */
  choice?: string
  replyToId?: string
}

/** A message under way. Its id goes with every try, so that tries that did arrive unnoticed make no second message. */
export interface Waiting {
  id: string
  text: string
  at: number
  files: number
  choice: string
  replyToId: string
}

export interface Outbox {
  /** What waits since an earlier visit. */
  waiting(): Waiting[]
  /** In its place at once: nothing written later overtakes it while its files are put away. */
  add(draft: Draft): Waiting
  files(id: string): Promise<readonly File[]>
  /** The server has it, by its own word in the stream. */
  arrived(id: string): void
  /** Try now. */
  wake(): void
}

export type Rejection = { status: number } | 'files_lost'

export function createOutbox(
  parts: { line: DirectLine; session: Session; storage: Storage; files: WaitingFiles; locale: string },
  on: { stored: (id: string, storedAs: string) => void; rejected: (id: string, why: Rejection) => void },
): Outbox {
  const { line, session, storage, files, locale } = parts
  const backOff = createBackOff()
  const alarm = createAlarm()
  let sending = false

  const waiting = () => readWaiting(storage.read('outbox'))

  function drop(id: string): void {
    storage.write(
      'outbox',
      waiting().filter((message) => message.id !== id),
    )
    void files.remove(id)
  }

  async function send(): Promise<void> {
    if (sending) return alarm.wake()
    sending = true
    for (let [next] = waiting(); next !== undefined; [next] = waiting()) {
      const waitMs = await attempt(next)
      if (waitMs > 0) await alarm.sleep(waitMs)
    }
    sending = false
  }

  /** Answers how long to wait before the next attempt. */
  async function attempt(message: Waiting): Promise<number> {
    const attached = message.files === 0 ? [] : await files.get(message.id)
    if (attached === undefined || attached.length < message.files) {
      drop(message.id)
      on.rejected(message.id, 'files_lost')
      return 0
    }
    const activity = toActivity(message, locale)
    const outcome = await session.use((token) => line.post(token, activity, attached))
    if (outcome.kind === 'unreachable') return Math.max(outcome.waitMs, backOff.next())
    // No token to be had says nothing about the message.
    if (outcome.kind === 'refused' && (outcome.status === 401 || outcome.status === 403)) return backOff.next()
    backOff.reset()
    drop(message.id)
    if (outcome.kind === 'done') on.stored(message.id, outcome.value)
    else on.rejected(message.id, { status: outcome.status })
    return 0
  }

  const wake = () => {
    backOff.reset()
    void send()
  }
  addEventListener('online', wake)

  return {
    waiting,
    add(draft) {
      const message: Waiting = {
        id: newId(),
        text: draft.text,
        at: Date.now(),
        files: draft.files.length,
        choice: draft.choice ?? '',
        replyToId: draft.replyToId ?? '',
      }
      if (draft.files.length > 0) files.put(message.id, draft.files)
      storage.write('outbox', [...waiting(), message])
      void send()
      return message
    },
    files: async (id) => (await files.get(id)) ?? [],
    arrived(id) {
      if (waiting().some((message) => message.id === id)) drop(id)
    },
    wake,
  }
}

function toActivity({ id, text, at, choice, replyToId }: Waiting, locale: string) {
  return {
    type: 'message',
    text,
    locale,
    localTimestamp: new Date(at).toISOString(),
    from: { role: 'user' },
    ...(replyToId === '' ? {} : { replyToId }),
    channelData: { clientActivityID: id, ...(choice === '' ? {} : { choice }) },
  }
}

function readWaiting(value: unknown): Waiting[] {
  if (!Array.isArray(value)) return []
  return value.filter(isRecord).map((message) => ({
    id: text(message['id']),
    text: text(message['text']),
    at: Number(message['at']) || 0,
    files: Number(message['files']) || 0,
    choice: text(message['choice']),
    replyToId: text(message['replyToId']),
  }))
}

/** `crypto.randomUUID` wants https or localhost. */
function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
