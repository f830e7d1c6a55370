// The form helper: what is still to be asked, and what a message fills in.
import type { FlowContext, RepairField } from '../src/flow.ts'
import type { RepairFields } from '../src/tickets/ticket.ts'
import type { Intent } from '../src/understanding/understanding.ts'
import { cut, type Field } from './fields/field.ts'
import { fieldNamed, fields } from './fields/index.ts'
import { addSymptom } from './fields/symptom.ts'
import { doubtfulKeys, type DoubtfulKey } from './doubt.ts'
import type { Heard } from './heard.ts'
import { serialOnLabel, type LabelSerial } from '../src/understanding/entities/label.ts'
import { judgeSerial } from '../src/understanding/entities/serial.ts'

export interface FormState {
  fields: RepairFields
  asking: RepairField | null
  declined: readonly RepairField[]
  postponed: readonly RepairField[]
  offered: readonly RepairField[]
  doubtful: readonly DoubtfulKey[]
  /** The serial number that was read on a label in a photo. */
  onLabel: string | null
  /** The customer has the summary before them: what they say puts it right. */
  correcting?: boolean
}

/** Fields that are wanted and not known; what is known is never asked. */
export function unknownFields(form: FormState, context: FlowContext): Field[] {
  return fields.filter((field) => isWanted(field, context) && !field.known(form.fields, context))
}

/** Required ones that are not known, put off or not. */
export function lackingFields(form: FormState, context: FlowContext): Field[] {
  return unknownFields(form, context).filter(({ name }) => isRequired(name, context))
}

/** What to ask one by one: first what was not asked, then once more what is needed and was put off. */
export function nextField(form: FormState, context: FlowContext): Field | undefined {
  const open = unknownFields(form, context).filter(({ name }) => !form.declined.includes(name))
  return (
    open.find(({ name }) => !form.postponed.includes(name) && isAsked(name, context)) ??
    open.find(({ name }) => isRequired(name, context) && form.postponed.filter((postponed) => postponed === name).length < 2)
  )
}

/** Photos that are only welcome are offered with the summary, not asked for: most people have none at hand. */
function isAsked(name: RepairField, context: FlowContext): boolean {
  return name !== 'photos' || isRequired(name, context)
}

/** What one mail asks for: all that is needed, and what would help if no mail has asked for it yet. */
export function fieldsForMail(form: FormState, context: FlowContext): { needed: Field[]; welcome: Field[] } {
  const open = unknownFields(form, context).filter(({ name }) => !form.declined.includes(name))
  return {
    needed: open.filter(({ name }) => isRequired(name, context)),
    welcome: open.filter(({ name }) => !isRequired(name, context) && !form.offered.includes(name) && !form.postponed.includes(name)),
  }
}

export function isRequired(name: RepairField, { settings }: FlowContext): boolean {
  return settings.form[name] === 'required'
}

function isWanted({ name }: Field, { settings, abilities }: FlowContext): boolean {
  return settings.form[name] !== 'hidden' && (name !== 'photos' || abilities.attachments)
}

/**
 * What a message fills in: the answer to the open question, and whatever else it says. Something known is replaced only
 * when it is asked for, or when the message puts something right. `answered` is false when nothing was learnt; `doubtful` is what of
 * all that is known now was guessed.
 */
export function fill(form: FormState, heard: Heard, context: FlowContext): Filled {
  const labelled = labelledFields(heard.text)
  const said = judged(findFields(form, heard, labelled, context), form, heard, context)
  const onLabel = serialOnPhoto(said.found, form, heard, context)
  const found = onLabel === undefined ? said.found : { ...said.found, serial: onLabel.value }
  const guessed = onLabel?.certain === false ? [...said.guessed, 'serial'] : said.guessed
  const mayReplace = form.correcting === true || heard.entities.corrects === true || heard.intent === 'deny' || heard.intent === 'reschedule'
  const learned: RepairFields = {}
  const asked = form.asking === null ? {} : fieldNamed(form.asking).find(heard)
  for (const [key, value] of Object.entries(found)) {
    const name = toKey(key)
    if (name === undefined || value === undefined) continue
    if (name === 'photos') learned.photos = [...new Set([...(form.fields.photos ?? []), ...value])]
    else if (typeof value !== 'string') continue
    else if (name === 'symptom' && form.asking !== 'symptom') learned.symptom = addSymptom(form.fields.symptom, value)
    else if (form.fields[name] === undefined || mayReplace || name in asked || name in labelled || belongsTo(form.asking, name))
      learned[name] = cut(value, name === 'symptom' ? 1000 : undefined)
  }
  const changed: RepairFields = Object.fromEntries(Object.entries(learned).filter(([key, value]) => !same(form.fields, key, value)))
  const windows = heard.entities.windows ?? []
  if (changed.preferredTime !== undefined && (windows.length > 0 || form.fields.preferredWindows !== undefined)) changed.preferredWindows = [...windows]
  return {
    fields: { ...form.fields, ...learned, ...changed },
    learned: changed,
    doubtful: doubtfulKeys.filter((key) => (learned[key] === undefined ? form.doubtful.includes(key) : guessed.includes(key))),
    onLabel: onLabel?.value ?? form.onLabel,
    answered: Object.keys(found).length > 0,
  }
}

interface Filled {
  fields: RepairFields
  learned: RepairFields
  doubtful: DoubtfulKey[]
  onLabel: string | null
  answered: boolean
}

