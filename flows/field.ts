// An engineer's day in chat: offers accepted or given back, on my way, arrived, a part, finished with its record, not to be finished.
// Started from outside with `workOrder` and `offer`, or by whatever an engineer with work at hand writes. Nothing here names a ticket
// as what it is about: a customer's ticket keeps no talk among us.
import { z } from 'zod'
import type { Effect, Flow, FlowContext, JobView, MeantPartView, Step, Utterance, WorkSaid } from '../src/flow.ts'
import type { WorkStatus } from '../src/dispatch/status.ts'
import { failureFields, otherCode, type Coded, type FailureField } from '../src/tickets/failure.ts'
import type { Choice } from '../src/message.ts'
import { sayWhen } from '../src/hours/say-when.ts'
import { jobFor, nextActs, readAct, type Act } from './field/acts.ts'
import { chosen, doubtful, listed, namedOf, namedPartSchema, neededIn, optionChoices, usedIn } from './field/parts.ts'
import { hear, type Heard } from './heard.ts'
import { question, statement } from './say.ts'

const coded = z.object({ code: z.string(), text: z.string().nullable() })
const stateSchema = z.object({
  stage: z.enum(['listen', 'why_not', 'which_part', 'why_cannot', 'record', 'used', 'pick', 'right', 'photo']),
  workOrder: z.string().nullable(),
  /** The failure record as far as it is told. */
  record: z.object({ component: coded, problem: coded, cause: coded, remedy: coded }).partial(),
  photos: z.array(z.string()),
  /** Parts that were used or are needed, being told. */
  parts: z
    .object({ purpose: z.enum(['used', 'needed']), words: z.string().nullable(), named: z.array(namedPartSchema) })
    .default({ purpose: 'used', words: null, named: [] }),
})
type State = z.infer<typeof stateSchema>
type SayStep = Extract<Step<State>, { say: unknown }>

const empty: State = { stage: 'listen', workOrder: null, record: {}, photos: [], parts: { purpose: 'used', words: null, named: [] } }
const reasons = ['no_time', 'too_far', 'no_skill', 'no_parts'] as const
const longest = 500

export const field: Flow<State> = {
  name: 'field',
  version: 2,
  parseState: (stored) => stateSchema.parse(stored),
  start(context) {
    const { workOrder } = context.args
    if (workOrder === undefined) return { state: empty, say: [], effects: [] }
    const job = context.engineer?.jobs.find((each) => each.workOrder === workOrder && each.status === 'dispatched')
    // Answered meanwhile, or somebody else's by now.
    return job === undefined ? { pass: true } : { state: empty, say: [offer(job, context)], effects: [] }
  },
  next(state, input, context) {
    switch (input.kind) {
      case 'messages':
        return listen(state, hear(input.messages), context)
      case 'resumed':
        return state.stage === 'record' ? askRecord(state, context) : { state, say: [], effects: [] }
      case 'answer':
        return input.answer.kind === 'parts' ? hearParts(state, input.answer.parts, context) : { state: 'done', say: [], effects: [] }
      case 'abandoned':
        return { state: 'done', say: [], effects: [] }
    }
  },
}

function listen(state: State, heard: Heard, context: FlowContext): Step<State> {
  const { engineer } = context
  if (engineer === null) return { pass: true }
  const job = engineer.jobs.find(({ workOrder }) => workOrder === state.workOrder)
  if (state.stage !== 'listen' && job !== undefined) return goOn(state, job, heard, context)
  const said = readAct(heard.choice, heard.text)
  if (said === undefined || said.act === 'jobs') return list(engineer.jobs, said !== undefined, context)
  const meant = jobFor(said.act, engineer.jobs, said.workOrder, heard.entities.ticketNumbers)
  return meant === undefined ? list(engineer.jobs, false, context) : act(said.act, meant, heard, context)
}

function act(what: Exclude<Act, 'jobs'>, job: JobView, heard: Heard, context: FlowContext): Step<State> {
  const state: State = { ...empty, workOrder: job.workOrder, photos: heard.files }
  switch (what) {
    case 'accept':
      return tell(job, { say: 'accept', offer: job.offer ?? '' }, 'accepted', [statement('work.accepted', { job: nameOf(job, context) })])
    case 'on_my_way':
      return tell(job, { say: 'on_my_way' }, 'en_route', [statement('work.on_my_way', { number: job.ticket })])
    case 'arrived':
      // The checklist asks what comes next.
      if (job.inspection !== null) return goThrough(job, [{ do: 'say_of_work', workOrder: job.workOrder, said: { say: 'arrived' } }])
      return tell(job, { say: 'arrived' }, 'on_site', [statement('work.arrived', { number: job.ticket })])
    case 'no_show':
      return tell(job, { say: 'no_show' }, 'unscheduled', [statement('work.no_show', { number: job.ticket })])
    case 'reject':
      return { state: { ...state, stage: 'why_not' }, say: [question('work.why_not', { number: job.ticket }, null, reasonChoices)], effects: [] }
    case 'need_part': {
      const words = neededIn(heard.text)
      return askPart({ ...state, parts: { purpose: 'needed', words, named: [] } }, job)
    }
    case 'cannot_complete':
      return { state: { ...state, stage: 'why_cannot' }, say: [question('work.why_cannot', { number: job.ticket })], effects: [] }
    case 'finished':
      if (job.inspection !== null) return goThrough(job, [])
      return askRecord({ ...state, stage: 'record', parts: { purpose: 'used', words: usedIn(heard.text), named: [] } }, context)
  }
}

