// Who the customer is: mail address and name.
import { fold } from '../fold.ts'
import { found, type Found } from './found.ts'

export function readEmail(text: string): Found | undefined {
  const folded = fold(text)
  const match = /(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+/.exec(folded)
  if (match === null) return spokenEmail(folded)
  const value = match[0].replace(/\.+$/, '')
  return { value, start: match.index, end: match.index + value.length, certain: true }
}

/** "ann dot lee at example dot com", as a voice-to-text keyboard writes it. */
function spokenEmail(folded: string): Found | undefined {
  const match = /\b(?:[a-z0-9_-]+ (?:dot|underscore) ){0,3}[a-z0-9_.-]+ at (?:[a-z0-9-]+ dot ){1,3}(?:com|org|net|de|uk|cn|io|eu|co|tw|hk|edu|fr)\b/.exec(
    folded,
  )
  if (match === null) return undefined
  const value = match[0]
    .replace(/ at /, '@')
    .replace(/ dot /g, '.')
    .replace(/ underscore /g, '_')
  return /^[\w.+-]+@[\w.-]+$/.test(value) ? { value, start: match.index, end: match.index + match[0].length, certain: false } : undefined
}

const englishName = /(?:\bmy name is|\bmy name's|\bname\s*(?:[:=]|is)|\bcontact(?: person)?\s*[:=]|\bask for|\bthis is|\bi am|\bi'm)\s+/g
const notNames = new Set(
  'not the a an at in on so very just having still here sorry writing calling happy unhappy available free home away out back going trying looking waiting afraid sure unable getting using my our your it that what how urgent about because broken now working fine ok okay good done monday tuesday wednesday thursday friday saturday sunday'.split(
    ' ',
  ),
)

const closing =
  /(?:^|\n)(?:(?:best|kind|warm|many)? ?(?:regards|wishes|thanks)|best|cheers|sincerely|yours(?: \w+)?|thank you|thanks)[,.!]? ?\n+(\p{Lu}[\p{L}'’.-]+(?: \p{Lu}[\p{L}'’.-]*){0,2})(?=\n|$)/iu

const chineseName =
  /(?:我叫|我的名字(?:是|叫)|我是(?=[\u4e00-\u9fff]{1,3}(?:先生|女士|小姐|太太)(?:[,，。.!！\s]|$))|联系人\s*(?:是|为|:)?\s*|姓名\s*(?:是|为|:)?\s*|找(?=[\u4e00-\u9fff]{1,3}(?:先生|女士|小姐|太太)))([\u4e00-\u9fff]{1,4}?(?:先生|女士|小姐|太太)|[\u4e00-\u9fff]{2,4}(?=[\s,，。.;；、!！]|$)|[\u4e00-\u9fff]{2,3})/

/** A name only where one is announced or signed: "my name is Ann Lee", "我叫王伟", "Regards, Ann". */
export function readContactName(text: string): Found | undefined {
  const folded = fold(text)
  for (const match of folded.matchAll(englishName)) {
    const start = match.index + match[0].length
    const name = /^\p{Lu}[\p{L}'’.-]*(?: \p{Lu}[\p{L}'’-]*){0,2}/u.exec(text.slice(start))?.[0].replace(/[.'’-]+$/, '')
    if (name !== undefined && !notNames.has(name.split(' ')[0]?.toLowerCase() ?? '')) return found(text, { start, end: start + name.length })
    const small =
      name === undefined && /\bname/.test(match[0])
        ? /^[a-z][a-z'-]+(?: (?!and\b|my\b|i\b|is\b|from\b|the\b|but\b)[a-z][a-z'-]+)?/.exec(folded.slice(start))?.[0]
        : undefined
    if (small !== undefined && !notNames.has(small.split(' ')[0] ?? '')) return found(text, { start, end: start + small.length })
  }
  const signed = closing.exec(text)
  if (signed?.[1] !== undefined && /^\p{Lu}/u.test(signed[1])) {
    const start = signed.index + signed[0].lastIndexOf(signed[1])
    return found(text, { start, end: start + signed[1].length })
  }
  const chinese = chineseName.exec(folded)
  const name = chinese?.[1]
  if (chinese === null || name === undefined || /客户|客戶|用户|业主|房东|租客|你们/.test(name)) return undefined
  const start = chinese.index + chinese[0].length - name.length
  return found(text, { start, end: start + name.length })
}
