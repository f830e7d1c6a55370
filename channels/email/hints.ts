// What in a mail may tie it to an earlier conversation: reply tokens in addresses, ids of earlier mails, ticket numbers. The core decides what they are worth.
import { parseAddressHeader } from 'mailparser'
import type { ThreadHints } from '../../src/message.ts'
import type { OwnAddresses } from './addresses.ts'
import type { MailHeaders } from './mail-headers.ts'

/** Headers in which a mail server notes whom a mail was delivered to, the surest first; then those the sender wrote. */
const recipientHeaders = ['delivered-to', 'x-original-to', 'envelope-to', 'x-envelope-to', 'to', 'cc']

/** Enough for any thread; a header may list thousands. */
const most = 100

/** Every address the mail went to: the envelope's first, then the header's. */
export function recipients(headers: MailHeaders, envelope: readonly string[]): string[] {
  const named = recipientHeaders.flatMap((name) => headers.all(name).slice(0, most))
  const parsed = parseAddressHeader(named, { flatten: true, decodePunycode: false }).value
  return [...new Set([...envelope, ...parsed.flatMap(({ address }) => (address ? [address] : []))])].slice(0, 10 * most)
}

/**
 * Message ids in a header value, without angle brackets and in their order. Clients fold inside an id, leave brackets out, put
 * commas between ids or cut the last one off; what still looks like an id is taken (RFC 5322, 3.6.4, and its obsolete forms).
 */
export function messageIds(value: string): string[] {
  const bracketed = Array.from(value.matchAll(/<([^<>]+)>?/g), ([, id = '']) => id.replace(/\s+/g, ''))
  const bare = value
    .replace(/<[^<>]*>?/g, ' ')
    .split(/[\s,;]+/)
    .filter((word) => /^[^@\s]+@[^@\s]+$/.test(word))
  return [...new Set([...bracketed, ...bare])].filter((id) => id !== '' && id.length <= 998)
}

/**
 * Ticket numbers as people write them: any case, O for 0, I or L for 1, any dash; given back as printed, `R-4K7Q2MM`.
 * The check character is looked at by whoever looks the number up.
 */
export function ticketNumbers(text: string): string[] {
  const found = text.matchAll(/(?<![\p{L}\p{N}])R[-\u2010-\u2015\u2212\uff0d]([0-9A-TV-Z]{7})(?![\p{L}\p{N}])/giu)
  const numbers = Array.from(found, ([, digits = '']) => `R-${digits.toUpperCase().replace(/O/g, '0').replace(/[IL]/g, '1')}`)
  return [...new Set(numbers)].slice(0, most)
}

export function threadHints(headers: MailHeaders, to: readonly string[], subject: string, own: OwnAddresses): ThreadHints {
  const references = [...headers.all('references'), ...headers.all('in-reply-to')].flatMap(messageIds)
  const unique = [...new Set(references)]
  return {
    tokens: [...new Set(to.flatMap((address) => own.match(address)?.token ?? []))],
    // The first names the thread, the last ones what is answered.
    references: unique.length <= most ? unique : [...unique.slice(0, 1), ...unique.slice(1 - most)],
    numbers: ticketNumbers(subject),
    own: messageIds(headers.first('message-id') ?? '')[0] ?? null,
  }
}
