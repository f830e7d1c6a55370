// What routes about one record answer: the record with its version, or why it was not changed.
import type { HttpReply } from '../../channel.ts'
import type { Doing, Taken } from '../../assets/index.ts'
import type { Deed } from '../../desk/index.ts'
import type { EditRefusal } from '../../journal/index.ts'
import { problem } from '../problem.ts'

/** With the version, for If-Match. */
export function withVersion<V extends { version: number }>(view: V) {
  return { view, headers: { etag: `"${view.version}"` } }
}

/** A new one says where it is. */
export function created<V extends { id: string; version: number }>(collection: string, view: V) {
  const reply = withVersion(view)
  return { ...reply, headers: { ...reply.headers, location: `/api/v1/${collection}/${view.id}` } }
}

export function refusedRecord(refusal: EditRefusal | Taken, words: { unknown: string; taken: string }): HttpReply {
  switch (refusal.kind) {
    case 'unknown':
      return problem(404, 'Not found', words.unknown)
    case 'taken':
      return problem(409, 'Conflict', words.taken)
    case 'stale':
      return problem(412, 'Precondition failed', `It has changed since: it is at version ${refusal.version} now. Read it again.`)
  }
}

/** What is wrong with a field that fits its schema: it names what is not there. */
export function badField(field: string, message: string): HttpReply {
  return problem(400, 'Bad request', `Correct this and send it again: ${field}: ${message}.`, { errors: [{ in: 'body', field, message }] })
}

/** A version asked for is that of the record. */
export function doingOf({ actor, key, version }: Deed): Doing {
  return { actor, key, version }
}

export const stale = 'It has changed since the version in If-Match.'
