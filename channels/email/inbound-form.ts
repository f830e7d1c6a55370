// The forms in which inbound-parse services post a mail: SendGrid's with the raw MIME in `email`, and its parsed one with the mail in pieces.
// https://www.twilio.com/docs/sendgrid/for-developers/parsing-email/setting-up-the-inbound-parse-webhook
import { Busboy } from '@fastify/busboy'
import { createHash } from 'node:crypto'
import { finished } from 'node:stream/promises'
import { attachmentName, attachmentType } from './attachment-name.ts'
import { cleanLine } from './clean-text.ts'

export interface InboundForm {
  mail: Uint8Array
  /** True when `mail` is what was sent; false when it was put together again from its pieces. */
  untouched: boolean
  envelope: { from: string; to: readonly string[] } | undefined
}

interface Fields {
  /** Values as bytes in a binary string: the raw mail may be in any encoding. */
  values: Map<string, string>
  files: { name: string; contentType: string; content: Uint8Array }[]
}

/** Undefined when the form holds no mail. */
export async function readForm(contentType: string, body: Uint8Array): Promise<InboundForm | undefined> {
  const fields = contentType.toLowerCase().startsWith('multipart/') ? await multipart(contentType, body) : urlEncoded(body)
  if (fields === undefined) return undefined
  const { values } = fields
  const envelope = readEnvelope(text(fields, 'envelope'))
  const raw = values.get('email')
  if (raw) return { mail: Buffer.from(raw, 'latin1'), untouched: true, envelope }
  if (!values.has('from') || !(values.has('text') || values.has('html'))) return undefined
  return { mail: together(fields), untouched: false, envelope }
}

async function multipart(contentType: string, body: Uint8Array): Promise<Fields | undefined> {
  const fields: Fields = { values: new Map(), files: [] }
  try {
    const parser = Busboy({ headers: { 'content-type': contentType }, defCharset: 'latin1', limits: { fieldSize: body.length, parts: 1_000 } })
    parser.on('field', (name, value, _nameCut, _valueCut, _encoding, _type) => {
      if (!fields.values.has(name)) fields.values.set(name, value)
    })
    parser.on('file', (name, stream, fileName, _encoding, type) => {
      const chunks: Uint8Array[] = []
      stream.on('data', (chunk: Uint8Array) => chunks.push(chunk))
      stream.on('end', () => {
        const content = Buffer.concat(chunks)
        // Some services post the raw mail as a file.
        if (name === 'email') fields.values.set(name, content.toString('latin1'))
        else fields.files.push({ name: fileName, contentType: type, content })
      })
    })
    parser.end(body)
    await finished(parser)
    return fields
  } catch {
    // A form that is cut off or has no boundary.
    return undefined
  }
}

function urlEncoded(body: Uint8Array): Fields {
  const decode = (part: string) => part.replace(/\+/g, ' ').replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  const values = new Map<string, string>()
  for (const pair of Buffer.from(body).toString('latin1').split('&')) {
    const at = pair.indexOf('=')
    if (at > 0 && !values.has(decode(pair.slice(0, at)))) values.set(decode(pair.slice(0, at)), decode(pair.slice(at + 1)))
  }
  return { values, files: [] }
}

/** SendGrid names each field's encoding in `charsets`; the rest is UTF-8. */
function text({ values }: Fields, name: string): string {
  const bytes = Buffer.from(values.get(name) ?? '', 'latin1')
  const charset = field(json(values.get('charsets') ?? ''), name)
  try {
    return new TextDecoder(typeof charset === 'string' ? charset : 'utf-8').decode(bytes)
  } catch {
    return bytes.toString('utf8')
  }
}

/** `{"to":["support@example.com"],"from":"ann@example.com"}`; an empty `from` is the null sender. */
function readEnvelope(value: string): { from: string; to: readonly string[] } | undefined {
  const envelope = json(value)
  const from = field(envelope, 'from')
  const to = field(envelope, 'to')
  if (typeof from !== 'string' || !Array.isArray(to)) return undefined
  return { from, to: to.filter((one: unknown) => typeof one === 'string') }
}

function json(value: string): unknown {
  try {
    return JSON.parse(value)
  } catch {
    return undefined
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined
}

/** A mail made of the pieces, so that one reader reads them all. The boundary follows from the content: the same form is the same mail. */
function together(fields: Fields): Uint8Array {
  const boundary = `form-${createHash('sha256').update(text(fields, 'text')).update(text(fields, 'html')).digest('hex').slice(0, 40)}`
  const parts: { headers: string[]; content: Uint8Array }[] = []
  for (const [name, type] of [
    ['text', 'text/plain'],
    ['html', 'text/html'],
  ] as const)
    if (fields.values.get(name)?.trim()) {
      // With both, the plain text says it all; the HTML is the same once more.
      if (name === 'html' && parts.length > 0) continue
      parts.push({ headers: [`Content-Type: ${type}; charset=utf-8`], content: Buffer.from(text(fields, name)) })
    }
  for (const [index, file] of fields.files.entries()) {
    const contentType = attachmentType(file.contentType)
    const name = encodeURIComponent(attachmentName(file.name, contentType, index + 1))
    parts.push({ headers: [`Content-Type: ${contentType}`, `Content-Disposition: attachment; filename*=utf-8''${name}`], content: file.content })
  }
  const lines = [...header(fields), 'MIME-Version: 1.0', `Content-Type: multipart/mixed; boundary="${boundary}"`, '']
  for (const { headers, content } of parts)
    lines.push(`--${boundary}`, ...headers, 'Content-Transfer-Encoding: base64', '', Buffer.from(content).toString('base64'))
  return Buffer.from([...lines, `--${boundary}--`, ''].join('\r\n'), 'latin1')
}

/** The header as the service passed it on, without what describes the body; else made from the fields, each on one line whatever is in it. */
function header(fields: Fields): string[] {
  const given = (fields.values.get('headers') ?? '').replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)
  const kept = given.filter((line) => /^[!-9;-~]+:/.test(line) && !/^(?:content-(?:type|transfer-encoding|disposition)|mime-version)\s*:/i.test(line))
  for (const name of ['From', 'To', 'Cc', 'Subject']) {
    const value = cleanLine(text(fields, name.toLowerCase()), 2_000)
    if (value !== '' && !kept.some((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`)))
      kept.push(`${name}: ${Buffer.from(value, 'utf8').toString('latin1')}`)
  }
  return kept
}
