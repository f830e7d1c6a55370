// Tasks that are over because a person has spoken with the customer, or because what they asked for is done.
import type { Core } from '../core.ts'
import type { Consequence } from '../journal/index.ts'
import type { Timestamp } from '../clock.ts'

/** What it asked for is done. */
export async function settleTask(core: Core, id: string, at: Timestamp): Promise<void> {
  await core.collections.tasks.update(id, { $set: { state: 'done', doneAt: at, doneBy: null } }, { state: 'open', createdAt: { $lte: at } })
}

/** Only what was asked until then: a repetition finds nothing that came later. */
export async function settleTasks(core: Core, { conversation, kinds, by }: Extract<Consequence, { do: 'settle_tasks' }>, until: Timestamp): Promise<void> {
  const { tasks } = core.collections
  for (const { _id } of await tasks.find({ conversation, state: 'open', kind: { $in: kinds }, createdAt: { $lte: until } }))
    await tasks.update(_id, { $set: { state: 'done', doneAt: until, doneBy: by } }, { state: 'open' })
}
