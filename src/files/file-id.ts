// What a file's id looks like: a ULID, so that ids sort by the time of writing.
import { timeOfId } from '../random.ts'

const id = /f_[0-9A-HJKMNP-TV-Z]{26}/
const whole = new RegExp(`^${id.source}$`)
const anywhere = new RegExp(id.source, 'g')

/** Anything else is no file of ours and never becomes part of a path or a query. */
export const isFileId = (text: string): boolean => whole.test(text)

/** Milliseconds since the epoch. */
export const writtenAt = (fileId: string): number => timeOfId(fileId)

/** Every id that stands anywhere in a document. */
export function fileIdsIn(document: unknown): string[] {
  return JSON.stringify(document).match(anywhere) ?? []
}
