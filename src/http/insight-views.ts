// What callers see of what repairs teach: quality signals and opportunities.
import { z } from 'zod'
import { offerAnswers, opportunityKinds, type Opportunity } from '../insights/opportunities/index.ts'
import { signalKinds, signalStates, verdicts, type QualitySignal } from '../insights/signals/index.ts'

const stretch = z.strictObject({
  events: z.number().describe('Failures; of answers those below 4'),
  exposure: z.number().describe('Machine-weeks, weeks, or answers, by `unit`'),
  weeks: z.int(),
  rate: z.number().describe('Events by exposure'),
  low: z.number().describe('Of the 95 % interval'),
  high: z.number(),
})

const judged = z
  .strictObject({
    verdict: z.enum(verdicts),
    reason: z.string().nullable(),
    by: z.looseObject({ kind: z.string(), id: z.string().nullable() }),
    at: z.iso.datetime(),
  })
  .nullable()
  .describe('What somebody made of it')

export const signalView = z.strictObject({
  id: z.string(),
  version: z.int(),
  kind: z.enum(signalKinds),
  product: z.string(),
  failure: z.strictObject({ component: z.string(), problem: z.string() }).nullable(),
  state: z.enum(signalStates),
  unit: z.enum(['machines', 'weeks', 'answers']),
  recent: stretch,
  baseline: stretch.describe('What it is compared with: its own past'),
  ratio: z.number().nullable().describe('How many times the baseline'),
  chance: z.number().describe('Of such a difference or a larger one by chance alone'),
  reason: z.string(),
  pareto: z.array(z.strictObject({ component: z.string(), problem: z.string(), count: z.int(), share: z.number() })),
  samples: z.array(z.string()).describe('Numbers of tickets'),
  timesRaised: z.int(),
  raisedAt: z.iso.datetime(),
  judged,
  createdAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
})

export function viewSignal({ _id, n, finding, ...signal }: QualitySignal): z.input<typeof signalView> {
  const { kind, product, failure, state, unit, reason, pareto, samples, timesRaised, raisedAt, judged, createdAt, endedAt } = signal
  return { id: _id, version: n, kind, product, failure, state, unit, ...finding, reason, pareto, samples, timesRaised, raisedAt, judged, createdAt, endedAt }
}

export const opportunityView = z.strictObject({
  id: z.string(),
  version: z.int(),
  kind: z.enum(opportunityKinds),
  customer: z.string(),
  asset: z.string().nullable(),
  serial: z.string().nullable(),
  product: z.string().nullable(),
  part: z.string().nullable(),
  ticket: z.string().nullable(),
  message: z.string().nullable(),
  reason: z.string(),
  offer: z.boolean().describe('It is to be offered to its customer'),
  offeredAt: z.iso.datetime().nullable(),
  answered: z
    .strictObject({ answer: z.enum(offerAnswers), words: z.string(), message: z.string().nullable(), at: z.iso.datetime() })
    .nullable()
    .describe('`asked`: words that somebody has to read'),
  judged,
  createdAt: z.iso.datetime(),
})

export function viewOpportunity({ _id, n, ...opportunity }: Opportunity): z.input<typeof opportunityView> {
  const { kind, customer, asset, serial, product, part, ticket, message, reason, offer, offeredAt, answered, judged: verdict, createdAt } = opportunity
  const about = { customer, asset, serial, product, part, ticket, message }
  return { id: _id, version: n, kind, ...about, reason, offer, offeredAt, answered, judged: verdict, createdAt }
}
