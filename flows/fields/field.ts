// The contract of a field of the repair form: how it is found in any message, and how an answer to its question is read.
import type { FlowContext } from '../../src/flow.ts'
import type { RepairField } from '../../src/forms/form.ts'
import type { Choice } from '../../src/message.ts'
import type { RepairFields } from '../../src/tickets/ticket.ts'
import type { Heard } from '../heard.ts'

/** A field that every company has, or a question of the company's own. */
export type FieldName = RepairField | `question:${string}`

export interface Field {
  readonly name: FieldName
  /** Is it known, from the form or from elsewhere? Then it is never asked. */
  known(fields: RepairFields, context: FlowContext): boolean
  /** What any message says of it. */
  find(heard: Heard): RepairFields
  /** The whole text can be nothing but this answer: then nothing else is read from it. Absent: an answer never is. */
  claim?(text: string): RepairFields | undefined
  /** A reply to this very question from which nothing was found; undefined when it is no answer. */
  read(text: string): RepairFields | undefined
  /** A short answer to the question is kept whole, with all it says beside what is found in it: "12 Elm St, ring twice". */
  readonly whole?: boolean
  /** How the summary shows it. */
  show(fields: RepairFields, context: FlowContext): string | undefined
  /** Words by which customers call it: "change the address", "Address: …". Matched in lower case. */
  readonly called: RegExp
  /** Of a question of the company's own: what stands in flows/texts/ for the others, and how it is answered by its type. */
  readonly own?: OwnField
}

/** A key of flows/texts/ and what goes into it. */
export interface Words {
  text: string
  with: Readonly<Record<string, string>>
}

export interface OwnField {
  ask(context: FlowContext): Words
  /** Beside the others in a list. */
  item(context: FlowContext): Words
  summary(fields: RepairFields, context: FlowContext): Words | undefined
  label(context: FlowContext): string
  /** What to choose from; skipping is not among it. */
  choices(context: FlowContext): readonly Choice[]
  /** False where a number answers the question: then it cannot choose as well. */
  readonly mayChoose: boolean
  /** What an answer has to be, for whoever gave none. */
  wanted(context: FlowContext): Words
  /** A reply to this very question; undefined when it is no answer. */
  reply(heard: Heard, context: FlowContext): RepairFields | undefined
  /** What words that do not answer it are not to be taken for either: a wrong date is no time for a visit. */
  readonly mistakable: readonly (keyof RepairFields)[]
  /** "Purchase date: 3 May" in any message, and the line it stands on. */
  told(text: string, context: FlowContext): { line: string; fields: RepairFields } | undefined
  /** A line among others that can be nothing but this answer, where a mail asked for several things. */
  loose(line: string, context: FlowContext): RepairFields | undefined
}

/** Longer than this is no value of a field. */
export const longestValue = 300

export function cut(text: string, length = longestValue): string {
  const characters = [...text.trim()]
  return characters.length <= length ? text.trim() : `${characters.slice(0, length - 1).join('')}…`
}

/** One line without the words around a value: "It's a T5." says "T5". */
export function plain(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^(?:no|nope|sorry|不|不对|不是)\s*[,，]\s*/i, '')
    .replace(
      /^(?:(?:it|that|this|the (?:product|model|serial(?: number)?|address|number|time))(?:'s|’s| is| was)|its|is|i think|probably|maybe|是|就是|应该是|應該是|型号是|型號是|地址是|序列号是|序列號是)[\s:：]*/i,
      '',
    )
    .replace(/[\s.。!！,，;；]+$/, '')
    .trim()
}

/** A question back, or something too short or too long to be a value. */
export function isNoValue(text: string): boolean {
  return text.length === 0 || text.length > longestValue || /[?？]\s*$/.test(text) || !/[\p{L}\p{N}]/u.test(text)
}
