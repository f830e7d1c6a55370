// What a repair request remembers between turns.
import { z } from 'zod'
import { repairFields } from '../../src/forms/form.ts'
import { doubtfulKeys } from '../doubt.ts'
import { heardSchema } from '../heard.ts'

const words = z.string().optional()
const name = z.union([z.enum(repairFields), z.templateLiteral(['question:', z.string()])])
const names = z.array(name)
const answer = z.object({ label: z.string(), value: z.union([z.string(), z.number(), z.boolean()]), text: z.string() })

export const repairStateSchema = z.object({
  /**
   * `sorting`: does it belong to a ticket that is there? `which`: the customer was asked. `same`: they were asked whether it is the case of
   * `same`. `paused`: they will send the rest some time.
   */
  stage: z.enum(['sorting', 'which', 'same', 'form', 'paused', 'confirm', 'which_field']),
  ticket: z.string().nullable(),
  fields: z.object({
    product: words,
    serial: words,
    errorCode: words,
    symptom: words,
    address: words,
    contactName: words,
    phone: words,
    email: words,
    preferredTime: words,
    preferredWindows: z.array(z.object({ from: z.string(), until: z.string() })).optional(),
    photos: z.array(z.string()).optional(),
    answers: z.record(z.string(), answer).optional(),
  }),
  /** Values that were guessed: in the summary they are asked about, and only its confirmation puts them on the ticket. */
  doubtful: z.array(z.enum(doubtfulKeys)).default([]),
  /** The serial number that was read on a label in a photo. */
  onLabel: z.string().nullable().default(null),
  /** The customer gave the ticket its subject (a mail's), so the form does not. */
  titled: z.boolean(),
  /** The question that is open. */
  asking: name.nullable(),
  /** The questions before it, for "back". */
  path: names,
  /** Will not be told. */
  declined: names,
  /** Will be told later; twice in it: not asked again. */
  postponed: names,
  /** Optional ones that a mail has already asked for. */
  offered: names,
  /** A ticket of theirs that may be the same case; `ended`: when it was over. */
  same: z.object({ number: z.string(), subject: z.string(), ended: z.string().nullable() }).nullable().default(null),
  /** Tickets of theirs that they were asked about: not asked again. */
  compared: z.array(z.string()).default([]),
  /** Marked as left half-way. */
  incomplete: z.boolean(),
  /** The request begun elsewhere that was offered to go on with, while `which` waits for the answer. */
  offer: z.string().nullable().default(null),
  /** Heard, but not decided on: a look-up or the customer's choice is awaited. */
  pending: heardSchema.nullable(),
})
export type RepairState = z.infer<typeof repairStateSchema>

export function emptyRepairState(): RepairState {
  return {
    stage: 'sorting',
    ticket: null,
    fields: {},
    doubtful: [],
    onLabel: null,
    titled: false,
    asking: null,
    path: [],
    declined: [],
    postponed: [],
    offered: [],
    same: null,
    compared: [],
    incomplete: false,
    offer: null,
    pending: null,
  }
}
