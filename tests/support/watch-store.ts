// A store that tells what is asked of it.
import type { Collection, CollectionDefinition, Filter, FindOptions, Store } from '../../src/storage/collection.ts'

export type Asked =
  | { collection: string; do: 'get' | 'insert' | 'update' | 'put' | 'remove' }
  | { collection: string; do: 'find' | 'count' | 'removeAll'; filter: Filter; options: FindOptions }

export function watchStore(store: Store, onAsk: (asked: Asked) => void): Store {
  return {
    ...store,
    async open<T extends { _id: string }>(definition: CollectionDefinition<T>): Promise<Collection<T>> {
      const inner = await store.open(definition)
      const collection = definition.name
      const tell = (act: 'get' | 'insert' | 'update' | 'put' | 'remove') => onAsk({ collection, do: act })
      const look = (act: 'find' | 'count' | 'removeAll', filter: Filter, options: FindOptions = {}) => onAsk({ collection, do: act, filter, options })
      return {
        get: (id) => (tell('get'), inner.get(id)),
        insert: (document) => (tell('insert'), inner.insert(document)),
        update: (id, update, onlyIf) => (tell('update'), inner.update(id, update, onlyIf)),
        put: (document) => (tell('put'), inner.put(document)),
        remove: (id) => (tell('remove'), inner.remove(id)),
        find: (filter, options) => (look('find', filter, options), inner.find(filter, options)),
        count: (filter) => (look('count', filter), inner.count(filter)),
        removeAll: (filter) => (look('removeAll', filter), inner.removeAll(filter)),
      }
    },
  }
}
