// What the integrator has in mind before anything is sent: its tickets, how each goes on, and which requests are sent twice, early or late.
import { z } from 'zod'
import type { Caller } from './caller.ts'

export interface Order {
  subject: string
  /** The statuses it is moved to, one after the other. */
  moves: readonly string[]
  /** How many times each request is sent at once: that of the ticket, then those of the moves. */
  copies: readonly number[]
  /** Given up so early, the ticket's first request may have been heard or not. */
  patienceMs?: number
  /** The ticket is asked for once more when all is done. */
  again: boolean
}

const everyMove = ['accepted', 'in_progress', 'resolved']
const numbered = z.object({ number: z.string() })

export function planOrders(count: number, random: () => number): Order[] {
  return Array.from({ length: count }, (_, index) => {
    const moves = everyMove.slice(0, Math.floor(random() * (everyMove.length + 1)))
    const copies = [random() < 0.2 ? 2 + Math.floor(random() * 2) : 1, ...moves.map(() => (random() < 0.1 ? 2 : 1))]
    const isImpatient = random() < 0.1
    return { subject: `Order ${index}`, moves, copies, again: random() < 0.15, ...(isImpatient ? { patienceMs: 5 + Math.floor(random() * 60) } : {}) }
  })
}

/** Opens its ticket and follows it. Answers every number that it was given for it: one, if all is well. */
export async function place(caller: Caller, { subject, moves, copies, patienceMs, again }: Order, acknowledged: () => void): Promise<string[]> {
  const [first = 1, ...rest] = copies
  const opening = {
    method: 'POST',
    path: '/tickets',
    body: { subject, description: `${subject}: the machine leaks`, customer: { name: `Customer of ${subject}` } },
    idempotencyKey: subject,
    copies: first,
  } as const
  const given = await caller.send({ ...opening, ...(patienceMs === undefined ? {} : { patienceMs }) })
  acknowledged()
  const [number = ''] = given.map((answer) => numbered.parse(answer).number)
  for (const [index, status] of moves.entries()) {
    await caller.send({
      method: 'POST',
      path: `/tickets/${number}/status`,
      body: { status, comment: `${subject} is ${status}` },
      idempotencyKey: `${subject} ${status}`,
      copies: rest[index] ?? 1,
    })
    acknowledged()
  }
  if (again) given.push(...(await caller.send({ ...opening, copies: 1 })))
  return [...new Set(given.map((answer) => numbered.parse(answer).number))]
}
