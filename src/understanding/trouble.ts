// The words for trouble with a device: what makes a sentence a symptom, and a message perhaps a repair request.

/** A fault in so many words. */
const faults = [
  /\b(?:broken|broke|breaks?|broken down|defect(?:ive)?|faulty|faults?|malfunction(?:s|ing)?|damaged?|cracked|crack|shattered|dead|died|stuck|stays? (?:black|blank|dark|white|off|cold|frozen|on|warm|hot)|freezing|jammed|jams|frozen|freezes|frosted|blocked|clogged|leaks?|leaking|leaked|leaky|drips?|dripping|flood(?:ed|ing)?|overheat(?:s|ing|ed)?|burn(?:s|t|ing|ed)|smokes?|smoking|sparks?|sparking|rattl(?:es?|ing)|squeak(?:s|ing|y)?|squeal(?:s|ing)?|grind(?:s|ing)?|humming|buzz(?:es|ing)?|vibrat(?:es|ing)|noisy|noise|noises|loud|smells?|smelly|stinks?|trips? the|tripp(?:ed|ing)|crash(?:es|ed|ing)?|flicker(?:s|ing)?|blinking|flashing|blinks|beep(?:s|ing)|slips|slipping|wobbl(?:es|y|ing)|bent|rust(?:ed|y)?|loose|torn|worn out|no power|no heat|no hot water|no signal|no picture|no sound|no display|lost power|out of order|gave up|fails?|failed|failing|failure|shuts? (?:down|off)|shutting (?:down|off)|shut (?:itself )?(?:down|off)|turns? (?:itself )?off|cuts? out|won't|wont|will not|would not|wouldn't|doesn't|doesnt|does not|isn't working|not working|not work|no longer|unable to|can't|cant|cannot|couldn't|stops?|stopped|stopping|not (?:heating|cooling|cooling down|spinning|draining|turning|starting|charging|responding|cold|hot|heat|cool|drain|spin|turn|start|charge|respond|closing|opening|printing|connecting|getting|making|moving|filling)|isn't (?:heating|cooling|spinning|draining|turning|starting|charging|cold|hot)|keeps? (?:on )?\w+ing|acting (?:up|weird|strange|odd|funny)(?:ly)?|weird|strange|odd|busted|refuses|refused|knackered|kaput|playing up|on the fritz|trouble|went wrong|wrong with|something wrong|error|errors|warm inside|too hot|too cold|ice build-?up|scratch(?:ed|es)?|dent(?:ed)?|snapped|fell off|came off|loses? (?:pressure|suction|power|water)|low pressure|weak suction|slow(?:ly)? (?:cooling|heating|charging))\b/,
  /坏|故障|失灵|损坏|破裂|裂|碎|断了|卡住|卡死|卡纸|卡顿|堵|漏水|漏气|漏油|漏电|渗水|滴水|积水|漏|异响|噪音|噪声|响声|杂音|很响|太响|声音(?:特别|非常|很|太|越来越|有点)?大|响个不停|异味|焦味|糊味|臭味|冒烟|冒火|起火|过热|发烫|烫手|死机|黑屏|花屏|蓝屏|白屏|闪屏|闪烁|闪退|一直闪|闪灯|跳闸|断电|没电|掉电|(?:没有?|无)(?:任何)?(?:反应|声音|画面|图像|信号|热水|水|电|显示|吸力|压力|风|火)|报错|报警|出错|错误|不工作|不运转|不转|不动|不走|不制冷|不制热|不冷|不热|不加热|不烘干|不脱水|不排水|不进水|不出(?:热|冷)?[水风气]|不启动|不通电|不充电|不亮|不显示|不能用|不能|不灵|不好用|用不了|打不开|开不了|开不开|关不上|关不了|启动不了|充不进|充不了|连不上|停机|停转|停了|就停|停止|自动关机|自动停|自动断|抖动|晃动|震动|振动|松动|脱落|掉了|磨损|生锈|结冰|结霜|出问题|有问题|有毛病|毛病|异常|失效|罢工|歇菜|趴窝|打滑|跑偏|刺耳|太热|太烫|闻到/,
]
/** A wish for repair, or a word of trouble that says little. */
const wishes = [
  /\b(?:repair(?:s|ed|ing)?|fix(?:ed|ing)?|mend|servic(?:e|ing) (?:call|visit|request|needed)|look at (?:my|our|the)|warranty claim|technician|engineer|maintenance|problems?|issues?|help with (?:my|our|the)|replace(?:ment)?)\b/,
  /维修|报修|修理|修一下|修|保修|检修|检查一下|上门|售后|帮忙看|看一下|问题|更换/,
]
const harmless =
  /\bcan't thank\b|\bno problem(?: at all)?\b|\bno issues?\b|\bnot a problem\b|\bno worries\b|\bcan't wait\b|\bdoes not matter\b|\bdoesn't matter\b|\bdon't worry\b|\bworks? (?:fine|well|great|perfectly|again)\b|\bcan't (?:find|remember|make it|read|see (?:the|any) (?:serial|number|label))\b|\bcannot (?:find|remember|make it)\b|\bstop (?:by|in|texting|sending|messaging|emailing|writing|calling|contacting|bothering)\b|\b(?:loud and clear)\b|没问题|没有问题|没毛病|修好了|不能来|不能接|不修了/g

/** `fault` for a described fault, `wish` for a wish or a vague word, undefined for neither. Takes folded text. */
export function findTrouble(folded: string): 'fault' | 'wish' | undefined {
  const plain = folded.replace(harmless, ' ')
  if (faults.some((pattern) => pattern.test(plain))) return 'fault'
  return wishes.some((pattern) => pattern.test(plain)) ? 'wish' : undefined
}
