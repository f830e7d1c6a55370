// The stream of a conversation over WebSocket: from the client's watermark on, each message once and in order.
import type { Socket, SocketRoute } from '../../src/channel.ts'
import { timestamp } from '../../src/clock.ts'
import { newId } from '../../src/random.ts'
import { readWatermark, root, type Webchat } from './context.ts'
import { toActivitySet, typingActivity, type Before } from './to-activity.ts'

const pageSize = 50

export function streamRoute(webchat: Webchat): SocketRoute {
  return {
    path: `${root}/conversations/:id/stream`,
    async open({ params, query, headers }) {
      const refused = (status: number, reason: string) => ({ kind: 'refused', status, reason }) as const
      if (!webchat.origins.allows(headers)) return refused(403, 'This site may not use the chat.')
      const token = query.get('t')
      if (token === null) return refused(401, 'The address lacks its token.')
      const read = await webchat.tokens.readStream(token)
      if (read.kind !== 'valid') return refused(403, read.kind === 'expired' ? 'The token has expired.' : 'Invalid token.')
      if (params['id'] !== read.value.conversation) return refused(403, 'The token belongs to another conversation.')
      const watermark = readWatermark(query.get('watermark'))
      if (watermark === undefined) return refused(400, 'The watermark is not one of ours.')
      return { kind: 'open', run: (socket) => run(webchat, read.value.conversation, watermark, socket) }
    },
  }
}

/**
 * Hints and the keep-alive only say "look": what is sent is what the store has after the last message sent, so a lost hint costs
 * time and a doubled one nothing. One look at a time; what is hinted meanwhile makes it look once more.
 */
function run(webchat: Webchat, conversation: string, watermark: number, socket: Socket): void {
  const { door, clock, random } = webchat
  const before: Before = {}
  let after = watermark
  let open = true
  let looking = false
  let again = false
  /** Somebody began to type while we looked: said after what was written before it, and not at all once they have written. */
  let typing = false

  async function look(): Promise<void> {
    again = true
    if (looking) return
    looking = true
    try {
      while (again) {
        again = false
        const page = await door.history(conversation, after, pageSize)
        if (page.length === 0 || !open) continue
        const frame = JSON.stringify(await toActivitySet(webchat, page, before))
        if (!open) return
        socket.send(frame)
        after = page.at(-1)?.seq ?? after
        again ||= page.length === pageSize
      }
      if (typing && open) sayTyping()
    } catch {
      // The client comes back by GET /conversations/:id, whose failure is answered and logged.
      socket.close(1011, 'Try again.')
    } finally {
      looking = false
      typing = false
    }
  }

  function sayTyping(): void {
    const activity = typingActivity(conversation, newId('typing', clock, random), timestamp(clock.now()))
    socket.send(JSON.stringify({ activities: [activity] }))
  }

  const silence = door.live(conversation, (hint) => {
    switch (hint) {
      case 'messages':
        typing = false
        void look()
        break
      case 'typing':
        if (looking) typing = true
        else sayTyping()
    }
  })
  const alive = setInterval(() => {
    socket.send('')
    void look()
  }, webchat.keepAliveMs)
  socket.onClose(() => {
    open = false
    clearInterval(alive)
    silence()
  })
  void look()
}
