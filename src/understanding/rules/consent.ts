// The wordings by which people take back, or give again, their leave to be written to. Matched against one folded sentence each.

/** Where a wish can begin: at the start, after a comma, or after words that ask for it. "The machine won't stop texting me" has none of these. */
const lead =
  '(?:^|[,:(\\-–] ?|\\b(?:and|so|then|just|please|pls|plz|kindly|also|but|now|ok|okay|hey|hi|hello|sorry|thanks|thank you|again|immediately|number|said|(?:can|could|will|would) (?:you|u)(?: guys| all| people| please| kindly| just)*|you (?:must|should|need to|have to|better)|(?:want|need|like|ask|asking|asked|tell|telling|told|demand|request|require|beg) (?:you|u)(?: guys| all| people)? to(?: please| just)?) )'
const messages =
  '(?:texts?|txts?|text messages?|spam|messages?|msgs?|sms(?:es)?|e-?mails?|mails?|notifications?|reminders?|newsletters?|communications?|whats ?apps?)'
const me = '(?:me|us|this (?:number|phone|mobile|cell|address|email|e-mail|account|line)|my (?:number|phone|mobile|cell|email|e-mail|inbox|whatsapp)|here)'
/** Only for a while, only some of it, or by another way: no opt-out. */
const partly =
  '(?! (?:before|after|until|till|at (?:night|work|home|lunch|noon|this (?:hour|time)|\\d)|in the|during|between|on (?:weekends?|the|my|mon|tue|wed|thu|fri|sat|sun)|over the|while|today|tonight|tomorrow|right now|when|if|back|the|an?\\b|any (?!more|longer)|that|my|yet|so (?:early|late|often|much|many)|too|by (?:phone|call)|for (?:the|an?|\\d|two|three|now)|this (?:week|morning|evening|afternoon)|as)\\b)'

/** "I never asked you to stop texting me." */
export const wantedAfterAll =
  /\b(?:don't|do not|dont|didn't|did not|didnt|never|not|haven't|have not) (?:\w+ )?(?:want|ask|asked|tell|told|need|like|say|said|mean|meant|request|requested) (?:\w+ )?(?:to )?(?:stop|unsubscribe|opt|revoke|be removed)|\b(?:don't|do not|dont|never) (?:stop|unsubscribe|opt|remove|take me off|revoke)/

const verbs = '(?:text|txt|message|sms|e-?mail|mail|contact|write(?: to)?|spam|bother|disturb|notify|whats ?app|msg|pester)'
const doing =
  '(?:texting|txting|messaging|e-?mailing|mailing|contacting|writing(?: to)?|spamming|bothering|disturbing|notifying|whats ?app(?:p?ing)|sms-?ing|msging|pestering|harassing)'

const stop = '(?:stop|quit|refrain from)'

const english = (pattern: string): RegExp => new RegExp(pattern)