/** An inspection is done with its checklist. */
function goThrough({ workOrder, ticket: number }: JobView, effects: readonly Effect[]): SayStep {
  return { state: 'done', say: effects.length === 0 ? [] : [statement('work.arrived', { number })], effects: [...effects, { do: 'go_through', workOrder }] }
}

const reasonChoices: readonly Choice[] = reasons.map((value) => ({ value, label: `@work.reason.${value}` }))

/** The answer to what was asked about a job. */
function goOn(state: State, job: JobView, heard: Heard, context: FlowContext): Step<State> {
  const photos = [...state.photos, ...heard.files]
  const words = heard.text.slice(0, longest)
  switch (state.stage) {
    case 'why_not': {
      const reason = reasons.find((each) => each === heard.choice)?.replaceAll('_', ' ') ?? words
      if (reason === '') return act('reject', job, heard, context)
      return tell(job, { say: 'reject', reason }, 'unscheduled', [statement('work.rejected', { number: job.ticket })])
    }
    case 'which_part':
      return askPart({ ...state, photos, parts: { purpose: 'needed', words, named: [] } }, job)
    case 'used': {
      const none = heard.choice === 'none' || heard.intent === 'skip'
      return askPart({ ...state, photos, parts: { purpose: 'used', words: none ? 'none' : words, named: [] } }, job)
    }
    case 'pick': {
      const named = chosen(state.parts.named, heard)
      return named === undefined ? again(settleParts(state, job)) : settleParts({ ...state, photos, parts: { ...state.parts, named } }, job)
    }
    case 'right': {
      const no = heard.choice === 'no' || heard.intent === 'deny'
      if (!no && heard.choice !== 'yes' && heard.intent !== 'confirm') return again(settleParts({ ...state, photos }, job))
      return no ? askPart({ ...state, photos, parts: { ...state.parts, words: null, named: [] } }, job) : partsKnown({ ...state, photos }, job)
    }
    case 'why_cannot':
      if (words === '') return { ...askAgain('work.why_cannot', job), state: { ...state, photos } }
      return tell(job, { say: 'cannot_complete', reason: words, photos }, 'cannot_complete', [statement('work.cannot_noted', { number: job.ticket })])
    case 'record':
      return readRecord({ ...state, photos }, heard, context)
    case 'photo':
      return finish({ ...state, photos }, job)
    case 'listen':
      return { pass: true }
  }
}

function askAgain(text: string, { ticket }: JobView): Pick<SayStep, 'say' | 'effects'> {
  return { say: [question(text, { number: ticket })], effects: [] }
}

function nextField({ record }: State): FailureField | undefined {
  return failureFields.find((each) => record[each] === undefined)
}

function askRecord(state: State, { settings }: FlowContext): Step<State> {
  const asked = nextField(state)
  if (asked === undefined) return askUsed(state)
  const choices = settings.failureLists[asked].map((code) => ({ value: code, label: code }))
  return { state, say: [question(`work.record.${asked}`, {}, null, choices)], effects: [] }
}

/** An entry of the list, or what it was in the engineer's own words. */
function readRecord(state: State, heard: Heard, context: FlowContext): Step<State> {
  const asked = nextField(state)
  if (asked === undefined) return askRecord(state, context)
  const code = context.settings.failureLists[asked].find((each) => each === heard.choice || each.toLowerCase() === heard.text.trim().toLowerCase())
  if (code === undefined && heard.text.trim() === '') return askRecord(state, context)
  const entry: Coded = code === undefined ? { code: otherCode, text: heard.text.trim().slice(0, longest) } : { code, text: null }
  return askRecord({ ...state, record: { ...state.record, [asked]: entry } }, context)
}

function askUsed(state: State): Step<State> {
  if (state.workOrder !== null && state.parts.words !== null) return lookUp(state, state.workOrder, state.parts.words)
  const none = { value: 'none', label: '@work.no_parts_used' }
  return { state: { ...state, stage: 'used' }, say: [question('work.parts_used', {}, null, [none])], effects: [] }
}

/** What was used or is needed; asked for until there are words for it. */
function askPart(state: State, job: JobView): Step<State> {
  const { words, purpose } = state.parts
  if (words !== null && words !== '') return lookUp(state, job.workOrder, words)
  if (purpose === 'used') return askUsed({ ...state, parts: { ...state.parts, words: null } })
  return { state: { ...state, stage: 'which_part' }, say: [question('work.which_part', { number: job.ticket })], effects: [] }
}

