// Turns what the flows want said into one message: one turn, one bubble, one mail.
import type { Utterance } from '../flow.ts'
import type { Cause, Choice, Language } from '../message.ts'
import type { Texts } from './texts.ts'
import type { Said } from './turn.ts'

/**
 * All utterances of a turn become one message. Paragraphs are set apart by an empty line, lines of a list (templates that
 * begin with `- `) by none; the choices are those of the question asked last.
 */
export function compose(say: readonly Utterance[], language: Language, cause: Cause, texts: Texts): Said[] {
  if (say.length === 0) return []
  let text = ''
  let inList = false
  for (const utterance of say) {
    const isItem = texts.template(language, utterance.text).startsWith('- ')
    if (text !== '') text += isItem && (inList || text.endsWith(':') || text.endsWith('：')) ? '\n' : '\n\n'
    text += texts.render(language, utterance.text, utterance.with)
    inList = isItem
  }
  const choices = say.findLast(({ kind }) => kind === 'question')?.choices ?? []
  return [
    {
      text,
      choices: choices.map((choice) => renderChoice(choice, language, texts)),
      cause,
      acknowledgement: say.some((utterance) => utterance.kind === 'acknowledgement'),
      ticket: say.findLast((utterance) => utterance.ticket !== undefined)?.ticket ?? null,
      utterances: say.map((utterance) => ({ text: utterance.text, with: utterance.with ?? {} })),
    },
  ]
}

function renderChoice(choice: Choice, language: Language, texts: Texts): Choice {
  const label = choice.label.startsWith('@') ? texts.render(language, choice.label.slice(1)) : choice.label
  return { value: choice.value, label }
}
