// A name and a type for an attachment that is safe to show, store and send on, whatever the mail called it.
import { cleanLine } from './clean-text.ts'

const endings: Readonly<Record<string, string>> = {
  'message/rfc822': 'eml',
  'message/delivery-status': 'txt',
  'message/disposition-notification': 'txt',
  'text/rfc822-headers': 'txt',
  'text/calendar': 'ics',
  'text/plain': 'txt',
  'text/html': 'html',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/gif': 'gif',
  'image/heic': 'heic',
  'application/pdf': 'pdf',
}

/** The mail's name for it without any path, or `attachment-<n>` with a fitting ending. */
export function attachmentName(name: string | undefined, contentType: string, n: number): string {
  const last = cleanLine((name ?? '').split(/[/\\]/).at(-1) ?? '', 200)
  if (last !== '' && !/^\.+$/.test(last)) return last
  return `attachment-${n}.${endings[contentType] ?? 'bin'}`
}

/** Anything that is not a plain `type/subtype` is called what RFC 2046 calls the unknown. */
export function attachmentType(contentType: string | undefined): string {
  const type = (contentType ?? '').toLowerCase().trim()
  return /^[a-z0-9][a-z0-9!#$&^_.+-]{0,63}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,63}$/.test(type) ? type : 'application/octet-stream'
}
