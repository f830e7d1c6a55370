// REST: merging one ticket into another, and saying that two are not to be.
import { z } from 'zod'
import type { HttpReply } from '../../channel.ts'
import type { Core } from '../../core.ts'
import { mergeTickets, tellApart, type MergeResult } from '../../desk/index.ts'
import { mayReach } from '../access/team.ts'
import { endpoint, type Endpoint } from '../endpoint.ts'
import { problem } from '../problem.ts'
import { ofTicket, text, ticketNumber } from './inputs.ts'
import { noTicket, refusedTicket, shown, theTicket } from './ticket-replies.ts'

export function mergeEndpoints(core: Core): Endpoint[] {
  return [
    endpoint(core, {
      method: 'POST',
      path: '/tickets/{number}/merge',
      summary: 'Let a ticket live on in another: its conversations go on with that one, and its customer hears of it once',
      takes: z.object({ params: ofTicket, body: z.strictObject({ into: ticketNumber, comment: text(2000).optional() }) }),
      answers: { ...theTicket, description: 'The ticket that lives on' },
      refuses: {
        404: noTicket,
        409: 'It was merged elsewhere before, or the other one was merged itself or is over.',
        412: 'It has changed since the version in If-Match.',
      },
      async handle({ params: { number }, body: { into, comment = null } }, deed, caller) {
        if (!(await mayReach(core, caller, into))) return refused({ kind: 'into_unknown' }, into)
        const result = await mergeTickets(core, number, into, comment, deed)
        return result.kind === 'merged' ? shown(result.ticket) : refused(result.refusal, into)
      },
    }),
    endpoint(core, {
      method: 'POST',
      path: '/tickets/{number}/tell-apart',
      summary: 'Two tickets are not the same case, though they look like it; it is not proposed again',
      takes: z.object({ params: ofTicket, body: z.strictObject({ from: ticketNumber }) }),
      answers: theTicket,
      refuses: { 404: noTicket, 409: 'One of the two was merged into another.' },
      async handle({ params: { number }, body: { from } }, deed, caller) {
        if (!(await mayReach(core, caller, from))) return refused({ kind: 'into_unknown' }, from)
        const result = await tellApart(core, number, from, deed)
        return result.kind === 'apart' ? shown(result.ticket) : refused(result.refusal, from)
      },
    }),
  ]
}

function refused(refusal: Extract<MergeResult, { kind: 'refused' }>['refusal'], into: string): HttpReply {
  switch (refusal.kind) {
    case 'into_itself':
      return problem(400, 'Bad request', 'This is the ticket itself; name another one.')
    case 'into_unknown':
      return problem(400, 'Bad request', `into: there is no ticket ${into}.`)
    case 'into_merged':
      return problem(409, 'Conflict', `${into} was merged into ${refusal.into} itself; name that one.`)
    case 'into_done':
      return problem(409, 'Conflict', `${into} is ${refusal.status}; reopen it first, or merge the other way round.`)
    default:
      return refusedTicket(refusal)
  }
}
