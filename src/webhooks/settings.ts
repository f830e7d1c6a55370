// Webhooks in mendline.yaml: where they may go, and who sends us some.
import { z } from 'zod'
import { duration } from '../duration.ts'
import { sourcesSchema } from '../sources/settings.ts'
import { isRange } from './guard.ts'

const dayMs = 86_400_000

export const webhooksSchema = z
  .strictObject({
    /** Ranges of addresses that may be reached although they are not public, over http too: an intranet. */
    allow: z.array(z.string().refine(isRange, 'is no range of addresses; write one such as 10.1.0.0/16')).default([]),
    /** How long the log keeps what was delivered. */
    keepFor: duration.refine((ms) => ms >= dayMs, 'is at least 1d').prefault('30d'),
    /** Systems that send us reports. */
    in: sourcesSchema,
  })
  .prefault({})

export type WebhookSettings = z.output<typeof webhooksSchema>
