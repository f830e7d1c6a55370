// The visitor's token: kept, refreshed in time, and made anew when the server no longer takes it.
import type { DirectLine, Outcome, Token } from './direct-line.ts'
import { isRecord, type Storage } from './storage.ts'

export interface Session {
  /** True when there is a conversation to go on with. */
  exists(): boolean
  /** Makes a request with a token that is good; once more with another when the server says that it is not. */
  use<Value>(request: (token: Token) => Promise<Outcome<Value>>): Promise<Outcome<Value>>
}

/** Refreshed before it ends by this much. Milliseconds. */
const spare = 60_000

/** @param onNewConversation the old one cannot be gone on with: forgotten for more than 30 days, or the server's secret is another. */
export function createSession(line: DirectLine, storage: Storage, onNewConversation: () => void): Session {
  let conversation = stored()?.conversationId

  function stored(): Token | undefined {
    const value = storage.read('token')
    if (!isRecord(value)) return undefined
    const { token, conversationId, expires } = value
    return typeof token === 'string' && typeof conversationId === 'string' && typeof expires === 'number' ? { token, conversationId, expires } : undefined
  }

  /** A second tab that starts at the same moment must not start a second conversation. */
  function alone<Value>(work: () => Promise<Value>): Promise<Value> {
    // Absent where the page is neither https nor localhost.
    return 'locks' in navigator ? navigator.locks.request('mendline-token', work) : work()
  }

  const good = (known: Token, refused: string | undefined) => known.token !== refused && known.expires - spare > Date.now()

  /** @param refused a token that the server has just refused. */
  async function tokenOtherThan(refused: string | undefined): Promise<Outcome<Token>> {
    const kept = stored()
    if (kept !== undefined && good(kept, refused)) return keep(kept)
    return alone(async () => {
      const known = stored()
      if (known !== undefined) {
        // Another tab may have been here first.
        if (good(known, refused)) return keep(known)
        const refreshed = await line.refresh(known.token)
        if (refreshed.kind === 'done') return keep(refreshed.value)
        if (refreshed.kind === 'unreachable') return refreshed
      }
      const fresh = await line.generate()
      return fresh.kind === 'done' ? keep(fresh.value) : fresh
    })
  }

  function keep(token: Token): Outcome<Token> {
    storage.write('token', token)
    if (conversation !== undefined && conversation !== token.conversationId) onNewConversation()
    conversation = token.conversationId
    return { kind: 'done', value: token }
  }

  return {
    exists: () => stored() !== undefined,
    async use(request) {
      let refused: string | undefined
      for (let tries = 0; ; tries++) {
        const token = await tokenOtherThan(refused)
        if (token.kind !== 'done') return token
        const outcome = await request(token.value)
        const rejected = outcome.kind === 'refused' && (outcome.status === 401 || outcome.status === 403)
        if (!rejected || tries > 0) return outcome
        refused = token.value.token
      }
    },
  }
}
