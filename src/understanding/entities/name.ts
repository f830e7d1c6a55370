// Who somebody says they are, or who is to be asked for: a name only where one is announced, signed, or stands beside a number to call.
import { fold } from '../fold.ts'
import { found, type Found } from './found.ts'

/** As written: a title, then up to three words that begin with a capital. */
const written = String.raw`(?:(?:Mrs?|Ms|Miss|Dr|Prof)\.?\s+)?\p{Lu}(?:[\p{L}'’-]*\p{Ll}[\p{L}'’-]*|\.)(?: \p{Lu}(?:[\p{L}'’-]+|\.)){0,2}`
const announced =
  /\b(?:(?:(?:call|ring|text|phone|message|whatsapp|contact|reach)(?= \p{L}[\p{L}'-]*(?: \p{L}[\p{L}'-]*)?,?(?: on| at| via)? [+(]?\d[\d ().-]{6}))|(?:(?:duty|site|office|facilit(?:y|ies)|building|store|shop|general|property|service) )*(?:manager|caretaker|concierge|superintendent|supervisor|janitor)(?:,| is|:)?(?! *\n)|my name is|my name's|(?:the )?name\s*(?:[:=]|is|'s)|contact(?: person)?(?: is)?\s*[:=]?|ask for|speak (?:to|with)|this is|im|i am|i'm|it's|its|her name is|his name is|(?:my|our|the) (?:wife|husband|partner|colleague|son|daughter|mother|father|mum|dad|neighbou?r|caretaker|janitor|concierge|receptionist|assistant|boss|manager|flatmate|roommate|tenant|landlord|brother|sister|super)(?:,| is| called| named)?)\s+/gu
const notNames = new Set(
  'not the a an at in on so very just having still here sorry writing calling happy unhappy available free home away out back going trying looking waiting afraid sure unable getting using my our your it that what how urgent about because broken now working fine ok okay good done monday tuesday wednesday thursday friday saturday sunday is are was will can does has i we you he she they there this no yes please thanks thank regards hello hi dear best kind cheers error code serial model tel telephone mob fax lads mate mates guys all team folks everyone everybody again so much bye boss love buddy bro man sir madam everything sorted call ring text phone contact whatsapp reach whoever someone somebody anyone reception office home work tomorrow today'.split(
    ' ',
  ),
)
const closing =
  '(?:(?:with )?(?:best|kind|warm|many|kindest)? ?(?:regards|wishes|thanks)|best|cheers|sincerely|yours(?: \\w+)?|thank you|thanks(?: again| a lot| so much| in advance)?|ta|xx?|love)'
const inline = new RegExp(`(?:^|[\\n.!?]\\s*|\\n)(?:${closing})[,.!]?\\s+(?=\\p{Lu})(${written})(?:,[^\\n]{1,80})?[.!]?\\s*$`, 'imu')
/** "Sam 917-555-0104". */
const beforeNumber = new RegExp(String.raw`(?:^|[.?!,\n]\s*)(${written}),?\s+(?=\+?\(?\d[\d ().-]{6,}\s*$)`, 'mu')
/** ". Ann Lee" at the very end. */
const atTheEnd = new RegExp(String.raw`[.!?]\s+(\p{Lu}\p{Ll}+ \p{Lu}\p{Ll}+)\s*$`, 'u')
const line = new RegExp(`^(?:[-–—]\\s*)?(${written})(?:,\\s.*)?$`, 'u')

const surnames =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦傅方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤'
const title = '(?:先生|女士|小姐|太太|师傅|经理|主任|老师|姐|哥|总|工|阿姨|叔|医生|老板)'
const person = `[${surnames}][\\u4e00-\\u9fff]{0,2}?${title}|小[${surnames}]|老[${surnames}]|[${surnames}][\\u4e00-\\u9fff]{1,2}`
const chinese = [
  new RegExp(
    `(?:我叫|我的名字(?:是|叫)|联系人|联络人|收件人|收货人|姓名|联系)\\s*(?:是|为|叫)?[:\\s]*(${person}|[\\u4e00-\\u9fff]{2,4}(?=[\\s,，。.;；、!！]|$))`,
  ),
  new RegExp(`(?:我是|这里是)(?:[^,，。!！\\s\\d]{1,8}的)?(${person})(?![\\u4e00-\\u9fff]*(?:户|客|的))(?=[,，。.!！\\s的]|$)`),
  new RegExp(`(?:找|问)(?:一下)?(?:前台|门卫|保安|物业|店里|我同事|同事)?(?:的)?(${person})(?=就|即可|[,，。.;；!！\\s]|$)`),
  new RegExp(`(?:姓[\\u4e00-\\u9fff][,，\\s]*)?(?:名?叫|名字是)\\s*([${surnames}][\\u4e00-\\u9fff]{1,2})(?=[,，。.;；!！\\s]|$)`),
  new RegExp(`(?:我)?(?:老公|老婆|先生|太太|同事|室友|儿子|女儿|爸|妈|邻居)(?:是|叫)?([${surnames}][\\u4e00-\\u9fff]{1,2})(?=在|会|[,，。.;；!！\\s]|$)`),
  new RegExp(`(?<![\\u4e00-\\u9fff])([${surnames}][\\u4e00-\\u9fff]{0,2}(?:先生|女士|小姐|太太))\\s*(?=[:\\d+(])`),
]
/** A line of its own at the end, with the office before it or "敬上" behind. */
const chineseLine = new RegExp(
  `^(?:[\\u4e00-\\u9fffa-z]{2,10}(?:部|处|科|室|经理|主任|行政|物业|公司|酒店|中心|店)\\s*|(?:物业|行政|采购|后勤)\\s+)?([${surnames}][\\u4e00-\\u9fff]{1,2}|[${surnames}](?:先生|女士|小姐|太太))(?:\\s*(?:敬上|谨上|敬启|上))?$`,
)
const notPeople =
  /客户|用户|业主|房东|租客|你们|公司|服务|维修|于是|何时|任何|万一|高温|白天|方便|金额|石头|周[一二三四五六日末]|马上|马桶|龙头|夏天|江苏|高压|方法|黄色|白色|余额|于本|向您|向你|许多|何况|严重|成都/

