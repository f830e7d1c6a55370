// What an engineer says of their work in a few words, or by a button.
import type { JobView } from '../../src/flow.ts'
import type { WorkStatus } from '../../src/dispatch/status.ts'

export const acts = ['accept', 'reject', 'on_my_way', 'arrived', 'need_part', 'no_show', 'cannot_complete', 'finished', 'jobs'] as const
export type Act = (typeof acts)[number]

/** The first that fits counts: "cannot finish" is not "finished". */
const words: readonly [Act, RegExp][] = [
  [
    'no_show',
    /\b(?:no[- ]?show|nobody (?:is |was )?(?:home|there|in|here)|no ?one (?:is |was )?(?:home|there|in|here)|not (?:at )?home|didn['’]?t open)\b|没人|没有人|不在家/i,
  ],
  [
    'cannot_complete',
    /\b(?:can(?:['’]?t|not) (?:finish|complete|repair|fix|do)|could(?:n['’]?t| not) (?:finish|complete|repair|fix)|unable to (?:finish|complete|repair|fix)|not (?:finished|repairable))\b|修不了|无法(?:完成|修)|没法(?:完成|修)|完成不了/i,
  ],
  [
    'need_part',
    /\bneed(?:s|ed)?\b.*\bparts?\b|\bneed (?:a|an|the|another|new)\b|\bmissing (?:a )?parts?\b|\bparts? (?:is |are )?(?:missing|needed)\b|缺.*(?:件|零件)|需要.*(?:件|零件|配件)/i,
  ],
  ['reject', /^\W*(?:reject|decline|no|nope|not me|can['’]?t (?:do it|take (?:it|that))|give (?:it )?back)\b|^\W*(?:拒绝|不接|接不了|不行)/i],
  ['on_my_way', /\b(?:on (?:my|the) way|omw|en ?route|leaving now|setting off|driving)\b|出发|在路上|路上了/i],
  ['arrived', /\b(?:arrived|i(?:['’]m| am) here|on[- ]?site|at the (?:door|customer|site))\b|到了|已到|到达|抵达/i],
  ['finished', /\b(?:finished|done|completed?|fixed|repaired|all set)\b|完成|修好|搞定|做完/i],
  ['jobs', /\b(?:my )?(?:jobs?|visits?|list|today|schedule|next)\b|任务|工单|今天|行程|安排/i],
  ['accept', /^\W*(?:accept(?:ed)?|yes|ok(?:ay)?|i(?:['’]ll| will) (?:do|take) it|take it|confirmed?)\b|^\W*(?:接受|接单|好的?|可以)/i],
]

/** `<act>:<work order>` from a button; else by the words. */
export function readAct(choice: string | undefined, text: string): { act: Act; workOrder: string | null } | undefined {
  const [named, workOrder] = (choice ?? '').split(':')
  const pressed = acts.find((act) => act === named)
  if (pressed !== undefined) return { act: pressed, workOrder: workOrder ?? null }
  const said = words.find(([, pattern]) => pattern.test(text))?.[0]
  return said === undefined ? undefined : { act: said, workOrder: null }
}

/** In which states it can be said, the likeliest first. */
const whenSaid: Readonly<Record<Exclude<Act, 'jobs'>, readonly WorkStatus[]>> = {
  accept: ['dispatched'],
  reject: ['dispatched', 'accepted'],
  on_my_way: ['accepted', 'dispatched'],
  arrived: ['en_route', 'accepted'],
  need_part: ['on_site', 'en_route', 'accepted'],
  no_show: ['on_site', 'en_route'],
  cannot_complete: ['on_site', 'en_route'],
  finished: ['on_site', 'en_route'],
}

/** The job that is named, else the one that is furthest on, else the next one. */
export function jobFor(act: Exclude<Act, 'jobs'>, jobs: readonly JobView[], workOrder: string | null, numbers: readonly string[]): JobView | undefined {
  const named = jobs.filter((job) => (workOrder === null ? numbers.includes(job.ticket) : job.workOrder === workOrder))
  const among = workOrder !== null || numbers.length > 0 ? named : jobs
  for (const status of whenSaid[act]) {
    const found = among.find((job) => job.status === status)
    if (found !== undefined) return found
  }
  return undefined
}

/** What can be said next of a job. */
export function nextActs(status: WorkStatus): readonly Act[] {
  switch (status) {
    case 'dispatched':
      return ['accept', 'reject']
    case 'accepted':
      return ['on_my_way', 'reject']
    case 'en_route':
      return ['arrived', 'no_show']
    case 'on_site':
      return ['finished', 'need_part', 'cannot_complete', 'no_show']
    default:
      return []
  }
}
