// What a worker does with an event that was stored: marks a question as answered, looks again, or gives it to Bolt's listeners.
import type { App } from '@slack/bolt'
import type { Door } from '../../src/channel.ts'
import type { SlackContext } from './context.ts'
import { hearLate } from './late.ts'
import { readEvent, type Heard } from './read-event.ts'
import { readStored, type EventBody } from './read-request.ts'
import { showAnswered } from './show-answered.ts'
import { settle } from './take-event.ts'

/** Throws where it is to be tried again. */
export async function processEvent({ body: raw }: { id: string; body: Uint8Array }, app: App, door: Door, context: SlackContext): Promise<void> {
  const read = readStored(raw)
  if (read.kind === 'interaction') return showAnswered(read.body, context)
  if (read.kind !== 'event') return
  const isInternal = (channel: string): boolean => context.isInternal(channel, door)
  const heard = await ask(read.body, raw, isInternal, context)
  switch (heard.kind) {
    case 'message':
      return void (await door.accept({ kind: 'message', message: await settle(heard.message, heard.rather, door) }))
    case 'perhaps':
      return hearLate(heard.message, read.body, door, context)
    case 'event':
      return app.processEvent({ body: read.body, ack: async () => {} })
    case 'unplaced':
    case 'note':
    case 'ignored':
      return
  }
}

/** Whoever's workspace the event does not tell is looked up. */
async function ask(body: EventBody, raw: Uint8Array, isInternal: (channel: string) => boolean, { client }: SlackContext): Promise<Heard> {
  const heard = readEvent(body, raw, isInternal)
  if (heard.kind !== 'unplaced') return heard
  const { user } = await client.users.info({ user: heard.user })
  return readEvent(body, raw, isInternal, user?.team_id ?? '')
}
