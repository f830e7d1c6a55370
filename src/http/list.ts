// Lists of the REST API: pages by cursor, newest first.
import { z } from 'zod'
import { timestamp } from '../clock.ts'
import { readCursor, writeCursor, type Page, type PageRequest } from '../desk/index.ts'

const cursor = z.string().transform((text, context) => {
  const read = readCursor(text)
  if (read !== undefined) return read
  context.addIssue('use the nextCursor of an earlier page as it came')
  return z.NEVER
})

/** The query of a list: its own filters, and the page. */
export function listQuery<S extends z.ZodRawShape>(filters: S, usual = 50) {
  return z.strictObject({
    limit: z.coerce.number('is a whole number from 1 to 200').int('is a whole number').min(1, 'is at least 1').max(200, 'is at most 200').default(usual),
    cursor: cursor.optional(),
    ...filters,
  })
}

/** A filter that is yes or no. */
export const yesOrNo = z.enum(['true', 'false']).transform((text) => text === 'true')

export function pageOfViews<V extends z.ZodType>(view: V) {
  return z.strictObject({ data: z.array(view), nextCursor: z.string().nullable() })
}

/** Pages of a list that is at hand as a whole, in the order of its ids. */
export function pageOfWhole<T>(all: readonly T[], idOf: (one: T) => string, { limit, cursor: after }: PageRequest): Page<T> {
  const left = all.filter((one) => after === undefined || idOf(one) > after.id).toSorted((one, other) => (idOf(one) < idOf(other) ? -1 : 1))
  const data = left.slice(0, limit)
  const last = data.at(-1)
  return { data, nextCursor: left.length > limit && last !== undefined ? writeCursor({ at: timestamp(0), id: idOf(last) }) : null }
}

export function viewPage<T, V>({ data, nextCursor }: Page<T>, view: (one: T) => V): Page<V> {
  return { data: data.map(view), nextCursor }
}
