// What a company promises, in mendline.yaml: by priority, and apart for an entitlement, how soon somebody responds, it works again, it is resolved.
import { z } from 'zod'
import { duration } from '../duration.ts'
import { priorities } from '../tickets/status.ts'

const target = z.strictObject({
  priority: z.enum(priorities),
  /** Only for this result of the entitlement check; left out: for all that carry a promise. */
  entitlement: z.enum(['in_warranty', 'out_of_warranty', 'no_data', 'not_served']).optional(),
  /** Working time. */
  respond: duration,
  restore: duration,
  resolve: duration,
})
export type SlaTarget = z.output<typeof target>

const minute = 60_000
const hour = 60 * minute

const usual: SlaTarget[] = [
  { priority: 'urgent', respond: 30 * minute, restore: 4 * hour, resolve: 16 * hour },
  { priority: 'high', respond: 2 * hour, restore: 16 * hour, resolve: 24 * hour },
  { priority: 'normal', respond: 4 * hour, restore: 24 * hour, resolve: 40 * hour },
  { priority: 'low', respond: 8 * hour, restore: 40 * hour, resolve: 80 * hour },
]

export const slaSchema = z.array(target).default(usual)
