// The checklist of an inspection, gone through with the engineer item by item: ok, failed and why, a value, a photo, skip, back, an earlier
// one corrected by its number, finish. Each answer is kept as it is given. Started from outside with `workOrder`.
import { z } from 'zod'
import type { Effect, Flow, FlowContext, JobView, Step, Utterance } from '../src/flow.ts'
import { checkLine, itemResults, withCheck, type Check, type ChecklistItem } from '../src/inspections/checklist.ts'
import type { Choice } from '../src/message.ts'
import { readAct } from './field/acts.ts'
import { hear, type Heard } from './heard.ts'
import { readAnswer, readNumbered, saysBack, saysFinish, type Answer } from './inspection/answers.ts'
import { question, statement } from './say.ts'

const checkSchema = z.object({
  item: z.string(),
  result: z.enum(itemResults),
  value: z.number().nullable(),
  note: z.string().nullable(),
  photos: z.array(z.string()),
})
const stateSchema = z.object({
  stage: z.enum(['item', 'why', 'photo', 'all', 'unfinished']),
  workOrder: z.string(),
  /** That is asked about. */
  item: z.string().nullable(),
  checks: z.array(checkSchema),
  /** Photos that came before the word on their item. */
  photos: z.array(z.string()),
})
type State = z.infer<typeof stateSchema>
type SayStep = Extract<Step<State>, { say: unknown }>
type Inspected = JobView & { inspection: NonNullable<JobView['inspection']> }

const longest = 500

export const checklist: Flow<State> = {
  name: 'checklist',
  version: 1,
  parseState: (stored) => stateSchema.parse(stored),
  start(context) {
    const job = jobOf(context.args['workOrder'] ?? '', context)
    if (job === undefined) return { pass: true }
    const checks = job.inspection.checks.map((check) => ({ ...check, photos: [...check.photos] }))
    const state: State = { stage: 'item', workOrder: job.workOrder, item: null, checks, photos: [] }
    const { say, ...step } = goOn(state, job, [])
    return { ...step, say: [statement('checklist.begin', { number: job.ticket, name: job.inspection.name, total: job.inspection.items.length }), ...say] }
  },
  next(state, input, context) {
    const job = jobOf(state.workOrder, context)
    if (job === undefined) return { pass: true }
    switch (input.kind) {
      case 'messages':
        return listen(state, job, hear(input.messages))
      case 'resumed':
        return goOn(state, job, [])
      case 'answer':
      case 'abandoned':
        return { state, say: [], effects: [] }
    }
  },
}

function jobOf(workOrder: string, { engineer }: FlowContext): Inspected | undefined {
  const job = engineer?.jobs.find((each) => each.workOrder === workOrder)
  return job === undefined || job.inspection === null ? undefined : { ...job, inspection: job.inspection }
}

function listen(state: State, job: Inspected, heard: Heard): Step<State> {
  const { items } = job.inspection
  const item = items.find(({ id }) => id === state.item)
  const photos = [...state.photos, ...heard.files]
  if (heard.choice === 'finish' || (heard.choice === undefined && saysFinish(heard.text))) return finish(state, job, heard.choice === 'finish')
  if (heard.choice === 'go_on') return goOn({ ...state, item: null }, job, [])
  if (saysBack(heard.text)) return goBack(state, job)
  const numbered = readNumbered(heard.text, items)
  if (numbered !== undefined && numbered.item.id !== state.item) return take({ ...state, photos }, job, numbered.item, numbered.answer)
  if (item !== undefined && state.stage === 'why') return addNote(state, job, item, heard)
  if (item !== undefined && state.stage === 'photo') return addPhoto(state, job, item, heard)
  const pressed = itemResults.find((result) => result === heard.choice)
  const answer: Answer | undefined = pressed === undefined ? item && readAnswer(heard.text, item) : { result: pressed, value: null, note: null }
  if (item !== undefined && answer !== undefined) return take({ ...state, photos }, job, item, answer)
  // What is said of the work itself is for the engineer's day.
  if (readAct(heard.choice, heard.text) !== undefined) return { pass: true }
  const again = item === undefined ? goOn({ ...state, photos }, job, []) : { state: { ...state, photos }, say: [ask(item, job)], effects: [] }
  if (heard.text === '' && heard.files.length > 0) return { ...again, say: [statement('checklist.photo_kept'), ...again.say] }
  return { ...again, say: [statement('checklist.unclear'), ...again.say], understood: false }
}

/** What failed wants a word why, what wants a photo asks for it; each is noted before. */
function take(state: State, job: Inspected, item: ChecklistItem, { result, value, note }: Answer): SayStep {
  const check: Check = { item: item.id, result, value, note: note?.slice(0, longest) ?? null, photos: state.photos }
  const [next, effects] = noted({ ...state, photos: [], item: item.id }, job, check)
  const kept = next.checks.find((each) => each.item === item.id)
  if (result === 'failed' && check.note === null) {
    const text = value === null ? 'checklist.why' : 'checklist.why_value'
    return { state: { ...next, stage: 'why' }, say: [question(text, { item: item.text, value: value ?? '' }, null, skip)], effects }
  }
  if (item.photo && result !== 'skipped' && kept?.photos.length === 0)
    return { state: { ...next, stage: 'photo' }, say: [question('checklist.photo', { item: item.text }, null, skip)], effects }
  return goOn({ ...next, item: null }, job, effects)
}

