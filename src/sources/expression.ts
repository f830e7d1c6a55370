// How a setting says where in a sender's JSON something stands: `$.order.id` (JSONPath, RFC 9535), or words with such places in them,
// `Order {$.order.id}`. Anything else is what it is.
import { jsonpath, type JSONValue } from 'json-p3'

/** Undefined where the JSON has nothing there. */
export type Expression = (input: JSONValue) => string | undefined

const places = /\{(\$[^{}]*)\}/g

/** What is wrong with it; undefined when nothing is. */
export function checkExpression(text: string): string | undefined {
  const paths = text.startsWith('$') ? [text] : [...text.matchAll(places)].map(([, path]) => path ?? '')
  for (const path of paths) {
    try {
      jsonpath.compile(path)
    } catch (error) {
      return `${path} is no JSONPath: ${error instanceof Error ? error.message : 'it cannot be read'}`
    }
  }
  return undefined
}

/** @throws where `checkExpression` finds something wrong. */
export function readExpression(text: string): Expression {
  if (text.startsWith('$')) {
    const query = jsonpath.compile(text)
    return (input) => wordsOf(query.query(input).values())
  }
  const parts = [...text.matchAll(places)].map(([place, path = '']) => ({ place, read: readExpression(path) }))
  if (parts.length === 0) return () => text
  return (input) => {
    const filled = parts.map(({ place, read }) => ({ place, words: read(input) }))
    // Of a sentence about nothing nothing is left.
    if (filled.every(({ words }) => words === undefined)) return undefined
    return filled.reduce((sentence, { place, words = '' }) => sentence.replace(place, () => words), text).trim()
  }
}

/** Several are told one after the other; an object or a list is no words. */
function wordsOf(values: readonly unknown[]): string | undefined {
  const words = values.flatMap((value) => (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? [clean(String(value))] : []))
  const said = words.filter((each) => each !== '')
  return said.length === 0 ? undefined : said.join(', ')
}

/** What any store can hold. */
function clean(text: string): string {
  return text.replaceAll('\0', '').toWellFormed().trim()
}
