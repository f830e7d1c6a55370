// Reports on how good the repairs were: satisfaction, fixed at once, come back, and what was broken.
import { grouped, groupOf, ofRepairs, rounded, shareRow } from './report.ts'
import { mean, shareOf } from './statistics.ts'

const satisfiedFrom = 4

export const satisfaction = ofRepairs({
  name: 'satisfaction',
  definition:
    'CSAT: answers of 4 or 5 of all surveys answered, with the 95 % interval (Wilson). A repair counts in the period in which it was reported; group by channel is where it was reported.',
  by: ['product', 'asset', 'engineer', 'agent', 'channel', 'month', 'all'],
  count: (by) =>
    grouped(
      by,
      () => [] as number[],
      (scores, { surveys }) => scores.push(...surveys.flatMap(({ state, score }) => (state === 'responded' && score !== null ? [score] : []))),
      (scores) => ({
        ...shareRow(shareOf(scores.filter((score) => score >= satisfiedFrom).length, scores.length), { n: 'answers', hits: 'satisfied', share: 'csat' }),
        mean: rounded(mean(scores), 2),
      }),
    ),
})

export const firstTimeFix = ofRepairs({
  name: 'first-time-fix',
  definition:
    'Repairs that were over at the first attempt and did not come back on the same asset with the same trouble, of all repairs that are over (not cancelled).',
  by: ['product', 'asset', 'engineer', 'agent', 'month', 'all'],
  count: (by) =>
    grouped(
      by,
      () => ({ over: 0, first: 0 }),
      (count, { fixedFirst }) => {
        if (fixedFirst === null) return
        count.over += 1
        if (fixedFirst) count.first += 1
      },
      ({ over, first }) => shareRow(shareOf(first, over), { n: 'over', hits: 'fixedFirst', share: 'rate' }),
    ),
})

export const repeats = ofRepairs({
  name: 'repeat-repairs',
  definition: 'Repairs whose asset came back with the same trouble within the set days, of all repairs that are over (not cancelled).',
  by: ['product', 'asset', 'engineer', 'month', 'all'],
  count: (by) =>
    grouped(
      by,
      () => ({ over: 0, repeated: 0 }),
      (count, { fixedFirst, ticket }) => {
        if (fixedFirst === null) return
        count.over += 1
        if (ticket.repeatedBy !== null) count.repeated += 1
      },
      ({ over, repeated }) => shareRow(shareOf(repeated, over), { n: 'over', hits: 'repeated', share: 'rate' }),
    ),
})

/** By group and, within it, what fails most first. */
export const failures = ofRepairs({
  name: 'failures',
  definition: 'Component and problem as they were recorded, the most frequent first, each with its share of the records of its group.',
  by: ['product', 'asset', 'month', 'all'],
  count(by) {
    const found: Failure[] = []
    return {
      add(fact) {
        const group = groupOf(fact, by)
        const { failure } = fact.ticket
        if (group === null || failure === null) return
        const [component, problem] = [wordsOf(failure.component), wordsOf(failure.problem)]
        const known = found.find((each) => each.group === group && each.component === component && each.problem === problem)
        if (known === undefined) found.push({ group, component, problem, count: 1 })
        else known.count += 1
      },
      rows() {
        const records = (group: string) => found.reduce((sum, each) => sum + (each.group === group ? each.count : 0), 0)
        return found
          .toSorted((a, b) => a.group.localeCompare(b.group, 'en') || b.count - a.count || a.component.localeCompare(b.component, 'en'))
          .map(({ group, component, problem, count }) => ({ [by]: group, component, problem, count, share: rounded(count / records(group), 4) }))
      },
    }
  },
})

interface Failure {
  group: string
  component: string
  problem: string
  count: number
}

function wordsOf({ code, text }: { code: string; text: string | null }): string {
  return text ?? code
}
