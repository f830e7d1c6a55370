// News inside one process: every hint of every topic goes to everybody who listens.

export interface News {
  tell(topic: string, hint: string): void
  /** @returns stops listening. */
  listen(listener: (topic: string, hint: string) => void): () => void
}

/** A listener that throws is reported and does not keep the hint from the others. */
export function createNews(onError: (error: unknown) => void): News {
  const listeners = new Set<(topic: string, hint: string) => void>()
  return {
    tell(topic, hint) {
      for (const listener of listeners)
        try {
          listener(topic, hint)
        } catch (error) {
          onError(error)
        }
    },
    listen(listener) {
      // A wrapper of its own, so that listening twice with one function means hearing twice.
      const mine = (topic: string, hint: string): void => listener(topic, hint)
      listeners.add(mine)
      return () => void listeners.delete(mine)
    },
  }
}
