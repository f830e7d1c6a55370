// The conversation in which a repair is reported: from the first words to the confirmed summary.
import { timestamp } from '../src/clock.ts'
import type { Effect, Flow, FlowContext, QueryAnswer, Step, Utterance } from '../src/flow.ts'
import { categoryOf } from '../src/tickets/status.ts'
import type { TicketView } from '../src/tickets/ticket.ts'
import { takesOver } from './hand-over.ts'
import { hear, type Heard } from './heard.ts'
import { answerForm } from './repair/answer.ts'
import { askAgain, goOn } from './repair/ask.ts'
import { acknowledgedBy, addToTicket, reopenTicket } from './repair/existing.ts'
import { begunElsewhere, meantElsewhere, offerToGoOn, takeUp } from './repair/elsewhere.ts'
import { openTicket } from './repair/open.ts'
import { answerSame, askSame, sameCaseAs } from './repair/same.ts'
import { isAnotherDevice, ofTicket, sortWords, type Place } from './repair/sort.ts'
import { emptyRepairState, repairStateSchema, type RepairState } from './repair/state.ts'
import { isOwnRequest, openWish, wishOf } from './repair/wishes.ts'
import { acknowledgement, dayOf, menu, question, statement } from './say.ts'
import { ticketChoices } from './which.ts'

type SayStep = Extract<Step<RepairState>, { say: unknown }>

