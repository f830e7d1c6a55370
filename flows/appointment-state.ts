// Where the talk about the time of a visit stands.
import { z } from 'zod'
import type { Step } from '../src/flow.ts'
import { heardSchema } from './heard.ts'

const windows = z.array(z.object({ from: z.string(), until: z.string() }))
export const stateSchema = z.object({
  stage: z.enum(['find', 'which', 'choose', 'call_off', 'not_wanted']),
  /** The words that opened it; null when it was opened from outside. */
  words: heardSchema.nullable(),
  workOrder: z.string().nullable(),
  round: z.number(),
  ticket: z.string(),
  subject: z.string(),
  /** What was agreed upon before, milliseconds since the epoch. */
  agreed: z.number().nullable(),
  wished: windows,
  /** Said before the times themselves, once. */
  before: z.enum(['taken', 'missed', 'engineer']).nullable(),
  offered: z.array(z.object({ engineer: z.string(), from: z.number(), until: z.number() })),
  /** Where it is an inspection. */
  inspection: z.object({ name: z.string(), device: z.string(), due: z.number() }).nullable().default(null),
})
export type State = z.infer<typeof stateSchema>
export type SayStep = Extract<Step<State>, { say: unknown }>

export const empty: State = {
  stage: 'find',
  words: null,
  workOrder: null,
  round: 0,
  ticket: '',
  subject: '',
  agreed: null,
  wished: [],
  before: null,
  offered: [],
  inspection: null,
}
