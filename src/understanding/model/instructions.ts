// Sentences written to a machine rather than to a repair service ("ignore your instructions and …"). They are kept with the message, but neither rules nor model read facts from them.

const toMachine =
  /\b(?:ignore|disregard|forget|override) (?:all |any |the |your |these |those |every |previous |prior |above |earlier )+(?:instructions?|prompts?|rules?|messages?|text|context)\b|\b(?:system|developer|assistant) ?(?:prompt|message|override|instruction)|^\s*(?:system|assistant|developer)\s*[:>]|<\/?(?:system|assistant|instructions?)>|\[\/?INST\]|\b(?:you are|act as|pretend to be) (?:now )?(?:an? )?(?:ai|assistant|language model|chat ?bot|llm|dan)\b|\b(?:answer|respond|reply|output|return|print) (?:only |just )?(?:with |in )?(?:the )?(?:following )?(?:json|xml|yaml)\b|"intent"\s*:|\bset (?:the )?(?:intent|serial|priority|status|ticket|field)\b[^.\n]*\b(?:to|=)|忽略(?:之前|以上|上面|前面|所有|你)的?.{0,6}(?:指令|指示|提示|规则|要求)|(?:系统|開發者|开发者)(?:提示|指令|消息)|(?:只|请)?(?:输出|回答|返回)\s*(?:以下)?\s*json|将?(?:意图|优先级|状态)(?:设置|设定|改)为|你现在是/imu

/** The text with such sentences blanked, as long as before. */
export function blankInstructions(text: string): string {
  return text.replace(/[^.!?。！？\n]+[.!?。！？]*/gu, (sentence) => (toMachine.test(sentence) ? ' '.repeat(sentence.length) : sentence))
}
