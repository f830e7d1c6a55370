// What a key may do: reading or writing one kind of thing each, e.g. `tickets:read`; `*` stands for every kind. Who may write may read.

/** What a request wants. */
export interface Right {
  /** The first part of its path, e.g. `tickets`. */
  resource: string
  access: 'read' | 'write'
}

export const allScopes: readonly string[] = ['*:write']

/** Whether the scopes hold the right. Pure. */
export function isAllowed(scopes: readonly string[], { resource, access }: Right): boolean {
  const kinds = access === 'read' ? ['read', 'write'] : ['write']
  return kinds.some((kind) => scopes.includes(`${resource}:${kind}`) || scopes.includes(`*:${kind}`))
}

/** The scopes among `wanted` that go beyond `held`: nobody can give what they do not have. Pure. */
export function beyond(held: readonly string[], wanted: readonly string[]): string[] {
  return wanted.filter((scope) => {
    const [resource = '', kind] = scope.split(':')
    return !isAllowed(held, { resource, access: kind === 'write' ? 'write' : 'read' })
  })
}

/** What a key of one team can be for: its tickets, and what all teams share. Everything else is other teams' customers' too. */
export const teamResources: readonly string[] = ['tickets', 'products', 'parts', 'canned-replies']
