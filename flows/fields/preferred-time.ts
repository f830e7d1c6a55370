// When a visit would suit.
import { isNoValue, plain, type Field } from './field.ts'

export const preferredTime: Field = {
  name: 'preferredTime',
  whole: true,
  known: (fields) => fields.preferredTime !== undefined,
  find: ({ entities }) => (entities.preferredTime === undefined ? {} : { preferredTime: entities.preferredTime }),
  read(text) {
    const value = plain(text)
    return isNoValue(value) || [...value].length > 120 ? undefined : { preferredTime: value }
  },
  show: (fields) => fields.preferredTime,
  called: /\btimes?\b|\bdate\b|\bday\b|appointment|visit|时间|時間|日期/,
}
