// REST: conversations and what was said in them.
import { z } from 'zod'
import type { Core } from '../../core.ts'
import { identityOf } from '../../customers/index.ts'
import { pageOf, viewConversation, viewMessage } from '../../desk/index.ts'
import type { Filter } from '../../storage/collection.ts'
import { endpoint, type Endpoint } from '../endpoint.ts'
import { listQuery, pageOfViews, viewPage } from '../list.ts'
import { problem } from '../problem.ts'
import { channel, conversationView, messageView } from '../views.ts'
import { byId, direction, text } from './inputs.ts'

export const noConversation = 'There is no conversation with this id.'
const filters = { customer: text(100).optional(), channel: channel.optional(), controlOwner: z.enum(['bot', 'agent', 'none']).optional() }

export function conversationEndpoints(core: Core): Endpoint[] {
  const { conversations, messages } = core.collections
  return [
    endpoint(core, {
      method: 'GET',
      path: '/conversations',
      summary: 'Conversations, the liveliest first',
      takes: z.object({ query: listQuery(filters) }),
      answers: { status: 200, description: 'A page of conversations', view: pageOfViews(conversationView) },
      async handle({ query: { limit, cursor, channel: on, customer, ...plain } }) {
        const filter: Filter = {
          ...plain,
          ...(on === undefined ? {} : { 'place.channel': on }),
          ...(customer === undefined ? {} : { customer: { $in: (await identityOf(core.collections, customer)).ids } }),
        }
        return { view: viewPage(await pageOf(conversations, filter, 'updatedAt', { limit, cursor }), viewConversation) }
      },
    }),
    endpoint(core, {
      method: 'GET',
      path: '/conversations/{id}',
      summary: 'One conversation: who it is with, who speaks, what it is about',
      takes: z.object({ params: byId }),
      answers: { status: 200, description: 'The conversation', view: conversationView },
      refuses: { 404: noConversation },
      async handle({ params: { id } }) {
        const conversation = await conversations.get(id)
        return conversation === undefined ? problem(404, 'Not found', noConversation) : { view: viewConversation(conversation) }
      },
    }),
    endpoint(core, {
      method: 'GET',
      path: '/conversations/{id}/messages',
      summary: 'What was said in a conversation, newest first',
      takes: z.object({ params: byId, query: listQuery({ direction: direction.optional() }) }),
      answers: { status: 200, description: 'A page of messages', view: pageOfViews(messageView) },
      refuses: { 404: noConversation },
      async handle({ params: { id }, query: { limit, cursor, ...filter } }) {
        if ((await conversations.get(id)) === undefined) return problem(404, 'Not found', noConversation)
        return { view: viewPage(await pageOf(messages, { ...filter, conversation: id }, 'createdAt', { limit, cursor }), viewMessage) }
      },
    }),
  ]
}
