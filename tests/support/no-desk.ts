// A desk for tests of channels that have no business with it: any use of it fails the test.
import type { Desk } from '../../src/desk/index.ts'

function never(): never {
  throw new Error('this channel has no business at the desk')
}

export const noDesk: Desk = { ticket: never, note: never, assign: never, reply: never }
