// A desk for tests of channels that have no business with it: any use of it fails the test.
import type { Desk } from '../../src/desk/index.ts'

export const noDesk: Desk = new Proxy<Desk>(Object.create(null), {
  get() {
    throw new Error('this channel has no business at the desk')
  },
})
