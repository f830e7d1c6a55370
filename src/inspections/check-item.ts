// What an engineer found of an item of the checklist goes into the inspection, as long as the work is theirs; a later word takes the place of an earlier one.
import type { Core } from '../core.ts'
import { engineerWho } from '../dispatch/index.ts'
import { survivorOf } from '../tickets/index.ts'
import type { InspectionAct } from './acts.ts'
import { resultOf, type Check, type ChecklistItem } from './checklist.ts'
import { inspectionStream } from './inspection.ts'

export async function checkItem(core: Core, { place, workOrder, check }: Extract<InspectionAct, { do: 'checked' }>, key: string): Promise<void> {
  const engineer = await engineerWho(core, place)
  const order = await core.collections.workOrders.get(workOrder)
  if (engineer === undefined || order?.engineer !== engineer._id) return
  const ticket = await survivorOf(core, order.ticket)
  const [open] = await core.collections.inspections.find({ ticket: ticket._id, state: 'open' }, { limit: 1 })
  if (open === undefined) return
  await core.journal.change(inspectionStream, open._id, {
    key,
    decide({ state, checklist }) {
      const item = checklist.find(({ id }) => id === check.item)
      if (state !== 'open' || item === undefined) return { kind: 'nothing' }
      return {
        kind: 'entry',
        actor: { kind: 'engineer', id: engineer._id },
        events: [{ type: 'inspection.item_checked', check: judged(item, check) }],
        effects: [],
      }
    },
  })
}

/** A value outside its limits has failed, whatever was said of it. */
function judged(item: ChecklistItem, check: Check): Check {
  return check.value !== null && resultOf(item, check.value) === 'failed' ? { ...check, result: 'failed' } : check
}