const skip: readonly Choice[] = [{ value: 'skip', label: '@choice.skip' }]

function addNote(state: State, job: Inspected, item: ChecklistItem, heard: Heard): SayStep {
  const known = state.checks.find((check) => check.item === item.id)
  const nothing = known === undefined || heard.choice === 'skip' || (heard.intent === 'skip' && heard.text.length < 20)
  const note = nothing || heard.text === '' ? (known?.note ?? null) : heard.text.slice(0, longest)
  if (known === undefined || (nothing && heard.files.length === 0)) return goOn({ ...state, item: null }, job, [])
  const [next, effects] = noted(state, job, { ...known, note, photos: heard.files })
  return goOn({ ...next, item: null }, job, effects)
}

function addPhoto(state: State, job: Inspected, item: ChecklistItem, heard: Heard): SayStep {
  const known = state.checks.find((check) => check.item === item.id)
  if (known === undefined || heard.files.length === 0) return goOn({ ...state, item: null }, job, [])
  const [next, effects] = noted(state, job, { ...known, photos: heard.files })
  return goOn({ ...next, item: null }, job, effects)
}

function noted(state: State, { workOrder }: Inspected, check: Check): [State, Effect[]] {
  const checks = withCheck(state.checks, check).map((each) => ({ ...each, photos: [...each.photos] }))
  return [{ ...state, checks }, [{ do: 'check_item', workOrder, check }]]
}

/** The first that nobody looked at; after the last of them all that was found. */
function goOn(state: State, job: Inspected, effects: readonly Effect[]): SayStep {
  const { items } = job.inspection
  const current = items.find(({ id }) => id === state.item)
  const next = current ?? items.find(({ id }) => !state.checks.some((check) => check.item === id))
  if (next !== undefined) return { state: { ...state, stage: 'item', item: next.id }, say: [ask(next, job)], effects }
  const lines = items.map((item, index) => statement('checklist.line', { number: index + 1, line: lineOf(item, state) }))
  const choices = [{ value: 'finish', label: '@checklist.choice.finish' }]
  return { state: { ...state, stage: 'all', item: null }, say: [...lines, question('checklist.all', {}, null, choices)], effects }
}

function lineOf(item: ChecklistItem, { checks }: State): string {
  return checkLine(
    item,
    checks.find((check) => check.item === item.id),
  )
}

/** Digits answer a value, so there are no numbered choices beside it. */
function ask(item: ChecklistItem, { inspection: { items } }: Inspected): Utterance {
  const place = { number: items.indexOf(item) + 1, total: items.length, item: item.text }
  if (item.value !== null) return question('checklist.item_value', { ...place, limits: limitsOf(item.value) })
  return question('checklist.item', place, null, [
    { value: 'ok', label: '@checklist.choice.ok' },
    { value: 'failed', label: '@checklist.choice.failed' },
    { value: 'skipped', label: '@checklist.choice.skipped' },
  ])
}

/** "5–15 mm". */
function limitsOf({ unit, min, max }: NonNullable<ChecklistItem['value']>): string {
  const range = min !== null && max !== null ? `${min}–${max}` : min !== null ? `≥ ${min}` : max !== null ? `≤ ${max}` : ''
  return [range, unit].filter(Boolean).join(' ')
}

function goBack(state: State, job: Inspected): SayStep {
  const { items } = job.inspection
  const here = items.findIndex(({ id }) => id === state.item)
  const before = items[(here < 0 ? items.length : here) - 1] ?? items[0]
  return goOn({ ...state, item: before?.id ?? null }, job, [])
}

/** What nobody looked at is left out only if they say so twice. */
function finish(state: State, job: Inspected, pressed: boolean): SayStep {
  const { items } = job.inspection
  const left = items.filter(({ id }) => !state.checks.some((check) => check.item === id))
  if (left.length > 0 && !(pressed || state.stage === 'unfinished')) {
    const choices = (['go_on', 'finish'] as const).map((value) => ({ value, label: `@checklist.choice.${value}` }))
    return {
      state: { ...state, stage: 'unfinished' },
      say: [question('checklist.unfinished', { left: left.map(({ text }) => text).join(', ') }, null, choices)],
      effects: [],
    }
  }
  const failed = items.filter(({ id }) => state.checks.some((check) => check.item === id && check.result === 'failed'))
  const done =
    failed.length === 0
      ? statement('checklist.passed', { number: job.ticket })
      : statement('checklist.failed', { number: job.ticket, failed: failed.map(({ text }) => text).join(', ') })
  return { state: 'done', say: [done], effects: [{ do: 'finish_inspection', workOrder: job.workOrder, checks: state.checks }] }
}
