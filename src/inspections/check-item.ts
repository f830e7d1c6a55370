// What an engineer found of an item of the checklist goes into the inspection, as long as the work is theirs; a later word takes the place of an earlier one.
import type { Core } from '../core.ts'
import { completeWork, engineerWho } from '../dispatch/index.ts'
import type { Place } from '../message.ts'
import { survivorOf } from '../tickets/index.ts'
import type { InspectionAct } from './acts.ts'
import { resultOf, withCheck, type Check, type ChecklistItem } from './checklist.ts'
import { inspectionStream } from './inspection.ts'

export async function checkItem(core: Core, { place, workOrder, check }: Extract<InspectionAct, { do: 'checked' }>, key: string): Promise<void> {
  const found = await inspectionOf(core, place, workOrder)
  if (found !== undefined) await record(core, found.inspection, found.engineer, check, key)
}

/** With whatever of it is not recorded yet; then the work is done, and the inspection with it. */
export async function finishChecklist(core: Core, { place, workOrder, checks }: Extract<InspectionAct, { do: 'finished' }>, key: string): Promise<void> {
  const found = await inspectionOf(core, place, workOrder)
  if (found === undefined) return
  for (const check of checks) await record(core, found.inspection, found.engineer, check, `${key}/${check.item}`)
  await completeWork(core, workOrder, { actor: { kind: 'engineer', id: found.engineer }, key: `${key}/work` })
}

async function inspectionOf(core: Core, place: Place, workOrder: string): Promise<{ engineer: string; inspection: string } | undefined> {
  const engineer = await engineerWho(core, place)
  const order = await core.collections.workOrders.get(workOrder)
  if (engineer === undefined || order?.engineer !== engineer._id) return undefined
  const ticket = await survivorOf(core, order.ticket)
  const [open] = await core.collections.inspections.find({ ticket: ticket._id, state: 'open' }, { limit: 1 })
  return open === undefined ? undefined : { engineer: engineer._id, inspection: open._id }
}

async function record(core: Core, inspection: string, engineer: string, check: Check, key: string): Promise<void> {
  await core.journal.change(inspectionStream, inspection, {
    key,
    decide({ state, checklist, checks }) {
      const item = checklist.find(({ id }) => id === check.item)
      if (state !== 'open' || item === undefined) return { kind: 'nothing' }
      const found = judged(item, check)
      if (JSON.stringify(withCheck(checks, found)) === JSON.stringify(checks)) return { kind: 'nothing' }
      return { kind: 'entry', actor: { kind: 'engineer', id: engineer }, events: [{ type: 'inspection.item_checked', check: found }], effects: [] }
    },
  })
}

/** A value outside its limits has failed, whatever was said of it. */
function judged(item: ChecklistItem, check: Check): Check {
  return check.value !== null && resultOf(item, check.value) === 'failed' ? { ...check, result: 'failed' } : check
}
