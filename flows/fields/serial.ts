// The serial number of the thing.
import { plain, type Field } from './field.ts'

export const serial: Field = {
  name: 'serial',
  known: (fields) => fields.serial !== undefined,
  find: ({ entities }) => (entities.serial === undefined ? {} : { serial: entities.serial }),
  claim: readCode,
  read: readCode,
  show: (fields) => fields.serial,
  called: /serial|s\/n|\bsn\b|序列|序號|序号|编号|編號/,
}

/** A code with a digit in it and nothing else: `KP-20391`, `kp 20391`, `SN: 4155550100`. */
function readCode(text: string): { serial: string } | undefined {
  const value = plain(
    plain(text).replace(/^(?:s\s?\/\s?n|sn|serial(?: (?:number|no\.?|nr\.?))?|序列号码?|序列號碼?|编号|編號|序号|序號)\s*(?:is|是|为|為)?\s*[:：#]?\s*/i, ''),
  )
    .normalize('NFKC')
    .toUpperCase()
  const isCode = /^[A-Z0-9][A-Z0-9\-/._]*(?: [A-Z0-9\-/._]+){0,3}$/.test(value) && /\d/.test(value)
  const words = value.split(' ').filter((word) => /^[A-Z]{4,}$/.test(word))
  const length = value.replace(/[^A-Z0-9]/g, '').length
  // "14 OAK AVE" is an address.
  if (/^\d{1,5} [A-Z]+ [A-Z]+$/.test(value)) return undefined
  return isCode && words.length === 0 && length >= 3 && length <= 40 ? { serial: value } : undefined
}
