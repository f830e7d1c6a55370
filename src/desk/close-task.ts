// A person has looked at it.
import { timestamp } from '../clock.ts'
import type { Core } from '../core.ts'
import type { Task } from '../tasks/index.ts'
import { showSoon } from './follow.ts'

/** Undefined when there is no such task. Closing it again changes nothing: the first who closed it stays named. */
export async function closeTask(core: Core, id: string, by: string): Promise<Task | undefined> {
  const { tasks } = core.collections
  const closed = await tasks.update(id, { $set: { state: 'done', doneAt: timestamp(core.clock.now()), doneBy: by } }, { state: 'open' })
  const task = await tasks.get(id)
  if (closed && task?.ticket) await showSoon(core, task.ticket, task._id)
  return task
}
