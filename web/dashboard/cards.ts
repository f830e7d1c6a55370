// Which charts there are: the report behind each, by what it can be grouped, and which of its columns are drawn and shown.
import type { Unit } from './format.ts'

export interface Column {
  field: string
  unit: Unit
  /** Stored in minutes, read in hours. */
  minutes?: true
}

export interface Card {
  /** Also its name in the address bar, for how it is grouped. */
  id: string
  report: string
  /** The first is the usual one. */
  by: readonly string[]
  /** `shares`: one share with its interval for each group; `lines`: several figures; `pareto`: counts and how they add up. */
  kind: 'shares' | 'lines' | 'pareto'
  /** Of several figures, each one. */
  drawn: readonly Column[]
  interval?: { low: string; high: string }
  /** How many there were behind a share, or by how many the chosen few are chosen. */
  n?: string
  /** Everything in the table, besides the group. */
  table: readonly Column[]
}

const share = (field: string): Column => ({ field, unit: 'share' })
const count = (field: string): Column => ({ field, unit: 'count' })
const mean = (field: string): Column => ({ field, unit: 'mean' })
const minutes = (field: string): Column => ({ field, unit: 'hours', minutes: true })
const interval = { low: 'low', high: 'high' }
const bounds = [share('low'), share('high')]

export const cards: readonly Card[] = [
  {
    id: 'satisfaction',
    report: 'satisfaction',
    by: ['product', 'channel', 'engineer', 'agent', 'month'],
    kind: 'shares',
    drawn: [share('csat')],
    interval,
    n: 'answers',
    table: [count('answers'), count('satisfied'), share('csat'), ...bounds, mean('mean')],
  },
  {
    id: 'first-time-fix',
    report: 'first-time-fix',
    by: ['month', 'engineer', 'product', 'agent'],
    kind: 'shares',
    drawn: [share('rate')],
    interval,
    n: 'over',
    table: [count('over'), count('fixedFirst'), share('rate'), ...bounds],
  },
  {
    id: 'repeat-repairs',
    report: 'repeat-repairs',
    by: ['month', 'product', 'engineer'],
    kind: 'shares',
    drawn: [share('rate')],
    interval,
    n: 'over',
    table: [count('over'), count('repeated'), share('rate'), ...bounds],
  },
  {
    id: 'times',
    report: 'times',
    by: ['month', 'product', 'priority', 'channel', 'engineer', 'agent'],
    kind: 'lines',
    drawn: [minutes('respondMedian'), minutes('restoreMedian'), minutes('resolveMedian')],
    table: [minutes('respondMedian'), minutes('restoreMedian'), minutes('resolveMedian')],
  },
  {
    id: 'sla',
    report: 'sla',
    by: ['month', 'priority', 'product', 'agent'],
    kind: 'lines',
    drawn: [share('respondRate'), share('restoreRate'), share('resolveRate')],
    table: [share('respondRate'), share('restoreRate'), share('resolveRate')],
  },
  {
    id: 'effort',
    report: 'effort',
    by: ['month', 'channel', 'product'],
    kind: 'shares',
    drawn: [share('untouchedShare')],
    interval: { low: 'untouchedLow', high: 'untouchedHigh' },
    n: 'over',
    table: [count('over'), count('untouched'), share('untouchedShare'), share('untouchedLow'), share('untouchedHigh')],
  },
  {
    id: 'failures',
    report: 'failures',
    by: ['all', 'product'],
    kind: 'pareto',
    drawn: [count('count')],
    table: [{ field: 'component', unit: 'text' }, { field: 'problem', unit: 'text' }, count('count'), share('share')],
  },
  {
    id: 'parts-fill-rate',
    report: 'parts-fill-rate',
    by: ['part', 'month', 'location', 'product'],
    kind: 'shares',
    drawn: [share('fillRate')],
    interval,
    n: 'lines',
    table: [count('lines'), count('filledAtOnce'), share('fillRate'), ...bounds, count('pieces')],
  },
  {
    id: 'touches',
    report: 'effort',
    by: ['month', 'channel', 'product', 'agent'],
    kind: 'lines',
    drawn: [mean('touchesPerRepair'), mean('messagesPerRepair')],
    table: [count('repairs'), mean('touchesPerRepair'), mean('messagesPerRepair'), mean('medianMinutes')],
  },
  {
    id: 'acceptance',
    report: 'acceptance',
    by: ['engineer', 'month'],
    kind: 'shares',
    drawn: [share('rate')],
    interval,
    n: 'offers',
    table: [count('offers'), count('accepted'), count('rejected'), count('timedOut'), share('rate'), ...bounds, { field: 'reasons', unit: 'text' }],
  },
  {
    id: 'quotes',
    report: 'quotes',
    by: ['product', 'month', 'channel', 'agent'],
    kind: 'shares',
    drawn: [share('rate')],
    interval,
    n: 'decided',
    table: [count('decided'), count('approved'), count('declined'), count('expired'), share('rate'), ...bounds, count('waiting'), count('withdrawn')],
  },
  {
    id: 'plan-compliance',
    report: 'plan-compliance',
    by: ['plan', 'product', 'site', 'month'],
    kind: 'shares',
    drawn: [share('rate')],
    interval,
    n: 'due',
    table: [count('due'), count('kept'), share('rate'), ...bounds, count('late'), count('open'), count('missed'), count('declined')],
  },
  {
    id: 'parts-forecast',
    report: 'parts-forecast',
    by: ['part'],
    kind: 'lines',
    drawn: [mean('expectedInLeadTime'), count('recommendedReorderPoint'), count('available')],
    n: 'pieces',
    table: [
      count('pieces'),
      count('months'),
      mean('expectedPerMonth'),
      mean('expectedInLeadTime'),
      count('recommendedReorderPoint'),
      count('setReorderPoint'),
      count('available'),
      { field: 'reason', unit: 'text' },
    ],
  },
]

/** Shown at the top, of all repairs of the period. */
export interface Tile {
  id: 'csat' | 'firstTimeFix' | 'resolve' | 'sla' | 'untouched' | 'repairs'
  report: string
  column: Column
  interval?: { low: string; high: string }
  n?: string
}

export const tiles: readonly Tile[] = [
  { id: 'repairs', report: 'effort', column: count('repairs') },
  { id: 'csat', report: 'satisfaction', column: share('csat'), interval, n: 'answers' },
  { id: 'firstTimeFix', report: 'first-time-fix', column: share('rate'), interval, n: 'over' },
  { id: 'resolve', report: 'times', column: minutes('resolveMedian'), n: 'resolveN' },
  { id: 'sla', report: 'sla', column: share('resolveRate'), n: 'resolveDue' },
  { id: 'untouched', report: 'effort', column: share('untouchedShare'), interval: { low: 'untouchedLow', high: 'untouchedHigh' }, n: 'over' },
]
