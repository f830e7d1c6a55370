// How to reach the customer: phone, mail address, name.
import { fold } from '../fold.ts'

export function readEmail(text: string): string | undefined {
  return /(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+/.exec(fold(text))?.[0].replace(/\.+$/, '')
}

/** E.164 where the country is certain (a `+`, `00`, an eleven-digit Chinese mobile, a `1` before ten digits), else as written. */
export function readPhone(text: string): string | undefined {
  const folded = fold(text)
  for (const match of folded.matchAll(/(?<![a-z0-9.@_/#-])(?:\+|00)?\(?\d(?:[ ().-]{0,2}\d){6,14}(?![\p{N}@_]|[.-]\p{N})/gu)) {
    const digits = match[0].replace(/\D/g, '')
    if (looksLikeDate(match[0]) || (!/^\+|^00/.test(match[0]) && digits.length > 12)) continue
    return normalise(match[0].trim(), digits)
  }
  return undefined
}

function normalise(written: string, digits: string): string {
  if (written.startsWith('+')) return `+${digits}`
  if (written.startsWith('00')) return `+${digits.slice(2)}`
  if (/^1[3-9]\d{9}$/.test(digits) && !/[()]/.test(written) && !/^1[ .-]\d{3}[ .-]\d{3}[ .-]\d{4}$/.test(written)) return `+86${digits}`
  if (/^1[2-9]\d{2}[2-9]\d{6}$/.test(digits)) return `+${digits}`
  return written
}

function looksLikeDate(written: string): boolean {
  return /^(?:19|20)\d{2}[ .-]\d{1,2}[ .-]\d{1,2}$|^\d{1,2}[.-]\d{1,2}[.-](?:19|20)\d{2}$/.test(written.trim())
}

const englishName = /(?:\bmy name is|\bmy name's|\bname\s*[:=]|\bcontact(?: person)?\s*[:=]|\bask for|\bthis is|\bi am|\bi'm)\s+/g
const notNames = new Set(
  'not the a an at in on so very just having still here sorry writing calling happy unhappy available free home away out back going trying looking waiting afraid sure unable getting using my our your it that what how urgent about because broken now working'.split(
    ' ',
  ),
)

const closing =
  /(?:^|\n)(?:(?:best|kind|warm|many)? ?(?:regards|wishes|thanks)|best|cheers|sincerely|yours(?: \w+)?|thank you|thanks)[,.!]? ?\n+(\p{Lu}[\p{L}'’.-]+(?: \p{Lu}[\p{L}'’.-]*){0,2})(?=\n|$)/iu

/** A name only where one is announced or signed: "my name is Ann Lee", "我叫王伟", "Regards, Ann". */
export function readContactName(text: string): string | undefined {
  const folded = fold(text)
  for (const match of folded.matchAll(englishName)) {
    const rest = text.slice(match.index + match[0].length)
    const name = /^\p{Lu}[\p{L}'’.-]*(?: \p{Lu}[\p{L}'’-]*){0,2}/u.exec(rest)?.[0].replace(/[.'’-]+$/, '')
    if (name !== undefined && !notNames.has(name.split(' ')[0]?.toLowerCase() ?? '')) return name
  }
  const signed = closing.exec(text)?.[1]
  if (signed !== undefined && /^\p{Lu}/u.test(signed)) return signed
  const chinese =
    /(?:我叫|我的名字(?:是|叫)|我是(?=[\u4e00-\u9fff]{1,3}(?:先生|女士|小姐|太太|[,，。.!！\s]|$))|联系人\s*(?:是|为|:)?\s*|姓名\s*(?:是|为|:)?\s*)([\u4e00-\u9fff]{1,4}?(?:先生|女士|小姐|太太)|[\u4e00-\u9fff]{2,4}(?=[\s,，。.;；、!！]|$)|[\u4e00-\u9fff]{2,3})/.exec(
      folded,
    )
  const name = chinese?.[1]
  if (chinese === null || name === undefined || /客户|客戶|用户|业主|房东|租客|你们/.test(name)) return undefined
  const at = chinese.index + chinese[0].length - name.length
  return text.slice(at, at + name.length)
}
