// Our own mail addresses: which of them a mail was sent to, the token in it, and the address that answers should come back to.

export interface OwnAddresses {
  /** The From of everything we send; the first of the support addresses. */
  readonly from: string
  /** The domain of `from`; Message-IDs are made under it. */
  readonly domain: string
  /** The support address behind an address of ours, and the token between `+` and `@` when there is one. Undefined for anybody else's. */
  match(address: string): { account: string; token?: string } | undefined
  /** True for an id (of a Message-ID) made under one of our domains. */
  isOurId(id: string): boolean
  /** `support+<token>@domain`: where answers and bounces come back to (RFC 5233 calls the part after `+` the detail). */
  replyAddress(token: string): string
}

/** @throws when no address is given or one has no `@`. */
export function ownAddresses(supportAddresses: readonly string[]): OwnAddresses {
  const own = supportAddresses.map((address) => address.trim().toLowerCase())
  const [from] = own
  if (from === undefined || own.some((address) => !/^[^\s@<>+]+@[^\s@<>]+$/.test(address)))
    throw new Error('SUPPORT_ADDRESS must be one or more plain mail addresses without a +, like support@example.com')
  const domains = new Set(own.map(domainOf))
  return {
    from,
    domain: domainOf(from),
    match(address) {
      const [, local = '', detail, domain = ''] = /^([^@+]*)(?:\+([^@]*))?@(.+)$/.exec(address.trim()) ?? []
      const account = `${local}@${domain}`.toLowerCase()
      if (!own.includes(account)) return undefined
      return detail ? { account, token: detail } : { account }
    },
    isOurId: (id) => domains.has(domainOf(id.toLowerCase())),
    replyAddress(token) {
      const at = from.lastIndexOf('@')
      return token === '' ? from : `${from.slice(0, at)}+${token}${from.slice(at)}`
    },
  }
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1)
}
