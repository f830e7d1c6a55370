// The little the widget keeps in the browser, under one name per server; a browser that forbids it keeps it until the page closes.
export interface Storage {
  read(key: string): unknown
  write(key: string, value: unknown): void
}

export function createStorage(area: () => globalThis.Storage, namespace: string): Storage {
  const memory = new Map<string, string>()
  const name = (key: string) => `mendline:${namespace}:${key}`
  return {
    read(key) {
      try {
        const text = memory.get(key) ?? area().getItem(name(key))
        return text === null ? undefined : JSON.parse(text)
      } catch {
        return undefined
      }
    },
    write(key, value) {
      const text = JSON.stringify(value)
      try {
        area().setItem(name(key), text)
        memory.delete(key)
      } catch {
        // Forbidden, or full.
        memory.set(key, text)
      }
    },
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
