// A quality signal: one product has got worse in one way, beyond chance. Raised once, again only when it worsens further, and over when it is back.
import { timestamp, type Timestamp } from '../../clock.ts'
import type { Actor, Stream } from '../../journal/index.ts'
import { defineCollection } from '../../storage/collection.ts'
import type { Series, SignalKind, ToldFinding } from './series.ts'

export const signalStates = ['open', 'ended'] as const
export const verdicts = ['acknowledged', 'dismissed'] as const
export type Verdict = (typeof verdicts)[number]

/** How often something was what failed, of the repairs whose failure is on record. */
export interface ParetoRow {
  component: string
  problem: string
  count: number
  share: number
}

/** As it is raised, for product development. */
export interface RaisedSignal {
  kind: SignalKind
  product: string
  failure: Series['failure']
  unit: Series['unit']
  /** What tells this series from all others. */
  series: string
  /** The day of the look that found it. */
  period: string
  finding: ToldFinding
  /** Of the recent stretch, the most frequent first. */
  pareto: ParetoRow[]
  /** Numbers of tickets, the latest first; for satisfaction the least satisfied. */
  samples: string[]
  /** In words. */
  reason: string
}

export type SignalEvent =
  /** `again`: it was open, and has worsened further. */
  | { type: 'quality.signal_raised'; signal: RaisedSignal; again: boolean }
  /** Internal: it is back to what it was. */
  | { type: 'quality.signal_ended'; finding: ToldFinding }
  /** Internal: somebody has looked at it. */
  | { type: 'quality.signal_judged'; verdict: Verdict; reason: string | null }

export interface QualitySignal extends RaisedSignal {
  _id: string
  n: number
  state: (typeof signalStates)[number]
  /** When it was raised last. */
  raisedAt: Timestamp
  timesRaised: number
  /** Null: nobody has said anything of it since it was raised last. */
  judged: { verdict: Verdict; reason: string | null; by: Actor; at: Timestamp } | null
  endedAt: Timestamp | null
  createdAt: Timestamp
  updatedAt: Timestamp
}

export const signalsCollection = defineCollection<QualitySignal>('quality_signals', [
  { name: 'created', fields: ['createdAt', '_id'] },
  { name: 'state', fields: ['state', 'createdAt'] },
])

const nothing = { events: 0, exposure: 0, weeks: 0, rate: 0, low: 0, high: 0 }

export const signalStream: Stream<QualitySignal> = {
  kind: 'quality_signal',
  collection: signalsCollection,
  begin: (id) => ({
    _id: id,
    n: 0,
    kind: 'failure_rate',
    product: '',
    failure: null,
    unit: 'machines',
    series: '',
    period: '',
    finding: { recent: nothing, baseline: nothing, ratio: null, chance: 1 },
    pareto: [],
    samples: [],
    reason: '',
    state: 'open',
    raisedAt: timestamp(0),
    timesRaised: 0,
    judged: null,
    endedAt: null,
    createdAt: timestamp(0),
    updatedAt: timestamp(0),
  }),
  apply(signal, event, at, actor) {
    switch (event.type) {
      case 'quality.signal_raised':
        return {
          ...signal,
          ...event.signal,
          state: 'open',
          raisedAt: at,
          timesRaised: signal.timesRaised + 1,
          judged: null,
          createdAt: signal.n === 0 ? at : signal.createdAt,
          updatedAt: at,
        }
      case 'quality.signal_ended':
        return { ...signal, state: 'ended', endedAt: at, updatedAt: at }
      case 'quality.signal_judged':
        return { ...signal, judged: { verdict: event.verdict, reason: event.reason, by: actor, at }, updatedAt: at }
      default:
        return signal
    }
  },
}
