// Phone numbers, as E.164 where the country can be known.
import { isSupportedCountry, parsePhoneNumberFromString, type CountryCode, type PhoneNumber } from 'libphonenumber-js'
import { fold } from '../fold.ts'
import type { Found } from './found.ts'

const written = /(?<![a-z0-9.@_/#-])(?:\+|00)?\(?\d(?:[ ().\-/]{0,2}\d){6,14}(?![\p{N}@_]|[.-]\p{N})/gu
/** Numbers that are called something else. */
const otherNumber =
  /(?:\b(?:fax|order|invoice|account|customer|receipt|po|purchase|policy|tracking|reference|ref|serial|model|part|ticket|zip|postcode|iban|vat)\b[^\d\n]{0,12}|传真[^\d\n]{0,4}|(?:订单|发票|单|客户|合同|邮政|邮)(?:编?号|编码)[^\d\n]{0,4})$/
/** 3-3-4 digits as people in North America group them. */
const northAmerican = /^(?:1[ .-])?(?:\([2-9]\d{2}\) ?|[2-9]\d{2}[ .-])[2-9]\d{2}[ .-]?\d{4}$/

const chineseSpeaking = ['CN', 'TW', 'HK', 'MO', 'SG']

/** `country`: ISO 3166 code of where numbers without a country's code belong to. */
export function readPhone(text: string, country: string | undefined): Found | undefined {
  const folded = fold(text)
  const chinese = /\p{Script=Han}/u.test(folded)
  for (const { 0: match, index } of folded.matchAll(written)) {
    const digits = match.replace(/\D/g, '')
    if (looksLikeDate(match) || (!/^\+|^00/.test(match) && digits.length > 12)) continue
    if (otherNumber.test(folded.slice(Math.max(0, index - 24), index))) continue
    const spelt = match.trim()
    return { ...normalise(spelt, digits, country, chinese), start: index, end: index + spelt.length }
  }
  return undefined
}

/** For people to read: `+1 415 555 0100`. What is no E.164 number stays as it is. */
export function showPhone(phone: string): string {
  return phone.startsWith('+') ? (parse(phone, undefined)?.formatInternational() ?? phone) : phone
}

function normalise(spelt: string, digits: string, country: string | undefined, chinese: boolean): { value: string; certain: boolean } {
  if (/^\+|^00/.test(spelt)) {
    const international = `+${spelt.startsWith('+') ? digits : digits.slice(2)}`
    return { value: international, certain: parse(international, undefined)?.isValid() === true }
  }
  const mobile = /^1[3-9]\d{9}$/.test(digits) && !northAmerican.test(spelt)
  if (/^09\d{8}$/.test(digits) && chinese) return { value: `+886${digits.slice(1)}`, certain: true }
  const mainland = mobile || chinese
  // An area code of the mainland is dialled nowhere else where people write Chinese.
  const dialledThere = mobile || (chinese && /^0(?:10|2\d|[3-9]\d{2})\d{7,8}$/.test(digits) && country !== 'TW')
  const first =
    dialledThere || (chinese && country !== undefined && !chineseSpeaking.includes(country)) ? ['CN', country] : [country, ...(mainland ? ['CN'] : [])]
  const places = [...first, ...(northAmerican.test(spelt) ? ['US'] : [])]
  for (const place of places) {
    const number = place === undefined ? undefined : parse(spelt, place)
    // Where it is dialled from is known, or its form belongs to one country only.
    if (number?.isValid() === true)
      return {
        value: number.number,
        certain: mobile || digits.length === 11 || ((place === country || (chinese && place === 'CN')) && isDialled(number, digits)),
      }
  }
  const likely = country === undefined ? undefined : parse(spelt, country)
  return { value: likely?.isPossible() === true && likely.countryCallingCode !== '1' ? likely.number : spelt, certain: false }
}

/** With the zero in front where the country wants one. */
function isDialled(number: PhoneNumber, digits: string): boolean {
  return number.formatNational().replace(/\D/g, '') === digits
}

function parse(text: string, country: string | undefined): PhoneNumber | undefined {
  return parsePhoneNumberFromString(text, country !== undefined && isCountry(country) ? country : undefined)
}

export function isCountry(code: string): code is CountryCode {
  return isSupportedCountry(code)
}

function looksLikeDate(text: string): boolean {
  return /^(?:19|20)\d{2}[ ./-]\d{1,2}[ ./-]\d{1,2}$|^\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d{2}$/.test(text.trim())
}