/** The customer's own name, or of whom to ask for. */
export function readContactName(text: string): Found | undefined {
  return englishName(text) ?? chineseName(text) ?? signed(text)
}

function englishName(text: string): Found | undefined {
  const folded = fold(text)
  for (const match of folded.matchAll(announced)) {
    const start = match.index + match[0].length
    const name = new RegExp(`^${written}`, 'u').exec(text.slice(start))?.[0].replace(/[.'’-]+$/, '')
    if (name !== undefined && isName(name)) return found(text, { start, end: start + name.length })
    const small =
      name === undefined && /\bname/.test(match[0])
        ? /^[a-z][a-z'-]+(?: (?!and\b|my\b|i\b|is\b|from\b|the\b|but\b|on\b|at\b)[a-z][a-z'-]+)?/.exec(folded.slice(start))?.[0]
        : undefined
    if (small !== undefined && isName(small)) return found(text, { start, end: start + small.length })
  }
  return undefined
}

function chineseName(text: string): Found | undefined {
  const folded = fold(text)
  for (const pattern of chinese) {
    const match = pattern.exec(folded)
    const name = match?.[1]
    if (match === null || name === undefined || notPeople.test(name)) continue
    const start = match.index + match[0].indexOf(name, match[0].length - name.length - 1)
    return found(text, { start, end: start + name.length })
  }
  return undefined
}

/** Below what was written, or right behind it. */
function signed(text: string): Found | undefined {
  return fromLines(text) ?? fromEnd(text)
}

function fromEnd(text: string): Found | undefined {
  for (const pattern of [inline, beforeNumber, atTheEnd]) {
    const match = pattern.exec(text)
    const name = match?.[1]
    if (match === null || name === undefined || !isName(name)) continue
    // "Cheers lads" names nobody; "cheers, dave" does.
    if (!/^\p{Lu}/u.test(name) && !/[,\n]/.test(match[0].slice(0, match[0].lastIndexOf(name)))) continue
    const start = match.index + match[0].lastIndexOf(name)
    return found(text, { start, end: start + name.length }, name.includes(' ') || pattern === inline)
  }
  return undefined
}

/** How many lines of contact data may stand below a name. */
const mostLines = 6

function fromLines(text: string): Found | undefined {
  const lines = [...text.matchAll(/[^\n]+/g)].map(({ 0: words, index }) => ({ words: words.trim(), start: index + words.length - words.trimStart().length }))
  for (let back = 1; back <= Math.min(mostLines, lines.length - 1); back++) {
    const { words, start } = lines.at(-back) ?? { words: '', start: 0 }
    const name = line.exec(words)?.[1] ?? chineseLine.exec(fold(words))?.[1]
    if (name !== undefined && isName(name) && !notPeople.test(fold(name)) && words.length <= 60) {
      const at = start + Math.max(0, fold(words).indexOf(fold(name)))
      return found(text, { start: at, end: at + name.length })
    }
    if (!isBelow(words)) return undefined
  }
  return undefined
}

/** What stands below a name: an office, a firm, numbers, addresses, and what a phone adds. */
function isBelow(words: string): boolean {
  return words.length <= 60 && !/[?？!！。]$|\b(?:is|are|the|please|can|you|it|my|we)\b/i.test(words) && !/^(?:re|subject|hi|hello|dear)\b/i.test(words)
}

function isName(name: string): boolean {
  const words = name.toLowerCase().replaceAll('.', '').split(/\s+/)
  return (
    words.every((word) => !notNames.has(word)) &&
    !/\b(?:st|street|road|lane|avenue|ltd|inc|services?|department|desk|team|facilities|manager|company|sent from)\b/i.test(name)
  )
}
