// What a repair request says next: one question, one list of all that is missing, the summary, or that it waits.
import type { FlowContext, RepairField, Utterance } from '../../src/flow.ts'
import type { Choice } from '../../src/message.ts'
import { isDoubtful } from '../doubt.ts'
import { fields } from '../fields/index.ts'
import { fieldsForMail, isRequired, lackingFields, nextField, unknownFields } from '../form.ts'
import { dayOf, question, statement } from '../say.ts'
import type { RepairState } from './state.ts'

interface Said {
  state: RepairState
  say: Utterance[]
}

export const confirmation: readonly Choice[] = [
  { value: 'confirm', label: '@choice.confirm' },
  { value: 'change', label: '@choice.change' },
]

/** Goes on with the form from where it stands. */
export function goOn(state: RepairState, context: FlowContext): Said {
  return context.abilities.questions === 'all_at_once' ? askByMail(state, context) : askOne(state, context)
}

function askOne(state: RepairState, context: FlowContext): Said {
  const field = nextField(state, context)
  if (field !== undefined) return askField(state, field.name, context)
  return lackingFields(state, context).length > 0 ? pause(state, context) : summarise(state, context)
}

/** One question. An optional one says so, and offers to be skipped. */
export function askField(state: RepairState, name: RepairField, context: FlowContext): Said {
  const choices: readonly Choice[] | undefined = isRequired(name, context) ? undefined : [{ value: 'skip', label: '@choice.skip' }]
  return {
    state: { ...state, stage: 'form', asking: name },
    say: [question(`ask.${name}`, {}, state.ticket, choices)],
  }
}

function askByMail(state: RepairState, context: FlowContext): Said {
  const { needed, welcome } = fieldsForMail(state, context)
  if (needed.length === 0) return summarise(state, context)
  // A single open question is one that a plain reply answers.
  const only = needed.length === 1 ? (needed[0]?.name ?? null) : null
  return {
    state: { ...state, stage: 'form', asking: only, offered: [...state.offered, ...welcome.map(({ name }) => name)] },
    say: [
      question('form.needed', {}, state.ticket),
      ...needed.map(({ name }) => statement(`form.item.${name}`)),
      ...(welcome.length === 0 ? [] : [statement('form.welcome'), ...welcome.map(({ name }) => statement(`form.item.${name}`))]),
      statement('form.reply'),
    ],
  }
}

export function summarise(state: RepairState, context: FlowContext): Said {
  const { welcome } = fieldsForMail(state, context)
  const lines = fields.flatMap((field) => {
    const value = field.show(state.fields, context)
    if (value === undefined) return []
    return [statement(summaryText(field.name, state), { value: oneLine(value) })]
  })
  return {
    state: { ...state, stage: 'confirm', asking: null, offered: [...state.offered, ...welcome.map(({ name }) => name)] },
    say: [
      statement('summary.intro', { number: state.ticket ?? '' }, state.ticket),
      ...lines,
      ...(welcome.length === 0 ? [] : [statement('form.also_welcome'), ...welcome.map(({ name }) => statement(`form.item.${name}`))]),
      question('summary.confirm', {}, state.ticket, confirmation),
    ],
  }
}

/** A guess is asked about; what was read on a label says so. */
function summaryText(name: RepairField, { doubtful, fields: { serial }, onLabel }: RepairState): string {
  const guessed = isDoubtful(name, doubtful)
  if (name === 'serial' && serial === onLabel) return guessed ? 'check.serial_photo' : 'summary.serial_photo'
  return `${guessed ? 'check' : 'summary'}.${name}`
}

/** What is needed is not to be had now: the request waits for it. */
export function pause(state: RepairState, context: FlowContext): Said {
  const lacking = lackingFields(state, context)
  return {
    state: { ...state, stage: 'paused', asking: lacking.length === 1 ? (lacking[0]?.name ?? null) : null },
    say: [statement('form.paused', { number: state.ticket ?? '' }, state.ticket), ...lacking.map(({ name }) => statement(`form.item.${name}`))],
  }
}

/** Which of the answers to change. */
export function askWhichField(state: RepairState, context: FlowContext): Said {
  const known = fields.filter((field) => context.settings.form[field.name] !== 'hidden' && field.show(state.fields, context) !== undefined)
  const missing = unknownFields(state, context)
  const choices = [...known, ...missing].map(({ name }): Choice => ({ value: name, label: `@field.${name}` }))
  return { state: { ...state, stage: 'which_field', asking: null }, say: [question('form.which_field', {}, state.ticket, choices)] }
}

/** The open question again, e.g. after a side question. */
export function askAgain(state: RepairState, context: FlowContext): Said {
  switch (state.stage) {
    case 'confirm':
      return { state, say: [question('summary.confirm', {}, state.ticket, confirmation)] }
    case 'which_field':
      return askWhichField(state, context)
    case 'form':
      // By mail all of it again, offers included.
      return state.asking !== null && context.abilities.questions === 'one_by_one'
        ? askField(state, state.asking, context)
        : goOn({ ...state, offered: [] }, context)
    case 'same':
      return { state, say: state.same === null ? [] : [questionOfSame(state.same, state.ticket, context)] }
    case 'paused':
    case 'sorting':
    case 'which':
      return { state, say: [] }
  }
}

/** Whether it is the case of a ticket that is there. */
export function questionOfSame({ number, subject, ended }: NonNullable<RepairState['same']>, ticket: string | null, context: FlowContext): Utterance {
  const about = { number, subject }
  const choices: readonly Choice[] = [
    { value: 'yes', label: '@same.yes' },
    { value: 'no', label: '@same.no' },
  ]
  return ended === null ? question('same.ask', about, ticket, choices) : question('same.ask_ended', { ...about, since: dayOf(ended, context) }, ticket, choices)
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, '; ')
}