export const englishOptOut: readonly RegExp[] = [
  // "Stop texting me", "stop texting and emailing us", "stop texting".
  english(`${lead}${stop} (?:\\w+ly )?${doing}(?:(?:,? and|,? or|,) ${doing})*(?: ${me}\\b| (?:please|now|already|pls)\\b|[!.,)]|$)${partly}`),
  english(
    `${lead}${stop} sending (?:(?:${me}|any(?: more)?|these|those|all|your|the|so many|more|out|annoying|marketing|stupid) )*(?:${messages}\\b|${me}\\b(?: (?:this|these|stuff|anything|things|spam))?)(?! (?:on|in) the)`,
  ),
  english(
    `${lead}stop (?:with )?(?:(?:all|any|these|those|this|your|the|annoying|further|sending) )*(?:${messages}|all contact|contact|communication)\\b(?! (?:on|in|from|that|which|appear\\w*|show\\w*|scroll\\w*) ?(?:the|my|our|it|appear\\w*)?)`,
  ),
  // "Don't contact me again", "don't send me texts".
  english(
    `${lead}(?:don't|do not|dont|never)(?: you)?(?: ever| please)* send (?:(?:${me}|any(?: more)?|more|these|those|your|such|further|marketing) )*(?:${messages}\\b|(?:anything|any)(?: (?:else|more|to ${me}))?\\b(?=[!.,)]|$| (?:please|again|ever))|stuff)(?! (?:on|in) the)${partly}`,
  ),
  english(`${lead}(?:could|can|would|will) you not ${verbs} ${me}(?: again| any ?more| any longer)`),
  english(`${lead}(?:(?:don't|do not|dont|never|stop trying to)(?: you)?(?: ever| dare| please)* )${verbs}(?: or ${verbs})* ${me}\\b${partly}`),
  english(
    `\\b(?:don't|do not|dont|no longer|never) (?:want|wish|need|like|care) (?:you to ${verbs} ${me}\\b|to (?:receive|get|have|be sent) (?:any |these |those |your |more |further |such |anymore |this |marketing |the )*(?:${messages}|anything|this|these|them|updates?)\\b|to be (?:contacted|texted|messaged|e-?mailed|notified|bothered|disturbed)|to hear from (?:you|this|your)|(?:any |these |those |your |more |further |such )*${messages}\\b)(?! (?:on|in|from|about) (?!you|y'all|this number))${partly}`,
  ),
  english(
    `${lead}no (?:(?:more|further) )?(?:of (?:these|your) )?(?:text |marketing )?${messages}(?: to (?:me|this number))?(?: please| pls| thanks?| thank you| from you| anymore| ever)*(?:[!.,)]|$)`,
  ),
  // "Take me off your list", "delete my number".
  english(
    `${lead}(?:take|remove|delete|drop|get|cross|strike) (?:me|us|my (?:number|phone|phone number|email|e-mail|email address|address|name|contact|details|contact details|mobile)|this (?:number|phone|address|email)) (?:off|from|out of|off of) (?:your|this|the|that|any|all|all your|these|those) (?:\\w+ ){0,3}(?:lists?|database|system|contacts|records|campaign|mailings?|messages|texts|emails|distribution|group)\\b`,
  ),
  english(`${lead}(?:lose|delete|remove|forget|erase) (?:my|this) (?:phone |mobile |cell )?number(?: please| now| from .{1,30}| immediately)*(?:[!.,)]|$)`),
  english(
    `${lead}(?:take me off|remove me|remove me from this|(?:i |we )?want off (?:this|your|the) lists?|(?:i |we )?(?:want|would like|'d like|wish) to be (?:removed|taken off|deleted)(?: from)? (?:your|this|the|that|any|all)(?: \\w+){1,3})(?: please| now| immediately| thanks| thank you)*(?:[!.,)]|$)`,
  ),
  // Formal words, alone or with what they are about.
  english(
    `${lead}(?:i |we )?(?:(?:want|wish|need|choose|prefer|would like|'d like|am going|i'd like|how (?:do|can|could) i|can i|may i|let me|i'm|how to|please|hereby) (?:to )?(?:be )?)*(?:unsubscribe|unsubscribed|opt(?:ing)?[ -]?out|optout|opt (?:me|us) out|opted out)(?: me| us| (?:my|this) (?:number|phone|email|e-mail|address)| now| here| please| pls| immediately| thanks?| thank you| (?:from|of) (?:(?:all|any|these|those|your|the|this|further|future|text|marketing|sms) )*(?:${messages}|this|it|all|everything|you|list|lists|mailing lists?|updates?|marketing))*(?:[!.,?)]|$)`,
  ),
  english(
    `${lead}(?:i |we )?(?:hereby |want to |would like to |wish to |'d like to )*(?:revoke|withdraw|cancel|rescind) (?:my |our |all |any )*(?:consent|permission|authori[sz]ation to|opt[ -]?in|subscription to (?:your|these|this))\\b`,
  ),
  english(`${lead}(?:i |we )?(?:do not|don't|never) consent(?:ed)? to (?:(?:these|this|your|any|receiving|the|being) )*(?:${messages}|contacted|texted|this)`),
  english(`${lead}revoke(?: please| now)?[!.]*$`),
  english(
    `${lead}(?:leave (?:me|us) alone|cease (?:and desist|all|any|your|contact\\w*|communication\\w*|texting|messaging)(?: contact| communications?| ${messages})?)(?: now| please| already)*(?:[!.,)]|$)`,
  ),
]

