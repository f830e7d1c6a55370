// The words around a fault that do not tell it: who speaks, since when, what is asked for. All on folded text.

const time =
  '(?:(?:yesterday|today|tonight|this (?:morning|afternoon|evening|week)|last (?:night|nite|week|month|year|\\w+day)|recently|lately|suddenly|all of a sudden|out of nowhere|overnight|ever|now|just|still|also|again|already)\\b)'
const english = new RegExp(
  String.raw`^(?:(?:hi|hello|hey|yo|dear|good (?:morning|afternoon|evening|day)|guys|team|yeah|yep|so|um+|uh+|well|ok|okay|yes|no|sorry|(?:i |we )?(?:need )?(?:some )?help(?: with)?|urgent|question|problem|issue|and|but|then|because|as|that|which|who|where|there(?:'s| is| are| was)?|theres|it(?:'s| is| was| has)?|its|he|she|they|is|are|was|were|has been|have been|had been|has|have|got|(?:i|we|you)(?: can| could| do)?(?= smell| hear)|i think|i guess|i believe|i noticed|i have noticed|seems? (?:like|that|to be)?|looks? like|sounds like|apparently|basically|like|since (?:\S+ ){1,3}?(?=(?:it|the|my|our|there|we|they|this)\b)|after (?:\S+ ){1,4}?(?=(?:it|the|my|our|there|they|this)\b)|for (?:the last |the past )?\S+ (?:days?|weeks?|months?|hours?)|(?:in|at|on|from|near|of) (?:the |our |my |your )?(?:[\p{L}\p{N}-]+ ){1,3}?(?=(?:is|are|was|has|had|have|does|do|did|don't|dont|will|just|still|not|no|won't|wont|can't|cant|keeps?|stopped|quit|makes?|shows?|prints?|blows?|leaks?|refuses|\p{L}+(?:s|ed|n't))\b)|${time})[\s,:!.\u0000-]+)+`,
  'u',
)
const chinese =
  /^(?:你好|您好|请问|那个|这个|就是|我想问一下|我想问下|想问一下|不知道(?:为什么|怎么|为啥)(?:回事)?|怎么|为什么|为啥|咋|现在|最近|今天|昨天|前天|昨晚|今早|早上|早晨|晚上|刚才|刚刚|刚|突然间?|忽然|这两天|这几天|上周|上个月|自(?:从)?.{1,7}?(?:起|开始|以来|后)|从.{1,6}?(?:起|开始)|我们家|我家|我们店|我们|我|家里面?|公司|单位|店里|办公室|楼下|楼上|厨房|客厅|的|这台|那台|有一?台|一台|它|他|就|然后|但是?|而且|好像|感觉|发现|是|说|吧|呢|啊|哈|里面?|上面?|那里|那边|这边|\s|\u0000)+/
const englishTail = new RegExp(
  String.raw`[\s,]+(?:since\b.*|for (?:the (?:last|past) )?(?:\d+|a|an|two|three|four|five|several|some|few|couple)\b[\p{L} ]*?(?:days?|weeks?|months?|hours?|while)\b.*|as of \w+|every(?:thing)?'?s? (?:going bad|wet|ruined).*|${time}|and$|with$|and (?:it )?(?:shows?|displays?|says|reads)\b.*|with (?:an? )?(?:error|code|error code)$|error(?: code)?$|(?:and )?(?:thanks?|thank you|thx|please|pls|plz|asap|help)|🙏)$`,
  'u',
)
const chineseTail =
  /(?:[,，\s]*(?:谢谢(?:你们?|您)?|麻烦了?|急+|在线等|了?(?:吗|吧|呢|啊|呀|哦|哈)|怎么办|怎么回事|咋办|咋回事|求助|请尽快|尽快|并|而且|还有|显示|报错?|提示|气死(?:我)?了?|吓死(?:我)?了?|\u0000))+$/

export function withoutLead(words: string): string {
  const rest = words.replace(/^[\s\p{P}\u0000]+/u, '').replace(english, '')
  const plain = rest.replace(chinese, '')
  // "就停" is told by what is left of it: never all of it is taken away.
  return plain === '' ? (/\p{Script=Han}/u.test(rest) ? '' : rest) : plain
}

export function withoutTail(words: string): string {
  let rest = words.trimEnd()
  for (let before = ''; before !== rest;) {
    before = rest
    rest = rest
      .replace(englishTail, '')
      .replace(/(?:吗|吧|呢|啊|呀|哦|哈)+$/, '')
      .trimEnd()
    const cut = rest.replace(chineseTail, '')
    if (cut !== '' && /\p{Script=Han}/u.test(rest)) rest = cut.trimEnd()
  }
  return rest
}

/** What is asked for, done, owned, felt or feared, or what somebody else did: no symptom. `whole` is the clause as it stands. */
const untold =
  /^(?:i|we|you|u|your|they|he|she|someone|somebody|my (?:wife|husband|name|number|phone|email|address|kids?|boss|colleague)|name|call|text|ring|reach|contact|email|please|pls|plz|what|when|where|how|why|who|which|need|want|send|come|thanks?|thank|regards|best|kind|dear|serial|sn|model|address|our address|ask for|mr|mrs|ms|tenants?|customers?|patients?|residents?|guests?|everybody|everyone|milk|food|all (?:my|the) (?:food|clothes)|tried|attached|attaching|sending|purchase|already|unplugged|reset|new batter|no luck|warranty|bought|purchased|it (?:is|was) (?:fine|ok|okay|new)|not (?:sure|the)\b|under warranty|urgent|asap|error(?= (?:code|message)?\s*$)|code|status|update|looking|interested|(?:can|could|would|will|do|does|did|is|are|was)(?= (?:you|u|i|we|it|they|he|she|the|this|that|my|someone|somebody|anyone|anybody)\b))(?![\p{L}'])/u
const chineseUntold =
  /^(?:请|麻烦|能|可以|可不可以|希望|想|要|需要|烦请|帮|派|安排|地址|电话|手机|联系|姓名|叫|序列|编号|型号|谢|急|快|赶紧|尽快|已|试|换|重启|拔|买|刚买|才买|用了|保修|师傅|工程师|你们|贵|客户|客人|顾客|孩子|老人|家人|住户|乘客|怎么|怎样|什么|为什么|多少|几|哪|不是|我|我们|店里|里面的?(?:菜|肉|东西)|菜|衣服|此致|敬礼|祝)|(?:先生|女士|小姐|吗|呢)$/
/** Somebody's own hurt or sense of it is told in the first person. */
const felt =
  /^(?:i|we|you|u) (?:can |could |just |also |keep )?(?:smell|hear|see|get|got|have (?:no|lots?|a (?:leak|problem))|cant (?:open|close|turn)|can't (?:open|close|turn))/

export function isTold(words: string, whole: string): boolean {
  if (!/\p{L}{2}|\p{Script=Han}/u.test(words)) return false
  if (felt.test(words)) return true
  // A code has a field of its own.
  if (/^(?:an? |the )?(?:error|fault|alarm)?(?: ?(?:code|message))?$|^(?:显示)?(?:错误|故障)?(?:代码|码)?(?:是|为)?$/.test(words)) return false
  return !untold.test(words) && !chineseUntold.test(words) && !/^\W*(?:my name|this is|i'm|i am|we are|we're)\b/.test(whole)
}
