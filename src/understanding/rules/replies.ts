// Short replies to a question: yes, no, skip, later, back. Only where a message is nothing else.
import type { Rule } from '../clues.ts'
import { isMadeOf, wordList } from '../made-of.ts'

/** Longer than this is no short reply; it also bounds the work. */
const longest = 80

const confirm = wordList(
  'yes',
  'yeah',
  'yep',
  'yup',
  'y',
  'ok',
  'okay',
  'okey',
  'k',
  'sure',
  'correct',
  'right',
  'exactly',
  'absolutely',
  'definitely',
  'confirm',
  'confirmed',
  'i confirm',
  'agree',
  'agreed',
  'i agree',
  "that(?:'s| is) (?:right|correct|fine|it|all correct|all right|ok|okay|good|perfect)",
  "it(?:'s| is) (?:right|correct|fine|good|ok|okay|all correct|all right)",
  'all (?:right|correct|good|fine|ok)',
  'all is (?:right|correct|good|fine|well)',
  "everything(?:'s| is)? (?:right|correct|fine|good|ok)",
  'looks? (?:good|right|correct|fine|great)',
  'to me',
  'sounds good',
  'perfect',
  'great',
  'good',
  'fine',
  'go ahead',
  'alright',
  'of course',
  'do',
  'do it',
  'submit',
  'done',
  'thanks',
  'thank you',
  'it is',
  'works for me',
  'affirmative',
  'for sure',
)
const chineseConfirm = wordList(
  '是',
  '是的',
  '对',
  '对的',
  '没错',
  '好',
  '好的',
  '好吧',
  '可以',
  '可以的',
  '行',
  '行的',
  '嗯',
  '确认',
  '确定',
  '正确',
  '无误',
  '没问题',
  '没有问题',
  '信息正确',
  '信息无误',
  '都对',
  '全对',
  '同意',
  'ok',
  'ok的',
  'yes',
  '提交',
  '就这样',
  '没错的',
  '谢谢',
  '都正确',
  '确认无误',
  '要的',
  '当然',
  '全部正确',
  '就是',
  '我确认',
  '没毛病',
)
const deny =
  /^(?:no|nope|nah|n|not (?:correct|right|quite(?: right)?|really|yet|true)|wrong|incorrect|(?:that|this|it)(?:'s| is) (?:not (?:right|correct|true)|wrong|incorrect)|that isn't (?:right|correct)|no that(?:'s| is) (?:wrong|not right|not correct)|change|change (?:it|something|that)|i (?:want|need|would like|'d like) to change (?:something|it|that)|edit|modify|correct it|something(?:'s| is) wrong|there(?:'s| is) (?:a|an) (?:mistake|error)|no thanks?|no thank you|nothing(?: else| more)?|keep it|don't)$/
const chineseDeny =
  /^(?:不|不是|不对|不正确|错了|有误|有错|不行|不要|否|没有|没有了|没了|没了谢谢|没有了谢谢|没有谢谢|不要谢谢|不用|不用了|不需要|不必|修改|修改一下|更改|改一下|我要修改|要改|不同意|不太对|不谢|不用谢谢|不用了谢谢|no)$/
const skip =
  /^(?:(?:i )?(?:skip|pass|next)(?: (?:it|this|that|this one|this question|the question))?|(?:i )?(?:have )?no idea|(?:i )?(?:really )?(?:don't|do not|dont|dunno)(?: (?:know|have (?:it|one|any|that|a .+)|remember|want to (?:say|tell)))?(?: (?:it|that|the .+|sorry))?|dunno|idk|(?:i )?(?:dunno|don't know|do not know|no idea|not sure|not certain) (?:where|what|which|how|if|whether)\b.*|not sure|unsure|n\/?a|n a|none|not available|not applicable|unknown|no (?:serial|photos?|pictures?|serial number|preference|label|number)|(?:i )?(?:can't|cannot|can not|couldn't|cant) (?:find|see|read|remember)(?: (?:it|one|any|that|the .+))?|there(?:'s| is) (?:none|no .+)|without|no need|never ?mind that|leave it(?: out)?|(?:i'm )?not sure)(?: sorry| thanks)?$/
const chineseSkip =
  /^(?:跳过|略过|略|下一个|下一题|不知道|我不知道|不清楚|不太清楚|不晓得|没有序列号|没有照片|没照片|没有图片|不记得了?|忘了|忘记了|找不到了?|看不到|看不清|没有?标签|看不到标签|找不到标签|机器上没有|上面没有|无|暂无|不详|不方便(?:提供|说)?|不想说|无所谓|随便|都行|没有偏好|不确定|没注意)$/
const later =
  /^(?:(?:i'?ll |i will |can i |may i |let me |we'?ll |i can |i could |i'd rather )?(?:do |send |give |tell |look |check |provide |get |answer |finish |upload |find ){0,2}(?:you |it |that |them |this |the [a-z]+ |(?:the )?[a-z]+ number |up ){0,3}(?:out )?(?:later|tomorrow|tonight|in a (?:bit|moment|minute|while)|when i(?:'m| am| get) (?:home|back|there).*|after work|this evening|soon)(?: on| today| tonight)?|not (?:now|right now|at the moment)|(?:i'?ll|i will|let me) (?:get back to you|check(?: and get back to you)?|have a look|go and look|let you know)(?: .+)?|one (?:moment|sec|second|minute)|(?:just )?a (?:moment|sec|second|minute)|hold on|wait|maybe later|i'?m (?:busy|driving|at work)(?: right now| now)?|i'?m not (?:home|at home|there)(?: right now| now)?)$/
const chineseLater =
  /^(?:我?(?:今晚|晚上|明天|下午|中午|早上)?(?:稍后|稍等|稍候|等会|等一下|等一会儿?|等下|晚点|晚一点|晚些|回头|待会儿?|过一会儿?|过会儿?|以后|之后|改天|明天|回家后?|到家后?|下班后?|下次|有空)(?:再|我|发|给|说|提供|补|看看|看了?|告诉|拍|弄|填|来|你|您|你们|吧|了|就|的|照片|去|查)*|现在(?:不方便|没空|不行|没时间|忙)|以后再说|再说吧?|我在(?:开车|上班|外面|忙)|不在家)$/
const back =
  /^(?:(?:go |step |take me |move )?back(?: (?:one|a step|one step|please))?|previous(?: (?:question|one|step))?|undo|return|one back|go to (?:the )?previous(?: .+)?|i made a mistake|oops|返回|后退|上一步|上一个|上一题|上一个问题|回上一步|退回|往回|回去|返回上一步|我填错了|写错了|打错了)$/

/** Patterns see the text without punctuation and courtesies. */
function exactly(intent: Rule['intent'], confidence: number, patterns: readonly RegExp[], ...words: readonly RegExp[]): Rule {
  return {
    intent,
    fits: ({ bare }) =>
      bare.length <= longest && (patterns.some((pattern) => pattern.test(bare)) || words.some((list) => isMadeOf(bare, list))) ? confidence : 0,
  }
}

export const replies: readonly Rule[] = [
  { intent: 'confirm', fits: ({ folded }) => (/^(?:\s*(?:👍|👌|✅|🆗|💯)(?:\p{Emoji_Modifier}|\ufe0f)?)+\s*$/u.test(folded) ? 0.9 : 0) },
  exactly('skip', 0.92, [skip, chineseSkip]),
  exactly('later', 0.92, [later, chineseLater]),
  exactly('back', 0.92, [back]),
  exactly('deny', 0.91, [deny, chineseDeny]),
  exactly('confirm', 0.9, [], confirm, chineseConfirm),
  // "No, the address is …" and "that's wrong, it is the T6": a correction is a denial with news in it.
  {
    intent: 'deny',
    fits: ({ folded, trouble }) =>
      trouble === undefined &&
      /^\s*(?:no\b[, ](?! ?(?:problem|worries|rush|hurry|idea|need|one|news))|nope\b|not quite|that(?:'s| is) (?:wrong|not (?:right|correct))|wrong\b|incorrect\b|不对|不是|错了|不,|不，)/.test(
        folded,
      )
        ? 0.6
        : 0,
  },
]
