// Reads a collection page by page in order of time, so that years of it fit into memory.
import type { Timestamp } from '../clock.ts'
import type { Collection, Filter } from '../storage/collection.ts'

const pageSize = 500

/** `by` has an index. */
export async function* pagesOf<By extends string, T extends { _id: string } & Record<By, Timestamp | null>>(
  collection: Collection<T>,
  filter: Filter,
  by: By,
): AsyncGenerator<T[]> {
  let after: T | undefined
  for (;;) {
    const rest: Filter = after === undefined ? {} : { $or: [{ [by]: { $gt: after[by] ?? '' } }, { [by]: after[by], _id: { $gt: after._id } }] }
    const found = await collection.find({ ...filter, ...rest }, { sort: { [by]: 1, _id: 1 }, limit: pageSize })
    yield found
    after = found.at(-1)
    if (found.length < pageSize) return
  }
}
