// Sends a message into the conversation that the customer's last one came from; answer or news, the way is the same.
import type { Outgoing, Receipt } from '../../src/channel.ts'
import { SendError } from '../../src/errors.ts'
import type { BotFrameworkAdapter } from './adapter.ts'
import { inlineImages } from './inline-images.ts'
import { readRoute } from './reference.ts'
import { toActivities } from './to-activities.ts'

/**
 * Where long words make several activities and a later one fails, all are sent again: better twice than half.
 * @throws SendError
 */
export async function sendActivities({ message, files, lastInbound }: Outgoing, adapter: BotFrameworkAdapter, appId: string): Promise<Receipt> {
  const route = lastInbound?.route ?? null
  if (route === null) throw new SendError('never', 'the customer has not written here, so there is no conversation to send into')
  const reference = readRoute(route)
  const activities = toActivities(message, reference.channelId, await inlineImages(message, files))
  let providerId = ''
  await adapter.continueConversationAsync(appId, reference, async (context) => {
    // The SDK would have us answer an event of its own making, which no channel knows.
    context.onSendActivities((_context, sending, next) => {
      for (const activity of sending) delete activity.replyToId
      return next()
    })
    providerId = (await context.sendActivities(activities)).at(-1)?.id ?? ''
  })
  return { providerId: providerId || message._id, state: 'sent' }
}
