// Keeps the files of messages not yet sent through a reload, in IndexedDB (localStorage holds text only); where that is forbidden, until the page closes.
export interface WaitingFiles {
  /** `get` has them at once; they outlast a reload a moment later. */
  put(id: string, files: readonly File[]): void
  /** Undefined when they are gone. */
  get(id: string): Promise<readonly File[] | undefined>
  remove(id: string): Promise<void>
}

const store = 'files'

export function createWaitingFiles(namespace: string): WaitingFiles {
  const memory = new Map<string, readonly File[]>()
  let opened: Promise<IDBDatabase> | undefined

  function open(): Promise<IDBDatabase> {
    opened ??= new Promise((resolve, reject) => {
      const request = indexedDB.open(`mendline:${namespace}`, 1)
      request.addEventListener('upgradeneeded', () => request.result.createObjectStore(store))
      request.addEventListener('success', () => resolve(request.result))
      request.addEventListener('error', () => reject(request.error))
    })
    return opened
  }

  async function run<Value>(mode: IDBTransactionMode, work: (files: IDBObjectStore) => IDBRequest<Value>): Promise<Value> {
    const database = await open()
    return new Promise((resolve, reject) => {
      const transaction = database.transaction(store, mode)
      const request = work(transaction.objectStore(store))
      transaction.addEventListener('complete', () => resolve(request.result))
      for (const failure of ['error', 'abort']) transaction.addEventListener(failure, () => reject(transaction.error))
    })
  }

  return {
    put(id, files) {
      memory.set(id, files)
      run('readwrite', (all) => all.put([...files], id)).catch(() => {})
    },
    async get(id) {
      const inMemory = memory.get(id)
      if (inMemory !== undefined) return inMemory
      const kept: unknown = await run('readonly', (all) => all.get(id)).catch(() => undefined)
      return Array.isArray(kept) ? kept.filter((file) => file instanceof File) : undefined
    },
    async remove(id) {
      if (!memory.delete(id) && opened === undefined) return
      await run('readwrite', (all) => all.delete(id)).catch(() => {})
    },
  }
}
