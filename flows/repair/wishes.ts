// Wishes about a visit, an offer or a part, which a person has to see to: they are noted on the ticket, and the customer hears so.
import type { Effect, FlowContext, Step } from '../../src/flow.ts'
import type { Intent } from '../../src/understanding/understanding.ts'
import type { Heard } from '../heard.ts'
import { acknowledgement, statement } from '../say.ts'
import { openTicket } from './open.ts'

const wishes = ['reschedule', 'cancel_visit', 'approve', 'decline', 'order_part', 'book_inspection'] as const
export type Wish = (typeof wishes)[number]

export function wishOf(intent: Intent): Wish | undefined {
  return wishes.find((wish) => wish === intent)
}

/** These can be had without a repair; the others are about one that is there. */
export function isOwnRequest(wish: Wish): wish is 'order_part' | 'book_inspection' {
  return wish === 'order_part' || wish === 'book_inspection'
}

/** A ticket of its own, without the form of a repair. */
export function openWish(wish: 'order_part' | 'book_inspection', heard: Heard, context: FlowContext): Extract<Step<never>, { say: unknown }> {
  const number = context.ticketNumber
  const task: Effect = { do: 'open_task', kind: 'new_information', ticket: number }
  return {
    state: 'done',
    say: [acknowledgement('report.opened', { number }, number), statement(`requested.${wish}`, {}, number)],
    effects: [...openTicket(heard, context).effects, task],
  }
}
