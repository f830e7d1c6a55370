// A collection is made ready once per open store: asked for again (the journal does with every change) it costs nothing.
import type { CollectionDefinition } from './collection.ts'

type Definition = Pick<CollectionDefinition<never>, 'name' | 'indexes'>

/** What failed is tried again with the next call. */
export function once(prepare: (definition: Definition) => Promise<void>): (definition: Definition) => Promise<void> {
  const ready = new WeakMap<Definition, Promise<void>>()
  return (definition) => {
    const known = ready.get(definition)
    if (known !== undefined) return known
    const preparing = prepare(definition)
    ready.set(definition, preparing)
    preparing.catch(() => ready.delete(definition))
    return preparing
  }
}
