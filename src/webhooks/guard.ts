// Where webhooks may go: public addresses, and ranges that the operator allows. A name is resolved, every address it has is checked, and only
// these are connected to, so that a name which means something else a moment later leads nowhere.
import { lookup } from 'node:dns/promises'
import ipaddr from 'ipaddr.js'

/** The addresses of a host, as text. */
export type Resolve = (host: string) => Promise<readonly string[]>

export const systemResolve: Resolve = async (host) => (await lookup(host, { all: true })).map(({ address }) => address)

export interface Address {
  address: string
  family: 4 | 6
}

/** `allowed`: every address lies in a range of the operator's. */
export type Target = { kind: 'target'; addresses: readonly Address[] } | { kind: 'refused'; reason: string }

/** A range such as `10.1.0.0/16` or `fd00::/8`. */
export function isRange(text: string): boolean {
  return ipaddr.isValidCIDR(text)
}

/** What is wrong with it before anybody is asked where it leads; undefined when nothing is. */
export function checkUrl(text: string): string | undefined {
  if (!URL.canParse(text)) return 'is no address; write one such as https://example.com/hooks'
  const { protocol, username, password, hash } = new URL(text)
  if (protocol !== 'https:' && protocol !== 'http:') return 'must start with https://'
  if (username !== '' || password !== '') return 'has a user or password in it; the signature is what tells that we are the sender'
  if (hash !== '') return 'has a # part, which nobody is ever sent'
  return undefined
}

/** @throws what `resolve` throws. */
export async function findTarget({ protocol, hostname, port }: URL, resolve: Resolve, allow: readonly string[]): Promise<Target> {
  const host = hostname.replace(/^\[(.*)\]$/, '$1')
  const found = ipaddr.isValid(host) ? [host] : await resolve(host)
  // An IPv4 address in the clothes of an IPv6 one is what it is.
  const addresses = found.flatMap((text) => (ipaddr.isValid(text) ? [ipaddr.process(text)] : []))
  if (addresses.length === 0) return { kind: 'refused', reason: 'the name has no address' }
  const strangers = addresses.filter((address) => !isAllowed(address, allow))
  if (strangers.some((address) => !isPublic(address)))
    return {
      kind: 'refused',
      reason: 'it leads to an address that is not public; webhooks.allow in mendline.yaml names those that may be reached all the same',
    }
  if (strangers.length > 0 && protocol === 'http:') return { kind: 'refused', reason: 'over the open internet it must be https' }
  if (strangers.length > 0 && !isUsualPort(port)) return { kind: 'refused', reason: `port ${port} is not for the web` }
  // Where IPv6 leads nowhere the first try must not.
  const inOrder = addresses.toSorted((one, other) => one.kind().localeCompare(other.kind()))
  return { kind: 'target', addresses: inOrder.map((address) => ({ address: address.toString(), family: address.kind() === 'ipv4' ? 4 : 6 })) }
}

type Parsed = ReturnType<typeof ipaddr.process>

function isAllowed(address: Parsed, allow: readonly string[]): boolean {
  return allow.some((text) => {
    const [range, bits] = ipaddr.parseCIDR(text)
    return range.kind() === address.kind() && address.match(range, bits)
  })
}

/** Of IPv6 only what is given out to the world, 2000::/3: not the ways in which an IPv4 address can be written there. */
function isPublic(address: Parsed): boolean {
  if (address.range() !== 'unicast') return false
  return address.kind() === 'ipv4' || address.match(ipaddr.parse('2000::'), 3)
}

/** The default, 443, or one above those that belong to other services. */
function isUsualPort(port: string): boolean {
  return port === '' || port === '443' || port === '80' || Number(port) > 1023
}
