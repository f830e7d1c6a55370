// How to reach the customer; where the channel itself tells, it is not asked.
import type { RepairFields } from '../../src/tickets/ticket.ts'
import { showPhone } from '../../src/understanding/entities/phone.ts'
import { isNoValue, plain, type Field } from './field.ts'

export const contact: Field = {
  name: 'contact',
  known: (fields, { customer }) => [fields.phone, fields.email, customer.phone, customer.email].some((way) => typeof way === 'string' && way !== ''),
  find: ({ entities: { contactName, phone, email } }) => ({
    ...(contactName === undefined ? {} : { contactName }),
    ...(phone === undefined ? {} : { phone }),
    ...(email === undefined ? {} : { email }),
  }),
  claim: readWays,
  read: (text) => readWays(text) ?? readName(text),
  show(fields, { customer }) {
    const phone = fields.phone ?? customer.phone
    const ways = [fields.contactName, phone === null ? null : showPhone(phone), fields.email ?? customer.email]
    const told = ways.filter((part) => typeof part === 'string' && part !== '')
    return told.length === 0 ? undefined : told.join(', ')
  },
  called: /contact|phone|number|e-?mail|\bname\b|reach|联系|聯繫|聯絡|电话|電話|手机|手機|邮箱|郵箱|姓名/,
}

/** "Ann Lee, 415 555 0100": a number, a mail address or both, and at most a name beside them. */
function readWays(text: string): RepairFields | undefined {
  const email = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/.exec(text)?.[0]
  const rest = email === undefined ? text : text.replace(email, ' ')
  const written = /\+?\d[\d ().\-/]{4,}\d/.exec(rest)?.[0]
  const number = written === undefined ? undefined : readNumber(written)
  if (email === undefined && number === undefined) return undefined
  const words = plain(
    (written === undefined ? rest : rest.replace(written, ' ')).replace(
      /[,，、;；:：/|()（）\s]+|\b(?:or|and|call|me|on|at|phone|tel|mobile|mail|email)\b|电话|電話|手机|手機|邮箱|郵箱/gi,
      ' ',
    ),
  )
  const name = words === '' ? undefined : readName(words)
  if (words !== '' && name === undefined) return undefined
  return { ...name, ...number, ...(email === undefined ? {} : { email: email.toLowerCase() }) }
}

function readNumber(text: string): { phone: string } | undefined {
  const value = plain(text).replace(/^(?:call (?:me )?(?:on|at)|phone|tel|mobile|电话|電話|手机|手機)\s*[:：是]?\s*/i, '')
  const digits = value.replace(/\D/g, '').length
  return /^\+?[\d ().\-/]+$/.test(value) && digits >= 6 && digits <= 15 ? { phone: value } : undefined
}

const surnames =
  '王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何林罗羅高郑鄭梁谢謝宋唐许許邓鄧韩韓冯馮曹彭曾肖萧蕭田董潘袁蔡蒋蔣余于杜叶葉程魏苏蘇吕呂丁任卢盧姚沈钟鍾姜崔谭譚陆陸范汪廖石金韦韋贾賈夏付傅方邹鄒熊白孟秦邱侯江尹薛阎閻段雷龙龍史陶贺賀毛郝顾顧龚龔邵万萬覃武钱錢戴严嚴莫孔向常汤湯'

/** A name alone tells nobody how to reach them, but is worth keeping. */
function readName(text: string): { contactName: string } | undefined {
  const value = plain(text)
  const latin = /^\p{Lu}[\p{L}'’.-]+(?: \p{Lu}[\p{L}'’.-]+){0,2}$/u.test(value)
  const chinese = /^\p{Script=Han}{2,4}$|^\p{Script=Han}{1,3}(?:先生|女士|小姐|太太)$/u.test(value) && surnames.includes([...value][0] ?? '-')
  return !isNoValue(value) && (latin || chinese) ? { contactName: value } : undefined
}
