// Thanks and greetings: only where a message is nothing else.
import type { Rule } from '../intent.ts'

const thanks = /^(?:(?:ok|okay|great|good|perfect|super|fine|alright|all right|cool|awesome|wonderful|lovely|brilliant|nice|yes|no|got it|understood|noted|very kind|many|so|much|again|for (?:the|your|all (?:the|your)|everything|letting me know|fixing it|that|coming)[\w' ]*|it works(?: again| now| fine| great| perfectly)?(?: now)?|works (?:again|fine|great|perfectly)(?: now)?|all (?:good|working|sorted|fixed)(?: now)?|have a (?:nice|good|great) (?:day|one|weekend)|you(?:'re| are) (?:the best|great|awesome)|appreciate(?:d)?(?: it)?|really|very much|a lot|a million|indeed|team|everyone|guys|bye|best(?: regards| wishes)?|kind regards|regards|cheers|thanks?|thank you|thankyou|thx|ty|tks|tnx|much appreciated|ta|[a-z]{2,12}$)\s*)+$/
const thanking = /\b(?:thanks?|thank you|thankyou|thx|ty|tks|tnx|cheers|much appreciated|appreciate(?:d)?(?: it)?)\b/
const chineseThanks = /^(?:好的?|嗯|行|可以|明白了?|知道了|收到|太好了|非常|十分|真的|很|多|太|万分|已经|修好了|好了|用了|谢谢(?:你们?|您们?|大家|师傅|了)?|谢了|感谢(?:你们?|您|师傅)?|感激|辛苦(?:你们?|您|师傅)?了?|麻烦(?:你们?|您)了?|多谢|再见|拜拜|的?帮助|的?支持|\s)+$/
const greeting = /^(?:hi|hello|hey|hiya|howdy|yo|greetings|good (?:morning|afternoon|evening|day)|morning|evening|dear (?:sir|madam|team|all|sirs)|there|team|all|everyone|anybody there|anyone there|is (?:anybody|anyone) there|are you there|how are you(?: doing)?(?: today)?|nice to meet you|test|你好|您好|嗨|哈喽|哈啰|早|早上好|早安|上午好|下午好|晚上好|在吗|有人吗|在不在|在么|请问|有人在吗|\s)+$/

export const courtesies: readonly Rule[] = [
  {
    intent: 'thank',
    fits: ({ bare, trouble }) => {
      if (trouble === 'fault') return 0
      if (/谢|感激|辛苦|麻烦你|麻烦您/.test(bare)) return chineseThanks.test(bare) ? 0.95 : 0.3
      if (!thanking.test(bare)) return 0
      return thanks.test(bare) ? 0.95 : 0.3
    },
  },
  { intent: 'greet', fits: ({ bare }) => (greeting.test(bare) ? 0.9 : 0) },
]
