// The week in words, for staff: what changed, with n and intervals, and what somebody should look at. Pure.
import type { Share } from '../reports/statistics.ts'

/** A share now and in the weeks before. */
export interface Change {
  now: Share
  before: Share
}

export interface WeekFacts {
  reported: { now: number; before: number }
  over: number
  open: number
  satisfied: Change
  fixedFirst: Change
  /** Promises to resolve in time. */
  kept: Change
  signals: { reason: string; product: string; again: boolean }[]
  /** Of those open from before. */
  openSignals: number
  opportunities: { kind: string; count: number }[]
  /** Yes, and words to be read. */
  answers: number
  oldest: { number: string; subject: string; days: number }[]
  /** At or below their reorder point. */
  low: { about: string; available: number; reorderPoint: number }[]
  lowMore: number
}

export interface Section {
  title: string
  lines: string[]
}

/** How many weeks the week is compared with. */
export const weeksBefore = 4

/** Sections without anything to say are left out; a quiet week says so. */
export function composeDigest(facts: WeekFacts): Section[] {
  const { reported, over, open, signals, openSignals, opportunities, answers, oldest, low, lowMore } = facts
  const usual = reported.before / weeksBefore
  const repairs =
    reported.now + over === 0 ? [] : [`${count(reported.now, 'repair')} reported (${sayNumber(usual)} in a usual week), ${over} over, ${open} open.`]
  const shares = [
    sayChange('Satisfied (4 or 5)', facts.satisfied, 'answers'),
    sayChange('Fixed first time', facts.fixedFirst, 'repairs'),
    sayChange('Resolved in the promised time', facts.kept, 'promises'),
  ].filter((line) => line !== undefined)
  const raised = signals.map(({ reason, again }) => `${again ? 'Worse again: ' : ''}${reason}`)
  const stillOpen = openSignals > 0 ? [`${count(openSignals, 'signal')} from before ${openSignals === 1 ? 'is' : 'are'} still open.`] : []
  const found = opportunities.map(({ kind, count: n }) => `${n} × ${kindNames.get(kind) ?? kind}`)
  const sections: Section[] = [
    { title: 'Repairs', lines: [...repairs, ...shares] },
    { title: 'Quality signals', lines: [...raised, ...stillOpen] },
    {
      title: 'Opportunities',
      lines: [
        ...(found.length === 0 ? [] : [`${found.join(', ')}.`]),
        ...(answers > 0 ? [`${count(answers, 'customer')} answered an offer and ${answers === 1 ? 'waits' : 'wait'} for sales.`] : []),
      ],
    },
    { title: 'Open the longest', lines: oldest.map(({ number, subject, days }) => `${number} ${subject}: ${count(days, 'day')}`) },
    {
      title: 'Parts to order',
      lines: [
        ...low.map(({ about, available, reorderPoint }) => `${about}: ${available} available, to be ordered at ${reorderPoint}`),
        ...(lowMore > 0 ? [`and ${lowMore} more.`] : []),
      ],
    },
  ]
  const told = sections.filter(({ lines }) => lines.length > 0)
  return told.length > 0 ? told : [{ title: 'Repairs', lines: ['A quiet week: nothing was reported, nothing is open, and nothing has changed.'] }]
}

const kindNames = new Map([
  ['failing_often', 'a machine out of warranty that fails often'],
  ['asked_for_part', 'a customer asked for a part'],
  ['end_of_life', 'a part near its end'],
  ['loved_product', 'a product is loved'],
])

/** Nothing was counted: nothing is said. It changed where the intervals do not meet; else it is said to be as it was. */
function sayChange(what: string, { now, before }: Change, of: string): string | undefined {
  if (now.share === null || now.low === null || now.high === null) return undefined
  const share = `${what}: ${percent(now.share)} of ${now.n} ${of} (95 %: ${percent(now.low)}–${percent(now.high)})`
  if (before.share === null || before.low === null || before.high === null) return `${share}.`
  const course = now.low > before.high ? 'up from' : now.high < before.low ? 'down from' : 'no clear change from'
  return `${share}, ${course} ${percent(before.share)} of ${before.n} in the ${weeksBefore} weeks before.`
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}

function count(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? '' : 's'}`
}

function sayNumber(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(1)
}
