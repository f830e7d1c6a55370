// The way back to a conversation, kept with the customer's message as its `route`.
import { z } from 'zod'
import type { Activity } from './read-activity.ts'

const account = z.object({ id: z.string().min(1), name: z.string(), aadObjectId: z.string().optional() })

const reference = z.object({
  channelId: z.string().min(1),
  serviceUrl: z.string().min(1),
  bot: account,
  user: account,
  conversation: z.object({
    id: z.string().min(1),
    name: z.string(),
    isGroup: z.boolean(),
    conversationType: z.string(),
    tenantId: z.string().optional(),
  }),
})

export type Reference = z.infer<typeof reference>

/** No activity is named in it: what we say later answers the conversation, not one message. */
export function routeOf({ channelId, serviceUrl, recipient, from, conversation }: Activity): string {
  return JSON.stringify({
    channelId,
    serviceUrl,
    bot: { id: recipient.id, name: recipient.name ?? '' },
    user: { id: from.id, name: '', ...(from.aadObjectId ? { aadObjectId: from.aadObjectId } : {}) },
    conversation: {
      id: conversation.id,
      name: '',
      isGroup: conversation.isGroup ?? false,
      conversationType: conversation.conversationType ?? '',
      ...(conversation.tenantId ? { tenantId: conversation.tenantId } : {}),
    },
  } satisfies Reference)
}

export function readRoute(route: string): Reference {
  return reference.parse(JSON.parse(route))
}
