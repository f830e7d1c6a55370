// What a meter shows: asked for a plan that goes by it, with `asset`, `unit` and `device`. A number that runs back is asked about before it counts.
import { z } from 'zod'
import type { Flow, FlowContext, QueryAnswer, Step } from '../src/flow.ts'
import { readAmount } from '../src/understanding/answers/number.ts'
import { hear, type Heard } from './heard.ts'
import { saysGone } from './inspection/gone.ts'
import { question, statement } from './say.ts'

const stateSchema = z.object({
  stage: z.enum(['ask', 'lower', 'gone']),
  /** Told, and not taken yet. */
  value: z.number().nullable(),
  /** Asked again once already. */
  repeated: z.boolean(),
})
type State = z.infer<typeof stateSchema>

const empty: State = { stage: 'ask', value: null, repeated: false }
const sure = 0.85

export const readMeter: Flow<State> = {
  name: 'read-meter',
  version: 1,
  many: true,
  parseState: (stored) => stateSchema.parse(stored),
  start: ({ args }) => ({ state: empty, say: [question('meter.ask', named(args))], effects: [] }),
  next(state, input, context) {
    switch (input.kind) {
      case 'messages':
        return listen(state, hear(input.messages), context)
      case 'answer':
        return input.answer.kind === 'meter' ? take(state, input.answer, context) : { pass: true }
      case 'resumed':
        return { state: empty, say: [question('meter.again', named(context.args))], effects: [] }
      case 'abandoned':
        return { state: 'done', say: [], effects: [] }
    }
  },
}

function listen(state: State, heard: Heard, context: FlowContext): Step<State> {
  const { asset = '', unit = '' } = context.args
  if (state.stage === 'gone') return answerGone(heard, context)
  if (heard.choice === 'replaced' && state.value !== null) return note(state.value, true, context)
  if (heard.choice === 'misread') return { state: empty, say: [question('meter.again', named(context.args))], effects: [] }
  if (saysGone(heard.text)) return askGone(context)
  const value = readAmount(heard.text, unitsOf(unit))
  if (value !== undefined && value >= 0) return { state: { ...state, stage: 'ask', value }, ask: { kind: 'meter', asset, unit, value } }
  const { intent, confidence } = heard
  if (confidence >= sure && ['later', 'skip', 'deny', 'decline', 'cancel'].includes(intent))
    return { state: 'done', say: [statement('meter.later')], effects: [] }
  const small = intent === 'none' || intent === 'confirm' || intent === 'thank' || intent === 'greet' || intent === 'add_information'
  if (!small || state.repeated) return { pass: true }
  return { state: { ...empty, repeated: true }, say: [question('meter.again', named(context.args))], effects: [], understood: false }
}

function take(state: State, { last, runsBack }: Extract<QueryAnswer, { kind: 'meter' }>, context: FlowContext): Step<State> {
  const value = state.value ?? 0
  if (!runsBack || last === null) return note(value, false, context)
  const choices = (['replaced', 'misread'] as const).map((each) => ({ value: each, label: `@meter.choice.${each}` }))
  return { state: { ...state, stage: 'lower' }, say: [question('meter.lower', { ...named(context.args), last, value }, null, choices)], effects: [] }
}

function note(value: number, replaced: boolean, { args }: FlowContext): Step<State> {
  const { asset = '', unit = '' } = args
  return { state: 'done', say: [statement('meter.thanks', { ...named(args), value })], effects: [{ do: 'read_meter', asset, unit, value, replaced }] }
}

function askGone({ args }: FlowContext): Step<State> {
  const choices = (['gone', 'here'] as const).map((each) => ({ value: each, label: `@meter.choice.${each}` }))
  return { state: { ...empty, stage: 'gone' }, say: [question('meter.gone', named(args), null, choices)], effects: [] }
}

function answerGone(heard: Heard, context: FlowContext): Step<State> {
  const { asset = '' } = context.args
  const said = heard.choice === 'gone' || heard.intent === 'confirm' || saysGone(heard.text)
  if (said)
    return {
      state: 'done',
      say: [statement('inspection.gone', named(context.args))],
      effects: [{ do: 'device_gone', asset, text: heard.text }],
    }
  return heard.choice === 'here' || heard.intent === 'deny'
    ? { state: empty, say: [question('meter.again', named(context.args))], effects: [] }
    : { pass: true }
}

function named({ device = '', unit = '' }: FlowContext['args']): { device: string; unit: string } {
  return { device, unit }
}

/** As customers write it besides; other units are known by themselves. */
function unitsOf(unit: string): string[] {
  const others: Readonly<Record<string, readonly string[]>> = {
    hours: ['h', '小时', '个小时'],
    km: ['公里', '千米'],
    cycles: ['次', '回', 'runs'],
    pages: ['页', '张'],
  }
  return [unit, ...(unit.endsWith('s') ? [unit.slice(0, -1)] : []), ...(others[unit] ?? [])]
}
