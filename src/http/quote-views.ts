// Quotes as the API shows them.
import { z } from 'zod'
import { quoteStates } from '../quotes/index.ts'
import { actor, channel } from './views.ts'

const at = z.iso.datetime()

export const quoteLineView = z.strictObject({
  description: z.string(),
  quantity: z.int(),
  unitPrice: z.int().describe('What the customer pays for one, in the smallest unit of the currency: 4500 are 45.00 EUR'),
})
export const quoteView = z.strictObject({
  id: z.string(),
  version: z.int(),
  ticket: z.string(),
  state: z.enum(quoteStates).describe('Of the newest version'),
  versions: z.array(
    z.strictObject({
      version: z.int(),
      state: z.enum(quoteStates),
      lines: z.array(quoteLineView),
      currency: z.string(),
      total: z.int(),
      note: z.string().nullable(),
      draftedBy: actor,
      draftedAt: at,
      reviewedBy: actor.nullable(),
      sentAt: at.nullable(),
      validUntil: at.nullable(),
      evidence: z
        .strictObject({
          at,
          by: actor,
          onBehalf: z.boolean().describe('Staff wrote down what the customer told them'),
          where: z.enum([...channel.options, 'page', 'elsewhere']),
          address: z.string().nullable(),
          message: z.string().nullable(),
          text: z.string().describe('The exact words'),
        })
        .nullable()
        .describe('The word of its customer: who, when, where, what'),
      reason: z.string().nullable(),
    }),
  ),
  createdAt: at,
  updatedAt: at,
})
