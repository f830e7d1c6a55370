// Puts a word for its kind in the place of each value, so that what is learnt of one address or time holds for all.
import type { FoundSlots } from '../read-entities.ts'

const words = {
  product: ' xdevice ',
  serial: ' xserial ',
  errorCode: ' xcode ',
  address: ' xplace ',
  contactName: ' xname ',
  phone: ' xphone ',
  email: ' xmail ',
  preferredTime: ' xtime ',
  ticketNumber: ' xticket ',
} as const

export function maskValues(text: string, found: FoundSlots): string {
  const values = Object.entries(words).flatMap(([slot, word]) => {
    const value = slot in found ? found[slot as keyof typeof words] : undefined
    return value === undefined ? [] : [{ ...value, word }]
  })
  let masked = ''
  let at = 0
  for (const { start, end, word } of values.toSorted((one, other) => one.start - other.start)) {
    if (start < at) continue
    masked += text.slice(at, start) + word
    at = end
  }
  return masked + text.slice(at)
}
