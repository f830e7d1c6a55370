// What a repair request asks for: how much each field is wanted, and a company's own questions; a line of products may have a form of its own.
import type { Language } from '../message.ts'

/** How much a field of the repair form is wanted. */
export type FieldNeed = 'required' | 'optional' | 'hidden'
export const repairFields = ['product', 'serial', 'symptom', 'photos', 'address', 'contact', 'preferredTime'] as const
export type RepairField = (typeof repairFields)[number]
export type RepairForm = Readonly<Record<RepairField, FieldNeed>>

/** In every language; where the company wrote none, that of its own language stands. */
export type Wording = Readonly<Record<Language, string>>

interface Asked {
  /** Of a form's questions each has its own; the answer stands under it on the ticket. */
  id: string
  ask: Wording
  /** Short, for the summary: "Purchase date". */
  label: Wording
  need: 'required' | 'optional'
}

export interface Option {
  id: string
  label: Wording
}

/** A question of the company's own, by what answers it. */
export type Question = Asked &
  (
    | { type: 'text' }
    /** Within these bounds, in this unit. */
    | { type: 'number'; min: number | null; max: number | null; unit: Wording | null }
    | { type: 'choice'; options: readonly Option[] }
    | { type: 'yes_no' }
    | { type: 'date'; when: 'past' | 'future' | null }
  )

export interface FormDefinition {
  form: RepairForm
  /** Asked in this order, after the fields. */
  questions: readonly Question[]
}

export interface ProductLine extends FormDefinition {
  name: string
  /** By their names in the catalogue. */
  products: readonly string[]
}

export interface Forms extends FormDefinition {
  productLines: readonly ProductLine[]
}

/** The form of the line that the product belongs to, else the one for everything. */
export function formFor({ productLines, form, questions }: Forms, product: string | undefined): FormDefinition {
  return productLines.find(({ products }) => product !== undefined && products.includes(product)) ?? { form, questions }
}

/** What answered a question of the company's own, readable also when that question is asked no more. */
export interface Answer {
  /** The question's label, in the company's language. */
  label: string
  /** Words; a number in the question's unit; the id of an option; an ISO 8601 date, of which the day or the month may not be known. */
  value: string | number | boolean
  /** The value as people read it, in the company's language. */
  text: string
}
