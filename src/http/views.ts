// What the REST API shows, as schemas: the compiler holds the views of the desk to them, and the API's document is made from them.
import { z } from 'zod'
import { entitlementReasons, entitlements } from '../assets/index.ts'
import { happeningKinds } from '../desk/index.ts'
import { priorities, statuses } from '../tickets/index.ts'

const at = z.iso.datetime()
export const channel = z.enum(['email', 'webchat', 'sms', 'whatsapp', 'slack', 'botframework', 'webhook'])
const channels = channel.options
export const language = z.enum(['en', 'zh'])
const attachment = z.strictObject({ file: z.string(), name: z.string(), contentType: z.string(), size: z.int() })

const repairFields = z.strictObject({
  product: z.string().optional(),
  serial: z.string().optional(),
  errorCode: z.string().optional(),
  symptom: z.string().optional(),
  address: z.string().optional(),
  contactName: z.string().optional(),
  phone: z.string().optional(),
  email: z.string().optional(),
  preferredTime: z.string().optional(),
  preferredWindows: z
    .array(z.strictObject({ from: z.string(), until: z.string() }))
    .optional()
    .describe('What preferredTime means, soonest first'),
  photos: z.array(z.string()).optional(),
  answers: z
    .record(z.string(), z.strictObject({ label: z.string(), value: z.union([z.string(), z.number(), z.boolean()]), text: z.string() }))
    .optional()
    .describe("To the company's own questions, by their ids"),
})

export const actor = z.strictObject({ kind: z.enum(['customer', 'agent', 'engineer', 'bot', 'clock', 'api', 'system']), id: z.string().nullable() })
const coded = z.strictObject({ code: z.string(), text: z.string().nullable() })
export const failureView = z.strictObject({
  component: coded,
  problem: coded,
  cause: coded,
  remedy: coded,
  parts: z.array(z.strictObject({ part: z.string(), quantity: z.int() })),
  note: z.string().nullable(),
})

const cover = z.discriminatedUnion('state', [
  z.strictObject({ state: z.enum(['covered', 'ended']), until: z.iso.date().describe('The last covered day') }),
  z.strictObject({ state: z.enum(['none', 'unknown']), until: z.null() }),
])

export const ticketView = z.strictObject({
  number: z.string(),
  version: z.int(),
  status: z.enum(statuses),
  category: z.enum(['open', 'waiting', 'done']),
  phase: z.enum(['acceptance', 'handling', 'closing']),
  priority: z.enum(priorities),
  channel: z.enum([...channels, 'api']),
  subject: z.string(),
  description: z.string(),
  language,
  customer: z.strictObject({ id: z.string(), name: z.string().nullable() }),
  asset: z.strictObject({
    id: z.string().nullable().describe('The record it was checked against'),
    serial: z.string().nullable(),
    product: z.string().nullable(),
  }),
  fields: repairFields,
  entitlement: z.enum(entitlements).nullable(),
  coverage: z
    .strictObject({ reason: z.enum(entitlementReasons), labour: cover, parts: cover })
    .nullable()
    .describe('Why, for labour and parts apart, as of the day it was reported'),
  team: z.string().nullable().describe('The team chosen for it; null leaves it to the settings'),
  assignee: z.string().nullable(),
  assigneeName: z.string().nullable(),
  incomplete: z.boolean(),
  spam: z.boolean(),
  mergedInto: z.string().nullable().describe('The ticket it lives on in'),
  merged: z.array(z.string()).describe('The tickets that live on in it'),
  follows: z.string().nullable().describe('The repair whose trouble came back, too late to take that one up again'),
  repeats: z.string().nullable().describe('The repair that did not last: the same trouble of the same asset within days'),
  repeatedBy: z.string().nullable().describe('The ticket that repeats this one'),
  firstTimeFix: z.boolean().nullable().describe('Resolved once and not repeated so far; null while it is not over'),
  followedBy: z.array(z.string()).describe('The repairs that followed it'),
  sameCase: z
    .array(
      z.strictObject({
        number: z.string(),
        asset: z.enum(['serial', 'product']).describe('By what the asset is the same'),
        trouble: z.enum(['error_code', 'words']).describe('By what the trouble is alike'),
        sameCustomer: z.boolean(),
        at,
      }),
    )
    .describe('Open tickets that may be the same case: proposed, for a person or the customer to say'),
  toldApart: z.array(z.strictObject({ number: z.string(), at, by: actor })).describe('Said to be another case; not proposed again'),
  acknowledged: z
    .strictObject({ at, message: z.string(), news: z.string().nullable() })
    .nullable()
    .describe('The customer thanked for, or nodded at, the last news: in which message, and which message of ours that was'),
  failure: failureView.extend({ at, by: actor }).nullable().describe('What the last repair found and did'),
  satisfaction: z.strictObject({ score: z.int(), comment: z.string().nullable(), at }).nullable(),
  inspection: z
    .strictObject({ role: z.enum(['visit', 'found']), name: z.string(), kind: z.string(), due: at, ticket: z.string().optional() })
    .nullable()
    .describe('It is an inspection, or a repair of what one found; `ticket` is that of the inspection then'),
  conversation: z.string().nullable(),
  createdAt: at,
  updatedAt: at,
})

