// Reads what the customer says while the form of a repair request is open.
import type { Effect, FlowContext, Step, Utterance } from '../../src/flow.ts'
import type { FieldName, Words } from '../fields/field.ts'
import { fieldIn, fieldsOf } from '../fields/index.ts'
import { certainOnly, doubtfulOnly } from '../doubt.ts'
import { fill, isRequired } from '../form.ts'
import type { Heard } from '../heard.ts'
import { statement } from '../say.ts'
import { askAgain, askField, askWhichField, goOn, pause, summarise } from './ask.ts'
import { describeCustomer, subjectOf } from './open.ts'
import type { RepairState } from './state.ts'
import { wishOf } from './wishes.ts'

type SayStep = Extract<Step<RepairState>, { say: unknown }>

/** From here an intent counts as a command. */
const sure = 0.85

export function answerForm(state: RepairState, heard: Heard, context: FlowContext): SayStep {
  const number = state.ticket ?? ''
  const attach: Effect[] = [{ do: 'attach', number, messages: heard.ids }]
  const command = commandOf(state, heard, context)
  switch (command) {
    case 'cancel':
      return {
        state: 'done',
        say: [statement('report.cancelled', { number }, number)],
        effects: [...attach, { do: 'cancel_ticket', number, comment: heard.text }],
      }
    case 'confirm':
      return accept(state, heard, attach, context)
    case 'change':
      return stepOf(askWhichField(state, context), attach)
    case 'back':
      return stepOf(goBack(state, context), attach)
    case 'skip':
    case 'later':
      return stepOf(putOff(state, command, context), attach)
    case undefined:
      break
  }
  const filled = fill({ ...state, correcting: state.stage === 'confirm' || state.stage === 'which_field' }, heard, context)
  if (filled.answered) return learnt(state, filled, heard, attach, context)
  const chosen = fieldChosen(state, heard, context)
  if (chosen !== undefined) return stepOf(askField({ ...state, path: [] }, chosen, context), attach)
  const again = askAgain(state.stage === 'paused' ? { ...state, stage: 'form' } : state, context)
  const wish = wishOf(heard.intent)
  if (wish !== undefined)
    return {
      state: again.state,
      say: [statement(`noted.${wish}`, { number, subject: subjectOf(state.fields) }, number), ...again.say],
      effects: [...attach, { do: 'open_task', kind: 'new_information', ticket: number }],
    }
  return { state: again.state, say: [unclear(state, heard, context), ...again.say], effects: attach, understood: false }
}

/** What is said to a form that no question is open in: learnt from, if there is something in it; then on with the form. */
export function tellForm(state: RepairState, heard: Heard, context: FlowContext): SayStep {
  const attach: Effect[] = [{ do: 'attach', number: state.ticket ?? '', messages: heard.ids }]
  const filled = fill(state, heard, context)
  return filled.answered ? learnt(state, filled, heard, attach, context) : stepOf(goOn(state, context), attach)
}

type Command = 'cancel' | 'confirm' | 'change' | 'back' | 'skip' | 'later'

/** What the customer commands, unless it is an answer: "tomorrow" puts nothing off when the question is when to come. */
function commandOf(state: RepairState, heard: Heard, context: FlowContext): Command | undefined {
  const { intent, confidence, choice, entities } = heard
  if (choice === 'confirm' || choice === 'change' || choice === 'skip') return choice
  if (choice !== undefined || confidence < sure) return undefined
  if (intent === 'cancel' || intent === 'back') return intent
  const asked = fieldIn(state.fields, state.asking, context)
  const answer = asked?.own === undefined ? asked?.find(heard) : asked.own.reply(heard, context)
  if (Object.keys(answer ?? {}).length > 0) return undefined
  if (state.stage === 'confirm') {
    if (intent === 'confirm' || intent === 'approve') return 'confirm'
    const correctsNothing =
      entities.address === undefined && entities.phone === undefined && entities.serial === undefined && entities.preferredTime === undefined
    return (intent === 'deny' || intent === 'decline') && correctsNothing ? 'change' : intent === 'later' ? 'later' : undefined
  }
  if (intent === 'skip' || intent === 'later') return intent
  return intent === 'deny' && state.asking !== null && state.stage === 'form' ? 'skip' : undefined
}

/** A yes may bring a photo or a phone number along. */
function accept(state: RepairState, heard: Heard, attach: readonly Effect[], context: FlowContext): SayStep {
  const number = state.ticket ?? ''
  const filled = fill(state, heard, context)
  // What was guessed has been read, and is right.
  const learned = { ...doubtfulOnly(state.fields, state.doubtful), ...certainOnly(filled.learned, filled.doubtful) }
  const more: Effect[] = Object.keys(learned).length === 0 ? [] : [{ do: 'fill_ticket', number, fields: learned }, ...describeCustomer(learned, context)]
  return { state: 'done', say: [statement('report.accepted', { number }, number)], effects: [...attach, ...more, { do: 'accept_ticket', number }] }
}

