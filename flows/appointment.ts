// The time of a visit: chosen from what is free, by button, number or free words; moved, or called off. Started from outside with
// `workOrder`, `reason`, `ticket`, or by a customer's wish.
import type { Effect, Flow, FlowContext, QueryAnswer, SlotView, Step, Utterance, VisitView } from '../src/flow.ts'
import { timestamp } from '../src/clock.ts'
import { sayWhen } from '../src/hours/say-when.ts'
import type { Choice } from '../src/message.ts'
import { empty, stateSchema, type SayStep, type State } from './appointment-state.ts'
import { hear, type Heard } from './heard.ts'
import { saysGone, saysUnwanted } from './inspection/gone.ts'
import { dayOf, question, statement } from './say.ts'
import { declinesTime, shiftOf } from './visit-words.ts'

/** From here a wish counts. */
const sure = 0.85

export const appointment: Flow<State> = {
  name: 'appointment',
  version: 2,
  parseState: (stored) => stateSchema.parse(stored),
  start: ({ args: { workOrder, reason } }) =>
    workOrder === undefined
      ? { state: empty, say: [], effects: [] }
      : { state: { ...empty, workOrder, before: stateSchema.shape.before.catch(null).parse(reason ?? null) }, ask: { kind: 'visits' } },
  next(state, input, context) {
    switch (input.kind) {
      case 'messages':
        return listen(state, hear(input.messages), context)
      case 'answer':
        return decide(state, input.answer, context)
      case 'resumed':
        return { state, ask: { kind: 'visits' } }
      case 'abandoned':
        return { state: 'done', say: [], effects: [] }
    }
  },
}

function listen(state: State, heard: Heard, context: FlowContext): Step<State> {
  switch (state.stage) {
    case 'find':
      return { state: { ...state, words: heard }, ask: { kind: 'visits' } }
    case 'which':
      return heard.choice === undefined ? { pass: true } : { state: { ...state, workOrder: heard.choice }, ask: { kind: 'visits' } }
    case 'call_off':
      return callOff(state, heard, context)
    case 'choose':
      return choose(state, heard, context)
    case 'not_wanted':
      return leaveOut(state, heard, context)
  }
}

function decide(state: State, answer: QueryAnswer, context: FlowContext): Step<State> {
  if (answer.kind === 'slots') return offer(state, answer, context)
  return answer.kind === 'visits' ? find(state, answer.visits, context) : { pass: true }
}

/** Which visit it is about; words that are about none are for the ticket itself. */
function find(state: State, visits: readonly VisitView[], context: FlowContext): Step<State> {
  const named = state.words?.entities.ticketNumbers ?? []
  const spoken = visits.filter(({ ticket }) => (named.length > 0 ? named.includes(ticket) : ticket === context.ticket))
  const meant = state.workOrder === null ? (spoken.length > 0 ? spoken : visits) : visits.filter(({ workOrder }) => workOrder === state.workOrder)
  const [visit, ...others] = meant
  if (visit === undefined) return { pass: true }
  if (others.length > 0) {
    const choices = meant.slice(0, 5).map(({ workOrder, ticket, subject }) => ({ value: workOrder, label: `${ticket} ${subject}`.trim() }))
    return { state: { ...state, stage: 'which' }, say: [question('visit.which', {}, null, choices)], effects: [] }
  }
  if (state.words !== null && visit.appointment !== null && !wantsChange(state.words)) return { pass: true }
  const wished = state.words?.entities.windows ?? shifted(state.words, visit) ?? (state.wished.length > 0 ? state.wished : visit.windows)
  const next: State = { ...state, ...about(visit), wished: [...wished] }
  if (visit.appointment !== null && state.words !== null && !visit.mayChange) return tooLate(next, state.words.ids, context)
  if (state.words?.intent === 'cancel_visit') return visit.appointment === null ? waits(next) : askOff(next, context)
  return lookUp(next, null)
}

/** A day that is named beside a visit that stands may mean anything. */
function wantsChange({ intent, text }: Heard): boolean {
  return intent === 'reschedule' || intent === 'cancel_visit' || declinesTime(text)
}

const roomForShift = 3 * 3_600_000

/** "An hour later" than what was agreed upon. */
function shifted(words: Heard | null, { appointment }: VisitView): State['wished'] | undefined {
  const shift = words === null || appointment === null ? undefined : shiftOf(words.text)
  if (shift === undefined || appointment === null) return undefined
  const from = appointment.from + shift
  return [{ from: new Date(from).toISOString(), until: new Date(from + roomForShift).toISOString() }]
}

function about({
  workOrder,
  round,
  ticket,
  subject,
  appointment: agreed,
  inspection,
}: VisitView): Pick<State, 'workOrder' | 'round' | 'ticket' | 'subject' | 'agreed' | 'inspection'> {
  return { workOrder, round, ticket, subject, agreed: agreed?.from ?? null, inspection }
}

