// What many routes take and answer.
import { z } from 'zod'
import { readTicketNumber } from '../../tickets/index.ts'
import { failureView } from '../views.ts'

export const text = (longest: number) => z.string().trim().min(1, 'must not be empty').max(longest, `has at most ${longest} characters`)

/** Forgives case and O for 0, as on the phone. */
const number = z.string().transform((given, context) => {
  const read = readTicketNumber(given)
  if (read !== undefined) return read
  context.addIssue('A ticket number looks like R-4K7Q2MM; this is none.')
  return z.NEVER
})

export const ofTicket = z.strictObject({ number })
export const ticketNumber = number
export const direction = z.enum(['inbound', 'outbound'])
export const byId = z.strictObject({ id: z.string().max(200) })

/** Agents who have an account elsewhere name themselves; `name` is what people read. */
export const agentOf = (name: string) => ({ id: name, name })

export const queued = { status: 202, description: 'Stored and on its way', view: z.strictObject({ state: z.literal('queued') }) }

const coded = z.strictObject({ code: text(75), text: text(500).nullable().default(null) })
/** What a repair found and did. */
export const failureInput = failureView.extend({
  component: coded,
  problem: coded,
  cause: coded,
  remedy: coded,
  parts: z.array(z.strictObject({ part: text(200), quantity: z.int().min(1).default(1) })).default([]),
  note: text(20_000).nullable().default(null),
})
