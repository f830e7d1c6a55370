// Setting an alarm: the document first, then the queue's delay that wakes it.
import { timestamp, type Timestamp } from '../clock.ts'
import type { Core } from '../core.ts'
import type { Alarm } from '../journal/index.ts'
import { errorFields } from '../log.ts'

/** Longer delays are left to `recover`, which sweeps every few seconds: the queue holds no day-old jobs. */
const delayMaxMs = 3_600_000

/** `once`: a second call with the same id changes nothing; else the alarm moves to the new time. */
export async function arm(core: Core, id: string, at: Timestamp, alarm: Alarm, once: boolean): Promise<void> {
  const { due } = core.collections
  const document = { _id: id, at, alarm, state: 'waiting', failures: 0, notBefore: at, createdAt: timestamp(core.clock.now()) } as const
  if (!once) await due.put(document)
  else if ((await due.insert(document)) === 'duplicate') return
  await wakeDue(core, id, at)
}

/** Asks the queue to call back at `at`. A queue that is away loses nothing: `recover` finds what is overdue. */
export async function wakeDue(core: Core, id: string, at: Timestamp): Promise<void> {
  const delayMs = Math.max(0, Date.parse(at) - core.clock.now())
  if (delayMs > delayMaxMs) return
  try {
    await core.queues.add('due', { id }, { key: id.replaceAll(':', '-'), ...(delayMs > 0 ? { delayMs } : {}) })
  } catch (error) {
    core.log.warn('not queued, left to recover', { due: id, ...errorFields(error) })
  }
}
