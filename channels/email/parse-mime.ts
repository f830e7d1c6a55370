// Takes a mail apart while it streams by: header, text and, one by one, attachments that go straight to where they are kept.
import { MailParser } from 'mailparser'
import type { AttachmentStream } from 'mailparser'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { NewAttachment } from '../../src/message.ts'
import { attachmentName, attachmentType } from './attachment-name.ts'
import { cleanText } from './clean-text.ts'
import { htmlText } from './html-text.ts'
import { mailHeaders } from './mail-headers.ts'
import type { MailHeaders } from './mail-headers.ts'
import { watchParts } from './watch-parts.ts'

/** Where an attachment goes: into the files when there is a door, into memory for a webhook. */
export type Keep = (content: AsyncIterable<Uint8Array>, about: { name: string; contentType: string }) => Promise<{ attachment: NewAttachment; sha256: string }>

export interface Mime {
  headers: MailHeaders
  /** Decoded, or undefined when there is none. */
  subject: string | undefined
  contentType: { value: string; params: Readonly<Record<string, string>> }
  text: string
  attachments: NewAttachment[]
  /** What identifies the content: a hash for every attachment, in order. */
  hashes: string[]
  /** The beginnings of the parts that make a report (RFC 6522), by their type. */
  reports: Map<string, string>
}

/** The mail could not be taken apart; `mime` has what was read until then. */
export class NotMime extends Error {
  override readonly name = 'NotMime'
  readonly code = 'not_mime'
  readonly mime: Mime

  constructor(mime: Mime, cause: unknown) {
    super('this mail cannot be taken apart', { cause })
    this.mime = mime
  }
}

/** Bytes of text parts that are looked at; the raw mail has the rest. */
const textLimit = 2 * 1024 * 1024
/** Characters of text kept in the message; MongoDB takes no document above 16 MB. */
const keptText = 500_000
/** Bytes of a report's part that are looked at. */
const reportLimit = 64 * 1024
/** A parser that hangs must not hold a connection for ever. Milliseconds. */
const patience = 5 * 60_000

const reportTypes = new Set([
  'message/delivery-status',
  'message/rfc822',
  'text/rfc822-headers',
  'message/global-delivery-status',
  'message/global',
  'message/global-headers',
])

/**
 * @throws NotMime when the parser gives up; whatever `keep` or reading `raw` throws, as it is.
 */
export async function parseMime(raw: Readable, keep: Keep): Promise<Mime> {
  // Embedded mails stay attachments: what they say is not said by the sender, and nesting stays one level deep.
  const parser = new MailParser({
    ignoreEmbedded: true,
    keepDeliveryStatus: true,
    skipTextToHtml: true,
    skipHtmlToText: true,
    checksumAlgo: false,
    maxHeadSize: 512 * 1024,
  })
  const parts = watchParts(parser, textLimit)
  const mime: Mime = {
    headers: mailHeaders([]),
    subject: undefined,
    contentType: { value: 'text/plain', params: {} },
    text: '',
    attachments: [],
    hashes: [],
    reports: new Map(),
  }
  // Three things can go wrong: reading or keeping (a fault of ours: thrown on) and taking apart (the mail's: NotMime).
  let fault: { error: unknown } | undefined
  let failure: { error: unknown } | undefined
  let keeping: Promise<void> = Promise.resolve()
  raw.on('error', (error) => (fault ??= { error }))
  let open: AttachmentStream | undefined
  // An attachment's stream does not end when the parser fails, and whoever writes it down would wait for ever.
  parser.on('error', (error) => open?.content.destroy(error))
  parser.on('data', (item) => {
    if (item.type !== 'attachment') return
    open = item
    // Told to whoever reads it; when nobody does, it must not end the process.
    item.content.on('error', () => {})
    keeping = keepAttachment(item).then(
      () => item.release?.(),
      (error: Error) => {
        if (!parser.errored) fault ??= { error }
        parser.destroy(error)
      },
    )
  })
  parser.once('headers', (headers) => {
    const type = headers.get('content-type')
    if (isStructured(type)) mime.contentType = { value: type.value.toLowerCase(), params: type.params }
    const lines = parser.headerLines
    if (lines) mime.headers = mailHeaders(lines, mime.contentType.params['charset'])
    const subject = headers.get('subject')
    // mailparser reads raw 8-bit headers as UTF-8 and nothing else.
    mime.subject = typeof subject === 'string' && !subject.includes('\ufffd') ? subject : mime.headers.first('subject')
  })
  try {
    await pipeline(raw, parser, { signal: AbortSignal.timeout(patience) })
  } catch (error) {
    failure = { error }
  }
  await keeping
  if (fault) throw fault.error
  // Its boundary never came: what there is would be dropped as what stands before the first part.
  if (mime.contentType.value.startsWith('multipart/') && parts.count === 1) failure ??= { error: new Error('a multipart mail without parts') }
  const plain = parser.text || ''
  const html = parser.html && (plain.trim() === '' || parts.looseHtml) ? htmlText(parser.html) : ''
  const words = cleanText([plain, html].filter((text) => text.trim() !== '').join('\n\n'))
  mime.text = parts.cut || words.length > keptText ? `${words.slice(0, keptText).toWellFormed()}\n[…]` : words
  if (failure) throw new NotMime(mime, failure.error)
  return mime

  async function keepAttachment(item: AttachmentStream): Promise<void> {
    const contentType = attachmentType(item.contentType)
    const name = attachmentName(item.filename, contentType, mime.attachments.length + 1)
    const kept = await keep(reportTypes.has(contentType) ? watched(item.content, contentType) : item.content, { name, contentType })
    mime.attachments.push(kept.attachment)
    mime.hashes.push(kept.sha256)
  }

  async function* watched(content: AsyncIterable<Uint8Array>, contentType: string): AsyncGenerator<Uint8Array> {
    const start: Uint8Array[] = []
    let size = 0
    for await (const chunk of content) {
      if (size < reportLimit) start.push(chunk)
      size += chunk.length
      yield chunk
    }
    if (!mime.reports.has(contentType)) mime.reports.set(contentType, cleanText(Buffer.concat(start).subarray(0, reportLimit).toString('utf8')))
  }
}

function isStructured(value: unknown): value is { value: string; params: Record<string, string> } {
  return typeof value === 'object' && value !== null && 'value' in value && 'params' in value && typeof value.value === 'string'
}
