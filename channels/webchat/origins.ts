// Which pages may talk to us: the origin list, and the CORS headers that tell a browser so.

export interface Origins {
  /** True without an Origin: no browser, or a page of ours. */
  allows(headers: Readonly<Record<string, string>>): boolean
  /** For every answer, refusals too, so that the page can read why. */
  cors(headers: Readonly<Record<string, string>>): Record<string, string>
}

const methods = 'GET, POST, OPTIONS'
const requestHeaders = 'authorization, content-type, accept, x-ms-bot-agent, x-requested-with'

export function createOrigins(publicUrl: string, allowed: readonly string[]): Origins {
  const list = new Set(allowed.map((origin) => origin.toLowerCase().replace(/\/$/, '')))
  const own = new URL(publicUrl).origin

  function allows(headers: Readonly<Record<string, string>>): boolean {
    const origin = headers['origin']
    if (origin === undefined) return true
    if (list.has('*') || origin === own || list.has(origin.toLowerCase())) return true
    // A page that came from this very host and port, by another of its names than PUBLIC_URL (127.0.0.1, the name in the LAN).
    return URL.canParse(origin) && new URL(origin).host === headers['host']
  }

  return {
    allows,
    cors(headers): Record<string, string> {
      const origin = headers['origin']
      if (origin === undefined || !allows(headers)) return { vary: 'origin' }
      return {
        vary: 'origin',
        'access-control-allow-origin': origin,
        'access-control-allow-methods': methods,
        'access-control-allow-headers': requestHeaders,
        'access-control-expose-headers': 'retry-after',
        'access-control-max-age': '7200',
      }
    },
  }
}
