// What is known of a repair and what is learnt of it: the later counts, answers one by one.
import type { RepairFields } from './ticket.ts'

export function joinFields(known: RepairFields, learnt: RepairFields): RepairFields {
  const answers = { ...known.answers, ...learnt.answers }
  return { ...known, ...learnt, ...(Object.keys(answers).length === 0 ? {} : { answers }) }
}
