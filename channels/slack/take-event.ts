// Takes in one event: a customer's message is stored at once; what a worker has to look at, too. Resolves only then.
import type { Door } from '../../src/channel.ts'
import { conversationId, type NewMessage } from '../../src/message.ts'
import type { SlackContext } from './context.ts'
import { readEvent } from './read-event.ts'
import type { EventBody } from './read-request.ts'

/** @throws Unavailable when it could not be stored: Slack must be told to send it again. */
export async function takeEvent(body: EventBody, raw: Uint8Array, door: Door, context: SlackContext): Promise<void> {
  const heard = readEvent(body, raw, (channel) => context.isInternal(channel, door))
  switch (heard.kind) {
    case 'ignored':
      return
    case 'message':
      return void (await door.accept({ kind: 'message', message: await settle(heard.message, heard.rather, door) }))
    case 'perhaps':
      if (await isKnown(heard.message, heard.message.thread, door)) return void (await door.accept({ kind: 'message', message: heard.message }))
      // Their first words in the thread may be still on their way, or never have reached us: a worker asks Slack.
      return heard.ownThread ? leaveToWorker(body, raw, door) : undefined
    case 'note':
      for (const thread of heard.threads)
        if (await isKnown(heard.note, thread, door)) return void (await door.accept({ kind: 'message', message: { ...heard.note, thread } }))
      return
    case 'unplaced':
    case 'event':
      return leaveToWorker(body, raw, door)
  }
}

async function leaveToWorker(body: EventBody, raw: Uint8Array, door: Door): Promise<void> {
  await door.accept({ kind: 'event', channel: 'slack', id: body.event_id, raw: { name: 'event.json', contentType: 'application/json', content: raw } })
}

/** A reply in a thread of a direct conversation belongs to that conversation; where there is none (an assistant's threads), the thread is one. */
export async function settle(message: NewMessage, rather: string | undefined, door: Door): Promise<NewMessage> {
  return rather !== undefined && (await isKnown(message, rather, door)) ? { ...message, thread: rather } : message
}

/** Whether its author is in conversation with us in this thread. */
export async function isKnown(
  { channel, account, from }: Pick<NewMessage, 'channel' | 'account' | 'from'>,
  thread: string,
  door: Pick<Door, 'history'>,
): Promise<boolean> {
  return (await door.history(conversationId({ channel, account, address: from.address, thread }), 0, 1)).length > 0
}
