// A part of the catalogue. An old number stays for ever and names the one that took its place.
import { timestamp, type Timestamp } from '../clock.ts'
import { serialKey } from '../assets/index.ts'
import type { Event } from '../events.ts'
import type { Stream } from '../journal/index.ts'
import { digest } from '../message.ts'
import { defineCollection, type Collection } from '../storage/collection.ts'
import { fold } from '../understanding/fold.ts'

export interface PartFields {
  name: string
  /** The part that took its place. */
  supersededBy: string | null
}

export interface Part extends PartFields {
  _id: string
  n: number
  number: string
  /** Its name as it is compared. */
  nameKey: string
  createdAt: Timestamp
}

export const partsCollection = defineCollection<Part>('parts', [
  { name: 'created', fields: ['createdAt', '_id'] },
  { name: 'name', fields: ['nameKey'] },
  { name: 'superseded', fields: ['supersededBy'] },
])

/** Case, spaces and dashes do not count. */
export function partId(number: string): string {
  return `pt_${digest('part', serialKey(number))}`
}

export function nameKey(name: string): string {
  return fold(name.normalize('NFKC')).replace(/\s+/g, ' ').trim()
}

export const partStream: Stream<Part> = {
  kind: 'part',
  collection: partsCollection,
  begin: (id) => ({ _id: id, n: 0, number: '', name: '', nameKey: '', supersededBy: null, createdAt: timestamp(0) }),
  apply(part, event: Event, at) {
    if (event.type === 'part.registered') return named({ ...part, ...event.fields, number: event.number, createdAt: at })
    return event.type === 'part.described' ? named({ ...part, ...event.fields }) : part
  },
}

function named(part: Part): Part {
  return { ...part, nameKey: nameKey(part.name) }
}

/** More than any number was ever replaced. */
const longest = 50

/** The part and those that took its place, the present one last. */
export async function chainOf(parts: Collection<Part>, id: string): Promise<Part[]> {
  const chain: Part[] = []
  for (let next: string | null = id; next !== null && chain.length < longest;) {
    const part: Part | undefined = await parts.get(next)
    if (part === undefined || chain.some(({ _id }) => _id === part._id)) break
    chain.push(part)
    next = part.supersededBy
  }
  return chain
}

/** As people name it: by number, else by a name that only one part has. */
export async function partNamed(parts: Collection<Part>, words: string): Promise<Part | undefined> {
  const byNumber = await parts.get(partId(words))
  if (byNumber !== undefined) return byNumber
  const byName = await parts.find({ nameKey: nameKey(words) }, { limit: 2 })
  return byName.length === 1 ? byName[0] : undefined
}