export const englishOptIn: readonly RegExp[] = [
  english(
    `${lead}(?:start|resume|restart|begin|continue|go on)(?: again)? (?:${doing}(?: ${me})?|(?:sending )?(?:(?:me|the|your|my|these) )*${messages})(?: again| please| now| back)*(?:[!.,)]|$)`,
  ),
  english(`(?:${lead}|\\b(?:you|u) (?:can|may|could) (?:please )?|\\b(?:ok|okay|fine|alright|all right|free) (?:for you )?to )(?:${verbs}) ${me} again\\b`),
  english(
    `${lead}(?:i (?:want|would like|'d like|wish) to )?(?:re-?subscribe|subscribe|un-?stop|opt[ -]?(?:back )?in|optin|opt (?:me|us) (?:back )?in)(?: me| us| again| back| please| now| to (?:your |the )?${messages})*(?:[!.,)]|$)`,
  ),
  english(`\\b(?:want|would like|'d like|like) (?:to (?:get|receive|have) )?(?:your |the |my )?${messages} again\\b`),
]

/** Only at certain hours, or for now. */
export const chineseTimely =
  /晚上|夜里|半夜|周末|上班|工作时间|上午|下午|白天|中午|早上|今天|明天|现在|暂时|之前|[点时](?:以)?[前后]|开会|睡觉|打电话给我|别给我打电话|不是不要/

const chineseMessages = '(?:垃圾|广告|营销|这些|这种|那些|任何|什么|手机)*(?:短信|信息|消息|邮件|微信|通知|提醒|广告|短讯|电邮|东西)'
const chineseNo = '(?:别|不要|勿|不用|不必|不需要|不许|不准|禁止|停止|拒绝)'

export const chineseOptOut: readonly RegExp[] = [
  new RegExp(
    `${chineseNo}(?:再|总|老|总是|老是|一直|继续|天天)*(?:给我们?|向我们?|往我(?:的)?(?:手机|邮箱)|给(?:这个|此|本)(?:号码?|手机|邮箱))(?:再)?(?:发送?|推送|寄|群发)(?:${chineseMessages}|了|[!,.。]|$)`,
  ),
  new RegExp(`${chineseNo}(?:再|总|老|总是|老是|一直|继续|天天)*(?:发送?|推送|寄|群发)${chineseMessages}(?:给我们?)?(?!记录)`),
  /(?:别|不要|勿|停止|不用|不必|不需要|不许|不准|请勿)(?:再|总是|老是|一直|继续|来)*(?:打扰(?:[!,.。了]|$)|(?:联系|打扰|骚扰|烦|通知|提醒)(?:我们|我(?!的|老|妈|爸|家|邻|同|朋|先|太|爱|儿|女)))/,
  new RegExp(`不(?:想|愿意?|希望|要)(?:再|继续)*(?:收到|接收|收|看到|接到)(?:你们|您们|贵公司|你|您)?(?:的|发的|发来的)?${chineseMessages}`),
  new RegExp(
    `^(?:你好|您好|请|麻烦|我要|我想|我想要|帮我|申请|回复|怎么|如何|怎样|,|\\s)*(?:退订|取消订阅|解除订阅)(?:${chineseMessages})?(?!.{0,10}(?:保修|套餐|订单|配件|服务|杂志))`,
  ),
  /[把将](?:我|我们|我的|这个|此)(?:的)?(?:号码|手机号码?|电话|电话号码|邮箱|名字|信息|联系方式)?从.{0,12}(?:名单|列表|通讯录|系统|数据库|群)(?:中|里|上|里面)?(?:删除|移除|去掉|删掉|剔除|拿掉|移出|删了)/,
  /^(?:请|麻烦|帮我|你们|赶紧)*(?:删除|删掉|移除)(?:我的)(?:号码|手机号码?|电话号码)/,
  new RegExp(`^(?:请|麻烦|你们)*停止?${chineseMessages}[!。.]*$`),
  new RegExp(`^(?:请|麻烦|你们|${chineseMessages}|,)*(?:别|不要|请勿)再(?:给我)?发了?[!。.]*$`),
  /拒收(?:短信|信息|消息|邮件|此类|这类)|(?:撤回|撤销|收回|取消)(?:我的)?(?:同意|授权|许可)/,
]

export const chineseOptIn: readonly RegExp[] = [
  new RegExp(`(?:恢复|继续|重新)(?:开始)?(?:给我)?(?:发送?|接收|推送|收)?(?:${chineseMessages}|联系我?|订阅)`),
  new RegExp(`(?:可以|能)(?:再|继续|重新)?(?:给我)(?:再|继续)?(?:发(?:送)?)(?:${chineseMessages})(?:了|啦|吧)?`),
  new RegExp(`(?:可以|能)(?:再|继续|重新)?(?:联系我|发${chineseMessages}给我)(?:了|啦|吧)?`),
  /^(?:请|我要|我想|重新|再次|帮我)*订阅/,
]
