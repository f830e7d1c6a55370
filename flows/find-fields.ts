// What a message says of the fields of a form: by what was understood of it, by labels, line by line, or as the answer to the open question.
import type { FlowContext } from '../src/flow.ts'
import { joinFields } from '../src/tickets/join-fields.ts'
import type { RepairFields } from '../src/tickets/ticket.ts'
import type { Field, FieldName } from './fields/field.ts'
import { fieldIn, fieldNamed, fieldsOf } from './fields/index.ts'
import { isOpenAnswer, type Heard } from './heard.ts'

export function findFields(
  { fields, asking }: { fields: RepairFields; asking: FieldName | null },
  heard: Heard,
  labelled: RepairFields,
  open: readonly Field[],
  context: FlowContext,
): RepairFields {
  const asked = fieldIn(fields, asking, context)
  const files = fieldNamed('photos').find(heard)
  const claimed = asked?.claim?.(heard.text)
  // The number as understood knows its country, where that can be known.
  const phone = claimed?.phone === undefined ? {} : { phone: heard.entities.phone ?? claimed.phone }
  if (claimed !== undefined) return { ...claimed, ...phone, ...files }
  const told = toldOfOwn(fields, heard.text, context)
  const said = joinFields(without(joinFields(merged(fieldsOf(fields, context).map((field) => field.find(heard))), labelled), told.lines), told.fields)
  const reply = told.lines.length > 0 ? undefined : asked?.own?.reply(heard, context)
  if (reply !== undefined) return { ...beside(said), ...reply, ...files }
  for (const key of asked?.own?.mistakable ?? []) if (!(key in labelled)) delete said[key]
  const found = joinFields(looseLines(open, asked, heard, said, context), said)
  const onlyAsked = Object.keys(found).length === 1 && asked !== undefined && asked.name in found
  if (onlyAsked && asked.whole === true && isShort(heard.text)) return { ...found, ...asked.read(heard.text) }
  // A code alone tells what is wrong, as far as the customer can: nobody is asked for it again and again.
  if (asked?.name === 'symptom' && found.errorCode !== undefined && found.symptom === undefined) return { ...found, ...asked.read(heard.text) }
  if (Object.keys(found).length > 0 || asked === undefined || !isOpenAnswer(heard)) return found
  return asked.read(heard.text) ?? {}
}

function isShort(text: string): boolean {
  return !text.includes('\n') && [...text].length <= 100
}

/** "Serial number: KP-20391" on a line of its own, as people answer a mail that asks for several things. */
export function labelledFields(fields: RepairFields, text: string, context: FlowContext): RepairFields {
  return merged(
    text.split('\n').map((line): RepairFields => {
      const [, label, value] = /^(?:(?:[-*•]|\d{1,2}[.)、]) ?)?([^:：=]{2,40})[:：=](.*)$/.exec(line.trim()) ?? []
      if (label === undefined || value === undefined || label.trim().split(/\s+/).length > 3) return {}
      const named = fieldsOf(fields, context).filter(({ own }) => own === undefined)
      return named.find(({ called }) => called.test(label.toLowerCase()))?.read(value.trim()) ?? {}
    }),
  )
}

/** "Purchase date: 3 May", and the lines that are about nothing else. */
function toldOfOwn(fields: RepairFields, text: string, context: FlowContext): { fields: RepairFields; lines: string[] } {
  const told = fieldsOf(fields, context).flatMap(({ own }) => own?.told(text, context) ?? [])
  return { fields: merged(told.map((one) => one.fields)), lines: told.map(({ line }) => line) }
}

/** Of a line that is about something else nothing is taken for a time or a number. */
function without(found: RepairFields, lines: readonly string[]): RepairFields {
  return Object.fromEntries(Object.entries(found).filter(([, value]) => typeof value !== 'string' || !lines.some((line) => line.includes(value))))
}

/** What in an answer to a question of the company's own cannot be mistaken for something else. */
function beside({ address, email }: RepairFields): RepairFields {
  return { ...(address === undefined ? {} : { address }), ...(email === undefined ? {} : { email }) }
}

/** The later counts. */
function merged(parts: readonly RepairFields[]): RepairFields {
  return parts.reduce(joinFields, {})
}

/**
 * Lines without labels, in answer to a mail that asks for several things: a bare code is the serial number, a line with a house number the
 * address, and what has the look of it answers a question of the company's own. A bare code is no address in chat either.
 */
function looseLines(open: readonly Field[], asked: Field | undefined, heard: Heard, said: RepairFields, context: FlowContext): RepairFields {
  const lines = heard.text.split('\n').map((line) => line.replace(/^\s*(?:[-*•]|\d{1,2}[.)、])\s+/, '').trim())
  const wants = (name: 'serial' | 'address'): boolean => said[name] === undefined && open.some((field) => field.name === name)
  const several = lines.length > 1
  const mayBeCode = wants('serial') && (several || asked?.name === 'address' || asked?.name === 'preferredTime')
  let found: RepairFields = {}
  for (const line of lines) {
    const code = mayBeCode ? fieldNamed('serial').claim?.(line)?.serial : undefined
    if (code !== undefined && /[A-Z]/.test(code) && /^[^\s/]+$/.test(code) && code !== said.errorCode) found = { serial: code, ...found }
    else if (several && wants('address') && looksLikePlace(line)) found = { address: line, ...found }
    else if (several) found = joinFields(found, looseAnswer(open, found, line, context))
  }
  return found
}

function looseAnswer(open: readonly Field[], found: RepairFields, line: string, context: FlowContext): RepairFields {
  for (const field of open) {
    const answer = field.known(found, context) ? undefined : field.own?.loose(line, context)
    if (answer !== undefined) return answer
  }
  return {}
}

/** Words, a house number and a place: "Old Mill 3, 62704 Springfield". */
function looksLikePlace(line: string): boolean {
  return (
    /^(?:\p{L}[\p{L}.'-]* ){0,4}\p{L}[\p{L}.'-]{2,} \d{1,4}[a-z]?, (?:\d{4,6} )?\p{L}{3,}|^\d{1,5} \p{L}{3,}[\p{L} .'-]*, \p{L}{3,}/iu.test(line) &&
    line.length <= 120
  )
}
