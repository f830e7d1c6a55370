// From a raw mail to what Mendline accepts: the one reader behind the SMTP listener, IMAP and the webhook.
import { parseAddressHeader } from 'mailparser'
import type { Readable } from 'node:stream'
import { digest } from '../../src/message.ts'
import type { ChannelEvent, NewAttachment, NewMessage } from '../../src/message.ts'
import type { OwnAddresses } from './addresses.ts'
import { mostHops, readAuthor } from './author.ts'
import { readBounce } from './bounce.ts'
import { cleanLine } from './clean-text.ts'
import { recipients, threadHints } from './hints.ts'
import { NotMime, parseMime } from './parse-mime.ts'
import type { Keep, Mime } from './parse-mime.ts'
import { salvage } from './salvage.ts'
import { isForward, trimQuote } from './trim-quote.ts'

/** Who handed the mail over and for whom, where the way it came tells (SMTP, some webhooks). */
export interface Envelope {
  /** Empty for the null sender. */
  from: string
  to: readonly string[]
}

export interface RawMail {
  /** Where the untouched mail is kept. */
  raw: NewAttachment
  /** Opens it for reading, more than once when the first reading fails. */
  open(): Promise<Readable>
  keep: Keep
  envelope?: Envelope
}

export type ReadMail = { kind: 'event'; event: ChannelEvent } | { kind: 'refused'; reason: string }

/** Stands in for an address where a mail names none: the ticket is made, nothing can be answered (RFC 2606, 2). */
const nobody = 'unknown@sender.invalid'

/** @throws only what `open` and `keep` throw: our own faults. However broken the mail, something is made of it. */
export async function readMail(mail: RawMail, own: OwnAddresses): Promise<ReadMail> {
  const mime = await takeApart(mail)
  const hops = mime.headers.all('received').length
  if (hops > mostHops) return { kind: 'refused', reason: `this mail has passed ${hops} servers and seems to go in circles` }
  const receipt = readBounce(mime, own)
  if (receipt) return { kind: 'event', event: { kind: 'receipt', receipt, raw: mail.raw } }
  return { kind: 'event', event: { kind: 'message', message: messageOf(mime, mail, own) } }
}

async function takeApart(mail: RawMail): Promise<Mime> {
  try {
    return await parseMime(await mail.open(), mail.keep)
  } catch (error) {
    if (!(error instanceof NotMime)) throw error
    const saved = await salvage(await mail.open())
    // Attachments that were complete before the parser gave up are there.
    return { ...saved, attachments: error.mime.attachments, hashes: error.mime.hashes }
  }
}

function messageOf(mime: Mime, mail: RawMail, own: OwnAddresses): NewMessage {
  const { headers, text: fullText, attachments } = mime
  const from = senderOf(mime, mail.envelope)
  const subject = cleanLine(mime.subject ?? '', 500)
  const to = recipients(headers, mail.envelope?.to ?? [])
  const hints = threadHints(headers, to, subject, own)
  // Not the raw bytes: on its way to two mailboxes a mail gets other line ends and encodings, but says the same.
  const body = digest(fullText.replace(/\s+/g, ' ').trim(), ...mime.hashes)
  const identity = hints.own ?? digest(headers.first('date') ?? '', subject)
  const locale = /^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/i.exec((headers.first('content-language') ?? '').split(',')[0]?.trim() ?? '')?.[0]
  const contentType = mime.contentType.value
  const answersUs = hints.tokens.length > 0 || hints.references.some(own.isOurId)
  const author = readAuthor({ headers, from: from.address, envelopeFrom: mail.envelope?.from, subject, contentType, answersUs, own })
  return {
    channel: 'email',
    account: to.map((address) => own.match(address)?.account).find((account) => account !== undefined) ?? own.from,
    providerId: digest(identity, digest(from.address, body)),
    keyWithoutAccount: true,
    from,
    thread: hints.references[0] ?? hints.own ?? `no-id-${digest(identity, from.address, body)}`,
    hints,
    ...(subject === '' ? {} : { subject }),
    text: isForward(subject) ? fullText.trim() : trimQuote(fullText),
    fullText,
    ...(locale === undefined ? {} : { locale }),
    author: author === 'person' && from.address === nobody ? 'person_no_reply' : author,
    attachments,
    raw: mail.raw,
  }
}

/** The first address of From; without one the Sender's, then the envelope's. */
function senderOf({ headers }: Mime, envelope: Envelope | undefined): { address: string; name?: string } {
  const written = ['from', 'sender'].map((name) => headers.first(name) ?? '')
  for (const mailbox of parseAddressHeader([...written, envelope?.from ?? ''], { flatten: true, decodePunycode: false }).value) {
    const address = (mailbox.address ?? '').toLowerCase()
    if (!/^[^\s@<>]{1,64}@[^\s@<>]{1,255}$/.test(address)) continue
    const name = cleanLine(mailbox.name, 200)
    return name === '' ? { address } : { address, name }
  }
  return { address: nobody }
}
