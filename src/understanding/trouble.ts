// The words for trouble with a device: what makes a sentence a symptom, and a message perhaps a repair request.
import type { Span } from './span.ts'

/** A fault in so many words. */
const faults = [
  /\b(?:broken|broke|breaks?|broken down|defect(?:ive)?|faulty|faults?|malfunction(?:s|ing)?|damaged?|cracked|crack|shattered|dead|died|stuck|stays? (?:black|blank|dark|white|off|cold|frozen|on|warm|hot)|freezing|jammed|jams|frozen|freezes|frosted|blocked|clogged|leaks?|leaking|leaked|leaky|drips?|dripping|flood(?:ed|ing)?|overheat(?:s|ing|ed)?|burn(?:s|t|ing|ed)|smokes?|smoking|sparks?|sparking|rattl(?:es?|ing)|squeak(?:s|ing|y)?|squeal(?:s|ing)?|grind(?:s|ing)?|humming|buzz(?:es|ing)?|vibrat(?:es|ing)|noisy|noise|noises|loud|smells?|smelly|stinks?|trips? the|tripp(?:ed|ing)|crash(?:es|ed|ing)?|flicker(?:s|ing)?|blinking|flashing|blinks|beep(?:s|ing)|slips|slipping|wobbl(?:es|y|ing)|bent|rust(?:ed|y)?|loose|torn|worn out|no power|no heat|no hot water|no signal|no picture|no sound|no display|lost power|out of order|gave up|fails?|failed|failing|failure|shuts? (?:down|off)|shutting (?:down|off)|shut (?:itself )?(?:down|off)|turns? (?:itself )?off|cuts? out|won't|wont|will not|would not|wouldn't|doesn't|doesnt|does not|isn't working|not working|not work|no longer|unable to|can't|cant|cannot|couldn't|stops?|stopped|stopping|not (?:heating|cooling|cooling down|spinning|draining|turning|starting|charging|responding|cold|hot|heat|cool|drain|spin|turn|start|charge|respond|closing|opening|printing|connecting|getting|making|moving|filling)|isn't (?:heating|cooling|spinning|draining|turning|starting|charging|cold|hot)|keeps? (?:on )?\w+ing|acting (?:up|weird|strange|odd|funny)(?:ly)?|weird|strange|odd|busted|refuses|refused|knackered|kaput|playing up|on the fritz|trouble|went wrong|wrong with|something wrong|error|errors|warm inside|too hot|too cold|ice build-?up|scratch(?:ed|es)?|dent(?:ed)?|snapped|fell off|came off|loses? (?:pressure|suction|power|water)|low pressure|weak suction|slow(?:ly)? (?:cooling|heating|charging))\b/,
  /\b(?:barely|hardly|struggles?|struggling|lost (?:all )?(?:its )?(?:suction|pressure|power|heat|signal|picture)|no (?:resistance|suction|pressure|steam|heating|cooling|response|reaction|lights?|flame|crema|foam|grip|airflow|air|cold air|warm air|water|picture|ink)(?: at all)?|nothing happens|does nothing|goes? (?:blank|black|off|dead|out|bang|dark)|gone (?:off|dead|black|out)|went (?:off|dead|black|out|blank)|(?:is|stays?|stayed|are) (?:blank|black|cold|dead|empty|dark|lukewarm|frozen|swollen|stuck|jammed)|(?:stone|ice) cold|lukewarm|blow(?:s|ing) (?:hot|warm|cold|cool)(?: air)?|(?:hot|warm|cold) air|streaks?|stripes|lines (?:across|down|on)|tint|blurr?y|garbled|grey|reboots?|rebooting|restarts?|restarting|resets? itself|powers? off|cut(?:s|ting)? out|jerks?|jolts?|judders?|jumps|howls?|howling|bangs?|banging|clanks?|clanking|clunks?|clunking|whin(?:es|ing)|whirr?s|screech(?:es|ing)?|hiss(?:es|ing)?|clicks|clicking|thump(?:s|ing)?|thuds?|drift(?:s|ing)|swollen|bulging|puddles?|standing water|mould|moldy|flat battery|drains? (?:fast|quickly|the battery)|half dead|quit(?:s)? (?:\w+ing|on me)|swallow(?:s|ed)|spit(?:s|ting)|trapped|in circles|round and round|by itself|on its own|too (?:loud|slow|hot|cold|weak)|weak|dropp(?:ed|ing) to|keeps? (?:dropp|go|turn|los|stopp|beep|jam)\w*|gave out|gives no|trip(?:s|ping)|blew|blown|shorted|runs but|hums|half of|levels? \d|goes all the way|out of (?:sync|level|alignment)|(?:dis|un)connect(?:s|ed|ing)|lags?|laggy|scary noise|racket|tastes|melted|burst|banged|ruined|shakes?|shaking|jitter\w*|sticks|sticking|sagging|skips|drips|gushing|pouring|soaked|flooded|burners? out|won.t)\b/,
  /坏|故障|失灵|损坏|破裂|裂|碎|断了|卡住|卡死|卡纸|卡顿|堵|漏水|漏气|漏油|漏电|渗水|滴水|积水|漏|异响|噪音|噪声|响声|杂音|很响|太响|声音(?:特别|非常|很|太|越来越|有点)?大|响个不停|异味|焦味|糊味|臭味|冒烟|冒火|起火|过热|发烫|烫手|死机|黑屏|花屏|蓝屏|白屏|闪屏|闪烁|闪退|一直闪|闪灯|跳闸|断电|没电|掉电|(?:没有?|无)(?:任何)?(?:反应|声音|画面|图像|信号|热水|水|电|显示|吸力|压力|风|火)|报错|报警|出错|错误|不工作|不运转|不转|不动|不走|不制冷|不制热|不冷|不热|不加热|不烘干|不脱水|不排水|不进水|不出(?:热|冷)?[水风气]|不启动|不通电|不充电|不亮|不显示|不能用|不能|不灵|不好用|用不了|打不开|开不了|开不开|关不上|关不了|启动不了|充不进|充不了|连不上|停机|停转|停了|就停|停止|自动关机|自动停|自动断|抖动|晃动|震动|振动|松动|脱落|掉了|磨损|生锈|结冰|结霜|出问题|有问题|有毛病|毛病|异常|失效|罢工|歇菜|趴窝|打滑|跑偏|刺耳|太热|太烫|闻到/,
  /(?<![去来受忍接买等到做走赶忙用说管免少])[\u4e00-\u9fff]不(?:了(?!解|起|吧|呢)|上(?!门)|开|动|进|出|着|到(?!$)|起|下|掉|亮|转|走|热|冷|响|停|准|严|平|熟|净|稳)|不(?:转|热|冷|冻|凉|响|亮|停|通电|出水|出风|喷|吸|吐|制|打印|加热|升|降|准|灵|稳|严|会动|工作|运行|动弹|充电|点火|排水|脱水|进水|识别)|没(?:有)?(?:阻力|蒸汽|反应|劲|力|吸力|热水|冷气|冷风|热风|图像|声音|信号|火|气|水)|只有(?:风|冷风|热风|一半)|(?:发|变)(?:黄|黑|紫|烫|臭|暗|形)|黑条|黑线|竖线|条纹|花屏|化冻|化了|化掉|歪|抖|晃|鼓包|鼓了|肿|夹人|夹到|卡着|卡在|停在|困在|困住|关着.{0,3}人|自己(?:关|停|响|动|断|重启|开)|突然(?:停|断|关|黑|灭)|一(?:停|顿)一(?:停|顿)|走走停停|忽(?:快|冷|大|亮)忽|时(?:好|有|快)时|冒(?:水|泡|气|出)|嗡嗡|咯吱|吱吱|嘎吱|嘎嘎|滋滋|咔咔|咔嚓|哐|砰|轰|滴滴响|怪声|怪味|味道|响得|一直(?:往|上升|下降|涨|升|降|响|闪|叫|滴|漏|转|进水|亮|报|停|卡|重启|掉)|老(?:是|会|自己)?(?:响|停|跳|断|漏|滴|卡|掉|死|报)|总(?:是)?(?:响|停|跳|断|漏|滴|卡|掉|死|报|跑)|跳(?:电|闸|停)|夹纸|吃纸|脱线|跳线|漏(?:液|光|风)|打火花|乱码|重影|模糊|掉(?:线|速|漆|出|下来)|熄火|灭了|断(?:连|网|线|针|电|火)|罢工|动不了|没电|脏的|煮不|烤不|结(?:冰|垢|霜)|生锈|异味|臭|霉味|刹(?:车|不)|失控|窜|压力(?:不足|低)|掉到|不足|进水了/,
]
/** A wish for repair, or a word of trouble that says little. */
const wishes = [
  /\b(?:repair(?:s|ed|ing)?|fix(?:ed|ing)?|mend|servic(?:e|ing) (?:call|visit|request|needed)|look at (?:my|our|the)|warranty claim|technician|engineer|maintenance|problems?|issues?|help with (?:my|our|the)|replace(?:ment)?)\b/,
  /维修|报修|修理|修一下|修|保修|检修|检查一下|上门|售后|帮忙看|看一下|问题|更换/,
]
const harmless =
  /\bcan't thank\b|\bno problem(?: at all)?\b|\bno issues?\b|\bnot a problem\b|\bno worries\b|\bcan't wait\b|\bdoes not matter\b|\bdoesn't matter\b|\bdon't worry\b|\bworks? (?:fine|well|great|perfectly|again)\b|\bcan't (?:find|remember|make it|read|see (?:the|any) (?:serial|number|label))\b|\bcannot (?:find|remember|make it)\b|\bstop (?:by|in|texting|sending|messaging|emailing|writing|calling|contacting|bothering)\b|\b(?:loud and clear)\b|没问题|没有问题|没毛病|修好了|不知道|不了解|找不到|看不到|看不清|受不了|来不了|去不了|联系不[上到]|打不通|赶不上|等不了|不能来|不能接|不修了/g

const everyFault = faults.map((pattern) => new RegExp(pattern, 'g'))

/** Where the words of a fault stand. Takes folded text. */
export function faultSpans(folded: string): Span[] {
  const plain = withoutHarmless(folded)
  return everyFault.flatMap((pattern) => [...plain.matchAll(pattern)].map(({ 0: words, index }) => ({ start: index, end: index + words.length })))
}

/** Positions stay. */
function withoutHarmless(folded: string): string {
  return folded.replace(harmless, (words) => ' '.repeat(words.length))
}

/** `fault` for a described fault, `wish` for a wish or a vague word, undefined for neither. Takes folded text. */
export function findTrouble(folded: string): 'fault' | 'wish' | undefined {
  const plain = withoutHarmless(folded)
  if (faults.some((pattern) => pattern.test(plain))) return 'fault'
  return wishes.some((pattern) => pattern.test(plain)) ? 'wish' : undefined
}
