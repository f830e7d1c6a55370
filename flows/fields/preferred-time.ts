// When a visit would suit.
import type { FlowContext } from '../../src/flow.ts'
import { sayDay, sayHour } from '../../src/hours/say-when.ts'
import { isNoValue, plain, type Field } from './field.ts'

const hourMs = 3_600_000
/** More are seldom wished for, and none is easier to read. */
const mostShown = 3

export const preferredTime: Field = {
  name: 'preferredTime',
  whole: true,
  known: (fields) => fields.preferredTime !== undefined,
  find: ({ entities }) => (entities.preferredTime === undefined ? {} : { preferredTime: entities.preferredTime }),
  read(text) {
    const value = plain(text)
    return isNoValue(value) || [...value].length > 120 ? undefined : { preferredTime: value }
  },
  /** Their words, and what we take them for: nobody should find out on the day. */
  show({ preferredTime: words, preferredWindows = [] }, context) {
    if (words === undefined || preferredWindows.length === 0) return words
    const shown = preferredWindows.slice(0, mostShown).map((window) => sayWindow(window, context))
    const more = preferredWindows.length > mostShown ? ['…'] : []
    return context.language === 'zh' ? `${words}（${[...shown, ...more].join('；')}）` : `${words} (${[...shown, ...more].join('; ')})`
  },
  called: /\btimes?\b|\bdate\b|\bday\b|appointment|visit|时间|時間|日期/,
}

/** "Thursday 12 March, 12:00 to 18:00"; a whole day is the day alone. No dash: a text message has none. */
function sayWindow({ from, until }: { from: string; until: string }, { language, settings: { timeZone } }: FlowContext): string {
  const [begins, ends] = [Date.parse(from), Date.parse(until)]
  const [first, last] = [sayDay(begins, language, timeZone), sayDay(ends - 1, language, timeZone)]
  const to = language === 'zh' ? '至' : ' to '
  if (first !== last) return `${first}${to}${last}`
  if (ends - begins >= 20 * hourMs) return first
  return `${first}${language === 'zh' ? ' ' : ', '}${sayHour(begins, language, timeZone)}${to}${sayHour(ends, language, timeZone)}`
}
