// Asks how a repair went: a score from 1 to 5, and a comment if the customer likes. Started from outside with `survey`, `ticket`, `subject`,
// `link` to its page and `expiresAt`, from when on an answer counts no more.
import { z } from 'zod'
import type { Effect, Flow, FlowContext, Step } from '../src/flow.ts'
import { readSatisfaction } from '../src/understanding/entities/rating.ts'
import { cut } from './fields/field.ts'
import { hear, type Heard } from './heard.ts'
import { acknowledgedBy } from './repair/existing.ts'
import { question, statement } from './say.ts'

const lowest = 2
const longestComment = 1000
const scores = [1, 2, 3, 4, 5].map((score) => ({ value: String(score), label: `@survey.rating.${score}` }))
const commentChoices = [{ value: 'skip', label: '@choice.no_comment' }]

const stateSchema = z.object({
  stage: z.enum(['score', 'comment']),
  score: z.number().nullable(),
  /** Asked again once already. */
  repeated: z.boolean(),
})
type State = z.infer<typeof stateSchema>

export const answerSurvey: Flow<State> = {
  name: 'answer-survey',
  version: 1,
  parseState: (stored) => stateSchema.parse(stored),
  start: (context) => askScore({ stage: 'score', score: null, repeated: false }, context),
  next(state, input, context) {
    switch (input.kind) {
      case 'messages': {
        const heard = hear(input.messages)
        return state.stage === 'score' ? readScore(state, heard, context) : readComment(state, heard, context)
      }
      case 'resumed':
        return state.stage === 'score' ? askScore(state, context) : askComment(state, context)
      case 'answer':
      case 'abandoned':
        return { state, say: [], effects: [] }
    }
  },
}

function askScore(state: State, { args, abilities }: FlowContext): Step<State> {
  const { ticket = '', subject = '', link } = args
  // Where a digit or a button does, a link would only be in the way.
  const page = link === undefined || abilities.questions !== 'all_at_once' ? [] : [statement('survey.page', { link }, ticket)]
  return { state, say: [question('survey.ask', { number: ticket, subject }, ticket, scores), ...page], effects: [] }
}

function askComment(state: State, { args }: FlowContext): Step<State> {
  const key = (state.score ?? 5) <= lowest ? 'survey.what_went_wrong' : 'survey.comment'
  return { state, say: [question(key, {}, args['ticket'], commentChoices)], effects: [] }
}

function readScore(state: State, heard: Heard, context: FlowContext): Step<State> {
  const score = heard.choice === undefined ? (heard.entities.rating ?? readSatisfaction(heard.text)) : Number(heard.choice)
  if (score === undefined || !(score >= 1 && score <= 5)) return notAScore(state, heard, context)
  const { survey = '', ticket = '', subject = '', expiresAt } = context.args
  if (expiresAt !== undefined && context.now >= Date.parse(expiresAt))
    return {
      state: 'done',
      say: [statement('survey.over', { number: ticket, subject }, ticket)],
      effects: [{ do: 'attach', number: ticket, messages: heard.ids }, ...reopening(heard, context)],
    }
  const comment = commentWith(heard)
  const low = score <= lowest
  const effects: Effect[] = [
    { do: 'answer_survey', survey, score, ...(comment === undefined ? {} : { comment }) },
    ...(ticket === '' ? [] : [{ do: 'attach', number: ticket, messages: heard.ids } as const]),
    ...reopening(heard, context),
  ]
  if (comment !== undefined || effects.some((effect) => effect.do === 'reopen_ticket'))
    return { state: 'done', say: [statement(low ? 'survey.sorry_noted' : 'survey.thanks', {}, ticket)], effects }
  const asked = askComment({ ...state, stage: 'comment', score }, context)
  return { ...asked, effects }
}

/** Another wish is for others to hear; unclear words are asked about once. */
function notAScore(state: State, heard: Heard, context: FlowContext): Step<State> {
  const { intent, confidence } = heard
  if (intent === 'skip' || intent === 'later' || intent === 'deny') return { state: 'done', say: [statement('survey.never_mind')], effects: [] }
  const { ticket = '' } = context.args
  const thanked = intent === 'thank' && ticket !== '' ? acknowledgedBy({ _id: ticket }, heard) : []
  const small = intent === 'none' || intent === 'thank' || intent === 'confirm' || intent === 'greet'
  const wantsElse = !small && (intent !== 'report_repair' || confidence >= 0.6)
  if (wantsElse || state.repeated || heard.files.length > 0) return { pass: true }
  return {
    state: { ...state, repeated: true },
    say: [question('survey.again', {}, context.args['ticket'], scores)],
    effects: thanked,
    understood: intent !== 'none',
  }
}

function readComment(state: State, heard: Heard, context: FlowContext): Step<State> {
  const { survey = '', ticket = '' } = context.args
  const { intent, confidence, text } = heard
  const nothing =
    heard.choice === 'skip' ||
    text === '' ||
    (confidence >= 0.85 && ['skip', 'deny', 'later', 'confirm'].includes(intent)) ||
    (isMereThanks(text) && intent === 'thank')
  const low = (state.score ?? 5) <= lowest
  const thanks = statement(low ? 'survey.sorry_noted' : 'survey.thanks', {}, ticket)
  if (nothing) return { state: 'done', say: [thanks], effects: [] }
  const again = reopening(heard, context)
  // Better a comment lost than a request.
  if (again.length === 0 && isRequest(heard, context)) return { pass: true }
  return {
    state: 'done',
    say: [thanks],
    effects: [
      { do: 'answer_survey', survey, comment: cut(text, longestComment) },
      ...(ticket === '' ? [] : [{ do: 'attach', number: ticket, messages: heard.ids } as const]),
      ...again,
    ],
  }
}

/** "Thanks a lot", and not "the engineer was very kind". */
function isMereThanks(text: string): boolean {
  return (
    /thank|thx|cheers|谢|謝/i.test(text) && (text.match(/[\p{Script=Latin}\p{N}'’]+/gu)?.length ?? 0) <= 3 && (text.match(/\p{Script=Han}/gu)?.length ?? 0) <= 6
  )
}

/** Words of trouble are a comment on this repair, unless they name another device. */
function isRequest({ intent, confidence, entities }: Heard, { args }: FlowContext): boolean {
  const subject = (args['subject'] ?? '').toLowerCase()
  const another = entities.another === true || (entities.product !== undefined && !subject.includes(entities.product.toLowerCase()))
  return intent === 'cancel' || (intent === 'report_repair' && confidence >= 0.6 && another)
}

/** "1, it is still broken": the repair is not over. */
function reopening({ intent, text }: Heard, { args }: FlowContext): Effect[] {
  const number = args['ticket']
  return intent === 'reopen' && number !== undefined ? [{ do: 'reopen_ticket', number, comment: text }] : []
}

/** What is left of the message besides the score itself. */
function commentWith({ choice, text }: Heard): string | undefined {
  const rest = text
    .replace(/^\s*(?:[1-5](?!\d)|one|two|three|four|five|[一二三四五]|[★⭐🌟]+)\s*(?:stars?|out of 5|\/\s*5|颗?星|分)?\s*[,.;:!。，；！：、–-]*\s*/iu, '')
    .trim()
  const words = rest.match(/[\p{L}\p{N}'’]+/gu)?.length ?? 0
  const characters = rest.match(/\p{Script=Han}/gu)?.length ?? 0
  const isLabel = choice !== undefined && rest === text.trim() && words <= 3 && characters <= 6
  return !isLabel && (words >= 3 || characters >= 6) ? cut(rest, longestComment) : undefined
}
