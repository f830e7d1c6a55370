// Where the engineer has to go.
import { isNoValue, plain, type Field } from './field.ts'

export const address: Field = {
  name: 'address',
  whole: true,
  known: (fields) => fields.address !== undefined,
  find: ({ entities }) => (entities.address === undefined ? {} : { address: entities.address }),
  read(text) {
    const place = text.replace(/[,，;；]\s*(?:call|phone|tel|mobile|my phone|电话|電話|手机|手機).*$/is, '')
    const value = plain(place).replace(/^(?:we(?:'re| are)|i(?:'m| am)|我们在|我們在|我在)\s*(?:at\s+)?/i, '')
    const shaped = (/\d/.test(value) && /\p{L}{2}|\p{Script=Han}/u.test(value)) || value.split(' ').length >= 2 || /\p{Script=Han}{4}/u.test(value)
    return isNoValue(value) || !shaped ? undefined : { address: value }
  },
  show: (fields) => fields.address,
  called: /address|location|地址|位置/,
}
