// Reads what mail systems say about mail we sent: delivery status notifications (RFC 3464) and the older texts of qmail and Exim.
import type { NewReceipt } from '../../src/message.ts'
import type { OwnAddresses } from './addresses.ts'
import { messageIds } from './hints.ts'
import { idHeader } from './loop.ts'
import type { Mime } from './parse-mime.ts'

type Fields = ReadonlyMap<string, string>

/** A receipt for the mail of ours this one is about; undefined when it is about none, or says nothing final. */
export function readBounce(mime: Mime, own: OwnAddresses): NewReceipt | undefined {
  const status = mime.reports.get('message/delivery-status') ?? mime.reports.get('message/global-delivery-status')
  if (status === undefined) return readPlainBounce(mime, own)
  const returned = ['message/rfc822', 'text/rfc822-headers', 'message/global', 'message/global-headers'].flatMap((type) => mime.reports.get(type) ?? [])
  const about = originalOf(returned.join('\n'), own)
  if (about === undefined) return undefined
  // The first group is about the report, each other about a recipient (RFC 3464, 2.1); we write to one recipient at a time.
  const recipients = groups(status).filter((fields) => fields.has('action'))
  const failed = recipients.find(isFinal)
  if (failed) return { channel: 'email', ...about, state: 'failed', ...verdict(failed) }
  const delivered = recipients.some((fields) => /^(?:delivered|relayed|expanded)\b/i.test(fields.get('action') ?? ''))
  return delivered ? { channel: 'email', ...about, state: 'delivered' } : undefined
}

/**
 * `failed` with a permanent status. A `4.x.x` may still get better, except 4.4.7, "delivery time expired" (RFC 3463, 3.5),
 * with which a system says that it has given up.
 */
function isFinal(fields: Fields): boolean {
  const status = statusOf(fields)
  return /^failed\b/i.test(fields.get('action') ?? '') && (status.startsWith('5') || status === '4.4.7')
}

function statusOf(fields: Fields): string {
  return /[245]\.\d{1,3}\.\d{1,3}/.exec(fields.get('status') ?? '')?.[0] ?? ''
}

function verdict(fields: Fields): { reason: string; addressIsBad: boolean } {
  const status = statusOf(fields)
  const diagnostic = (fields.get('diagnostic-code') ?? '').replace(/^[\w-]+\s*;\s*/, '')
  const locals = ['final-recipient', 'original-recipient'].flatMap((name) => /;\s*<?([^@\s<>]{3,})@/.exec(fields.get(name) ?? '')?.[1] ?? [])
  const said = locals.reduce((text, local) => text.replaceAll(local, '…'), diagnostic)
  return { reason: reasonOf(status, said), addressIsBad: isAddressBad(status) }
}

/** The status and what was said with it, without addresses: it goes into the message's record. */
function reasonOf(status: string, said: string): string {
  const words = said
    .slice(0, 1_000)
    .replace(/<?[^\s<>()]+@[^\s<>()]+>?/g, '…')
    .replace(/\s+/g, ' ')
    .trim()
  return (words.includes(status) ? words : `${status} ${words}`).trim().slice(0, 200)
}

/**
 * A permanent status condemns the address, unless RFC 3463 says that it is about a full mailbox (5.2.2), this message
 * (5.2.3, 5.3.4, 5.6.x), us as the sender (5.1.7, 5.1.8) or a policy, such as a spam filter (5.7.x).
 */
function isAddressBad(status: string): boolean {
  return status.startsWith('5.') && !/^5\.(?:1\.[78]|2\.[23]|3\.4|6\.\d+|7\.\d+)$/.test(status)
}

/** Our message in a returned header: by the id we put there, or by a Message-ID of ours. */
function originalOf(header: string, own: OwnAddresses): { messageId: string } | { providerId: string } | undefined {
  const [fields] = groups(header)
  const ours = messageIds(fields?.get('message-id') ?? '').find(own.isOurId)
  if (ours !== undefined) return { providerId: ours }
  const id = fields?.get(idHeader.toLowerCase())
  return id !== undefined && /^\w{1,64}$/.test(id) ? { messageId: id } : undefined
}

/** Groups of header fields, unfolded; a blank line ends a group. */
function groups(text: string): Fields[] {
  return text
    .replace(/\n[ \t]+/g, ' ')
    .split(/\n\s*\n/)
    .map((group) => {
      const fields = new Map<string, string>()
      for (const line of group.split('\n')) {
        const [, name, value] = /^([!-9;-~]+)\s*:(.*)$/.exec(line) ?? []
        if (name !== undefined && value !== undefined && !fields.has(name.toLowerCase())) fields.set(name.toLowerCase(), value.trim())
      }
      return fields
    })
    .filter((fields) => fields.size > 0)
}

/** qmail's and Exim's own texts, with the returned mail below a line that says so. */
const returnedBelow =
  /^-{2,20} ?(?:Below this line is a copy of the message|This is a copy of (?:the|your) message|(?:the )?(?:original|undelivered) message)[^\n]{0,100}$/im

function readPlainBounce(mime: Mime, own: OwnAddresses): NewReceipt | undefined {
  const { headers, text, reports } = mime
  const from = headers.first('from') ?? ''
  const isNotice = headers.first('x-failed-recipients') !== undefined || /mailer-daemon|mail delivery (?:sub)?system|postmaster/i.test(from)
  if (!isNotice || /delay|warning|temporar/i.test(mime.subject ?? '')) return undefined
  const below = returnedBelow.exec(text)
  const told = below ? text.slice(0, below.index) : text
  const returned = reports.get('message/rfc822') ?? reports.get('text/rfc822-headers') ?? (below ? text.slice(below.index + below[0].length).trimStart() : '')
  const about = originalOf(returned, own)
  const status = /\b5\.\d{1,3}\.\d{1,3}\b/.exec(told)?.[0] ?? (/\b55[0-4]\b/.test(told) ? '5.0.0' : undefined)
  if (about === undefined || status === undefined) return undefined
  const line = told.split('\n').find((one) => one.includes(status) || /\b55[0-4]\b/.test(one)) ?? ''
  return { channel: 'email', ...about, state: 'failed', reason: reasonOf(status, line), addressIsBad: isAddressBad(status) }
}
