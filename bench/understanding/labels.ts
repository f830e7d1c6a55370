// Reads a file of labelled messages: one JSON object a line; what is wrong is named with its line.
import { z } from 'zod'
import { intents, type Intent } from '../../src/understanding/understanding.ts'

const words = z.string().min(1)
const instant = z.iso.datetime({ offset: true })

export const slotNames = [
  'product',
  'serial',
  'errorCode',
  'symptom',
  'phone',
  'email',
  'address',
  'contactName',
  'from',
  'until',
  'ticketNumber',
  'rating',
  'urgency',
] as const
export type SlotName = (typeof slotNames)[number]

const lineSchema = z.strictObject({
  text: z.string(),
  now: instant.optional(),
  timeZone: z.string().optional(),
  channel: z.string().optional(),
  language: z.string().nullish(),
  intent: z.string(),
  slots: z
    .strictObject({
      product: words,
      serial: words,
      errorCode: words,
      symptom: words,
      phone: words,
      email: words,
      address: words,
      contactName: words,
      from: instant,
      until: instant,
      ticketNumber: words,
      rating: z.union([z.number(), words]),
      urgency: z.union([z.boolean(), words]),
    })
    .partial()
    .default({}),
})

/** What is told apart when intents are counted: taking back a visit and a request are both `cancel`. */
export type Label = Exclude<Intent, 'cancel_visit'>

export interface Labelled {
  line: number
  text: string
  /** Milliseconds since the epoch; undefined: now. */
  now: number | undefined
  timeZone: string | undefined
  channel: string | undefined
  intent: Label
  slots: Partial<Record<SlotName, string>>
}

const aliases: Readonly<Record<string, Label>> = {
  report: 'report_repair',
  repair: 'report_repair',
  new_repair: 'report_repair',
  report_problem: 'report_repair',
  status: 'ask_status',
  check_status: 'ask_status',
  ask_for_status: 'ask_status',
  add_info: 'add_information',
  information: 'add_information',
  provide_information: 'add_information',
  change_appointment: 'reschedule',
  postpone: 'reschedule',
  cancel_visit: 'cancel',
  cancel_request: 'cancel',
  cancel_repair: 'cancel',
  cancel_appointment: 'cancel',
  accept: 'approve',
  approve_quote: 'approve',
  accept_quote: 'approve',
  reject: 'decline',
  decline_quote: 'decline',
  reject_quote: 'decline',
  order_parts: 'order_part',
  part: 'order_part',
  inspection: 'book_inspection',
  book_maintenance: 'book_inspection',
  maintenance: 'book_inspection',
  complaint: 'complain',
  thanks: 'thank',
  person: 'talk_to_person',
  human: 'talk_to_person',
  agent: 'talk_to_person',
  ask_for_person: 'talk_to_person',
  ask_for_a_person: 'talk_to_person',
  talk_to_human: 'talk_to_person',
  small_talk: 'greet',
  smalltalk: 'greet',
  greeting: 'greet',
  goodbye: 'greet',
  still_broken: 'reopen',
  not_fixed: 'reopen',
  affirm: 'confirm',
  yes: 'confirm',
  no: 'deny',
  other: 'none',
  unknown: 'none',
  out_of_scope: 'none',
  oos: 'none',
}

function labelOf(intent: Intent): Label {
  return intent === 'cancel_visit' ? 'cancel' : intent
}

/** What a dialogue tells apart and a list of wishes may not: where a file has none of the left, what was read counts as the right. */
const kin: readonly (readonly [Label, Label])[] = [
  ['reopen', 'report_repair'],
  ['confirm', 'approve'],
  ['deny', 'decline'],
  ['skip', 'none'],
  ['later', 'none'],
  ['back', 'none'],
  ['change_channel', 'add_information'],
]

/** How to label what was read in the words of this file. */
export function labelsFor(lines: readonly Labelled[]): (intent: Intent) => Label {
  const used = new Set(lines.map(({ intent }) => intent))
  return (intent) => {
    const label = labelOf(intent)
    return used.has(label) ? label : (kin.find(([special]) => special === label)?.[1] ?? label)
  }
}

/** @throws Error with `name:line: what is wrong` for each bad line. */
export function readLabelled(content: string, name: string): Labelled[] {
  const problems: string[] = []
  const all = content.split(/\r?\n/).flatMap((written, index): Labelled[] => {
    if (written.trim() === '') return []
    try {
      return [readLine(written, index + 1)]
    } catch (error) {
      problems.push(`${name}:${index + 1}: ${error instanceof Error ? error.message : error}`)
      return []
    }
  })
  if (problems.length > 0) throw new Error(problems.join('\n'))
  if (all.length === 0) throw new Error(`${name}: there is no line in it`)
  return all
}

function readLine(written: string, line: number): Labelled {
  const parsed = lineSchema.safeParse(parseJson(written))
  if (!parsed.success)
    throw new Error(
      parsed.error.issues
        .map(
          (issue) => `${issue.path.join('.') || 'the line'}: ${issue.code === 'unrecognized_keys' ? `${issue.keys.join(', ')}: no such field` : issue.message}`,
        )
        .join('; '),
    )
  const { text, now, timeZone, channel, intent, slots } = parsed.data
  return {
    line,
    text,
    now: now === undefined ? undefined : Date.parse(now),
    timeZone,
    channel,
    intent: readIntent(intent),
    slots: Object.fromEntries(
      Object.entries(slots).flatMap(([slot, value]) => (value === undefined || value === false ? [] : [[slot, urgencyOf(slot, value)]])),
    ),
  }
}

function parseJson(written: string): unknown {
  try {
    return JSON.parse(written)
  } catch {
    throw new Error('is no JSON object')
  }
}

function readIntent(name: string): Label {
  const plain = name
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_')
  const known = intents.find((intent) => intent === plain)
  const label = aliases[plain] ?? (known === undefined ? undefined : labelOf(known))
  if (label === undefined) throw new Error(`intent: "${name}" is none of ${[...intents, ...Object.keys(aliases)].join(', ')}`)
  return label
}

/** `true` is `urgent`; other words for it are told apart only as danger or haste. */
function urgencyOf(slot: string, value: string | number | boolean): string {
  if (slot !== 'urgency') return String(value)
  return /safety|danger|emergency|critical/i.test(String(value)) ? 'safety' : /^(?:true|urgent|high|asap|yes)$/i.test(String(value)) ? 'urgent' : String(value)
}
