// What a repair request says next: one question, one list of all that is missing, the summary, or that it waits.
import type { FlowContext, Utterance } from '../../src/flow.ts'
import type { Choice } from '../../src/message.ts'
import type { Field, FieldName, Words } from '../fields/field.ts'
import { fieldIn, fieldsOf, needOf } from '../fields/index.ts'
import { askOf, choiceOf, itemOf, summaryOf } from '../fields/words.ts'
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
  if (field !== undefined) return askThis(state, field, context)
  return lackingFields(state, context).length > 0 ? pause(state, context) : summarise(state, context)
}

/** One question; where the form has it no more, the next one. */
export function askField(state: RepairState, name: FieldName, context: FlowContext): Said {
  const field = fieldIn(state.fields, name, context)
  return field === undefined ? goOn({ ...state, asking: null }, context) : askThis(state, field, context)
}

/** An optional one says so, and offers to be skipped. */
function askThis(state: RepairState, field: Field, context: FlowContext): Said {
  const { text, with: params } = askOf(field, context)
  const skip: readonly Choice[] = isRequired(field.name, state, context) || field.own?.mayChoose === false ? [] : [{ value: 'skip', label: '@choice.skip' }]
  const choices = [...(field.own?.choices(context) ?? []), ...skip]
  return {
    state: { ...state, stage: 'form', asking: field.name },
    say: [question(text, params, state.ticket, choices.length === 0 ? undefined : choices)],
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
      ...items(needed, context),
      ...(welcome.length === 0 ? [] : [statement('form.welcome'), ...items(welcome, context)]),
      statement('form.reply'),
    ],
  }
}

export function summarise(state: RepairState, context: FlowContext): Said {
  const { welcome } = fieldsForMail(state, context)
  const lines = fieldsOf(state.fields, context).flatMap((field) => summaryOf(field, state, context) ?? [])
  return {
    state: { ...state, stage: 'confirm', asking: null, offered: [...state.offered, ...welcome.map(({ name }) => name)] },
    say: [
      statement('summary.intro', { number: state.ticket ?? '' }, state.ticket),
      ...lines.map(({ text, with: params }) => statement(text, oneLine(params))),
      ...(welcome.length === 0 ? [] : [statement('form.also_welcome'), ...items(welcome, context)]),
      question('summary.confirm', {}, state.ticket, confirmation),
    ],
  }
}

/** What is needed is not to be had now: the request waits for it. */
export function pause(state: RepairState, context: FlowContext): Said {
  const lacking = lackingFields(state, context)
  return {
    state: { ...state, stage: 'paused', asking: lacking.length === 1 ? (lacking[0]?.name ?? null) : null },
    say: [statement('form.paused', { number: state.ticket ?? '' }, state.ticket), ...items(lacking, context)],
  }
}

/** Which of the answers to change. */
export function askWhichField(state: RepairState, context: FlowContext): Said {
  const known = fieldsOf(state.fields, context).filter(
    (field) => needOf(field.name, state.fields, context) !== 'hidden' && field.show(state.fields, context) !== undefined,
  )
  const choices = [...known, ...unknownFields(state, context)].map((field) => choiceOf(field, context))
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

function items(fields: readonly Field[], context: FlowContext): Utterance[] {
  return fields.map((field) => itemOf(field, context)).map(({ text, with: params }) => statement(text, params))
}

function oneLine(params: Words['with']): Record<string, string> {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, value.replace(/\s*\n\s*/g, '; ')]))
}
