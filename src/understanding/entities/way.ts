// The way somebody wants to hear from us: "text me instead", "email me at …", "发短信给我".
import { fold } from '../fold.ts'

export const newsWays = ['sms', 'email', 'whatsapp'] as const
/** Channels that a customer can ask for by name. */
export type NewsWay = (typeof newsWays)[number]

const names: Readonly<Record<NewsWay, string>> = { sms: '(?:text(?: message)?s?|sms)', email: 'e-?mails?', whatsapp: 'whats ?app' }
const verbs: Readonly<Record<NewsWay, string>> = { sms: '(?:text|sms|txt)', email: '(?:e-?mail|mail)', whatsapp: 'whats ?app' }
const chineseNames: Readonly<Record<NewsWay, string>> = { sms: '(?:手机)?(?:短信|短讯|简讯)', email: '(?:电子)?(?:邮件|邮箱|电邮)', whatsapp: 'whats ?app' }

/** "You never email me", "don't text me", "did you text me": no wish. */
const notWished =
  "(?<!\\b(?:don't|do not|dont|never|not|won't|didn't|doesn't|did not|stop|(?<!\\b(?:can|could|would|will|should|if) )you|they|he|she|it|nobody|who|will|could not|cannot|can't) (?:ever )?)"
/** What is sent is one thing, not the news: "email me the invoice". */
const oneThing =
  '(?! (?:the (?!news|updates?|status|progress|latest)|a (?:copy|photo|picture|link|bill|quote|receipt|code|form|label|list|list of)|an? (?:invoice|estimate|offer|answer to)|my |your |those |these |it\\b|that (?!number|address)))'

function english(way: NewsWay): RegExp {
  const [name, verb] = [names[way], verbs[way]]
  const contact =
    '(?:(?:contact|reach|notify|inform|answer|tell|message|write(?: to)?|update|reply(?: to)?|keep) (?:me|us)(?: (?:posted|updated|informed))?|let (?:me|us) know|(?:be|get) (?:contacted|notified|informed))'
  const news = '(?:news|updates?|messages?|notifications?|everything|answers?|replies|reminders?)'
  return new RegExp(
    [
      `${notWished}\\b${verb} me\\b${oneThing}`,
      `\\bsend (?:me|us) (?:an? )?${name}\\b(?! (?:with|about|from))`,
      `\\bsend (?:it|them|(?:me )?(?:the |your |all )?${news}) (?:to me )?(?:by|via|over|on|through) ${name}\\b`,
      `${notWished}\\b${contact} (?:by|via|over|on|through|per) ${way === 'email' ? `(?:${name}|mail)` : name}\\b`,
      `\\b(?:send|get|receive|have) (?:(?:me|the|your|my|all|any) )*${news}(?: \\w+){0,3} (?:to|by|via|on|over) (?:my )?${name}\\b`,
      `\\b(?:change|switch|set) (?:\\w+ ){0,4}to ${name}\\b`,
      `\\b(?:put me on|get|want|have|receive|turn on) ${name} (?:updates?|notifications?|news)\\b`,
      `\\b(?:write|drop) (?:me|us) (?:an? )?${name}\\b`,
      `\\b(?:use|switch to|change to|move to|go to|continue (?:on|by)|prefer|rather (?:have|use|get)|want|like|go with) (?:(?:${news} )?(?:by|via|over|on) )?(?:my )?${name}\\b(?! (?:address (?:is|was|has)|from|about|the|of|that))`,
      `\\b${name} (?:instead|from now on|please|is (?:better|easier|best|fine)|works better|would be better)\\b`,
      `^(?:please )?(?:by|via|per|over) ${name}(?: please| instead| is better| would be better)?$`,
      `\\b${news} (?:by|via|over|on) ${name}\\b`,
    ].join('|'),
    'g',
  )
}

function chinese(way: NewsWay): RegExp {
  const name = chineseNames[way]
  const not = '(?<!(?:别|不要|勿|没有?|不用|停止|不想|拒收|拒绝|怎么不|为什么不)(?:再|要)?(?:给我|向我)?)'
  return new RegExp(
    `${not}(?:${name}(?:更|比较|会更)(?:方便|好|快)|(?:请|都|能|可以)发${name}|发(?:送)?到我的?${name}|(?:更)?喜欢(?:用)?${name}|开通${name}(?:通知|提醒)|改(?:用|成|为)?${name}|(?:想|要)(?:收|用)${name}|(?:在|用)${name}(?:上)?(?:找|回|联络)我?|${name}(?:通知|提醒|更新|联络)|(?:通知|消息|进度)(?:都)?发${name}|发(?:送)?(?:个|条|封)?${name}(?:给|通知|告诉|到)我?|给我(?:发|寄)(?:个|条|封)?${name}|(?:用|通过|改用|换成|改成|换到|走|以)${name}(?:联系|通知|回复|告诉|发给|沟通|吧|就好|就行|好了|$|[,。!])|${name}(?:联系|通知|回复|告诉)(?:我|就|吧))`,
    'g',
  )
}

const patterns = newsWays.map((way) => ({ way, english: english(way), chinese: chinese(way) }))
const fromNowOn =
  /\b(?:instead|from now on|in future|in the future|switch|prefer|rather|change to|move to|use|updates?|news|notifications?|better|easier|always|only|just)\b|以后|今后|改用|换成|改成|换到|更方便|通知|都用|只用/

const news = /\b(?:updates?|news|notifications?|reminders?)\b|通知|消息|提醒|进度/

/** The last one named counts. `lasting`: said to be for more than this once. `newsOnly`: what is talked about now is to go on here. */
export function readWay(text: string): { way: NewsWay; lasting: boolean; newsOnly: boolean } | undefined {
  const folded = fold(text.slice(0, longest)).replace(/\s+/g, ' ')
  const found = patterns.flatMap(({ way, english: one, chinese: other }) =>
    [...folded.matchAll(one), ...folded.matchAll(other)].map(({ index }) => ({ way, index })),
  )
  const last = found.toSorted((a, b) => a.index - b.index).at(-1)
  return last === undefined ? undefined : { way: last.way, lasting: fromNowOn.test(folded), newsOnly: news.test(folded) }
}

const longest = 1000
