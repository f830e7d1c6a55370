// A company's own question as a field of the form: asked, understood and shown by its type.
import type { FlowContext } from '../../src/flow.ts'
import { answerOf, answers, showAmount, showValue } from '../../src/forms/answer.ts'
import type { Answer, Question } from '../../src/forms/form.ts'
import type { Choice } from '../../src/message.ts'
import type { RepairFields } from '../../src/tickets/ticket.ts'
import { readLoosely, readReply, readWords } from './own-answers.ts'
import type { Field, OwnField, Words } from './field.ts'

export function ownField(question: Question): Field {
  return {
    name: `question:${question.id}`,
    known: (fields) => valueOf(question, fields) !== undefined,
    find: () => ({}),
    read: () => undefined,
    show(fields, { language }) {
      const value = valueOf(question, fields)
      return value === undefined ? undefined : showValue(question, value, language)
    },
    called: calledBy(question),
    own: own(question),
  }
}

function own(question: Question): OwnField {
  const fieldsWith = (value: Answer['value'] | undefined, { settings }: FlowContext): RepairFields | undefined =>
    value === undefined ? undefined : { answers: { [question.id]: answerOf(question, value, settings.language) } }
  const mayChoose = question.type !== 'number'
  return {
    mayChoose,
    mistakable: question.type === 'date' ? ['preferredTime'] : question.type === 'number' ? ['serial', 'phone'] : [],
    ask: ({ language }) => ({ text: mayChoose || question.need === 'required' ? 'own.ask' : 'own.ask_or_skip', with: { question: question.ask[language] } }),
    item: (context) => itemOf(question, context),
    label: ({ language }) => question.label[language],
    summary(fields, { language }): Words | undefined {
      const value = valueOf(question, fields)
      const label = question.label[language]
      if (value === undefined) return undefined
      if (typeof value === 'boolean') return { text: value ? 'own.summary_yes' : 'own.summary_no', with: { label } }
      return { text: 'own.summary', with: { label, value: showValue(question, value, language) } }
    },
    choices: (context) => choicesOf(question, context),
    wanted: (context) => wantedOf(question, context),
    reply: (heard, context) => fieldsWith(readReply(question, heard, context), context),
    told(text, context) {
      for (const line of text.split('\n')) {
        const words = labelled(question, line)
        const fields = words === undefined ? undefined : fieldsWith(readWords(question, words, context), context)
        if (fields !== undefined) return { line, fields }
      }
      return undefined
    },
    loose: (line, context) => fieldsWith(readLoosely(question, line, context), context),
  }
}

function valueOf(question: Question, { answers: given }: RepairFields): Answer['value'] | undefined {
  const value = given?.[question.id]?.value
  return value !== undefined && answers(question, value) ? value : undefined
}

function itemOf(question: Question, { language }: FlowContext): Words {
  const asked = question.ask[language]
  if (question.type !== 'choice') return { text: 'own.item', with: { question: asked } }
  return { text: 'own.item_options', with: { question: asked, options: question.options.map(({ label }) => label[language]).join(' / ') } }
}

function choicesOf(question: Question, { language }: FlowContext): Choice[] {
  if (question.type === 'choice') return question.options.map(({ id, label }) => ({ value: `option:${id}`, label: label[language] }))
  if (question.type !== 'yes_no') return []
  return [
    { value: 'yes', label: '@own.yes' },
    { value: 'no', label: '@own.no' },
  ]
}

function wantedOf(question: Question, { language }: FlowContext): Words {
  switch (question.type) {
    case 'text':
      return { text: 'unclear.answer', with: {} }
    case 'choice':
    case 'yes_no':
      return { text: 'unclear.choice', with: {} }
    case 'date':
      return { text: question.when === null ? 'own.date' : `own.date_${question.when}`, with: {} }
    case 'number': {
      const { min, max, unit } = question
      if (min !== null && max !== null) return { text: 'own.between', with: { min: String(min), max: showAmount(question, max, language) } }
      if (min !== null) return { text: 'own.at_least', with: { min: showAmount(question, min, language) } }
      if (max !== null) return { text: 'own.at_most', with: { max: showAmount(question, max, language) } }
      return unit === null ? { text: 'own.number', with: {} } : { text: 'own.number_in', with: { unit: unit[language] } }
    }
  }
}

/** Whole words of its labels, and its id as words. */
function calledBy({ id, label }: Question): RegExp {
  const names = namesOf({ id, label }).map((name) =>
    /^\p{Script=Han}/u.test(name) ? RegExp.escape(name) : `(?<![\\p{L}\\d])${RegExp.escape(name)}(?![\\p{L}\\d])`,
  )
  return new RegExp(names.join('|'), 'u')
}

function namesOf({ id, label }: Pick<Question, 'id' | 'label'>): string[] {
  return [...new Set([label.en, label.zh, id.replaceAll('_', ' ')].map((name) => name.toLowerCase()))]
}

/** What stands behind the label: "Purchase date: 3 May", "the purchase date is 3 May", "购买日期是5月3日". */
function labelled(question: Question, line: string): string | undefined {
  const lower = line.toLowerCase()
  for (const name of namesOf(question)) {
    const at = lower.indexOf(name)
    if (at < 0 || /[\p{L}\d]$/u.test(/\p{Script=Han}/u.test(name) ? '' : lower.slice(0, at))) continue
    const rest = /^\s*[?？]?\s*(?:[:：=]|\bis\b|\bwas\b|\bshould be\b|应该是|應該是|是|为|為)\s*(.+)$/iu.exec(line.slice(at + name.length))?.[1]
    if (rest !== undefined) return rest
  }
  return undefined
}