export const reportRepair: Flow<RepairState> = {
  name: 'report-repair',
  version: 3,
  many: true,
  parseState: (stored) => repairStateSchema.parse(stored),
  start({ args: { continue: number } }) {
    const state = emptyRepairState()
    return number === undefined ? { state, say: [], effects: [] } : { state, ask: { kind: 'ticket', number } }
  },
  next(state, input, context) {
    switch (input.kind) {
      case 'messages':
        return listen(state, hear(input.messages), context)
      case 'answer':
        if (state.pending !== null) return decide(state, state.pending, input.answer, context)
        return state.ticket === null ? goOnHere(input.answer, context) : resume(state, input.answer, context)
      case 'resumed':
        if (state.ticket === null) return stayOpen({ state, say: [], effects: [] }, context)
        return input.goesOn === undefined ? { state, ask: { kind: 'ticket', number: state.ticket } } : goOnThere(state, state.ticket, context)
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

/** The form stays as it is until it is taken up there, so that nothing is lost on the way; but it asks no more. */
function goOnThere(state: RepairState, number: string, context: FlowContext): Step<RepairState> {
  const effects: Effect[] = [{ do: 'continue_there', flow: 'report-repair', number }]
  return stayOpen({ state, say: [statement('report.moves', { number }, number)], effects }, context)
}

/** Asked here because the customer wanted to go on here; unless they finished it there, or staff took it as it is. */
function goOnHere(answer: QueryAnswer, context: FlowContext): Step<RepairState> {
  const begun = answer.kind === 'ticket' && answer.ticket !== undefined ? begunElsewhere(answer.ticket) : undefined
  return begun === undefined ? { pass: true } : stayOpen(takeUp(begun, null, context), context)
}

/** Before anything is decided the stores are asked: staff may have moved the ticket since. */
function listen(state: RepairState, heard: Heard, context: FlowContext): Step<RepairState> {
  if (state.ticket !== null) {
    const pending = { ...state, pending: heard }
    return bearsOnCase(state, heard) ? { state: pending, ask: { kind: 'tickets' } } : { state: pending, ask: { kind: 'ticket', number: state.ticket } }
  }
  if (state.stage !== 'which') return { state: { ...state, pending: heard }, ask: { kind: 'tickets' } }
  const before = state.pending ?? heard
  if (heard.choice === 'new' || (heard.choice === 'no' && state.offer !== null)) return openNew(before, context, state.compared)
  if (heard.choice === 'none') return handOverUnsorted(before, context)
  if (heard.choice === 'yes' && state.offer !== null) return { state, ask: { kind: 'ticket', number: state.offer } }
  if (heard.choice !== undefined) return { state, ask: { kind: 'ticket', number: heard.choice } }
  if (saysNone(heard)) return openNew({ ...before, ids: [...before.ids, ...heard.ids] }, context, state.compared)
  return { state: { ...state, pending: together(before, heard) }, ask: { kind: 'tickets' } }
}

function decide(state: RepairState, heard: Heard, answer: QueryAnswer, context: FlowContext): Step<RepairState> {
  if (answer.kind === 'ticket' && state.stage === 'which') return chosen(heard, answer.ticket, context)
  if (answer.kind === 'ticket') return withForm({ ...state, pending: null }, heard, answer.ticket, context)
  if (answer.kind !== 'tickets') return { pass: true }
  if (state.ticket !== null) return amongOthers({ ...state, pending: null }, heard, answer.tickets, context)
  const place = sortWords(heard, answer.tickets, context)
  if (heard.entities.danger === true) return inDanger(place, heard, context)
  const elsewhere = meantElsewhere(state, heard, place, answer.tickets)
  if (elsewhere !== undefined) return elsewhere.agreed ? stayOpen(takeUp(elsewhere.begun, heard, context), context) : offerToGoOn(elsewhere.begun, heard)
  switch (place.kind) {
    case 'new':
      return openNew(heard, context, state.compared)
    case 'add':
      return addToTicket(place.ticket, heard, context)
    case 'reopen':
      return reopenTicket(place.ticket, heard, context)
    case 'follow':
    case 'same':
      return open(heard, context, place)
    case 'which':
      return askWhich(state, heard, place.tickets, context)
    case 'nod':
      return nod(place.ticket, heard, context)
    case 'nothing':
      return notARepair(heard, context)
  }
}

/** No question comes before what keeps people safe: where nobody can tell which repair it is, a new one is opened. */
function inDanger(place: Place, heard: Heard, context: FlowContext): Step<RepairState> {
  if (place.kind !== 'add' && place.kind !== 'reopen') return open(heard, context)
  const { say, effects } = place.kind === 'add' ? addToTicket(place.ticket, heard, context) : reopenTicket(place.ticket, heard, context)
  return handOver(place.ticket._id, effects, say, context)
}

function openNew(heard: Heard, context: FlowContext, compared: readonly string[]): Step<RepairState> {
  const wish = wishOf(heard.intent)
  return wish !== undefined && isOwnRequest(wish) ? openWish(wish, heard, context) : open(heard, context, { kind: 'new', compared })
}

type Opened = { kind: 'new'; compared?: readonly string[] } | { kind: 'follow' | 'same'; ticket: TicketView }

/** The ticket is there from the first words on, acknowledged with its number. */
function open(heard: Heard, context: FlowContext, opened: Opened = { kind: 'new' }): Step<RepairState> {
  const old = opened.kind === 'follow' ? opened.ticket : undefined
  const { state: begun, effects } = openTicket(heard, context, old)
  const number = context.ticketNumber
  const told = acknowledgement('report.opened', { number }, number)
  const say =
    old === undefined ? [told] : [told, statement('report.follows', { old: old._id, subject: old.subject, since: dayOf(old.statusSince, context) }, number)]
  if (heard.entities.danger === true) return handOver(number, effects, say, context)
  const state = { ...begun, compared: opened.kind === 'new' ? [...(opened.compared ?? [])] : [opened.ticket._id] }
  const next = opened.kind === 'same' ? askSame(state, opened.ticket, context) : goOn(state, context)
  return stayOpen({ state: next.state, say: [...say, ...next.say], effects }, context)
}

/** Whether the words may tell that it is a case they have reported before. */
function bearsOnCase(state: RepairState, { entities, codes }: Heard): boolean {
  const { product, serial, symptom, errorCode } = entities
  const asked = state.stage === 'same' || state.asking === 'serial' || state.asking === 'product' || state.asking === 'symptom'
  return asked || codes.length > 0 || [product, serial, symptom, errorCode].some((value) => value !== undefined)
}

/** The form's ticket beside the others of its customer: one of these may be the same case. */
function amongOthers(state: RepairState, heard: Heard, tickets: readonly TicketView[], context: FlowContext): Step<RepairState> {
  const named = (number: string | undefined) => tickets.find(({ _id, merged }) => _id === number || merged.some((other) => other.number === number))
  const own = named(state.ticket ?? undefined)
  if (own === undefined && state.ticket !== null) return { state: { ...state, pending: heard }, ask: { kind: 'ticket', number: state.ticket } }
  if (own?.status !== 'new') return withForm(state, heard, own, context)
  if (state.stage === 'same' && heard.entities.danger !== true) {
    const candidate = named(state.same?.number)
    const reachable = candidate !== undefined && candidate._id !== own._id && ofTicket(candidate, { ...heard, intent: 'reopen' }, context).kind !== 'follow'
    return takenUp(answerSame(state, heard, own, reachable ? candidate : undefined, context), state, context)
  }
  const step = withForm(state, heard, own, context)
  if (!('say' in step) || step.state === 'done' || step.state.ticket !== state.ticket) return step
  const like = sameCaseAs(step.state, own, tickets, context)
  return like === undefined ? step : { ...step, ...askSame(step.state, like, context) }
}

function withForm(state: RepairState, heard: Heard, ticket: TicketView | undefined, context: FlowContext): Step<RepairState> {
  // Staff ended it, or took it as it is: there is nothing to fill in any more.
  if (ticket !== undefined && categoryOf(ticket.status) === 'done') return { pass: true }
  if (ticket !== undefined && ticket.status !== 'new') return addToTicket(ticket, heard, context)
  const number = state.ticket ?? ''
  if (state.asking !== 'product' && isAnotherDevice(state.fields, heard)) return openAnother(state, heard, context)
  const step = answerForm(state, heard, context)
  return heard.entities.danger === true ? handOver(number, step.effects, [], context) : takenUp(step, state, context)
}

/** Whoever left half-way is back. */
function takenUp(step: SayStep, { incomplete, ticket }: RepairState, context: FlowContext): SayStep {
  if (!incomplete || ticket === null || step.state === 'done') return stayOpen(step, context)
  const mended: Effect = { do: 'mark_incomplete', number: ticket, incomplete: false }
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
  if (ticket === undefined) return open(heard, context)
  const begun = begunElsewhere(ticket)
  if (begun !== undefined) return stayOpen(takeUp(begun, heard, context), context)
  const place = ofTicket(ticket, heard, context)
  if (place.kind === 'follow') return open(heard, context, place)
  return place.kind === 'reopen' ? reopenTicket(ticket, heard, context) : addToTicket(ticket, heard, context)
}

/** Asked a second time, nothing that was said since has told. */
function askWhich(state: RepairState, heard: Heard, tickets: readonly TicketView[], context: FlowContext): SayStep {
  const wish = wishOf(heard.intent)
  // An approval of nothing there is no new repair.
  const other = wish === undefined || isOwnRequest(wish) ? { value: 'new', label: '@which.new' } : { value: 'none', label: '@which.none' }
  return stayOpen(
    {
      state: { ...state, stage: 'which', offer: null, pending: heard, compared: tickets.map(({ _id }) => _id) },
      say: [question('which.ask', {}, null, [...ticketChoices(tickets), other])],
      effects: [],
      understood: state.stage !== 'which',
    },
    context,
  )
}

/** None of their tickets: a person finds out what is meant. */
function handOverUnsorted(heard: Heard, context: FlowContext): SayStep {
  return { state: 'done', say: [takesOver('asked', null, context)], effects: [{ do: 'hand_over', reason: 'asked' }] }
}

/** "All right": the last news is acknowledged, nobody is alarmed. */
function nod(ticket: TicketView | null, heard: Heard, context: FlowContext): SayStep {
  const quiet = context.abilities.questions === 'all_at_once'
  return { state: 'done', say: quiet ? [] : [statement('small_talk.all_right')], effects: ticket === null ? [] : acknowledgedBy(ticket, heard) }
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
  if (step.state === 'done' || (step.state.ticket === null && step.state.stage !== 'which')) return step
  const at = timestamp(context.now + context.settings.incompleteAfterMs)
  return { ...step, effects: [...step.effects, { do: 'wake', kind: 'abandoned', at }] }
}

/** The request stays open, so that a late answer goes on where it was left. Nothing is said: who is silent is not to be pressed. */
function abandon(state: RepairState): SayStep {
  if (state.incomplete) return { state, say: [], effects: [] }
  // Nobody knows where the words belong: a person has to find out.
  if (state.stage === 'which') return { state: { ...state, incomplete: true }, say: [], effects: [{ do: 'open_task', kind: 'new_information' }] }
  if (state.ticket === null) return { state, say: [], effects: [] }
  return { state: { ...state, incomplete: true }, say: [], effects: [{ do: 'mark_incomplete', number: state.ticket, incomplete: true }] }
}

/** None of those offered, in words of their own that say no more. */
function saysNone({ text, entities, intent }: Heard): boolean {
  const none =
    /^\W*(?:no[,. ]+)?(?:none|neither)\b|^\W*(?:it(?:'s| is) )?(?:something|some thing) (?:new|else)\b|^\W*(?:it(?:'s| is) )?(?:a )?new (?:one|repair|problem|issue)\W*$|都不是|新的(?:问题|报修|维修)?$/i
  return none.test(text.trim()) || (entities.another === true && entities.product === undefined && intent === 'report_repair' && text.length <= 40)
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
