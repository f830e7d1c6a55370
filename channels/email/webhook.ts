// Mail by HTTP: the raw MIME itself, or the form of an inbound-parse service. Read like mail from anywhere else.
import { createHash, timingSafeEqual } from 'node:crypto'
import { Readable } from 'node:stream'
import type { ReadResult, Webhook } from '../../src/channel.ts'
import type { OwnAddresses } from './addresses.ts'
import { readForm } from './inbound-form.ts'
import type { Keep } from './parse-mime.ts'
import { readMail } from './read-mail.ts'
import { largestMail } from './smtp-listener.ts'

/** Types under which relays and scripts post a raw mail; `curl --data-binary` without a header is none of the form types either. */
const rawTypes = ['message/rfc822', 'text/plain', 'application/octet-stream', '']

/** Any word with a colon would be a header by the grammar, half a JSON object too; a mail has one of these (RFC 5322, 3.6, asks for From and Date). */
const headerOfMail = /^(?:from|date|to|subject|received|return-path|message-id|mime-version|content-type)[ \t]*:/im

/**
 * `POST /webhooks/email`, with the secret as a bearer token, as the password of basic authentication or, for services that can set
 * only an address, as `?key=`.
 */
export function mailWebhook(secret: string, own: OwnAddresses): Webhook {
  return {
    path: '/webhooks/email',
    // A mail in a form is a little larger than the mail.
    limit: largestMail + 1024 * 1024,
    async read({ headers, query, body }) {
      const given = [...credentials(headers['authorization'] ?? ''), query.get('key') ?? '']
      if (!given.some((text) => isSame(text, secret)))
        return { kind: 'refused', status: 401, reason: 'send EMAIL_WEBHOOK_SECRET as "Authorization: Bearer …", as the basic-auth password or as ?key=' }
      const type = (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
      if (rawTypes.includes(type)) return readRaw(body, undefined, { name: 'mail.eml', contentType: 'message/rfc822', content: body }, own)
      if (type !== 'multipart/form-data' && type !== 'application/x-www-form-urlencoded')
        return { kind: 'refused', status: 415, reason: 'send the mail as message/rfc822, or as an inbound-parse form' }
      const form = await readForm(headers['content-type'] ?? '', body)
      if (form === undefined) return { kind: 'refused', status: 400, reason: 'the form holds neither "email" (raw MIME) nor "from" with "text" or "html"' }
      const raw = form.untouched
        ? { name: 'mail.eml', contentType: 'message/rfc822', content: form.mail }
        : { name: 'inbound-parse.form', contentType: headers['content-type'] ?? type, content: body }
      return readRaw(form.mail, form.envelope, raw, own)
    },
  }
}

async function readRaw(
  mail: Uint8Array,
  envelope: { from: string; to: readonly string[] } | undefined,
  raw: { name: string; contentType: string; content: Uint8Array },
  own: OwnAddresses,
): Promise<ReadResult> {
  if (!headerOfMail.test(Buffer.from(mail.subarray(0, 16_384)).toString('latin1')))
    return { kind: 'refused', status: 400, reason: 'this is no mail: it has no header' }
  const read = await readMail({ raw, open: async () => Readable.from(pieces(mail)), keep: keepInMemory, ...(envelope ? { envelope } : {}) }, own)
  if (read.kind === 'refused') return { kind: 'refused', status: 400, reason: read.reason }
  return { kind: 'accepted', events: [read.event], reply: { status: 200 } }
}

function* pieces(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536)
}

/** A webhook has no door, so its attachments travel with the event. */
const keepInMemory: Keep = async (part, about) => {
  const chunks: Uint8Array[] = []
  for await (const chunk of part) chunks.push(chunk)
  const content = Buffer.concat(chunks)
  return { attachment: { ...about, content }, sha256: createHash('sha256').update(content).digest('hex') }
}

/** What an Authorization header claims as the secret. */
function credentials(authorization: string): string[] {
  const [scheme = '', value = ''] = authorization.trim().split(/\s+/)
  if (scheme.toLowerCase() === 'bearer') return [value]
  if (scheme.toLowerCase() !== 'basic') return []
  const pair = Buffer.from(value, 'base64').toString('utf8')
  return [pair.slice(pair.indexOf(':') + 1)]
}

/** In constant time; hashing makes the lengths equal. */
function isSame(one: string, other: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(one), hash(other))
}
