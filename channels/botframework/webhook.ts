// POST /api/messages: an activity of the Bot Framework, verified by its token, read, and answered once it is stored.
import { ActivityTypes, StatusCodes } from 'botbuilder'
import type { HttpReply, ReadResult, Webhook } from '../../src/channel.ts'
import type { BotFrameworkAdapter } from './adapter.ts'
import { activityLimit, readActivity } from './read-activity.ts'
import { toMessage, type Heard } from './to-message.ts'

export function activityWebhook(adapter: BotFrameworkAdapter, appId: string): Webhook {
  return {
    path: '/api/messages',
    limit: activityLimit,
    async read({ headers, body }): Promise<ReadResult> {
      if (!/^application\/(?:[\w.+-]+\+)?json\b/i.test(headers['content-type'] ?? ''))
        return { kind: 'refused', status: 415, reason: 'send the activity as application/json' }
      // The token is checked against the activity's own words: the channel and its address are in there.
      const read = readActivity(body)
      if (read.kind === 'refused') return { kind: 'refused', status: 400, reason: read.reason }
      const heard = toMessage({ activity: read.activity, raw: body, appId })
      const taken = await adapter.take(headers['authorization'] ?? '', read.whole, async (context) => {
        const response = responseTo(heard)
        if (context.activity.type === ActivityTypes.Invoke && response !== undefined)
          await context.sendActivity({ type: ActivityTypes.InvokeResponse, value: response })
      })
      if (taken.kind === 'refused') return { kind: 'refused', status: 401, reason: taken.reason }
      if (heard.kind === 'message' && !read.activity.id) return { kind: 'refused', status: 400, reason: 'the activity has no id' }
      return {
        kind: 'accepted',
        events: heard.kind === 'message' ? [{ kind: 'message', message: heard.message }] : [],
        reply: replyOf(taken.invoke),
      }
    },
  }
}

/**
 * What a client shows who pressed `Action.Execute`: the card stays as it is, our words follow as a message. Without a response the SDK says "not implemented".
 * https://learn.microsoft.com/adaptive-cards/authoring-cards/universal-action-model
 */
function responseTo(heard: Heard): { status: number; body: unknown } | undefined {
  if (heard.kind !== 'message') return undefined
  return { status: StatusCodes.OK, body: { statusCode: StatusCodes.OK, type: 'application/vnd.microsoft.activity.message', value: heard.message.text } }
}

function replyOf(invoke: { status: number; body?: unknown } | undefined): HttpReply {
  if (invoke === undefined) return { status: 200 }
  if (invoke.body === undefined) return { status: invoke.status }
  return { status: invoke.status, headers: { 'content-type': 'application/json; charset=utf-8' }, body: JSON.stringify(invoke.body) }
}
