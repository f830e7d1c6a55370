// What a company sets in mendline.yaml about what it wants to learn: when it is looked at, what counts as news, who is offered what, and where the digest goes.
import { z } from 'zod'
import { duration } from '../duration.ts'

const word = z.string().trim().min(1).max(75)
const hour = z.int().min(0, 'is an hour from 0 to 23').max(23, 'is an hour from 0 to 23')
const share = z.number().gt(0, 'is a share above 0 and below 1').lt(1, 'is a share above 0 and below 1')
export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

/** What of an opportunity may become an offer to its customer. */
export const offeredKinds = ['failing_often', 'asked_for_part', 'end_of_life'] as const

export const insightsSchema = z
  .strictObject({
    /** At which full hour of the company's day the past is looked at, and offers go out. */
    hour: hour.default(8),
    signals: z
      .strictObject({
        /** How many false alarms a year are borne, over all products, for the sake of finding true ones sooner. */
        falseAlarmsPerYear: z.number().gt(0, 'is above 0').max(52, 'is at most 52').default(1),
        /** How many times as bad as before it must be at least. */
        atLeast: z.number().min(1, 'is 1 or more').max(10, 'is at most 10').default(1.25),
      })
      .prefault({}),
    opportunities: z
      .strictObject({
        /** Of one asset and kind, one in this time at most. */
        every: duration.prefault('365d'),
        /** A machine out of warranty fails often that failed so many times within a year. */
        failures: z.int().min(2, 'is 2 or more').max(50).default(3),
        /** A part is near its end at the age by which this share of its kind has failed. */
        endOfLife: share.default(0.5),
        /** Which of them are offered to the customer; none when left out: then they are events only. */
        offers: z.array(z.enum(offeredKinds)).default([]),
        /** One customer gets one offer in this time at most. */
        customerEvery: duration.prefault('30d'),
      })
      .prefault({}),
    /** The week in Slack; left out: none. */
    digest: z
      .strictObject({
        /** Whose channel and time zone it goes by. */
        team: word.optional(),
        /** Another channel than the team's. */
        slackChannel: z
          .string()
          .regex(/^[CG][A-Z0-9]+$/, "is the channel's id, such as C0123456789, not its name")
          .optional(),
        weekday: z.enum(weekdays, 'is a weekday: mon, tue, wed, thu, fri, sat or sun').default('mon'),
        hour: hour.default(9),
      })
      .refine(({ team, slackChannel }) => team !== undefined || slackChannel !== undefined, 'wants a team or a slackChannel: where is it to go?')
      .optional(),
  })
  .prefault({})

export const partsSchema = z
  .strictObject({
    /** `forecast`: the reorder point that the forecast recommends counts where there is one; else the one that was set. */
    reorder: z.enum(['fixed', 'forecast'], 'is fixed or forecast').default('fixed'),
    /** Months from ordering to having. */
    leadTime: z.int('is a whole number of months').min(1, 'is 1 month or more').max(24, 'is at most 24 months').default(1),
    /** Share of the demand that stock is to serve at once. */
    fillRate: share.default(0.95),
  })
  .prefault({})

export type InsightsSettings = z.output<typeof insightsSchema>
export type PartsSettings = z.output<typeof partsSchema>
export type OfferedKind = (typeof offeredKinds)[number]

/** What only shows when it is seen beside the teams. */
export function checkDigest(
  { insights: { digest }, teams }: { insights: InsightsSettings; teams: readonly { name: string; slackChannel?: string | undefined }[] },
  problem: (path: string[], message: string) => void,
): void {
  if (digest?.team === undefined) return
  const team = teams.find(({ name }) => name === digest.team)
  if (team === undefined) problem(['insights', 'digest', 'team'], 'is no team of `teams`')
  else if (team.slackChannel === undefined && digest.slackChannel === undefined)
    problem(['insights', 'digest', 'team'], 'has no slackChannel; name one there or here')
}