/** Only where the customer has written none: their own words count more than a photo, unless the photo is the answer to that question. */
function serialOnPhoto(found: RepairFields, form: FormState, { codes }: Heard, { settings }: FlowContext): LabelSerial | undefined {
  if (found.serial !== undefined || (form.fields.serial !== undefined && form.asking !== 'serial')) return undefined
  return serialOnLabel(codes, settings.products, found.product ?? form.fields.product)
}

/** Which of the values are guesses; a serial number in answer to its question is held against the makers' formats as any other. */
function judged(found: RepairFields, form: FormState, heard: Heard, { settings }: FlowContext): { found: RepairFields; guessed: DoubtfulKey[] } {
  const guessed = doubtfulKeys.filter((key) => found[key] !== undefined && found[key] === heard.entities[key] && heard.uncertain.includes(key))
  if (found.serial === undefined || found.serial === heard.entities.serial) return { found, guessed }
  const { value, certain } = judgeSerial(found.serial, settings.products, found.product ?? form.fields.product)
  return { found: { ...found, serial: value }, guessed: certain ? guessed : [...guessed, 'serial'] }
}

function findFields(form: FormState, heard: Heard, labelled: RepairFields, context: FlowContext): RepairFields {
  const asked = form.asking === null ? undefined : fieldNamed(form.asking)
  const files = fieldNamed('photos').find(heard)
  const claimed = asked?.claim?.(heard.text)
  // The number as understood knows its country, where that can be known.
  const phone = claimed?.phone === undefined ? {} : { phone: heard.entities.phone ?? claimed.phone }
  if (claimed !== undefined) return { ...claimed, ...phone, ...files }
  const said = { ...merged(fields.map((field) => field.find(heard))), ...labelled }
  const found: RepairFields = { ...looseLines(form, heard, said, context), ...said }
  const onlyAsked = Object.keys(found).length === 1 && asked !== undefined && asked.name in found
  if (onlyAsked && asked.whole === true && isShort(heard.text)) return { ...found, ...asked.read(heard.text) }
  if (Object.keys(found).length > 0 || asked === undefined || !maySayAnything(heard)) return found
  return asked.read(heard.text) ?? {}
}

function isShort(text: string): boolean {
  return !text.includes('\n') && [...text].length <= 100
}

/** "Yes", "skip" or "cancel my appointment" is no address; a question with a fact in it is read above, one without is none. */
function maySayAnything({ intent, confidence, choice }: Heard): boolean {
  return choice === undefined && (confidence < 0.85 || free.includes(intent))
}

/** What people want who answer in words of their own, as far as it looks like anything else. */
const free: readonly Intent[] = [
  'none',
  'report_repair',
  'add_information',
  'reopen',
  'order_part',
  'book_inspection',
  'thank',
  'greet',
  'complain',
  'talk_to_person',
  'ask_status',
  'reschedule',
]

/** "Serial number: KP-20391" on a line of its own, as people answer a mail that asks for several things. */
function labelledFields(text: string): RepairFields {
  return merged(
    text.split('\n').map((line): RepairFields => {
      const [, label, value] = /^(?:(?:[-*•]|\d{1,2}[.)、]) ?)?([^:：=]{2,40})[:：=](.*)$/.exec(line.trim()) ?? []
      if (label === undefined || value === undefined || label.trim().split(/\s+/).length > 3) return {}
      return fields.find(({ called }) => called.test(label.toLowerCase()))?.read(value.trim()) ?? {}
    }),
  )
}

/** The later counts. */
function merged(parts: readonly RepairFields[]): RepairFields {
  return parts.reduce((known, part) => ({ ...known, ...part }), {})
}

/** Lines without labels, in answer to a mail that asks for several things: a bare code is the serial number, a line with a house number the address. */
function looseLines(form: FormState, heard: Heard, said: RepairFields, context: FlowContext): RepairFields {
  const lines = heard.text.split('\n').map((line) => line.replace(/^\s*(?:[-*•]|\d{1,2}[.)、])\s+/, '').trim())
  if (lines.length < 2) return {}
  const open = unknownFields(form, context).map(({ name }) => name)
  const found: RepairFields = {}
  for (const line of lines) {
    const code = open.includes('serial') && said.serial === undefined ? fieldNamed('serial').claim?.(line)?.serial : undefined
    if (code !== undefined && /[A-Z]/.test(code) && !/\s/.test(code) && code !== said.errorCode) found.serial ??= code
    else if (open.includes('address') && said.address === undefined && looksLikePlace(line)) found.address ??= line
  }
  return found
}

/** Words, a house number and a place: "Old Mill 3, 62704 Springfield". */
function looksLikePlace(line: string): boolean {
  return (
    /^(?:\p{L}[\p{L}.'-]* ){0,4}\p{L}[\p{L}.'-]{2,} \d{1,4}[a-z]?, (?:\d{4,6} )?\p{L}{3,}|^\d{1,5} \p{L}{3,}[\p{L} .'-]*, \p{L}{3,}/iu.test(line) &&
    line.length <= 120
  )
}

const keys = ['product', 'serial', 'errorCode', 'symptom', 'address', 'contactName', 'phone', 'email', 'preferredTime', 'photos'] as const

function toKey(key: string): (typeof keys)[number] | undefined {
  return keys.find((known) => known === key)
}

function belongsTo(asking: RepairField | null, key: string): boolean {
  return asking === key || (asking === 'contact' && (key === 'phone' || key === 'email' || key === 'contactName'))
}

function same(known: RepairFields, key: string, value: unknown): boolean {
  const name = toKey(key)
  return name !== undefined && JSON.stringify(known[name]) === JSON.stringify(value)
}
