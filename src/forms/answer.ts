// Values of a company's own questions: whether one answers its question, and how people read it.
import type { Language } from '../message.ts'
import { showDate } from '../understanding/times/date.ts'
import type { Answer, Question } from './form.ts'

export function answerOf(question: Question, value: Answer['value'], language: Language): Answer {
  return { label: question.label[language], value, text: showValue(question, value, language) }
}

/** A value that was given before the question was changed may be none any more. */
export function answers(question: Question, value: Answer['value']): boolean {
  switch (question.type) {
    case 'text':
      return typeof value === 'string'
    case 'number':
      return typeof value === 'number' && isWithin(question, value)
    case 'choice':
      return question.options.some(({ id }) => id === value)
    case 'yes_no':
      return typeof value === 'boolean'
    case 'date':
      return typeof value === 'string' && /^\d{4}(?:-\d{2}){0,2}$/.test(value)
  }
}

export function isWithin({ min, max }: Extract<Question, { type: 'number' }>, value: number): boolean {
  return (min === null || value >= min) && (max === null || value <= max)
}

export function showValue(question: Question, value: Answer['value'], language: Language): string {
  if (question.type === 'number') return showAmount(question, Number(value), language)
  if (question.type === 'choice') return question.options.find(({ id }) => id === value)?.label[language] ?? String(value)
  if (question.type === 'date') return showDate(String(value), language)
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value)
}

/** "12 km". */
export function showAmount({ unit }: Extract<Question, { type: 'number' }>, amount: number, language: Language): string {
  return unit === null ? String(amount) : `${amount} ${unit[language]}`
}
