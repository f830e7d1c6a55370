// The parts that a visit will likely need, reserved for its engineer: from their van first. Whoever does not come needs none.
import type { Core } from '../core.ts'
import { releaseKit, reserveKit } from '../parts/index.ts'
import { survivorOf } from '../tickets/index.ts'
import { workOrderStream } from './work-order.ts'

export async function takeKit(core: Core, workOrder: string, key: string): Promise<void> {
  const { ticket: number, engineer, status } = await core.journal.load(workOrderStream, workOrder)
  const ticket = await survivorOf(core, number)
  const doing = { actor: { kind: 'system', id: null }, key } as const
  if (engineer !== null && status === 'accepted') await reserveKit(core, { ...ticket, assignee: engineer }, doing)
  else if (engineer === null || status === 'canceled') await releaseKit(core, ticket, doing)
}
