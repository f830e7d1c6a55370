// "You reported this already: is it the same?" Asked of the customer about tickets of their own; what they say decides.
import type { Effect, FlowContext, Step } from '../../src/flow.ts'
import { caseLikeness } from '../../src/tickets/same-case.ts'
import type { TicketView } from '../../src/tickets/ticket.ts'
import { certainOnly } from '../doubt.ts'
import type { Heard } from '../heard.ts'
import { statement } from '../say.ts'
import { isOpen } from '../which.ts'
import { answerForm } from './answer.ts'
import { askAgain, goOn, questionOfSame } from './ask.ts'
import { ofTicket } from './sort.ts'
import type { RepairState } from './state.ts'

type SayStep = Extract<Step<RepairState>, { say: unknown }>

/** An open ticket of theirs, reported or changed a short while ago, that has the same asset and like trouble; undefined where they were asked before. */
export function sameCaseAs(state: RepairState, own: TicketView, tickets: readonly TicketView[], { now, settings }: FlowContext): TicketView | undefined {
  const known = certainOnly(state.fields, state.doubtful)
  const asked = new Set([own._id, ...state.compared, ...own.toldApart.map(({ number }) => number)])
  return tickets.find(
    (ticket) =>
      isOpen(ticket) &&
      !asked.has(ticket._id) &&
      now - Date.parse(ticket.updatedAt) <= settings.sameCaseWithinMs &&
      caseLikeness(known, ticket.fields) !== undefined,
  )
}

/** Instead of the form's next question, which comes afterwards. */
export function askSame(state: RepairState, ticket: TicketView, context: FlowContext): Pick<SayStep, 'say'> & { state: RepairState } {
  const same = { number: ticket._id, subject: ticket.subject, ended: isOpen(ticket) ? null : ticket.statusSince }
  const next: RepairState = { ...state, stage: 'same', asking: null, same, compared: [...state.compared, ticket._id] }
  return { state: next, say: [questionOfSame(same, state.ticket, context)] }
}

/** `candidate` as it is now; undefined where it is theirs no more. */
export function answerSame(state: RepairState, heard: Heard, own: TicketView, candidate: TicketView | undefined, context: FlowContext): SayStep {
  const said = verdictOf(heard)
  if (said === 'same' && candidate !== undefined) return join(heard, own, candidate, context)
  const back: RepairState = { ...state, stage: 'form', same: null }
  if (said === 'other') {
    const next = goOn(back, context)
    return {
      state: next.state,
      say: [statement('same.apart', { number: own._id }, own._id), ...next.say],
      effects: [
        { do: 'attach', number: own._id, messages: heard.ids },
        ...(candidate === undefined ? [] : [{ do: 'tell_apart', one: own._id, other: candidate._id } as const]),
      ],
    }
  }
  // More on the trouble instead of an answer is kept, and the question stays. Nobody has to answer it: agents see both.
  const step = answerForm(back, heard, context)
  if (step.state === 'done' || step.understood === false || candidate === undefined) return step
  const again = askAgain({ ...step.state, stage: 'same', asking: null, same: state.same }, context)
  return { ...step, state: again.state, say: again.say }
}

function join(heard: Heard, own: TicketView, candidate: TicketView, context: FlowContext): SayStep {
  const { _id: number, subject } = candidate
  const place = ofTicket(candidate, { ...heard, intent: 'reopen' }, context)
  const ended = place.kind === 'reopen'
  const more: Effect[] = ended
    ? [{ do: 'reopen_ticket', number, comment: own.subject }]
    : candidate.status === 'new'
      ? []
      : [{ do: 'open_task', kind: 'new_information', ticket: number }]
  return {
    state: 'done',
    say: [statement(ended ? 'reopened' : 'same.joined', { number, subject }, number)],
    effects: [{ do: 'attach', number, messages: heard.ids }, ...more, { do: 'merge_tickets', from: own._id, into: number }],
  }
}

function verdictOf({ choice, text, intent }: Heard): 'same' | 'other' | undefined {
  if (choice === 'yes' || choice === 'no') return choice === 'yes' ? 'same' : 'other'
  if (choice !== undefined) return undefined
  const other =
    /\b(?:not|isn't) (?:the )?same\b|\b(?:another|different)\b|\bother one\b|\ba new (?:one|problem|issue|fault)\b|不是(?:同|一|这|那|的|$)|不同|不一样|另一|另外/i
  if (intent === 'deny' || other.test(text)) return 'other'
  return /\bsame\b|一样|同一|相同|就是(?:这|那)个/i.test(text) ? 'same' : undefined
}