/** To the question before; what was answered there stays until it is answered anew. */
function goBack(state: RepairState, context: FlowContext): { state: RepairState; say: Utterance[] } {
  const previous = state.path.at(-1)
  if (context.abilities.questions === 'all_at_once' || previous === undefined) {
    if (state.stage !== 'form') return askWhichField(state, context)
    const again = askAgain(state, context)
    return { state: again.state, say: [statement('form.first_question'), ...again.say] }
  }
  const { state: asked, say } = askField({ ...state, asking: null, path: state.path.slice(0, -1) }, previous, context)
  return { state: { ...asked, declined: without(asked.declined, previous), postponed: without(asked.postponed, previous) }, say }
}

/** What is only welcome is skipped for good; what is needed is asked once more at the end, and then waited for. */
function putOff(state: RepairState, command: 'skip' | 'later', context: FlowContext): { state: RepairState; say: Utterance[] } {
  const name = state.asking
  if (state.stage === 'confirm' && command === 'skip') return askAgain(state, context)
  if (name === null || state.stage !== 'form' || context.abilities.questions === 'all_at_once') return pauseOrAsk(state, context)
  if (command === 'skip' && !isRequired(name, state, context)) return goOn({ ...state, declined: [...state.declined, name], path: pathAfter(state) }, context)
  const next = goOn({ ...state, postponed: [...state.postponed, name], path: pathAfter(state) }, context)
  // Put off for the second time: that it waits says it all.
  if (next.state.stage === 'paused') return next
  return { state: next.state, say: [statement(isRequired(name, state, context) ? 'form.needed_later' : 'form.later'), ...next.say] }
}

function pauseOrAsk(state: RepairState, context: FlowContext): { state: RepairState; say: Utterance[] } {
  if (state.stage === 'confirm') return { state, say: [statement('form.kept', { number: state.ticket ?? '' }, state.ticket)] }
  return state.stage === 'which_field' ? summarise(state, context) : pause(state, context)
}

function learnt(
  state: RepairState,
  { fields: known, learned: all, doubtful, onLabel }: ReturnType<typeof fill>,
  heard: Heard,
  attach: readonly Effect[],
  context: FlowContext,
): SayStep {
  const number = state.ticket ?? ''
  const learned = certainOnly(all, doubtful)
  const told = fieldsOf(known, context).flatMap((field) => (field.known(known, context) ? [field.name] : []))
  const cleared = {
    ...state,
    fields: known,
    doubtful,
    onLabel,
    declined: state.declined.filter((name) => !told.includes(name)),
    postponed: state.postponed.filter((name) => !told.includes(name)),
  }
  const answered = state.asking === null || told.includes(state.asking) ? { ...cleared, asking: null, path: pathAfter(state) } : cleared
  const next = goOn(answered, context)
  const read = onLabel !== null && onLabel === all.serial ? [statement('form.serial_read', { serial: onLabel })] : []
  const received = heard.files.length > 0 && heard.text === '' ? [statement('form.photos_received'), ...read] : read
  const subject = state.titled ? {} : { subject: subjectOf(certainOnly(known, doubtful), heard.text) }
  return {
    state: next.state,
    say: [...received, ...next.say],
    effects: [
      ...attach,
      ...(Object.keys(learned).length === 0 ? [] : [{ do: 'fill_ticket', number, fields: learned, ...subject } as const]),
      ...describeCustomer(learned, context),
    ],
  }
}

function pathAfter(state: RepairState): FieldName[] {
  return state.asking === null ? state.path : [...without(state.path, state.asking), state.asking]
}

/** "Change the address", or the choice among what can be changed. */
function fieldChosen(state: RepairState, heard: Heard, context: FlowContext): FieldName | undefined {
  const fields = fieldsOf(state.fields, context)
  const byChoice = fields.find(({ name }) => name === heard.choice)?.name
  if (byChoice !== undefined) return byChoice
  const wantsChange = state.stage === 'which_field' || heard.entities.corrects === true || heard.intent === 'deny'
  return wantsChange && state.asking === null ? fields.find(({ called }) => called.test(heard.text.toLowerCase()))?.name : undefined
}

function unclear(state: RepairState, heard: Heard, context: FlowContext): Utterance {
  const wanted = unclearWords(state, heard, context)
  return statement(wanted.text, wanted.with)
}

function unclearWords(state: RepairState, heard: Heard, context: FlowContext): Words {
  if (state.stage === 'confirm' || state.stage === 'which_field') return { text: 'unclear.choice', with: {} }
  const own = fieldIn(state.fields, state.asking, context)?.own
  return heard.text === '' || own === undefined ? { text: heard.text === '' ? 'unclear.empty' : 'unclear.answer', with: {} } : own.wanted(context)
}

function without(names: readonly FieldName[], gone: FieldName): FieldName[] {
  return names.filter((name) => name !== gone)
}

function stepOf(next: { state: RepairState; say: Utterance[] }, effects: readonly Effect[]): SayStep {
  return { ...next, effects }
}
