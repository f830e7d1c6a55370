// Does a request come from the source it names? Over the raw bytes, before anything is parsed.
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { Source } from '../../src/sources/index.ts'

/** Seconds, either way. */
const tolerance = 300

type Headers = Readonly<Record<string, string>>

/** Why not; undefined when it does. `now` in milliseconds. */
export function refusalOf({ auth, secret }: Source, headers: Headers, body: Uint8Array, now: number): string | undefined {
  if (auth === 'basic') {
    const [, given = ''] = /^Basic\s+(\S+)$/i.exec(headers['authorization'] ?? '') ?? []
    return isSame(Buffer.from(given, 'base64').toString(), secret) ? undefined : 'send the user and password of this source as basic authentication'
  }
  if (auth === 'standard') return refusalOfStandard(secret, headers, body, now)
  const { header, algorithm, encoding, prefix } = auth.hmac
  const wanted = `${prefix}${createHmac(algorithm, secret).update(body).digest(encoding)}`
  return isSame(headers[header.toLowerCase()] ?? '', wanted) ? undefined : `the header ${header} is not the signature of this body under our secret`
}

/** https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md */
function refusalOfStandard(secret: string, headers: Headers, body: Uint8Array, now: number): string | undefined {
  const { 'webhook-id': id = '', 'webhook-timestamp': at = '', 'webhook-signature': signatures = '' } = headers
  if (id === '' || !/^\d{1,12}$/.test(at)) return 'send the headers webhook-id, webhook-timestamp and webhook-signature of Standard Webhooks'
  const wanted = createHmac('sha256', Buffer.from(secret.slice('whsec_'.length), 'base64'))
    .update(`${id}.${at}.`)
    .update(body)
    .digest('base64')
  if (!signatures.split(' ').some((given) => isSame(given, `v1,${wanted}`))) return 'webhook-signature is not the signature of this body under our secret'
  if (Math.abs(now / 1000 - Number(at)) > tolerance) return 'webhook-timestamp is more than five minutes off: sign each try anew, and set the clock right'
  return undefined
}

/** In constant time; hashing makes the lengths equal. */
function isSame(one: string, other: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(one), hash(other))
}
