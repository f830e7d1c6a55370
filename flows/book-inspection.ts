// A customer wants a device inspected: which one, and then its visit. One that is planned already is the same.
import { z } from 'zod'
import type { DeviceView, Flow, FlowContext, Step } from '../src/flow.ts'
import { cut } from './fields/field.ts'
import { hear, heardSchema, type Heard } from './heard.ts'
import { question, statement } from './say.ts'

const stateSchema = z.object({
  stage: z.enum(['find', 'which', 'device']),
  /** The words that opened it. */
  words: heardSchema.nullable(),
})
type State = z.infer<typeof stateSchema>

const empty: State = { stage: 'find', words: null }
const longest = 100

export const bookInspection: Flow<State> = {
  name: 'book-inspection',
  version: 1,
  parseState: (stored) => stateSchema.parse(stored),
  start: () => ({ state: empty, say: [], effects: [] }),
  next(state, input, context) {
    switch (input.kind) {
      case 'messages':
        return listen(state, hear(input.messages), context)
      case 'answer':
        return input.answer.kind === 'devices' && state.words !== null ? choose(state.words, input.answer.devices, context) : { pass: true }
      case 'resumed':
        return state.words === null ? { state: 'done', say: [], effects: [] } : { state, ask: { kind: 'devices' } }
      case 'abandoned':
        return { state: 'done', say: [], effects: [] }
    }
  },
}

function listen(state: State, heard: Heard, context: FlowContext): Step<State> {
  const { words } = state
  if (words === null) return { state: { ...state, words: heard }, ask: { kind: 'devices' } }
  if (heard.choice === 'other') return askDevice(words)
  if (heard.choice !== undefined) return { state: { ...state, words: { ...together(words, heard), choice: heard.choice } }, ask: { kind: 'devices' } }
  if (heard.confidence >= 0.85 && ['cancel', 'deny', 'later', 'skip'].includes(heard.intent))
    return { state: 'done', say: [statement('visit.waits')], effects: [] }
  const named = heard.entities.product !== undefined || heard.entities.serial !== undefined
  if (named) return { state: { ...state, words: together(words, heard) }, ask: { kind: 'devices' } }
  const elsewhere = heard.confidence >= 0.85 && !['none', 'confirm', 'add_information', 'book_inspection'].includes(heard.intent)
  if (elsewhere || heard.text === '') return { pass: true }
  return book(null, cut(heard.text, longest), together(words, heard), context)
}

function choose(words: Heard, devices: readonly DeviceView[], context: FlowContext): Step<State> {
  const { product, serial } = words.entities
  const chosen = devices.find(({ asset }) => asset === words.choice)
  const meant = chosen === undefined ? devices.filter((device) => fits(device, product, serial)) : [chosen]
  const [only, ...others] = meant
  if (only !== undefined && others.length === 0) return book(only.asset, nameOf(only), words, context)
  if (only === undefined && (product ?? serial) !== undefined) return book(null, product ?? serial ?? '', words, context)
  if (devices.length === 0) return askDevice(words)
  const choices = [
    ...(meant.length > 0 ? meant : devices).slice(0, 8).map((device) => ({ value: device.asset, label: nameOf(device) })),
    { value: 'other', label: '@inspection.choice.other' },
  ]
  return { state: { stage: 'which', words }, say: [question('inspection.which', {}, null, choices)], effects: [] }
}

/** Of what is not named any may be meant. */
function fits(device: DeviceView, product: string | undefined, serial: string | undefined): boolean {
  if (serial !== undefined) return plain(device.serial) === plain(serial)
  return product === undefined || device.product?.toLowerCase() === product.toLowerCase()
}

function plain(serial: string): string {
  return serial.toUpperCase().replace(/[^\p{L}\p{N}]/gu, '')
}

function askDevice(words: Heard): Step<State> {
  return { state: { stage: 'device', words }, say: [question('inspection.device')], effects: [] }
}

/** The number comes with the times to choose from. */
function book(asset: string | null, device: string, words: Heard, { abilities }: FlowContext): Step<State> {
  const quiet = abilities.questions === 'all_at_once'
  return {
    state: 'done',
    say: quiet ? [] : [statement('inspection.booking', { device })],
    effects: [{ do: 'book_inspection', asset, device, words: words.text, messages: words.ids, windows: words.entities.windows ?? [] }],
  }
}

function nameOf({ product, serial }: DeviceView): string {
  return [product, serial].filter(Boolean).join(' ')
}

function together(one: Heard, other: Heard): Heard {
  return { ...one, ids: [...one.ids, ...other.ids], text: [one.text, other.text].filter(Boolean).join('\n'), entities: { ...one.entities, ...other.entities } }
}
