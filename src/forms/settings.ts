// The forms as a company writes them into mendline.yaml: one for everything, others for lines of products, with questions of its own.
import { z } from 'zod'
import type { Language } from '../message.ts'
import type { FieldNeed, Forms, Question, RepairField, Wording } from './form.ts'

const need = z.enum(['required', 'optional', 'hidden'])

export const formSchema = z
  .strictObject({
    product: need.default('required'),
    serial: need.default('optional'),
    symptom: need.default('required'),
    photos: need.default('optional'),
    address: need.default('required'),
    contact: need.default('required'),
    preferredTime: need.default('optional'),
  })
  .prefault({})

const words = z.string().trim().min(1, 'is empty')
/** Long enough to ask, short enough for a text message with the choices behind it. */
const wording = z.union([words.max(300), z.strictObject({ en: words.max(300).optional(), zh: words.max(300).optional() })], {
  error: 'is a text of at most 300 characters, or one for each language: { en: …, zh: … }',
})

const name = z.string('is missing').regex(/^[a-z][a-z0-9_]{0,39}$/, 'is a name of small letters, digits and _, such as purchase_date')
/** https://help.twilio.com/articles/223134027 */
const carrierWord = /^(?:stop|stopall|unsubscribe|cancel|end|quit|revoke|optout|yes|start|unstop|help|info)$/i
const optionLabel = wording.refine((label) => !textsOf(label).some((text) => carrierWord.test(text)), 'is a word that phone networks answer themselves')
const option = z.union([optionLabel, z.strictObject({ id: name, label: optionLabel })], { error: 'is a text, or { id: …, label: … }' })
type OptionSetting = z.output<typeof option>

const common = { id: name, ask: wording, label: wording.optional(), need: z.enum(['required', 'optional']).default('optional') }
const types = ['text', 'number', 'choice', 'yes_no', 'date'] as const

const question = z.discriminatedUnion(
  'type',
  [
    z.strictObject({ ...common, type: z.literal('text') }),
    z
      .strictObject({ ...common, type: z.literal('number'), min: z.number().optional(), max: z.number().optional(), unit: wording.optional() })
      .refine(({ min = -Infinity, max = Infinity }) => min <= max, { path: ['min'], error: 'is more than max' }),
    z.strictObject({
      ...common,
      type: z.literal('choice'),
      options: z
        .array(option, 'names what there is to choose from')
        .min(2, 'has at least two, or there is nothing to choose')
        .max(20, 'has at most 20')
        .superRefine((options, context) => noteTwins(options.map(idOf), context)),
    }),
    z.strictObject({ ...common, type: z.literal('yes_no') }),
    /** A purchase lies in the past, a holiday in the future; a date without a year is read by it. */
    z.strictObject({ ...common, type: z.literal('date'), when: z.enum(['past', 'future']).optional() }),
  ],
  { error: `is no type of question; there are ${types.join(', ')}` },
)
type QuestionSetting = z.output<typeof question>

export const questionsSchema = z
  .array(question)
  .default([])
  .superRefine((questions, context) =>
    noteTwins(
      questions.map(({ id }) => id),
      context,
      'id',
    ),
  )

const line = z.strictObject({
  name: words,
  /** By their names in `products`. */
  products: z.array(words).min(1, 'names at least one product'),
  /** What is different from the form for everything. */
  form: z
    .strictObject({
      product: need.optional(),
      serial: need.optional(),
      symptom: need.optional(),
      photos: need.optional(),
      address: need.optional(),
      contact: need.optional(),
      preferredTime: need.optional(),
    })
    .default({}),
  questions: questionsSchema,
})
export const productLinesSchema = z.array(line).default([])

interface FormSettings {
  language: Language
  form: Record<RepairField, FieldNeed>
  questions: readonly QuestionSetting[]
  productLines: readonly z.output<typeof line>[]
  products: readonly { name: string }[]
}

type Report = (path: (string | number)[], message: string) => void