function lookUp(state: State, workOrder: string, words: string): Step<State> {
  return { state, ask: { kind: 'parts', workOrder, words } }
}

/** `meant`: null when the words say that there are none. */
function hearParts(state: State, meant: readonly MeantPartView[] | null, context: FlowContext): Step<State> {
  const job = context.engineer?.jobs.find(({ workOrder }) => workOrder === state.workOrder)
  if (job === undefined) return { state: 'done', say: [], effects: [] }
  const parts = { ...state.parts, named: (meant ?? []).map(namedOf) }
  const none = parts.named.length === 0 && (meant !== null || parts.purpose === 'needed')
  return none ? askPart({ ...state, parts: { ...parts, words: null } }, job) : settleParts({ ...state, parts }, job)
}

/** A person sees to a part that nobody knows by these words; of what was used the record is read back. */
function settleParts(state: State, job: JobView): Step<State> {
  const { named, purpose } = state.parts
  const asked = doubtful(named)
  if (asked !== undefined)
    return { state: { ...state, stage: 'pick' }, say: [question('work.which_of', { words: asked.words }, null, optionChoices(asked))], effects: [] }
  if (named.every(({ sure, part }) => sure || (part === null && purpose === 'needed'))) return partsKnown(state, job)
  const unknown = named.some(({ part }) => part === null)
  const say = question(unknown ? 'work.parts_right_new' : 'work.parts_right', { parts: listed(named) }, null, rightChoices)
  return { state: { ...state, stage: 'right' }, say: [say], effects: [] }
}

/** The words were no answer to it. */
function again(step: Step<State>): Step<State> {
  return 'say' in step ? { ...step, understood: false } : step
}

const rightChoices: readonly Choice[] = [
  { value: 'yes', label: '@work.right' },
  { value: 'no', label: '@work.wrong' },
]

function partsKnown(state: State, job: JobView): Step<State> {
  const { named, purpose } = state.parts
  if (purpose === 'needed') {
    const parts = named.map(({ words, quantity, part }) => ({ words, quantity, number: part?.number ?? null }))
    const noted = named.some(({ part }) => part === null) ? 'work.part_unknown' : 'work.part_noted'
    return tell(job, { say: 'need_part', part: listed(named), parts }, job.status, [statement(noted, { number: job.ticket, parts: listed(named) })])
  }
  const noted = named.length === 0 ? [] : [statement('work.parts_noted', { parts: listed(named) })]
  if (state.photos.length === 0)
    return { state: { ...state, stage: 'photo' }, say: [...noted, question('work.photo', {}, null, [{ value: 'skip', label: '@choice.skip' }])], effects: [] }
  const finished = finish(state, job)
  return 'say' in finished ? { ...finished, say: [...noted, ...finished.say] } : finished
}

function finish({ record: { component, problem, cause, remedy }, photos, parts: { named } }: State, job: JobView): Step<State> {
  if (component === undefined || problem === undefined || cause === undefined || remedy === undefined) return { pass: true }
  const parts = named.map(({ words, quantity, part }) => ({ part: part?.number ?? words, quantity }))
  const failure = { component, problem, cause, remedy, parts, note: null }
  return tell(job, { say: 'finished', failure, photos }, 'completed', [statement('work.finished', { number: job.ticket })])
}

/** Said and noted; then what can be said next. */
function tell(job: JobView, said: WorkSaid, becomes: WorkStatus, say: readonly Utterance[]): SayStep {
  const effects: Effect[] = [{ do: 'say_of_work', workOrder: job.workOrder, said }]
  const choices = choicesOf({ ...job, status: becomes })
  return { state: 'done', say: choices.length === 0 ? say : [...say, question('work.next', {}, null, choices)], effects }
}

function choicesOf({ workOrder, status }: JobView): Choice[] {
  return nextActs(status).map((each) => ({ value: `${each}:${workOrder}`, label: `@work.act.${each}` }))
}

function offer(job: JobView, context: FlowContext): Utterance {
  return question('work.offer', { job: nameOf(job, context) }, null, choicesOf(job))
}

/** What is at hand; of the first of it what can be said. */
function list(jobs: readonly JobView[], wanted: boolean, context: FlowContext): SayStep {
  const [first] = jobs
  if (first === undefined) return { state: 'done', say: [], effects: [] }
  const items = jobs.slice(0, 8).map((job) => statement('work.item', { job: nameOf(job, context) }))
  return {
    state: 'done',
    say: [statement(wanted ? 'work.jobs' : 'work.unclear'), ...items, question('work.next_of', { number: first.ticket }, null, choicesOf(first))],
    effects: [],
    understood: wanted,
  }
}

function nameOf({ ticket, subject, address, customer, phone, from }: JobView, { language, settings }: FlowContext): string {
  const when = from === null ? null : sayWhen(from, language, settings.timeZone)
  return [ticket, when, subject, address, [customer, phone].filter(Boolean).join(' ')].filter(Boolean).join(', ')
}
