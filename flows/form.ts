// The form helper: what is still to be asked, and what a message fills in.
import type { FlowContext } from '../src/flow.ts'
import { joinFields } from '../src/tickets/join-fields.ts'
import type { RepairFields } from '../src/tickets/ticket.ts'
import { cut, type Field, type FieldName } from './fields/field.ts'
import { fieldIn, fieldsOf, needOf } from './fields/index.ts'
import { findFields, labelledFields } from './find-fields.ts'
import { addSymptom } from './fields/symptom.ts'
import { doubtfulKeys, type DoubtfulKey } from './doubt.ts'
import type { Heard } from './heard.ts'
import { serialOnLabel, type LabelSerial } from '../src/understanding/entities/label.ts'
import { judgeSerial } from '../src/understanding/entities/serial.ts'

export interface FormState {
  fields: RepairFields
  asking: FieldName | null
  declined: readonly FieldName[]
  postponed: readonly FieldName[]
  offered: readonly FieldName[]
  doubtful: readonly DoubtfulKey[]
  /** The serial number that was read on a label in a photo. */
  onLabel: string | null
  /** The customer has the summary before them: what they say puts it right. */
  correcting?: boolean
}

/** Fields that are wanted and not known; what is known is never asked. */
export function unknownFields(form: FormState, context: FlowContext): Field[] {
  return fieldsOf(form.fields, context).filter((field) => isWanted(field, form, context) && !field.known(form.fields, context))
}

/** Required ones that are not known, put off or not. */
export function lackingFields(form: FormState, context: FlowContext): Field[] {
  return unknownFields(form, context).filter(({ name }) => isRequired(name, form, context))
}

/** What to ask one by one: first what was not asked, then once more what is needed and was put off. */
export function nextField(form: FormState, context: FlowContext): Field | undefined {
  const open = unknownFields(form, context).filter(({ name }) => !form.declined.includes(name))
  return (
    open.find(({ name }) => !form.postponed.includes(name) && isAsked(name, form, context)) ??
    open.find(({ name }) => isRequired(name, form, context) && form.postponed.filter((postponed) => postponed === name).length < 2)
  )
}

/** Photos that are only welcome are offered with the summary, not asked for: most people have none at hand. */
function isAsked(name: FieldName, form: FormState, context: FlowContext): boolean {
  return name !== 'photos' || isRequired(name, form, context)
}

/** What one mail asks for: all that is needed, and what would help if no mail has asked for it yet. */
export function fieldsForMail(form: FormState, context: FlowContext): { needed: Field[]; welcome: Field[] } {
  const open = unknownFields(form, context).filter(({ name }) => !form.declined.includes(name))
  return {
    needed: open.filter(({ name }) => isRequired(name, form, context)),
    welcome: open.filter(({ name }) => !isRequired(name, form, context) && !form.offered.includes(name) && !form.postponed.includes(name)),
  }
}

export function isRequired(name: FieldName, { fields }: Pick<FormState, 'fields'>, context: FlowContext): boolean {
  return needOf(name, fields, context) === 'required'
}

function isWanted({ name }: Field, { fields }: FormState, context: FlowContext): boolean {
  return needOf(name, fields, context) !== 'hidden' && (name !== 'photos' || context.abilities.attachments)
}

/**
 * What a message fills in: the answer to the open question, and whatever else it says. Something known is replaced only
 * when it is asked for, or when the message puts something right. `answered` is false when nothing was learnt; `doubtful` is what of
 * all that is known now was guessed.
 */
export function fill(form: FormState, heard: Heard, context: FlowContext): Filled {
  const labelled = labelledFields(form.fields, heard.text, context)
  const said = judged(findFields(form, heard, labelled, unknownFields(form, context), context), form, heard, context)
  const onLabel = serialOnPhoto(said.found, form, heard, context)
  const found = onLabel === undefined ? said.found : { ...said.found, serial: onLabel.value }
  const guessed = onLabel?.certain === false ? [...said.guessed, 'serial'] : said.guessed
  const mayReplace = form.correcting === true || heard.entities.corrects === true || heard.intent === 'deny'
  // Another time is no other device.
  const newTime = heard.intent === 'reschedule'
  const learned: RepairFields = {}
  const asked = fieldIn(form.fields, form.asking, context)?.find(heard) ?? {}
  for (const [key, value] of Object.entries(found)) {
    const name = toKey(key)
    if (name === undefined || value === undefined) continue
    if (name === 'photos') learned.photos = [...new Set([...(form.fields.photos ?? []), ...value])]
    else if (name === 'answers' || typeof value !== 'string') continue
    else if (name === 'symptom' && form.asking !== 'symptom') learned.symptom = addSymptom(form.fields.symptom, value)
    else if (
      form.fields[name] === undefined ||
      mayReplace ||
      (newTime && name === 'preferredTime') ||
      name in asked ||
      name in labelled ||
      belongsTo(form.asking, name)
    )
      learned[name] = cut(value, name === 'symptom' ? 1000 : undefined)
  }
  const given = changedAnswers(form.fields, found)
  if (given !== undefined) learned.answers = given
  const changed: RepairFields = Object.fromEntries(Object.entries(learned).filter(([key, value]) => !same(form.fields, key, value)))
  const windows = heard.entities.windows ?? []
  if (changed.preferredTime !== undefined && (windows.length > 0 || form.fields.preferredWindows !== undefined)) changed.preferredWindows = [...windows]
  return {
    fields: joinFields(joinFields(form.fields, learned), changed),
    learned: changed,
    doubtful: doubtfulKeys.filter((key) => (learned[key] === undefined ? form.doubtful.includes(key) : guessed.includes(key))),
    onLabel: onLabel?.value ?? form.onLabel,
    answered: Object.keys(found).length > 0,
  }
}

function changedAnswers({ answers: known = {} }: RepairFields, { answers: found = {} }: RepairFields): RepairFields['answers'] {
  const changed = Object.entries(found).filter(([id, { value }]) => known[id]?.value !== value)
  return changed.length === 0 ? undefined : Object.fromEntries(changed)
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

const keys = ['product', 'serial', 'errorCode', 'symptom', 'address', 'contactName', 'phone', 'email', 'preferredTime', 'photos', 'answers'] as const

function toKey(key: string): (typeof keys)[number] | undefined {
  return keys.find((known) => known === key)
}

function belongsTo(asking: FieldName | null, key: string): boolean {
  return asking === key || (asking === 'contact' && (key === 'phone' || key === 'email' || key === 'contactName'))
}

function same(known: RepairFields, key: string, value: unknown): boolean {
  const name = toKey(key)
  return name !== undefined && JSON.stringify(known[name]) === JSON.stringify(value)
}
