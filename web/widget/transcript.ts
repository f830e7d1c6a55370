// The conversation as shown: what the server has, in its order, then what still waits to be sent. Each message once.
import type { Shown, ShownAttachment, ShownChoice } from './activity.ts'
import type { Waiting } from './outbox.ts'

export interface Entry {
  /** Stays the same from the moment of writing on. */
  key: string
  /** The server's id, and its place; 0 while it waits. */
  id: string
  seq: number
  /** Where it is shown: its place, after all of them while it waits, where it was when it was rejected. */
  order: number
  side: 'visitor' | 'desk'
  speaker: string
  text: string
  language: string
  at: number
  attachments: ShownAttachment[]
  choices: ShownChoice[]
  state: 'waiting' | 'sent' | 'rejected'
  /** With `rejected`: what to tell the visitor. */
  problem: string
}

export interface Transcript {
  entries(): readonly Entry[]
  /** A message of the server: true if it was not known yet. */
  take(message: Shown): boolean
  wait(message: Waiting, attachments: ShownAttachment[]): void
  stored(key: string, id: string, seq: number): void
  rejected(key: string, problem: string): void
  /** Another conversation: only what waits goes along. */
  restart(): void
}

export function createTranscript(): Transcript {
  const byKey = new Map<string, Entry>()
  const keyOf = new Map<number, string>()
  let sorted: Entry[] | undefined

  function put(entry: Entry): void {
    byKey.set(entry.key, entry)
    if (entry.seq > 0) keyOf.set(entry.seq, entry.key)
    sorted = undefined
  }

  return {
    entries() {
      sorted ??= [...byKey.values()].sort((a, b) => (a.order === b.order ? a.at - b.at : a.order - b.order))
      return sorted
    },
    take(message) {
      if (keyOf.has(message.seq)) return false
      const own = byKey.get(message.clientId)
      // What the visitor sees already stays as it is: pictures are not loaded again.
      const attachments = own?.attachments.length === message.attachments.length ? own.attachments : message.attachments
      const { id, seq, side, speaker, text, language, at, choices } = message
      const key = message.clientId || id
      put({ key, id, seq, order: seq, side, speaker, text, language, at, choices, attachments, state: 'sent', problem: '' })
      return true
    },
    wait({ id: key, text, at }, attachments) {
      if (byKey.has(key)) return
      put({
        key,
        id: '',
        seq: 0,
        order: Infinity,
        side: 'visitor',
        speaker: '',
        text,
        language: '',
        at,
        attachments,
        choices: [],
        state: 'waiting',
        problem: '',
      })
    },
    stored(key, id, seq) {
      const entry = byKey.get(key)
      if (entry !== undefined && entry.seq === 0) put({ ...entry, id, seq, order: seq, state: 'sent' })
    },
    rejected(key, problem) {
      const entry = byKey.get(key)
      if (entry !== undefined) put({ ...entry, order: Math.max(0, ...keyOf.keys()) + 0.5, state: 'rejected', problem })
    },
    restart() {
      for (const entry of byKey.values()) if (entry.state === 'sent') byKey.delete(entry.key)
      keyOf.clear()
      sorted = undefined
    },
  }
}
