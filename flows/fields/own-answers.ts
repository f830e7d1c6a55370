// What a customer's words say to a question of the company's own, by its type.
import type { FlowContext } from '../../src/flow.ts'
import { isWithin } from '../../src/forms/answer.ts'
import type { Answer, Question } from '../../src/forms/form.ts'
import { readAmount } from '../../src/understanding/answers/number.ts'
import { bare, fold } from '../../src/understanding/fold.ts'
import { readDate } from '../../src/understanding/times/date.ts'
import { isOpenAnswer, type Heard } from '../heard.ts'
import { cut, isNoValue } from './field.ts'

type Value = Answer['value'] | undefined

/** More than this is no answer to one question; it also bounds the work. */
const longestText = 500

/** To the question just asked: a choice, a yes or a no, or words. */
export function readReply(question: Question, heard: Heard, context: FlowContext): Value {
  const { choice, intent, confidence, text } = heard
  if (question.type === 'choice' && choice !== undefined) return question.options.find(({ id }) => `option:${id}` === choice)?.id
  if (question.type === 'yes_no' && (choice === 'yes' || choice === 'no')) return choice === 'yes'
  if (choice !== undefined || text === '') return undefined
  if (question.type === 'yes_no') {
    const said =
      confidence < 0.6 ? undefined : intent === 'confirm' || intent === 'approve' ? true : intent === 'deny' || intent === 'decline' ? false : undefined
    return said ?? readWords(question, text, context)
  }
  if (question.type === 'text' && !isOpenAnswer(heard)) return undefined
  return readWords(question, text, context)
}

/** From words that are meant for it. */
export function readWords(question: Question, written: string, { now, settings: { timeZone, country } }: FlowContext): Value {
  const words = written.slice(0, longestText)
  switch (question.type) {
    case 'text':
      return isNoValue(cut(written)) ? undefined : cut(written, longestText)
    case 'number': {
      const amount = readAmount(words, question.unit === null ? [] : Object.values(question.unit))
      return amount !== undefined && isWithin(question, amount) ? amount : undefined
    }
    case 'choice':
      return readOption(question.options, words)
    case 'yes_no':
      return readYesNo(words)
    case 'date':
      return readDate(words, { now, timeZone, country, when: question.when })
  }
}

/** From a line among others, where nothing says what it is about: only what has the look of it. */
export function readLoosely(question: Question, line: string, context: FlowContext): Value {
  const plain = bare(line)
  switch (question.type) {
    case 'text':
      return undefined
    case 'number':
      return question.unit !== null &&
        /\p{L}|\p{S}/u.test(plain) &&
        plain.length <= 30 &&
        Object.values(question.unit).some((unit) => plain.includes(fold(unit)))
        ? readWords(question, line, context)
        : undefined
    case 'choice':
      return question.options.find(({ label }) => Object.values(label).some((text) => bare(text) === plain))?.id
    case 'yes_no':
      return /^(?:yes|no|yep|yeah|nope|是|是的|不是|对|有|没有|否)$/.test(plain) ? readYesNo(line) : undefined
    case 'date':
      return /\d{4}/.test(plain) && plain.length <= 30 ? readWords(question, line, context) : undefined
  }
}

/** The one whose words are all there, little ones aside: "in the studio" is "In a studio". Of two, one inside the other, the longer. */
function readOption(options: Extract<Question, { type: 'choice' }>['options'], words: string): string | undefined {
  const said = bare(words)
  const named = options.flatMap(({ id, label }) =>
    Object.values(label)
      .map(tellingWords)
      .filter((telling) => telling.every((word) => (/\p{Script=Han}/u.test(word) ? said.includes(word) : said.split(' ').includes(word))))
      .map((telling) => ({ id, length: telling.join(' ').length })),
  )
  const most = Math.max(0, ...named.map(({ length }) => length))
  const best = new Set(named.filter(({ length }) => length === most).map(({ id }) => id))
  return best.size === 1 ? [...best][0] : undefined
}

function tellingWords(label: string): string[] {
  const all = bare(label).split(' ')
  const telling = all.filter((word) => !/^(?:an?|the|my|our|your|in|at|on|of|to|is|it|its)$/.test(word))
  return telling.length === 0 ? all : telling
}

function readYesNo(words: string): boolean | undefined {
  const plain = bare(words)
  if (/^(?:no|nope|nah|not|never|none|don't|doesn't|isn't|haven't|hasn't|it (?:isn't|is not|doesn't|does not))\b|^(?:不|没|否|无|从不|从没)/.test(plain))
    return false
  return /^(?:yes|yeah|yep|yup|sure|of course|correct|right|indeed|it (?:is|does|has)|i (?:do|have))\b|^(?:是|对|有|会|能|可以|当然|嗯)/.test(plain)
    ? true
    : undefined
}
