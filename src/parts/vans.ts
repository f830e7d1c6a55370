// The stock locations that travel with an engineer: those in whose record they stand, and the one that stands in theirs.
import type { Core } from '../core.ts'
import { locationId } from './location.ts'

export async function vansOf({ collections: { engineers, locations } }: Core, engineer: string | null): Promise<Set<string>> {
  if (engineer === null) return new Set()
  const own = (await engineers.get(engineer))?.van ?? null
  const named = await locations.find({ engineer })
  return new Set([...named.map(({ _id }) => _id), ...(own === null ? [] : [locationId(own)])])
}
