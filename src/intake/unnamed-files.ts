// Files that no document names: their process died, or the input was not stored after all. Found a day later and removed, whatever engine keeps them.
import { timestamp, type Timestamp } from '../clock.ts'
import type { Core } from '../core.ts'
import { fileIdsIn, writtenAt } from '../files/file-id.ts'
import type { StoredMessage } from '../message.ts'
import { defineCollection, type Collection, type Filter } from '../storage/collection.ts'

/** How far a sweep that is done in steps has come. */
export interface Sweep {
  _id: string
  /** Where the last page ended. */
  at: string
  notBefore: Timestamp
}

export const sweepsCollection = defineCollection<Sweep>('sweeps')

/** Longer than any upload, and than whatever names its files is under way. */
const ageMs = 24 * 3_600_000
const pauseMs = 6 * 3_600_000
const batch = 500

/** Documents that name files are found near the time of the file in nearly all cases. */
const earlierMs = 10 * 60_000
const laterMs = 3_600_000

/** Looks through the next page of files that are old enough; when there are no more it rests for six hours. Gives up at the signal, between two reads. */
export async function sweepFiles(core: Core, signal: AbortSignal): Promise<void> {
  const { sweeps } = core.collections
  const now = core.clock.now()
  const last = await sweeps.get('files')
  if (last !== undefined && last.notBefore > timestamp(now)) return
  const { ids, at } = await core.files.page(last?.at ?? '', now - ageMs, batch)
  const unnamed = await findUnnamed(core, ids, signal)
  for (const id of unnamed) await core.files.remove(id)
  if (unnamed.length > 0) core.log.info('files nobody names removed', { count: unnamed.length })
  await sweeps.put({ _id: 'files', at, notBefore: timestamp(ids.length < batch ? now + pauseMs : now) })
}

/** Which of these files, given oldest first, no document names. Near the files first; then, for what is left, everywhere. */
async function findUnnamed(core: Core, ids: readonly string[], signal: AbortSignal): Promise<string[]> {
  const [first, last] = [ids[0], ids.at(-1)]
  if (first === undefined || last === undefined) return []
  const near = { $gte: timestamp(writtenAt(first) - earlierMs), $lte: timestamp(writtenAt(last) + laterMs) }
  const left = new Set(ids)
  for (const { documents, within } of namersOf(core)) await strikeOut(documents, within(near), left, signal)
  for (const { documents } of namersOf(core)) await strikeOut(documents, {}, left, signal)
  return [...left]
}

interface Namer {
  documents: Collection<{ _id: string }>
  /** Documents of a time, by an index. */
  within(time: { $gte: Timestamp; $lte: Timestamp }): Filter
}

/** Every collection whose documents may name a file, wherever in them; who adds one adds it here. */
function namersOf({ collections: { messages, receipts, due } }: Core): Namer[] {
  return [
    { documents: messages, within: (createdAt) => ({ direction: { $in: ['inbound', 'outbound'] }, state: { $in: messageStates }, createdAt }) },
    { documents: receipts, within: (createdAt) => ({ state: { $in: ['received', 'applied', 'unmatched'] }, createdAt }) },
    { documents: due, within: (notBefore) => ({ state: { $in: ['waiting', 'done'] }, notBefore }) },
  ]
}

const messageStates = Object.keys({
  received: true,
  handled: true,
  needs_review: true,
  queued: true,
  sending: true,
  sent: true,
  delivered: true,
  read: true,
  failed: true,
  suppressed: true,
} satisfies Record<StoredMessage['state'], true>)

/** Takes out of `left` what these documents name; page by page, and no further than it must. */
async function strikeOut(documents: Collection<{ _id: string }>, filter: Filter, left: Set<string>, signal: AbortSignal): Promise<void> {
  for (let last = ''; left.size > 0;) {
    signal.throwIfAborted()
    const page = await documents.find({ ...filter, _id: { $gt: last } }, { sort: { _id: 1 }, limit: batch })
    for (const document of page) for (const id of fileIdsIn(document)) left.delete(id)
    last = page.at(-1)?._id ?? ''
    if (page.length < batch) return
  }
}
