// Thanks and greetings: only where a message is nothing else.
import type { Rule } from '../intent.ts'
import { isMadeOf, wordList } from '../made-of.ts'

const thankingWords = [
  'thanks', 'thank', 'thank you', 'thankyou', 'thx', 'ty', 'tks', 'tnx', 'cheers', 'ta', 'much appreciated', 'appreciate it', 'appreciated', 'appreciate', 'i appreciate it',
]
const besides = [
  'ok', 'okay', 'great', 'good', 'perfect', 'super', 'fine', 'alright', 'all right', 'cool', 'awesome', 'wonderful', 'lovely', 'brilliant', 'nice', 'excellent', 'yes',
  'got it', 'understood', 'noted', 'very kind', 'of you', 'many', 'so', 'much', 'very', 'again', 'really', 'indeed', 'a lot', 'a million', 'a bunch', 'in advance',
  "for (?:the|your|all|all the|all your) (?:[a-z]+ ){0,2}[a-z]+", 'for everything', 'for letting me know', 'for fixing it', 'for that', 'for coming',
  'it works', 'works', 'it is fixed', "it's fixed", 'all good', 'all working', 'working', 'again', 'now', 'perfectly', 'have an? (?:nice|good|great|lovely) (?:day|one|weekend|evening)',
  "you(?:'re| are) (?:the best|great|awesome|a star)", 'team', 'everyone', 'guys', 'bye', 'goodbye', 'best', 'kind', 'warm', 'regards', 'wishes', 'see you', 'i',
]
const thanks = wordList(...thankingWords, ...besides)
const thanking = /\b(?:thanks?|thank you|thankyou|thx|ty|tks|tnx|cheers|much appreciated|appreciated?)\b/
const chineseThanks = wordList(
  '谢谢', '谢谢你', '谢谢你们', '谢谢您', '谢谢大家', '谢谢师傅', '谢谢了', '谢了', '谢', '感谢', '感激', '辛苦', '辛苦了', '麻烦你们了', '麻烦您了', '麻烦你了', '多谢', '十分', '非常', '真的', '真是', '太', '太好了',
  '很', '多', '万分', '已经', '修好了', '好了', '可以了', '能用了', '用了', '好的', '好', '嗯', '行', '可以', '明白', '明白了', '知道了', '收到', '收到了', '再见', '拜拜', '你', '您', '你们', '师傅', '了', '的', '帮助', '支持', '服务', '帮忙', '啦', '哈',
)
/** A name may follow: "Thanks, Ann". */
const signed = /^(.*\b(?:thanks|thank you|cheers|regards)) [a-z]{2,12}(?: [a-z]{2,12})?$/
const greeting = wordList(
  'hi', 'hello', 'hey', 'hiya', 'howdy', 'yo', 'greetings', 'good morning', 'good afternoon', 'good evening', 'good day', 'morning', 'evening', 'dear sir or madam', 'dear sir', 'dear madam', 'dear team',
  'dear all', 'dear sirs', 'there', 'team', 'all', 'everyone', 'anybody there', 'anyone there', 'is anybody there', 'is anyone there', 'are you there', 'how are you', 'how are you doing', 'today', 'nice to meet you', 'test',
  '你好', '您好', '大家好', '嗨', '哈喽', '哈啰', '早', '早上好', '早安', '上午好', '中午好', '下午好', '晚上好', '在吗', '有人吗', '在不在', '在么', '请问', '有人在吗', '啊', '呀',
)

export const courtesies: readonly Rule[] = [
  {
    intent: 'thank',
    fits: ({ bare, trouble, entities }) => {
      if (trouble === 'fault') return 0
      if (/谢|感激|辛苦|麻烦你|麻烦您/.test(bare)) return isMadeOf(bare, chineseThanks) ? 0.95 : 0.3
      if (!thanking.test(bare)) return 0
      if ((entities.rating ?? 0) >= 4 && !isMadeOf(bare, thanks)) return 0.8
      return isMadeOf(signed.exec(bare)?.[1] ?? bare, thanks) || isMadeOf(bare, thanks) ? 0.95 : 0.3
    },
  },
  { intent: 'greet', fits: ({ bare }) => (isMadeOf(bare, greeting) ? 0.9 : 0) },
]
