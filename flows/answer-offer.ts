// Asks whether an offer is wanted, with the reason, and takes the answer. Started from outside with `opportunity`, `kind` and what is to be said. A no is the end of it.
import { z } from 'zod'
import type { Flow, FlowContext, Step } from '../src/flow.ts'
import type { OfferAnswer } from '../src/insights/opportunities/opportunity.ts'
import { hear, type Heard } from './heard.ts'
import { question, statement } from './say.ts'

const sure = 0.85
const choices = [
  { value: 'offer_yes', label: '@offer.yes' },
  { value: 'offer_no', label: '@offer.no' },
]
const stateSchema = z.object({ stage: z.literal('asked') })
type State = z.infer<typeof stateSchema>

export const answerOffer: Flow<State> = {
  name: 'answer-offer',
  version: 1,
  parseState: (stored) => stateSchema.parse(stored),
  start: ask,
  next(state, input, context) {
    switch (input.kind) {
      case 'messages':
        return judge(hear(input.messages), context)
      case 'resumed':
        return ask(context)
      case 'answer':
      case 'abandoned':
        return { state, say: [], effects: [] }
    }
  },
}

function ask({ args }: FlowContext): Step<State> {
  const { opportunity: _, kind = '', ...about } = args
  const key = kind === 'asked_for_part' && (about['part'] ?? '') === '' ? 'offer.ask.some_part' : `offer.ask.${kind}`
  return { state: { stage: 'asked' }, say: [question(key, about, null, choices)], effects: [] }
}

function judge(heard: Heard, { args }: FlowContext): Step<State> {
  const answer = answerIn(heard)
  if (answer === undefined) return { pass: true }
  const { opportunity = '' } = args
  return {
    state: 'done',
    say: [statement(`offer.done.${answer}`)],
    effects: [{ do: 'answer_offer', opportunity, answer, words: heard.text, message: heard.ids.at(-1) ?? null }],
  }
}

/** Undefined for a wish that has nothing to do with it. */
function answerIn({ choice, intent, confidence, text, files }: Heard): OfferAnswer | undefined {
  if (choice === 'offer_yes') return 'yes'
  if (choice === 'offer_no') return 'no'
  if (choice !== undefined || files.length > 0) return undefined
  const bargains = /[?？]|\b(?:if|but|how much|price|cost|depends)\b|如果|但|多少钱|价格|便宜/iu.test(text)
  if (confidence >= sure && (intent === 'deny' || intent === 'decline' || intent === 'skip' || intent === 'cancel')) return bargains ? 'asked' : 'no'
  if (confidence >= sure && (intent === 'confirm' || intent === 'approve')) return bargains ? 'asked' : 'yes'
  return intent === 'none' || bargains ? 'asked' : undefined
}
