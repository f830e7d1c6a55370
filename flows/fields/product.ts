// Which product is to be repaired.
import { isNoValue, plain, type Field } from './field.ts'

export const product: Field = {
  name: 'product',
  known: (fields) => fields.product !== undefined,
  find: ({ entities }) => (entities.product === undefined ? {} : { product: entities.product }),
  read(text) {
    const value = plain(text).replace(/^(?:an?|the|my|our|一台|一个|一個|我的|我们的|我們的)\s*/i, '')
    return isNoValue(value) || [...value].length > 80 ? undefined : { product: value }
  },
  show: (fields) => fields.product,
  called: /product|model|device|machine|appliance|产品|產品|型号|型號|机器|機器|设备|設備/,
}
