// REST: what staff do to a ticket: take it, note, move, ask, resolve; and write to its customer.
import { z } from 'zod'
import type { Core } from '../../core.ts'
import { addNote, ask, assign, assignTeam, cannedReplies, claim, reply, resolve, returnToBot, setStatus } from '../../desk/index.ts'
import { statuses } from '../../tickets/index.ts'
import { endpoint, type Endpoint } from '../endpoint.ts'
import { agentOf, failureInput, ofTicket, queued, text, ticketNumber } from './inputs.ts'
import { changed, noTicket, refusedTicket, theTicket } from './ticket-replies.ts'

const merged = 'It was merged into another.'
const notWritten = 'It was merged into another, its customer has no address, or the channel is off.'
export function ticketActEndpoints(core: Core): Endpoint[] {
  return [
    endpoint(core, {
      method: 'POST',
      path: '/tickets/{number}/messages',
      summary: "Write to the ticket's customer; the agent has the conversation from then on",
      takes: z.object({ params: ofTicket, body: z.strictObject({ text: text(20_000), agent: text(100).default('Support') }) }),
      answers: queued,
      refuses: { 404: noTicket, 409: notWritten },
      async handle({ params, body }, deed) {
        const result = await reply(core, params.number, { text: body.text, agent: agentOf(body.agent) }, deed)
        return result.kind === 'queued' ? { view: { state: 'queued' as const } } : refusedTicket(result.refusal)
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
      path: '/tickets/{number}/claim',
      summary: 'Take a ticket that nobody has; a new one is accepted by it. With force it is taken over',
      takes: z.object({ params: ofTicket, body: z.strictObject({ agent: text(100), force: z.boolean().default(false) }) }),
      answers: theTicket,
      refuses: { 404: noTicket, 409: 'Somebody else has it, or it was merged into another.' },
      handle: async ({ params, body }, deed) => changed(await claim(core, params.number, agentOf(body.agent), { force: body.force, accept: true }, deed)),
    }),
    endpoint(core, {
      method: 'POST',
      path: '/tickets/{number}/assign',
      summary: 'Give a ticket to somebody, to a team, or to nobody',
      takes: z.object({
        params: ofTicket,
        body: z.union([z.strictObject({ assignee: text(100).nullable() }), z.strictObject({ team: text(100) })]),
      }),
      answers: theTicket,
      refuses: { 404: noTicket, 409: merged },
      handle: async ({ params, body }, deed) =>
        changed(
          'team' in body
            ? await assignTeam(core, params.number, body.team, deed)
            : await assign(core, params.number, body.assignee === null ? null : agentOf(body.assignee), deed),
        ),
    }),
    endpoint(core, {
      method: 'POST',
      path: '/tickets/{number}/ask',
      summary: 'Ask the customer for something; the ticket waits for the answer',
      takes: z.object({ params: ofTicket, body: z.strictObject({ text: text(20_000), agent: text(100).default('Support') }) }),
      answers: theTicket,
      refuses: { 404: noTicket, 409: notWritten },
      handle: async ({ params, body }, deed) => changed(await ask(core, params.number, { text: body.text, agent: agentOf(body.agent) }, deed)),
    }),
    endpoint(core, {
      method: 'POST',
      path: '/tickets/{number}/resolve',
      summary: 'Resolve a ticket with the record of its failure; its customer hears of it, with the comment',
      takes: z.object({ params: ofTicket, body: z.strictObject({ failure: failureInput, comment: text(2000).optional() }) }),
      answers: theTicket,
      refuses: {
        404: noTicket,
        409: 'The status table does not allow it, or it was merged into another.',
        412: 'It has changed since the version in If-Match.',
      },
      handle: async ({ params, body: { failure, comment = null } }, deed) => changed(await resolve(core, params.number, { failure, comment }, deed)),
    }),
    endpoint(core, {
      method: 'POST',
      path: '/tickets/{number}/return-to-bot',
      summary: 'Give the conversation of a ticket back to the bot',
      takes: z.object({ params: ofTicket }),
      answers: { status: 200, description: 'The bot has it', view: z.strictObject({ controlOwner: z.literal('bot') }) },
      refuses: { 404: noTicket, 409: 'Its customer has no address.' },
      async handle({ params }, deed) {
        const result = await returnToBot(core, params.number, deed)
        return result.kind === 'done' ? { view: { controlOwner: 'bot' as const } } : refusedTicket(result.refusal)
      },
    }),
    endpoint(core, {
      method: 'GET',
      path: '/canned-replies',
      summary: "Canned replies of mendline.yaml; for a ticket in its customer's language, filled in",
      takes: z.object({ query: z.strictObject({ ticket: ticketNumber.optional() }) }),
      answers: {
        status: 200,
        description: 'All of them',
        view: z.strictObject({ data: z.array(z.strictObject({ name: z.string(), text: z.string() })), nextCursor: z.null() }),
      },
      handle: async ({ query: { ticket } }) => ({ view: { data: await cannedReplies(core, ticket), nextCursor: null } }),
    }),
  ]
}
