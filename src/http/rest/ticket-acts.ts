// REST: what staff do to a ticket: write to its customer, note, move, assign.
import { z } from 'zod'
import type { Core } from '../../core.ts'
import { addNote, assign, reply, setStatus } from '../../desk/index.ts'
import { statuses } from '../../tickets/index.ts'
import { endpoint, type Endpoint } from '../endpoint.ts'
import { problem } from '../problem.ts'
import { ofTicket, text } from './inputs.ts'
import { changed, noTicket, refusedTicket, theTicket } from './ticket-replies.ts'

const merged = 'It was merged into another.'
const queued = { status: 202, description: 'Stored and on its way', view: z.strictObject({ state: z.literal('queued') }) }

export function ticketActEndpoints(core: Core): Endpoint[] {
  return [
    endpoint(core, {
      method: 'POST',
      path: '/tickets/{number}/messages',
      summary: "Write to the ticket's customer; the agent has the conversation from then on",
      takes: z.object({ params: ofTicket, body: z.strictObject({ text: text(20_000), agent: text(100).default('Support') }) }),
      answers: queued,
      refuses: { 404: noTicket, 409: 'It was merged into another, or its customer has no address.' },
      async handle({ params, body }, deed) {
        const result = await reply(core, params.number, body.text, { id: body.agent, name: body.agent }, deed)
        if (result.kind === 'queued') return { view: { state: 'queued' as const } }
        return result.refusal.kind === 'no_conversation'
          ? problem(409, 'Conflict', 'This ticket has no address of its customer that we can write to.')
          : refusedTicket(result.refusal)
      },
    }),
    endpoint(core, {
      method: 'POST',
      path: '/tickets/{number}/notes',
      summary: 'Note something for staff; no customer ever sees it',
      takes: z.object({ params: ofTicket, body: z.strictObject({ text: text(20_000) }) }),
      answers: { ...theTicket, status: 201 },
      refuses: { 404: noTicket, 409: merged },
      handle: async ({ params, body }, deed) => changed(await addNote(core, params.number, body.text, deed)),
    }),
    endpoint(core, {
      method: 'POST',
      path: '/tickets/{number}/status',
      summary: 'Move a ticket on; its customer hears of it, with the comment',
      takes: z.object({ params: ofTicket, body: z.strictObject({ status: z.enum(statuses), comment: text(2000).optional() }) }),
      answers: theTicket,
      refuses: {
        404: noTicket,
        409: 'The status table does not allow it, or it was merged into another.',
        412: 'It has changed since the version in If-Match.',
      },
      handle: async ({ params, body: { status: to, comment = null } }, deed) =>
        changed(await setStatus(core, params.number, { to, comment, tell: true }, deed)),
    }),
    endpoint(core, {
      method: 'POST',
      path: '/tickets/{number}/assign',
      summary: 'Give a ticket to somebody, or to nobody',
      takes: z.object({ params: ofTicket, body: z.strictObject({ assignee: text(100).nullable() }) }),
      answers: theTicket,
      refuses: { 404: noTicket, 409: merged },
      handle: async ({ params, body }, deed) => changed(await assign(core, params.number, body.assignee, deed)),
    }),
  ]
}
