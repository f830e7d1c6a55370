// REST: who speaks in a conversation, and an agent's own words in it.
import { z } from 'zod'
import type { HttpReply } from '../../channel.ts'
import type { Conversation } from '../../conversations/index.ts'
import type { Core } from '../../core.ts'
import { explainRefusal, giveBack, handOver, replyIn, takeOver, viewConversation, type TicketRefusal } from '../../desk/index.ts'
import type { Changed } from '../../journal/index.ts'
import { endpoint, type Endpoint } from '../endpoint.ts'
import { problem } from '../problem.ts'
import { conversationView } from '../views.ts'
import { noConversation } from './conversations.ts'
import { agentOf, byId, queued, text } from './inputs.ts'

const theConversation = { status: 200, description: 'The conversation as it is now', view: conversationView }
const refuses = { 404: noConversation }

export function conversationActEndpoints(core: Core): Endpoint[] {
  return [
    endpoint(core, {
      method: 'POST',
      path: '/conversations/{id}/hand-over',
      summary: 'The bot falls silent and a task asks for a person',
      takes: z.object({ params: byId }),
      answers: theConversation,
      refuses,
      handle: async ({ params: { id } }, deed) => changed(await handOver(core, id, deed)),
    }),
    endpoint(core, {
      method: 'POST',
      path: '/conversations/{id}/take-over',
      summary: 'The agent speaks from now on, until they give it back or are silent for the time set in mendline.yaml',
      takes: z.object({ params: byId, body: z.strictObject({ agent: text(100) }) }),
      answers: theConversation,
      refuses,
      handle: async ({ params: { id }, body: { agent } }, deed) => changed(await takeOver(core, id, agentOf(agent), deed)),
    }),
    endpoint(core, {
      method: 'POST',
      path: '/conversations/{id}/give-back',
      summary: 'The bot speaks again',
      takes: z.object({ params: byId }),
      answers: theConversation,
      refuses,
      handle: async ({ params: { id } }, deed) => changed(await giveBack(core, id, deed)),
    }),
    endpoint(core, {
      method: 'POST',
      path: '/conversations/{id}/messages',
      summary: 'Write to the customer; the agent has the conversation from then on',
      takes: z.object({ params: byId, body: z.strictObject({ text: text(20_000), agent: text(100).default('Support') }) }),
      answers: queued,
      refuses: { ...refuses, 409: 'The channel is off.' },
      async handle({ params: { id }, body }, deed) {
        const about = (await core.collections.conversations.get(id))?.ticket ?? null
        const result = await replyIn(core, id, about, { text: body.text, agent: agentOf(body.agent) }, deed)
        return result.kind === 'queued' ? { view: { state: 'queued' as const } } : refused(result.refusal)
      },
    }),
  ]
}

function changed(result: Changed<Conversation, TicketRefusal>) {
  return result.kind === 'refused' ? refused(result.refusal) : { view: viewConversation(result.state) }
}

function refused(refusal: TicketRefusal): HttpReply {
  return refusal.kind === 'no_conversation' ? problem(404, 'Not found', noConversation) : problem(409, 'Conflict', explainRefusal(refusal))
}
