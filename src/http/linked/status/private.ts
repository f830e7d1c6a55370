// What the page keeps back until a one-time code was typed: address, phone, mail address and most of the serial number, wherever they stand.
import { isSame } from '../../../access/index.ts'
import type { HttpRequest } from '../../../channel.ts'
import type { Core } from '../../../core.ts'
import { maskAddress } from '../../../desk/mask.ts'
import type { StoredMessage } from '../../../message.ts'
import type { RepairFields } from '../../../tickets/index.ts'

type Signs = Pick<Core, 'clock' | 'sign' | 'publicUrl'>

const name = 'mendline_private'
const lastsMs = 30 * 60_000

/** The header that opens what is private about one ticket to this browser; it goes to no other page. */
export function openPrivate({ clock, sign, publicUrl }: Signs, path: string, number: string): string {
  const until = clock.now() + lastsMs
  const secure = publicUrl.startsWith('https:') ? '; Secure' : ''
  return `${name}=${until}.${sign(`private:${number}:${until}`)}; Path=${path}; Max-Age=${lastsMs / 1000}; HttpOnly; SameSite=Lax${secure}`
}

export function isOpen({ clock, sign }: Signs, { headers }: Pick<HttpRequest, 'headers'>, number: string): boolean {
  return (headers['cookie'] ?? '').split(';').some((each) => {
    const [key, value = ''] = each.trim().split('=')
    const [until = '', signature = ''] = value.split('.')
    return key === name && /^\d{1,15}$/.test(until) && Number(until) > clock.now() && isSame(signature, sign(`private:${number}:${until}`))
  })
}

export type PrivateField = 'serial' | 'address' | 'phone' | 'email'

/** Which there are, as they are shown. */
export function privateFields(fields: RepairFields, open: boolean): { field: PrivateField; value: string }[] {
  return (['serial', 'address', 'phone', 'email'] as const).flatMap((field) => {
    const value = fields[field]
    return value === undefined ? [] : [{ field, value: open ? value : hidden(field, value) }]
  })
}

function hidden(field: PrivateField, value: string): string {
  return field === 'address' || value.length < 8 ? '•••' : maskAddress(value)
}

/** What was read back to them for confirmation stood in these. */
const readBack = /^(?:summary|check)\.(?:serial|serial_photo|address|contact)$/
const mail = /[^\s@<>]+@[^\s@<>]+\.[^\s@<>.,;:!?]+/g
const number = /\+?\d(?:[\s().-]*\d){8,}/g

/** The text of a message with all that is hidden cut out: what we know to be private, and whatever looks like a mail address or a phone number. */
export function hider(fields: RepairFields, said: readonly StoredMessage[]): (text: string) => string {
  const values = [
    fields.serial,
    fields.address,
    fields.phone,
    fields.email,
    ...said.flatMap((message) =>
      (message.direction === 'outbound' ? message.utterances : []).flatMap(({ text, with: values }) =>
        readBack.test(text) ? String(values['value'] ?? '') : [],
      ),
    ),
  ].flatMap((value) => (value === undefined || value.trim().length < 3 ? [] : value.trim()))
  const known = [...new Set(values)].toSorted((one, other) => other.length - one.length).map(pattern)
  return (text) =>
    known
      .reduce((rest, each) => rest.replaceAll(each, '•••'), text)
      .replaceAll(mail, '•••')
      .replaceAll(number, '•••')
}

/** However it is spaced and written large or small. */
function pattern(value: string): RegExp {
  const words = value.split(/\s+/).map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
  return new RegExp(words.join(String.raw`\s+`), 'giu')
}
