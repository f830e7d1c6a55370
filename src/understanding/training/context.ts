// The company whose customers the training sentences are from.
import type { ReadContext } from '../read-facts.ts'

export const context: ReadContext = {
  products: [
    { name: 'T5 treadmill', aliases: ['T5', 'T5跑步机'] },
    { name: 'T6 treadmill', aliases: ['T6', 'T6跑步机'] },
    { name: 'WashMaster 900', aliases: ['洗衣大师900'] },
  ],
  country: 'US',
  when: undefined,
}
