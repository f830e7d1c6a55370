// Words at the edges of what is told of a fault that do not tell it: since when, a code, courtesies. All on folded text, where facts that were taken are NUL.

const day =
  '(?:yesterday|today|tonight|this (?:morning|afternoon|evening|week)|last (?:night|nite|week|month|year|\\w+day)|recently|lately|overnight|(?:mon|tues|wednes|thurs|fri|satur|sun)day)'
const span =
  '(?:\\d+|an?|the|the (?:last|past)(?: \\w+)?|two|three|four|five|several|some|few|a few|a couple of|about an?) ?(?:minutes?|hours?|days?|nights?|weeks?|months?|years?|while)(?: now)?'
const lead = new RegExp(
  String.raw`^(?:[\s\p{P}\u0000]+|(?:and|but|then|so|because|as|hi|hello|hey|well|ok|okay|um+|uh+|sorry|now)\b[\s,]+|(?:it |they )?(?:has|have|had|'s|s) been (?=\p{L}+ing\b)|(?:since|after|as of|from) (?:${day}|(?:the|my|our|we|you|last) (?:\S+ ){0,3}?\S+),\s*|since (?:${day})[\s,]+|for (?:${span})[\s,]+|(?:${day})[\s,]+)+`,
  'u',
)
const chineseLead =
  /^(?:[\s\p{P}\u0000]+|(?:现在|最近|今天|昨天|前天|昨晚|今早|早上|早晨|晚上|刚才|刚刚|突然间?|忽然|这两天|这几天|上周|上个月|自(?:从)?.{1,7}?(?:起|开始|以来|后)|从.{1,6}?(?:起|开始)|然后|但是?|而且|不知道(?:为什么|怎么|为啥)(?:回事)?)[\s,，]*)+/u
const tail = new RegExp(
  String.raw`(?:[\s,;.!]+(?:(?:ever )?since\b.*|for (?:${span})|as of (?:${day}|now)|(?:${day})|and|with|but|because|so|again and again|(?:and |with |then )?(?:it )?(?:an? |the )?(?:(?:shows?|showing|displays?|displaying|says|reads|gives|giving)\s+)?(?:an? |the )?(?:error |fault )?(?:code |message )?\u0000+|(?:thanks?|thank you|thx|please|pls|plz|asap|help|regards|cheers)))+[\s,.!]*$`,
  'u',
)
const chineseTail =
  /(?:[\s,，。;；!！]*(?:(?:并且?|还|屏幕|面板|上面)?(?:显示|报|提示|跳)(?:错误|故障)?(?:代码|码)?(?:是|为)?\u0000+|谢谢(?:你们?|您)?|麻烦了?|急+|在线等|怎么办|怎么回事|咋办|咋回事|求助|请?尽快|而且|还有|吗|吧|呢|啊|呀|哦|哈|\u0000+))+[\s,，。!！]*$/u

/** What is left of them; where nothing would be, all of them. */
export function withoutLead(words: string): string {
  const rest = words.replace(lead, '')
  const plain = rest.replace(chineseLead, '')
  return /\p{L}/u.test(plain) ? plain : words
}

export function withoutTail(words: string): string {
  const rest = words.replace(tail, '').replace(chineseTail, '').trimEnd()
  return /\p{L}/u.test(rest) ? rest : words
}