function lookUp(state: State, after: number | null): Step<State> {
  return { state, ask: { kind: 'slots', workOrder: state.workOrder ?? '', windows: after === null ? state.wished : [], after } }
}

function offer(state: State, { slots, fits }: Extract<QueryAnswer, { kind: 'slots' }>, context: FlowContext): Step<State> {
  const { ticket: number, before, workOrder } = state
  const say: Utterance[] = before === null ? [] : [statement(`visit.${before}`, { number }, number)]
  const attached: Effect[] = state.words === null ? [] : [{ do: 'attach', number, messages: state.words.ids }]
  if (slots.length === 0 && state.offered.length > 0) return { state, say: [statement('visit.no_other'), ...again(state, context)], effects: [] }
  if (slots.length === 0)
    return {
      state: 'done',
      say: [...say, statement('visit.none_free', { number }, number)],
      effects: [...attached, { do: 'open_task', kind: 'new_information', ticket: number }],
    }
  const named = state.words === null || !fits ? undefined : theOneNamed(state.wished, slots)
  if (named !== undefined && state.words !== null) return take(state, named, state.words, context)
  const key = !fits ? 'ask_nearest' : state.wished.length > 0 ? 'ask_fits' : 'ask'
  const choices = [...slots.map((slot) => ({ value: valueOf(slot), label: whenOf(slot.from, context) })), { value: 'other', label: '@visit.other' }]
  return {
    state: { ...state, stage: 'choose', words: null, before: null, offered: [...slots] },
    say: [...say, asked(key, state, choices, context)],
    effects: [...attached, { do: 'offer_slots', workOrder: workOrder ?? '', slots }],
  }
}

/** A visit of its customer's wish is for a repair, or an inspection that is due. */
function asked(
  key: 'ask' | 'ask_fits' | 'ask_nearest',
  { ticket: number, subject, inspection }: State,
  choices: readonly Choice[],
  context: FlowContext,
): Utterance {
  if (inspection === null) return question(`visit.${key}`, { number, subject }, number, choices)
  const { name, device, due } = inspection
  return question(`inspection.${key}`, { number, name, device, due: dayOf(timestamp(due), context) }, number, choices)
}

/** "At five" is no longer than this, "after four" is. */
const namedHour = 2 * 3_600_000

/** Whoever names the hour of a time that is free has chosen it. */
function theOneNamed(wished: State['wished'], slots: readonly SlotView[]): SlotView | undefined {
  const [window, ...others] = wished
  const [slot, ...more] = slots
  if (window === undefined || slot === undefined || others.length + more.length > 0) return undefined
  const [from, until] = [Date.parse(window.from), Date.parse(window.until)]
  return from === slot.from && until - from <= namedHour ? slot : undefined
}

function choose(state: State, heard: Heard, context: FlowContext): Step<State> {
  const chosen = state.offered.find((slot) => valueOf(slot) === heard.choice)
  if (chosen !== undefined) return take(state, chosen, heard, context)
  const { intent, confidence } = heard
  if (heard.choice === 'other') return lookUp({ ...state, wished: [] }, Math.max(...state.offered.map(({ from }) => from)))
  if (heard.entities.windows !== undefined) return lookUp({ ...state, words: heard, wished: [...heard.entities.windows] }, null)
  if (state.inspection !== null && (isNotWanted(heard) || saysGone(heard.text) || saysUnwanted(heard.text))) return askWhyNot(state, state.inspection)
  if (state.inspection !== null && confidence >= sure && (intent === 'skip' || intent === 'later')) return putOff(state)
  if (confidence >= sure && (intent === 'cancel_visit' || intent === 'cancel'))
    return state.agreed === null ? waits(state) : askOff({ ...state, words: heard }, context)
  if (confidence >= sure && (intent === 'skip' || intent === 'later')) return waits(state)
  if (declinesTime(heard.text) || (confidence >= sure && (intent === 'deny' || intent === 'reschedule')))
    return { state, say: [question('visit.when', {}, state.ticket)], effects: [] }
  if (isForOthers(heard)) return { pass: true }
  return { state, say: [statement('visit.unclear'), ...again(state, context)], effects: [], understood: false }
}

function isNotWanted({ intent, confidence }: Heard): boolean {
  return confidence >= sure && ['cancel_visit', 'cancel', 'decline', 'deny'].includes(intent)
}

/** An inspection can be left out; or there is nothing to inspect any more, which nobody should be taken to say who did not. */
function askWhyNot(state: State, { device }: NonNullable<State['inspection']>): SayStep {
  const choices = (['declined', 'gone', 'later', 'times'] as const).map((value) => ({ value, label: `@inspection.choice.${value}` }))
  return { state: { ...state, stage: 'not_wanted' }, say: [question('inspection.not_wanted', { device }, state.ticket, choices)], effects: [] }
}

