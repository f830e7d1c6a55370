// What a company sets for its desk in mendline.yaml: teams, canned replies, the lists of the failure record.
import { z } from 'zod'
import { hoursSchema } from '../hours/index.ts'
import { otherCode } from '../tickets/failure.ts'

const word = z.string().trim().min(1).max(75)
const list = (...entries: string[]) =>
  z
    .array(word.refine((each) => each !== otherCode, 'is in every list already'))
    .min(1)
    .max(90)
    .default(entries)

export const teamsSchema = z
  .array(
    z.strictObject({
      name: word,
      /** Where its cards are; without it the channel of SLACK_TRIAGE_CHANNEL. */
      slackChannel: z
        .string()
        .regex(/^[CG][A-Z0-9]+$/, "is the channel's id, such as C0123456789, not its name")
        .optional(),
      /** Products of `products` that are theirs. */
      products: z.array(z.string().min(1)).default([]),
      /** When its people are there; the company's hours when left out. */
      hours: hoursSchema.optional(),
      /** Has what no other team's products claim; without a mark the first one. */
      default: z.boolean().default(false),
    }),
  )
  .default([])
  .refine((teams) => teams.filter((team) => team.default).length <= 1, 'has more than one default team')
  .refine((teams) => new Set(teams.map(({ name }) => name)).size === teams.length, 'has two teams of one name')

const withValues = z
  .string()
  .min(1)
  .max(3000)
  .refine(
    (text) => [...text.matchAll(/\{(\w+)\}/g)].every(([, name]) => name === 'customer' || name === 'number'),
    'may name {customer} and {number}, nothing else',
  )

export const cannedRepliesSchema = z
  .array(
    z.strictObject({
      name: word,
      /** By language; `{customer}` and `{number}` are filled in. */
      text: z.strictObject({ en: withValues, zh: withValues.optional() }),
    }),
  )
  .max(100)
  .default([])

export const failureListsSchema = z
  .strictObject({
    component: list('motor', 'power supply', 'control board', 'display', 'sensor', 'cable', 'battery', 'pump', 'valve', 'seal', 'belt', 'bearing', 'housing'),
    problem: list('does not start', 'stops while running', 'leaks', 'noise', 'overheats', 'error code', 'broken part', 'weak performance', 'no fault found'),
    cause: list('wear', 'manufacturing fault', 'wrong use', 'accident', 'installation', 'power surge', 'dirt or lime', 'software', 'not known'),
    remedy: list('part replaced', 'repaired', 'cleaned', 'adjusted', 'software updated', 'device replaced', 'customer advised', 'returned unrepaired'),
  })
  .prefault({})

export type Team = z.output<typeof teamsSchema>[number]
export type CannedReply = z.output<typeof cannedRepliesSchema>[number]
