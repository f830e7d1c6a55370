// "Text me instead": where the customer wants news. An address they name is theirs once they type, here, the code that was sent there.
import { parsePhoneNumberFromString, isSupportedCountry } from 'libphonenumber-js'
import { z } from 'zod'
import type { Flow, FlowContext, QueryAnswer, Step, Utterance, WayView } from '../src/flow.ts'
import type { Choice } from '../src/message.ts'
import { newsWays, readWay, type NewsWay } from '../src/understanding/entities/way.ts'
import { fold } from '../src/understanding/fold.ts'
import { hear, type Heard } from './heard.ts'
import { question, statement } from './say.ts'

const stateSchema = z.object({
  stage: z.enum(['way', 'address', 'code']),
  way: z.enum(newsWays).nullable(),
  /** As it is sent to. */
  address: z.string().nullable(),
  /** Only news is to go there; what is talked about here goes on here. */
  newsOnly: z.boolean().default(true),
})
type State = z.infer<typeof stateSchema>
type SayStep = Extract<Step<State>, { say: unknown }>

const sure = 0.85
const codeChoices: readonly Choice[] = [
  { value: 'new-code', label: '@change_channel.new_code' },
  { value: 'other-address', label: '@change_channel.other_address' },
  { value: 'keep', label: '@change_channel.keep' },
]

export const changeChannel: Flow<State> = {
  name: 'change-channel',
  version: 2,
  parseState: (stored) => stateSchema.parse(stored),
  start: () => ({ state: { stage: 'way', way: null, address: null, newsOnly: false }, say: [], effects: [] }),
  next(state, input, context) {
    switch (input.kind) {
      case 'messages':
        return listen(state, hear(input.messages), context)
      case 'answer':
        return decide(state, input.answer)
      case 'resumed':
        return { state, say: askAgain(state), effects: [] }
      case 'abandoned':
        return { state: 'done', say: [], effects: [] }
    }
  },
}

function listen(before: State, heard: Heard, context: FlowContext): Step<State> {
  const state = readWay(heard.text)?.newsOnly === true ? { ...before, newsOnly: true } : before
  if (heard.choice === 'keep' || (heard.confidence >= sure && (heard.intent === 'cancel' || heard.intent === 'deny'))) return kept()
  if (heard.choice === 'other-address' && state.way !== null) return askAddress(state.way, state.newsOnly)
  if ((heard.choice === 'new-code' || notArrived.test(heard.text)) && state.way !== null && state.address !== null)
    return lookUp(state.way, state.address, state.newsOnly)
  const way = newsWays.find((each) => each === heard.choice) ?? heard.entities.way ?? state.way
  if (way === null) return { state, say: [question('change_channel.which', {}, null, wayChoices)], effects: [] }
  const code = state.stage === 'code' ? readCode(heard.text) : undefined
  if (code !== undefined) return { state, ask: { kind: 'code', code } }
  const address = readAddress(way, heard, context)
  if (address !== undefined || state.stage === 'way' || way !== state.way) return lookUp(way, address ?? null, state.newsOnly)
  if (isForOthers(heard)) return { pass: true }
  return {
    state,
    say: [statement(state.stage === 'code' ? 'change_channel.no_code' : `change_channel.no_address.${way}`), ...askAgain(state)],
    effects: [],
    understood: false,
  }
}

const notArrived =
  /\bre-?send\b|\b(?:send|text|email) (?:it|one|me)? ?again\b|\b(?:didn['’]?t|did not|haven['’]?t|have not|never) (?:get|got|receive|received|arrive|come)\b|\bnot (?:got|received|arrived)\b|没收到|沒收到|没有收到|重发|重新发|再发/i

/** Other wishes are for others to hear; free words are no answer here. */
function isForOthers({ intent, confidence, files }: Heard): boolean {
  const answers = ['none', 'confirm', 'skip', 'later', 'back', 'thank', 'greet', 'add_information', 'change_channel']
  return files.length > 0 || (!answers.includes(intent) && confidence >= 0.6)
}

function lookUp(way: NewsWay, address: string | null, newsOnly: boolean): Step<State> {
  return { state: { stage: address === null ? 'way' : 'address', way, address, newsOnly }, ask: { kind: 'way', way, address } }
}

function decide(state: State, answer: QueryAnswer): Step<State> {
  if (answer.kind === 'code') return judge(state, answer.verdict)
  if (answer.kind !== 'way' || state.way === null) return { pass: true }
  return chooseWay({ ...state, way: state.way }, answer.way)
}

function chooseWay({ way, address, newsOnly }: State & { way: NewsWay }, { on, known, code }: WayView): Step<State> {
  if (known !== null) {
    const say = [statement('change_channel.done', { address: known.shown })]
    return { state: 'done', say, effects: [{ do: 'prefer', way, point: known.point }], ...(newsOnly || known.here ? {} : { goesOn: way }) }
  }
  if (!on) return { state: 'done', say: [statement(`change_channel.off.${way}`)], effects: [] }
  if (address === null) return askAddress(way, newsOnly)
  if (code !== 'may') return { state: 'done', say: [statement(code === 'too_often' ? 'change_channel.too_often' : 'change_channel.write_first')], effects: [] }
  const next: State = { stage: 'code', way, address, newsOnly }
  return { state: next, say: [question('change_channel.code_sent', { address }, null, codeChoices)], effects: [{ do: 'send_code', way, address }] }
}

function judge(state: State, verdict: 'right' | 'wrong' | 'expired'): Step<State> {
  const { way, address, newsOnly } = state
  if (way === null || address === null) return { pass: true }
  switch (verdict) {
    case 'right':
      return {
        state: 'done',
        say: [statement('change_channel.done', { address })],
        effects: [{ do: 'verify_address', way, address }],
        ...(newsOnly ? {} : { goesOn: way }),
      }
    case 'wrong':
      return { state, say: [question('change_channel.wrong', { address }, null, codeChoices)], effects: [{ do: 'miss_code' }] }
    case 'expired':
      return { state, say: [question('change_channel.expired', {}, null, codeChoices)], effects: [] }
  }
}

function askAddress(way: NewsWay, newsOnly: boolean): SayStep {
  return { state: { stage: 'address', way, address: null, newsOnly }, say: [question(`change_channel.address.${way}`)], effects: [] }
}

function kept(): SayStep {
  return { state: 'done', say: [statement('change_channel.kept')], effects: [] }
}

function askAgain({ stage, way, address }: State): Utterance[] {
  if (way === null) return [question('change_channel.which', {}, null, wayChoices)]
  return stage === 'code' && address !== null
    ? [question('change_channel.type_code', { address }, null, codeChoices)]
    : [question(`change_channel.address.${way}`)]
}

const wayChoices: readonly Choice[] = newsWays.map((way) => ({ value: way, label: `@change_channel.way.${way}` }))

/** Six digits, however they are set apart. */
function readCode(text: string): string | undefined {
  return /(?<!\d[ -]?)(\d{3})[ -]?(\d{3})(?![ -]?\d)/.exec(fold(text))?.slice(1).join('')
}

/** In the one spelling it is known by: E.164, or lower case. */
function readAddress(way: NewsWay, { text, entities }: Heard, { settings: { country } }: FlowContext): string | undefined {
  if (way === 'email') return entities.email?.toLowerCase()
  const written = entities.phone ?? /\+?[\d][\d ().\-/]{5,}\d/.exec(fold(text))?.[0]
  const number = written === undefined ? undefined : parsePhoneNumberFromString(written, isSupportedCountry(country) ? country : undefined)
  return number?.isValid() === true ? number.number : undefined
}
