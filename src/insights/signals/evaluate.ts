// The weekly look: raises what has got worse beyond chance, raises again what worsens further, ends what is back. Once per series and look.
import { productKey } from '../../assets/index.ts'
import type { Timestamp } from '../../clock.ts'
import type { Core } from '../../core.ts'
import type { Event } from '../../events.ts'
import { digest } from '../../message.ts'
import { discover, follow } from './discover.ts'
import { gather, weekMs, type Case, type Watch } from './gather.ts'
import { tell, type Finding, type Series } from './series.ts'
import { signalStream, type ParetoRow, type QualitySignal, type RaisedSignal } from './signal.ts'
import { sayFinding, sayPareto } from './words.ts'

/** `period`: the day of the look; `until`: its instant, milliseconds since the epoch. Repeated, it finds its work done. */
export async function evaluateSignals(core: Core, period: string, until: number): Promise<void> {
  const sensitivity = core.company().insights.signals
  const watch = await gather(core, until)
  const open = await core.collections.qualitySignals.find({ state: 'open' })
  for (const signal of open) {
    const series = watch.series.find((each) => seriesId(each) === signal.series)
    if (series === undefined) continue
    const course = follow(series, signal.finding, Math.floor((until - Date.parse(signal.period)) / weekMs), open.length, sensitivity)
    if (course.kind === 'worse')
      await commit(core, signal._id, `${signal._id}/${period}`, {
        type: 'quality.signal_raised',
        signal: raisedOf(watch, series, course.finding, period),
        again: true,
      })
    if (course.kind === 'over')
      await commit(core, signal._id, `${signal._id}/${period}`, { type: 'quality.signal_ended', finding: tell(series.kind, course.finding) })
  }
  for (const { series, finding } of discover(watch.series, sensitivity)) {
    const id = `qs_${digest('signal', seriesId(series), period)}`
    if (open.some((signal) => signal.series === seriesId(series))) continue
    await commit(core, id, id, { type: 'quality.signal_raised', signal: raisedOf(watch, series, finding, period), again: false })
  }
}

/** A signal that is there is raised no second time, and one that is over ends no second time. */
async function commit(core: Core, id: string, key: string, event: Event): Promise<void> {
  await core.journal.change<QualitySignal>(signalStream, id, {
    key: `signal/${key}`,
    decide: (signal) => {
      const first = event.type === 'quality.signal_raised' && !event.again
      return first === (signal.n === 0) && signal.state === 'open'
        ? { kind: 'entry', actor: { kind: 'clock', id: null }, events: [event], effects: [] }
        : { kind: 'nothing' }
    },
  })
}

export function seriesId({ kind, product, failure }: Pick<Series, 'kind' | 'product' | 'failure'>): string {
  return [kind, productKey(product), ...(failure === null ? [] : [failure.component, failure.problem])].join('/')
}

function raisedOf({ cases }: Watch, series: Series, found: Finding, period: string): RaisedSignal {
  const { kind, product, failure, unit } = series
  const finding = tell(kind, found)
  const seen = (cases.get(productKey(product)) ?? []).filter(({ week }) => week < finding.recent.weeks)
  const pareto = paretoOf(seen)
  const own = failure === null ? seen : seen.filter(({ component, problem }) => component === failure.component && problem === failure.problem)
  return {
    kind,
    product,
    failure,
    unit,
    series: seriesId(series),
    period,
    finding,
    pareto,
    samples: samplesOf(own, kind === 'satisfaction'),
    reason: sayFinding(series, finding) + sayPareto(pareto),
  }
}

const rowsMax = 10
const samplesMax = 5

/** Pure. */
export function paretoOf(cases: readonly Pick<Case, 'component' | 'problem'>[]): ParetoRow[] {
  const known = cases.flatMap(({ component, problem }) => (component === null || problem === null ? [] : [{ component, problem }]))
  const counts = Map.groupBy(known, ({ component, problem }) => `${component}\n${problem}`)
  return [...counts.values()]
    .flatMap(([first, ...others]) => (first === undefined ? [] : [{ ...first, count: others.length + 1, share: (others.length + 1) / known.length }]))
    .toSorted((one, other) => other.count - one.count || one.component.localeCompare(other.component, 'en'))
    .slice(0, rowsMax)
}

function samplesOf(cases: readonly Case[], byScore: boolean): string[] {
  const rated = byScore ? cases.filter(({ score }) => score !== null && score < 4) : cases
  const latest = (one: Case, other: Case): number => compareAt(other.at, one.at)
  return rated
    .toSorted((one, other) => (byScore ? (one.score ?? 0) - (other.score ?? 0) : 0) || latest(one, other))
    .slice(0, samplesMax)
    .map(({ ticket }) => ticket)
}

function compareAt(one: Timestamp, other: Timestamp): number {
  return one < other ? -1 : Number(one > other)
}
