// Raising a task: a person is told once per id.
import { timestamp } from '../clock.ts'
import type { Core } from '../core.ts'
import { showTaskSoon } from '../desk/follow.ts'
import type { Task } from './task.ts'

/** `shown`: on the desk's faces, unless it is about a face that cannot show anything. */
export async function raiseTask(
  core: Core,
  id: string,
  about: Pick<Task, 'kind' | 'ticket' | 'conversation' | 'message' | 'about' | 'due'>,
  shown = true,
): Promise<void> {
  const createdAt = timestamp(core.clock.now())
  const inserted = await core.collections.tasks.insert({ _id: id, ...about, state: 'open', createdAt, doneAt: null, doneBy: null })
  if (inserted === 'inserted')
    core.log.warn('task for a person', {
      kind: about.kind,
      ...(about.ticket === null ? {} : { ticket: about.ticket }),
      ...(about.message === null ? {} : { message: about.message }),
    })
  if (shown) await showTaskSoon(core, id, about.ticket)
}
