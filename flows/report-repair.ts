// The conversation in which a repair is reported: from the first words to the confirmed summary.
import { timestamp } from '../src/clock.ts'
import type { Effect, Flow, FlowContext, QueryAnswer, Step, Utterance } from '../src/flow.ts'
import { categoryOf } from '../src/tickets/status.ts'
import type { TicketView } from '../src/tickets/ticket.ts'
import { takesOver } from './hand-over.ts'
import { hear, type Heard } from './heard.ts'
import { answerForm } from './repair/answer.ts'
import { askAgain, goOn } from './repair/ask.ts'
import { addToTicket, reopenTicket } from './repair/existing.ts'
import { openTicket } from './repair/open.ts'
import { isAnotherDevice, isOpen, sortWords } from './repair/sort.ts'
import { emptyRepairState, repairStateSchema, type RepairState } from './repair/state.ts'
import { isOwnRequest, openWish, wishOf } from './repair/wishes.ts'
import { acknowledgement, menu, question, statement } from './say.ts'

type SayStep = Extract<Step<RepairState>, { say: unknown }>

export const reportRepair: Flow<RepairState> = {
  name: 'report-repair',
  version: 2,
  parseState: (stored) => repairStateSchema.parse(stored),
  start: () => ({ state: emptyRepairState(), say: [], effects: [] }),
  next(state, input, context) {
    switch (input.kind) {
      case 'messages':
        return listen(state, hear(input.messages), context)
      case 'answer':
        return state.pending === null ? resume(state, input.answer, context) : decide(state, state.pending, input.answer, context)
      case 'resumed':
        return state.ticket === null ? stayOpen({ state, say: [], effects: [] }, context) : { state, ask: { kind: 'ticket', number: state.ticket } }
      case 'abandoned':
        return abandon(state)
    }
  },
}

/** The open question again, unless staff ended the repair or took it as it is. */
function resume(state: RepairState, answer: QueryAnswer, context: FlowContext): Step<RepairState> {
  if (answer.kind !== 'ticket' || (answer.ticket !== undefined && answer.ticket.status !== 'new')) return { pass: true }
  const again = askAgain(state, context)
  const back = again.say.length === 0 ? [] : [statement('report.resumed', { number: state.ticket ?? '' }, state.ticket)]
  return stayOpen({ state: again.state, say: [...back, ...again.say], effects: [] }, context)
}

/** Before anything is decided the stores are asked: staff may have moved the ticket since. */
function listen(state: RepairState, heard: Heard, context: FlowContext): Step<RepairState> {
  if (state.ticket !== null) return { state: { ...state, pending: heard }, ask: { kind: 'ticket', number: state.ticket } }
  if (state.stage !== 'which') return { state: { ...state, pending: heard }, ask: { kind: 'tickets' } }
  const before = state.pending ?? heard
  if (heard.choice === 'new') return open(before, context)
  if (heard.choice !== undefined) return { state, ask: { kind: 'ticket', number: heard.choice } }
  return { state: { ...state, pending: together(before, heard) }, ask: { kind: 'tickets' } }
}

function decide(state: RepairState, heard: Heard, answer: QueryAnswer, context: FlowContext): Step<RepairState> {
  if (answer.kind === 'ticket' && state.stage === 'which') return chosen(heard, answer.ticket, context)
  if (answer.kind === 'ticket') return withForm({ ...state, pending: null }, heard, answer.ticket, context)
  if (answer.kind !== 'tickets') return { pass: true }
  const place = sortWords(heard, answer.tickets, context)
  switch (place.kind) {
    case 'new': {
      const wish = wishOf(heard.intent)
      return wish !== undefined && isOwnRequest(wish) ? openWish(wish, heard, context) : open(heard, context)
    }
    case 'add':
      return addToTicket(place.ticket, heard, context)
    case 'reopen':
      return reopenTicket(place.ticket, heard, context)
    case 'which':
      return askWhich(state, heard, place.tickets)
    case 'nothing':
      return notARepair(heard, context)
  }
}

/** The ticket is there from the first words on, acknowledged with its number. */
function open(heard: Heard, context: FlowContext): Step<RepairState> {
  const { state, effects } = openTicket(heard, context)
  const number = context.ticketNumber
  if (heard.entities.danger === true) return handOver(number, effects, [acknowledgement('report.opened', { number }, number)], context)
  const next = goOn(state, context)
  return stayOpen({ state: next.state, say: [acknowledgement('report.opened', { number }, number), ...next.say], effects }, context)
}

