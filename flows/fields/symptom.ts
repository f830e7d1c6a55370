// What is wrong with it.
import { cut, type Field } from './field.ts'

const longestSymptom = 1000

export const symptom: Field = {
  name: 'symptom',
  known: (fields) => fields.symptom !== undefined,
  find: ({ entities: { symptom: said, errorCode } }) => ({
    ...(said === undefined ? {} : { symptom: said }),
    ...(errorCode === undefined ? {} : { errorCode }),
  }),
  read: (text) => (/\p{L}{2}|\p{Script=Han}/u.test(text) && !/^[^\n]{0,60}[?？]\s*$/.test(text.trim()) ? { symptom: cut(text, longestSymptom) } : undefined),
  show: ({ symptom: told, errorCode }) => (told === undefined || errorCode === undefined || told.includes(errorCode) ? told : `${told} (${errorCode})`),
  called: /symptom|problem|fault|issue|what(?:'s| is) wrong|问题|問題|故障|症状|症狀/,
}

/** More about the same trouble goes behind what is known, once. */
export function addSymptom(known: string | undefined, said: string): string {
  if (known === undefined) return cut(said, longestSymptom)
  return known.includes(said) ? known : cut(`${known}\n${said}`, longestSymptom)
}