/** What only shows when the parts are seen together. */
export function checkForms({ language, questions, productLines, products }: FormSettings, report: Report): void {
  checkWordings(questions, language, ['questions'], report)
  const lineOf = new Map<string, string>()
  for (const [at, each] of productLines.entries()) {
    const path = ['productLines', at]
    checkWordings(each.questions, language, [...path, 'questions'], report)
    for (const [index, { id }] of each.questions.entries())
      if (questions.some((other) => other.id === id)) report([...path, 'questions', index, 'id'], `"${id}" is asked of every product already`)
    for (const [index, product] of each.products.entries()) {
      const other = lineOf.get(product)
      const known = products.some((one) => one.name === product)
      if (!known) report([...path, 'products', index], `"${product}" is not the name of a product in products`)
      else if (other !== undefined) report([...path, 'products', index], `"${product}" belongs to ${other} already`)
      lineOf.set(product, each.name)
    }
  }
}

function checkWordings(questions: readonly QuestionSetting[], language: Language, path: (string | number)[], report: Report): void {
  const check = (text: WordingSetting | undefined, at: (string | number)[]): void => {
    if (typeof text === 'object' && text[language] === undefined) report([...path, ...at], `says nothing in ${language}, the company's language`)
  }
  for (const [index, each] of questions.entries()) {
    check(each.ask, [index, 'ask'])
    check(each.label, [index, 'label'])
    if (each.type === 'number') check(each.unit, [index, 'unit'])
    if (each.type === 'choice') for (const [at, one] of each.options.entries()) check(labelOf(one), [index, 'options', at])
  }
}

/** The forms with every text in every language, and each line's form whole. */
export function readForms({ language, form, questions, productLines }: FormSettings): Forms {
  const own = questions.map((each) => readQuestion(each, language))
  return {
    form,
    questions: own,
    productLines: productLines.map((each) => ({
      name: each.name,
      products: each.products,
      form: { ...form, ...withoutUndefined(each.form) },
      questions: [...own, ...each.questions.map((one) => readQuestion(one, language))],
    })),
  }
}

function readQuestion(setting: QuestionSetting, language: Language): Question {
  const { id, need: wanted } = setting
  const ask = read(setting.ask, language)
  const label = setting.label === undefined ? { en: asLabel(ask.en), zh: asLabel(ask.zh) } : read(setting.label, language)
  const asked = { id, ask, label, need: wanted }
  switch (setting.type) {
    case 'text':
    case 'yes_no':
      return { ...asked, type: setting.type }
    case 'number': {
      const { type, min = null, max = null, unit } = setting
      return { ...asked, type, min, max, unit: unit === undefined ? null : read(unit, language) }
    }
    case 'choice':
      return { ...asked, type: setting.type, options: setting.options.map((one) => ({ id: idOf(one), label: read(labelOf(one), language) })) }
    case 'date':
      return { ...asked, type: setting.type, when: setting.when ?? null }
  }
}

type WordingSetting = z.output<typeof wording>

function read(setting: WordingSetting, language: Language): Wording {
  const own = typeof setting === 'string' ? setting : (setting[language] ?? '')
  return typeof setting === 'string' ? { en: own, zh: own } : { en: setting.en ?? own, zh: setting.zh ?? own }
}

function textsOf(setting: WordingSetting): string[] {
  return typeof setting === 'string' ? [setting] : Object.values(setting)
}

/** "When did you buy it?" asks, "When did you buy it" names. */
function asLabel(text: string): string {
  return text.replace(/[?？:：.。\s]+$/u, '')
}

function labelOf(setting: OptionSetting): WordingSetting {
  return typeof setting === 'object' && 'id' in setting ? setting.label : setting
}

/** A plain text is its own id; one in several languages goes by the first. */
function idOf(setting: OptionSetting): string {
  return typeof setting === 'object' && 'id' in setting ? setting.id : (textsOf(setting)[0] ?? '')
}

function noteTwins(ids: readonly string[], context: z.RefinementCtx, field?: string): void {
  for (const [index, id] of ids.entries())
    if (ids.indexOf(id) < index) context.addIssue({ code: 'custom', path: field === undefined ? [index] : [index, field], message: `"${id}" is there twice` })
}

function withoutUndefined(needs: Partial<Record<RepairField, FieldNeed | undefined>>): Partial<Record<RepairField, FieldNeed>> {
  return Object.fromEntries(Object.entries(needs).filter(([, wanted]) => wanted !== undefined))
}
