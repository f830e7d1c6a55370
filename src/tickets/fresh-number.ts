// A ticket number nobody has.
import type { Core } from '../core.ts'
import { newTicketNumber } from './number.ts'

/** Drawn until unused: with a million tickets one draw in a thousand is taken. */
export async function freshTicketNumber(core: Pick<Core, 'random' | 'collections'>): Promise<string> {
  for (;;) {
    const number = newTicketNumber(core.random)
    if ((await core.collections.tickets.get(number)) === undefined) return number
  }
}