const messageParts = {
  id: z.string(),
  conversation: z.string(),
  ticket: z.string().nullable(),
  channel,
  subject: z.string().nullable(),
  text: z.string().describe('The trimmed view: without quoted text'),
  fullText: z.string(),
  createdAt: at,
  attachments: z.array(attachment),
}
export const inboundView = z.strictObject({
  ...messageParts,
  direction: z.literal('inbound'),
  state: z.enum(['received', 'handled', 'needs_review']),
  author: z.enum(['person', 'person_no_reply', 'machine']),
})
export const outboundView = z.strictObject({
  ...messageParts,
  direction: z.literal('outbound'),
  state: z.enum(['queued', 'sending', 'sent', 'delivered', 'read', 'failed', 'suppressed']),
  speaker: z.string(),
  cause: z.enum(['answer', 'news', 'agent']),
  acknowledgement: z.boolean(),
  reason: z.string().nullable(),
  attempts: z.int(),
  maybeTwice: z.boolean(),
  retriedAs: z.string().nullable().describe('The message sent again in its place'),
})
export const messageView = z.discriminatedUnion('direction', [inboundView, outboundView])

const event = z.looseObject({ type: z.string() })
export const timelineView = z.strictObject({
  data: z.array(
    z.discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('change'),
        about: z.strictObject({ kind: z.enum(happeningKinds), id: z.string() }).describe('What changed: the ticket, or what belongs to it'),
        version: z.int(),
        at,
        actor,
        events: z.array(event),
      }),
      z.strictObject({ kind: z.literal('message'), at, message: messageView }),
    ]),
  ),
  nextCursor: z.string().nullable(),
})

export const customerView = z.strictObject({
  id: z.string(),
  version: z.int(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  prefers: channel.nullable().describe('Where they want news; null: where the ticket came from'),
  mergedInto: z.string().nullable().describe('The same person under the name they are kept by'),
  createdAt: at,
})
export const customerWithPointsView = customerView.extend({
  contactPoints: z.array(
    z.strictObject({
      channel: channel.nullable(),
      address: z.string(),
      name: z.string().nullable(),
      verified: z.boolean().describe('Its owner writes from it, or typed the code that was sent there'),
      bad: z.string().nullable(),
      optedOut: z
        .strictObject({ at, words: z.enum(['keyword', 'natural', 'provider', 'link']) })
        .nullable()
        .describe('Since when nothing may be sent there, and how it was said'),
    }),
  ),
})

export const conversationView = z.strictObject({
  id: z.string(),
  version: z.int(),
  channel: channel.nullable(),
  account: z.string().nullable(),
  address: z.string().nullable(),
  customer: z.string(),
  language,
  controlOwner: z.enum(['bot', 'agent', 'none']),
  agent: z.string().nullable(),
  controlUntil: at.nullable(),
  ticket: z.string().nullable(),
  tickets: z.array(z.string()),
  subject: z.string().nullable(),
  lastInboundAt: at.nullable(),
  updatedAt: at,
})

export const surveyView = z.strictObject({
  id: z.string(),
  version: z.int(),
  ticket: z.string(),
  conversation: z.string(),
  resolution: z.int(),
  state: z.enum(['new', 'requested', 'responded', 'expired']),
  score: z.int().nullable(),
  comment: z.string().nullable(),
  requestedAt: at,
  expiresAt: at,
  respondedAt: at.nullable(),
  about: z
    .strictObject({
      agent: z.string().nullable(),
      engineer: z.string().nullable(),
      product: z.string().nullable(),
      serial: z.string().nullable(),
      parts: z.array(z.string()),
      channel: z.enum([...channels, 'page']).describe('Where it was answered'),
    })
    .nullable()
    .describe('What the answer is about, as it was when it was given'),
})

export const taskKinds = z.enum([
  'low_score',
  'new_information',
  'handover',
  'undeliverable',
  'answers_held',
  'needs_review',
  'unmatched',
  'file_missing',
  'opted_out',
  'sla',
  'no_data',
  'work_done',
  'work_stuck',
  'reorder',
  'stock_mismatch',
  'sales',
  'quote',
  'webhook_disabled',
  'inspection',
])
export const taskView = z.strictObject({
  id: z.string(),
  kind: taskKinds,
  ticket: z.string().nullable(),
  conversation: z.string().nullable(),
  message: z.string().nullable(),
  about: z.string().nullable().describe('What it is about, where no ticket or message tells'),
  state: z.enum(['open', 'done']),
  createdAt: at,
  doneAt: at.nullable(),
  doneBy: z.string().nullable(),
})