function leaveOut(state: State, heard: Heard, context: FlowContext): Step<State> {
  const { workOrder, ticket: number, inspection } = state
  const { choice, intent, confidence } = heard
  if (inspection === null || heard.entities.windows !== undefined) return choose({ ...state, stage: 'choose' }, heard, context)
  if (choice === 'times') return { state: { ...state, stage: 'choose' }, say: again(state, context), effects: [] }
  if (choice === 'later' || (confidence >= sure && (intent === 'later' || intent === 'skip'))) return putOff(state)
  const why =
    choice === 'gone' || saysGone(heard.text)
      ? 'gone'
      : choice === 'declined' || isNotWanted(heard) || saysUnwanted(heard.text) || intent === 'confirm'
        ? 'declined'
        : undefined
  if (why === undefined) return isForOthers(heard) ? { pass: true } : { ...askWhyNot(state, inspection), understood: false }
  return {
    state: 'done',
    say: [statement(`inspection.${why}`, { number, device: inspection.device }, number)],
    effects: [
      { do: 'attach', number, messages: heard.ids },
      { do: 'decline_inspection', workOrder: workOrder ?? '', why, text: heard.text },
    ],
  }
}

function putOff({ workOrder, round, ticket }: State): SayStep {
  return { state: 'done', say: [statement('inspection.later', {}, ticket)], effects: [{ do: 'put_off_visit', workOrder: workOrder ?? '', round }] }
}

/** Whether it is still free shows when it is booked. */
function take(state: State, { engineer, from }: SlotView, heard: Heard, context: FlowContext): SayStep {
  const { workOrder, round, ticket } = state
  return {
    state: 'done',
    say: isMail(context) ? [] : [statement('visit.booking', { when: whenOf(from, context) }, ticket)],
    effects: [
      { do: 'attach', number: ticket, messages: heard.ids },
      { do: 'choose_slot', workOrder: workOrder ?? '', round, engineer, from },
    ],
  }
}

function callOff(state: State, heard: Heard, context: FlowContext): Step<State> {
  const { workOrder, round, ticket, agreed } = state
  if (heard.choice === 'move') return lookUp({ ...state, words: heard }, null)
  if (heard.choice === 'keep') return { state: 'done', say: [statement('visit.kept', { when: whenOf(agreed ?? 0, context) }, ticket)], effects: [] }
  if (heard.entities.windows !== undefined) return lookUp({ ...state, words: heard, wished: [...heard.entities.windows] }, null)
  if (heard.choice !== 'off') return { pass: true }
  const reason = state.words?.text || heard.text
  return {
    state: 'done',
    say: isMail(context) ? [] : [statement('visit.one_moment', {}, ticket)],
    effects: [
      { do: 'attach', number: ticket, messages: heard.ids },
      { do: 'call_off', workOrder: workOrder ?? '', round, reason },
      { do: 'open_task', kind: 'new_information', ticket },
    ],
  }
}

function askOff(state: State, context: FlowContext): SayStep {
  const choices = (['off', 'move', 'keep'] as const).map((value) => ({ value, label: `@visit.choice.${value}` }))
  const when = whenOf(state.agreed ?? 0, context)
  return { state: { ...state, stage: 'call_off' }, say: [question('visit.call_off', { number: state.ticket, when }, state.ticket, choices)], effects: [] }
}

/** A person decides. */
function tooLate({ ticket, agreed }: State, ids: readonly string[], context: FlowContext): SayStep {
  return {
    state: 'done',
    say: [statement('visit.too_late', { number: ticket, when: whenOf(agreed ?? 0, context) }, ticket)],
    effects: [
      { do: 'attach', number: ticket, messages: ids },
      { do: 'open_task', kind: 'new_information', ticket },
    ],
  }
}

function waits({ ticket }: State): SayStep {
  return { state: 'done', say: [statement('visit.waits', {}, ticket)], effects: [] }
}

function again(state: State, context: FlowContext): Utterance[] {
  const choices = [...state.offered.map((slot) => ({ value: valueOf(slot), label: whenOf(slot.from, context) })), { value: 'other', label: '@visit.other' }]
  return [asked('ask', state, choices, context)]
}

/** Small words are no answer here, and no wish either. */
function isForOthers({ intent, confidence, files }: Heard): boolean {
  const small = ['none', 'confirm', 'deny', 'back', 'thank', 'greet', 'add_information', 'reschedule']
  return files.length > 0 || (!small.includes(intent) && confidence >= 0.6)
}

/** What comes of it is told a moment later; two mails about it would be one too many. */
function isMail({ abilities }: FlowContext): boolean {
  return abilities.questions === 'all_at_once'
}

function valueOf({ engineer, from }: SlotView): string {
  return `${engineer}@${from}`
}

function whenOf(at: number, { language, settings }: FlowContext): string {
  return sayWhen(at, language, settings.timeZone)
}
