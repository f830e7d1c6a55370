// Words in a thread that its author began: theirs if they named us there, which Slack is asked when we have not heard of it.
import type { Door } from '../../src/channel.ts'
import type { NewMessage } from '../../src/message.ts'
import type { SlackContext } from './context.ts'
import { readEvent } from './read-event.ts'
import type { EventBody } from './read-request.ts'
import { slackMessage } from './slack-message.ts'
import { sendErrorOf } from './send-error.ts'
import { isKnown } from './take-event.ts'

/** Takes in what named us, too, when that never reached us. Throws as the client does. */
export async function hearLate(message: NewMessage, body: EventBody, door: Door, context: SlackContext): Promise<void> {
  if (!(await isKnown(message, message.thread, door)) && !(await acceptMention(message, body, door, context))) return
  await door.accept({ kind: 'message', message })
}

async function acceptMention(message: NewMessage, body: EventBody, door: Door, { client, isInternal }: SlackContext): Promise<boolean> {
  const [channel = '', ts = ''] = message.thread.split(':')
  const { messages = [] } = await client.conversations.replies({ channel, ts, limit: 100 }).catch(noSuchThread)
  for (const each of messages) {
    const { data } = slackMessage.safeParse(each)
    if (data === undefined) continue
    const event = { ...data, type: 'message', channel }
    const raw = Buffer.from(JSON.stringify({ ...body, event }))
    const heard = readEvent({ ...body, event }, raw, (where) => isInternal(where, door))
    if (heard.kind !== 'message' || heard.message.from.address !== message.from.address) continue
    await door.accept({ kind: 'message', message: heard.message })
    return true
  }
  return false
}

/** A thread that Slack does not show us is no conversation of ours. */
function noSuchThread(error: unknown): { messages?: [] } {
  if (sendErrorOf(error).kind === 'never') return {}
  throw error
}
