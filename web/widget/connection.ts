// Keeps up with the conversation: by a stream, by asking every few seconds where sockets cannot pass, and again after every break, each time from the watermark.
import { readFrame, type Frame } from './activity.ts'
import { createAlarm, createBackOff } from './back-off.ts'
import type { DirectLine } from './direct-line.ts'
import type { Session } from './session.ts'

export type Status = 'connecting' | 'online' | 'offline'

export interface Connection {
  start(): void
  /** The conversation is another: from its beginning. */
  restart(): void
}

/** Silence on a stream after which it counts as dead: the server is never silent for longer than 20 s. */
const silenceMs = 50_000
const pingMs = 20_000
const pollMs = 2_500
const pollHiddenMs = 15_000
/** Streams that never opened, one after another, before asking instead; and how often to ask before a stream is tried again. */
const failedStreams = 2
const polls = 24

export function createConnection(line: DirectLine, session: Session, on: { frame: (frame: Frame) => void; status: (status: Status) => void }): Connection {
  const backOff = createBackOff()
  const alarm = createAlarm()
  let watermark = ''
  let started = false
  let socket: WebSocket | undefined
  let end = () => {}
  let neverOpened = 0

  function receive(json: unknown): void {
    const frame = readFrame(json, (url) => line.here(url))
    on.frame(frame)
    if (frame.watermark !== undefined) watermark = frame.watermark
  }

  const lost = () => on.status(navigator.onLine ? 'connecting' : 'offline')

  async function keepUp(): Promise<void> {
    for (;;) {
      const kept = neverOpened < failedStreams ? await stream() : await poll()
      if (kept) backOff.reset()
      lost()
      await alarm.sleep(backOff.next())
    }
  }

  /** True if it was open for a while. */
  async function stream(): Promise<boolean> {
    const address = await session.use((token) => line.stream(token, watermark))
    if (address.kind !== 'done') return false
    const opened = await listen(address.value)
    neverOpened = opened ? 0 : neverOpened + 1
    return opened
  }

  /** Resolves when the stream has ended: was it ever open? */
  function listen(address: string): Promise<boolean> {
    return new Promise((resolve) => {
      const current = new WebSocket(address)
      socket = current
      let opened = false
      let heard = Date.now()
      const pulse = setInterval(() => {
        if (Date.now() - heard > silenceMs) drop()
        else if (opened) current.send('')
      }, pingMs)
      current.addEventListener('open', () => {
        opened = true
        on.status('online')
      })
      current.addEventListener('message', ({ data }) => {
        heard = Date.now()
        if (socket === current && typeof data === 'string' && data !== '') receive(JSON.parse(data))
      })
      const ended = () => {
        clearInterval(pulse)
        if (socket === current) socket = undefined
        resolve(opened)
      }
      end = ended
      current.addEventListener('close', ended)
    })
  }

  async function poll(): Promise<boolean> {
    for (let count = 0; count < polls; count++) {
      const from = watermark
      const answer = await session.use((token) => line.activities(token, from))
      if (answer.kind !== 'done') return count > 0
      on.status('online')
      if (from === watermark) receive(answer.value)
      await alarm.sleep(document.hidden ? pollHiddenMs : pollMs)
    }
    neverOpened = 0
    return true
  }

  /** Gives the stream up without waiting for its end: a socket may go on looking open for minutes after the network has gone. */
  function drop(): void {
    socket?.close()
    end()
    alarm.wake()
  }

  return {
    start() {
      if (started) return
      started = true
      lost()
      addEventListener('online', () => {
        backOff.reset()
        drop()
      })
      addEventListener('offline', () => {
        drop()
        on.status('offline')
      })
      document.addEventListener('visibilitychange', () => {
        if (document.hidden || socket?.readyState === WebSocket.OPEN) return
        backOff.reset()
        alarm.wake()
      })
      void keepUp()
    },
    restart() {
      watermark = ''
      drop()
    },
  }
}