function withForm(state: RepairState, heard: Heard, ticket: TicketView | undefined, context: FlowContext): Step<RepairState> {
  // Staff ended it, or took it as it is: there is nothing to fill in any more.
  if (ticket !== undefined && categoryOf(ticket.status) === 'done') return { pass: true }
  if (ticket !== undefined && ticket.status !== 'new') return addToTicket(ticket, heard, context)
  const number = state.ticket ?? ''
  if (state.asking !== 'product' && isAnotherDevice(state.fields, heard)) return openAnother(state, heard, context)
  const step = answerForm(state, heard, context)
  if (heard.entities.danger === true) return handOver(number, step.effects, [], context)
  if (!state.incomplete || step.state === 'done') return stayOpen(step, context)
  const mended: Effect = { do: 'mark_incomplete', number, incomplete: false }
  return stayOpen({ ...step, state: { ...step.state, incomplete: false }, effects: [mended, ...step.effects] }, context)
}

/** The request at hand is left half-way for another one; what it has stays on its ticket. */
function openAnother(state: RepairState, heard: Heard, context: FlowContext): Step<RepairState> {
  const step = open(heard, context)
  if (state.ticket === null || !('say' in step)) return step
  return { ...step, effects: [...step.effects, { do: 'mark_incomplete', number: state.ticket, incomplete: true }] }
}

/** First what keeps people safe, then a person. */
function handOver(number: string, effects: readonly Effect[], say: readonly Utterance[], context: FlowContext): SayStep {
  return {
    state: 'done',
    say: [...say, statement('safety', {}, number), takesOver('safety', number, context)],
    effects: [...effects, { do: 'hand_over', reason: 'safety', ticket: number }],
  }
}

function chosen(heard: Heard, ticket: TicketView | undefined, context: FlowContext): Step<RepairState> {
  return ticket === undefined ? open(heard, context) : isOpen(ticket) ? addToTicket(ticket, heard, context) : reopenTicket(ticket, heard, context)
}

/** Asked a second time, nothing that was said since has told. */
function askWhich(state: RepairState, heard: Heard, tickets: readonly TicketView[]): SayStep {
  const choices = tickets.slice(0, 5).map(({ _id, subject }) => ({ value: _id, label: `${_id} ${subject}`.trim() }))
  return {
    state: { ...state, stage: 'which', pending: heard },
    say: [question('which.ask', {}, null, [...choices, { value: 'new', label: '@which.new' }])],
    effects: [],
    understood: state.stage !== 'which',
  }
}

/** Small words by mail want no answer; in chat silence would be rude. */
function notARepair(heard: Heard, context: FlowContext): SayStep {
  if (wishOf(heard.intent) !== undefined)
    return { state: 'done', say: [question('status.none', { company: context.settings.company }, null, menu)], effects: [] }
  if (heard.intent !== 'none' && heard.intent !== 'add_information') {
    const quiet = context.abilities.questions === 'all_at_once'
    return { state: 'done', say: quiet ? [] : [statement('small_talk.all_right')], effects: [] }
  }
  if (isLong(heard.text) && context.abilities.questions === 'one_by_one')
    return { state: 'done', say: [takesOver('not_understood', context.ticket, context)], effects: [{ do: 'hand_over', reason: 'not_understood' }] }
  return { state: 'done', say: [question('unclear.menu', { company: context.settings.company }, null, menu)], effects: [], understood: false }
}

/** Somebody has a lot to say, and no rule can make anything of it: a menu is no answer to that. */
function isLong(text: string): boolean {
  return (text.match(/[\p{L}\p{N}'’]+/gu)?.length ?? 0) >= 15 || (text.match(/\p{Script=Han}/gu)?.length ?? 0) >= 30
}

/** As long as the form is open, silence is watched. */
function stayOpen(step: SayStep, context: FlowContext): SayStep {
  if (step.state === 'done' || step.state.ticket === null) return step
  const at = timestamp(context.now + context.settings.incompleteAfterMs)
  return { ...step, effects: [...step.effects, { do: 'wake', kind: 'abandoned', at }] }
}

/** The request stays open, so that a late answer goes on where it was left. Nothing is said: who is silent is not to be pressed. */
function abandon(state: RepairState): SayStep {
  if (state.ticket === null || state.incomplete) return { state, say: [], effects: [] }
  return { state: { ...state, incomplete: true }, say: [], effects: [{ do: 'mark_incomplete', number: state.ticket, incomplete: true }] }
}

/** What was said before the question and after it: "the screen is cracked", "on the treadmill". */
function together(one: Heard, other: Heard): Heard {
  return {
    ...one,
    ids: [...one.ids, ...other.ids],
    text: [one.text, other.text].filter((text) => text !== '').join('\n'),
    files: [...one.files, ...other.files],
    codes: [...one.codes, ...other.codes],
    entities: { ...other.entities, ...one.entities, ticketNumbers: [...one.entities.ticketNumbers, ...other.entities.ticketNumbers] },
  }
}
