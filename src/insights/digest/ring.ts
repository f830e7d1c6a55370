// The digest as one due document that moves from week to week. Weeks that went by unseen are told of in the next one.
import { arm } from '../../alarms/arm.ts'
import { timestamp } from '../../clock.ts'
import type { Core } from '../../core.ts'
import type { Alarm } from '../../journal/index.ts'
import { instantOf, nextDay, weekOf } from '../days.ts'
import { weekdays } from '../settings.ts'
import { composeDigest } from './compose.ts'
import type { Digest } from './digest.ts'
import { gatherWeek } from './gather.ts'

const digestId = 'digest'
const weekMs = 7 * 86_400_000
/** After a long silence nobody wants to hear of all of it. */
const longestMs = 5 * weekMs

/** Called when a worker starts and when the settings change. One that is due already is left to ring. */
export async function startDigest(core: Core): Promise<void> {
  const known = await core.collections.due.get(digestId)
  if (known?.state === 'waiting' && known.at <= timestamp(core.clock.now())) return
  const next = await nextDigest(core)
  if (next === undefined) return void (await core.collections.due.update(digestId, { $set: { state: 'done' } }, { state: 'waiting' }))
  if (known?.state !== 'waiting' || known.at !== next.at) await arm(core, digestId, next.at, { kind: 'digest', day: next.day }, false)
}

export async function ringDigest(core: Core, { day }: Extract<Alarm, { kind: 'digest' }>): Promise<void> {
  const target = targetOf(core)
  // Switched off since.
  if (target === undefined) return
  const digest = await digestOf(core, weekOf(day))
  for (const channel of core.channels.values())
    await channel.showDigest?.({ channel: target.channel, company: core.company().flow.company, ...digest, week: digest._id })
  core.log.info('digest', { kind: digest._id })
  const next = await nextDigest(core)
  if (next !== undefined) await arm(core, digestId, next.at, { kind: 'digest', day: next.day }, false)
}

/** Of two who compose it at once, what the first one wrote is what is shown. */
async function digestOf(core: Core, week: string): Promise<Digest> {
  const { digests } = core.collections
  const known = await digests.get(week)
  if (known !== undefined) return known
  const now = core.clock.now()
  const [last] = await digests.find({}, { sort: { until: -1 }, limit: 1 })
  const from = last === undefined ? now - weekMs : Math.max(Date.parse(last.until), now - longestMs)
  const digest = { _id: week, from: timestamp(from), until: timestamp(now), sections: composeDigest(await gatherWeek(core, from, now)) }
  return (await digests.insert(digest)) === 'inserted' ? digest : ((await digests.get(week)) ?? digest)
}

async function nextDigest(core: Core): Promise<{ day: string; at: string } | undefined> {
  const target = targetOf(core)
  if (target === undefined) return undefined
  const { hour, weekday, timeZone } = target
  let day = nextDay(core.clock.now(), hour, timeZone, weekdays.indexOf(weekday) + 1)
  // Moved to a later day of a week that has had its own: the week after.
  while ((await core.collections.digests.get(weekOf(day))) !== undefined) day = Temporal.PlainDate.from(day).add({ weeks: 1 }).toString()
  return { day, at: timestamp(instantOf(day, hour, timeZone)) }
}

/** Where it goes, and by whose clocks; undefined where there is none. */
function targetOf(core: Core) {
  const { insights, teams, teamHours, flow } = core.company()
  const { digest } = insights
  const team = teams.find(({ name }) => name === digest?.team)
  const channel = digest?.slackChannel ?? team?.slackChannel
  if (digest === undefined || channel === undefined) return undefined
  return { ...digest, channel, timeZone: teamHours.get(team?.name ?? '')?.timeZone ?? flow.timeZone }
}
