// Words of danger to people (fire, smoke, gas, water at the mains, an electric shock), and words of haste.
import { fold } from '../fold.ts'
import type { Found } from './found.ts'

const danger = [
  /\b(?:on fire|caught fire|catch(?:ing)? fire|flames?|fire broke out|gas leak|leak(?:s|ing)? gas|gas (?:is )?(?:leaking|escaping)|(?:smell|stink|reek|smelling|smelled|smells|stinks)(?:s|ing)?(?: (?:strongly|a bit|a lot))?(?: of| like)? gas|gas(?:sy)? (?:smell|odou?r)|rotten eggs?|electric(?:al)? shocks?|electrocut\w+|shock(?:ed|s|ing)? (?:me|him|her|us|my|you|when)|(?:got|get|gets|getting|gave|gives|giving)(?: \w+)? (?:an? )?(?:\w+ )?shocks?|zap(?:s|ped|ping)? (?:me|him|her|us|my|when|by)|(?:got|get|gets|getting) zapped|tingl(?:e|es|ing) (?:when|if|in my)|carbon monoxide|explod(?:es?|ed|ing)|explosion|spark(?:s|ed|ing|y)?|scorch(?:ed|ing)?|smoking|smok(?:e|es)(?: is| was)? (?:com(?:ing|es)|came|out|from|pour\w+|ris\w+)|(?:lots? of|there(?:'s| is| was)|full of|emitting|black|white|some|saw|see|smell) smoke|(?:started|starts|began|begins|starting) (?:to )?smok(?:e|ing)|burn(?:ing|t) (?:plastic |rubber |electrical )?(?:smell|odou?r)|smell(?:s|ing|ed)? (?:\w+ )?(?:of |like )?(?:something )?(?:is )?burn(?:ing|t|ed)|smells? (?:of |like )?burned|(?:smell(?:s|ing|ed)?|stinks?|reeks?|whiff|odou?r)\b[^.!?;\n]{0,25}\bburn(?:ing|t|ed)?|smell(?:s|ing|ed)?\b(?: \w+){0,3} gas|co (?:alarm|detector|monitor)|injured|got hurt|burn(?:ed|t) (?:my|his|her) (?:hand|arm|finger)s?|(?:plug|socket|outlet|cable|cord|wire)s? (?:is |are |has |have |was |got )?(?:\w+ )?(?:melt(?:ed|ing)?|burn(?:t|ed|ing)|scorched|charred)|melt(?:ed|ing) (?:plug|socket|outlet|cable|cord|wire)s?|(?:exposed|live|bare) (?:wires?|wiring))\b/,
  /\b(?:water|leak\w*|drip\w*|wet|flood\w*|puddle)\b[^.!?;\n]{0,40}\b(?:socket|outlet|power (?:strip|point|board|supply|cord)|extension (?:lead|cord)|fuse ?box|breaker (?:box|panel)|electrics|electricity|electrical|wiring|mains|plug)s?\b|\b(?:socket|outlet|power strip|extension lead|fuse ?box|breaker panel|wiring)s?\b[^.!?;\n]{0,25}\b(?:wet|water|soaked|flooded)\b/,
  /\b(?:people|persons?|someone|somebody|child(?:ren)?|kids?|lady|man|woman|guests?|tenants?|passengers?|residents?|colleagues?|i am|i'm|we are|we're|\d (?:people|of us))\b[^.!?;\n]{0,20}\b(?:stuck|trapped|locked) in\b|\b(?:people|persons?|someone|somebody|child(?:ren)?|kids?|passengers?)\b[^.!?;\n]{0,20}\b(?:stuck|trapped)\b|\b(?:stuck|trapped)\b[^.!?;\n]{0,30}\b(?:people|persons?|someone|somebody|passengers?|child(?:ren)?)\b[^.!?;\n]{0,8}\b(?:in|inside)\b|\bbatter(?:y|ies)(?:'s)?\b[^.!?;\n]{0,25}\b(?:swollen|swell(?:s|ing)|bulg\w+|bloated|puffed|very hot|super hot|too hot|burning|glowing)\b|\bbrakes?\b[^.!?;\n]{0,30}\b(?:fail\w*|gone|gave out|give out|(?:do|does)(?:n't|nt| not) (?:work|brake|stop|grip)|not working|barely|hardly|dead|useless|slip\w*|spongy|soft|nothing happens|no grip|to the (?:bar|floor|grip)|(?:do|does)(?:n't|nt| not) hold)\b|\b(?:throttle|accelerator|gas pedal)\b[^.!?;\n]{0,25}\b(?:stick\w*|stuck|jam\w*|open|by itself)\b|\b(?:nearly|almost|could have) (?:hit|fell|fallen|crashed|hurt|burn(?:t|ed)|tripped|ran over|lost (?:a|my|his|her))\b|\bl(?:os(?:e|es|ing)|ost) (?:their |his |her |my )?(?:balance|footing)\b|\b(?:not safe|unsafe|hazard(?:ous)?|a danger)\b|\b(?:won't|wont|doesn't|doesnt|does not|will not) stop when (?:i|you|we) (?:let go|release|press|hit|pull)\b|\b(?:lift|elevator)s?\b[^.!?;\n]{0,30}\b(?:people|persons?|someone|somebody|kids?|child(?:ren)?|passengers?|residents?|guests?)\b[^.!?;\n]{0,12}\b(?:in it|inside|in there)\b|\bno brakes?\b|\bbrakes? fail\w*|\b(?:people|residents?|tenants?|customers?|guests?|someone|somebody|he|she|they|i) (?:have |has |already |nearly |almost )*(?:tripped|fallen|fell|got injured|was injured)\b|\bdangerous\b|\b(?:doors?|gate|shutter)\b[^.!?;\n]{0,20}\b(?:clos\w+|shut\w*) on (?:people|me|us|him|her|someone|passengers|my)\b/,
  /(?<![点打唔不])着火|起火|失火|火灾|冒烟|冒.{0,3}烟|冒[着出]?.{0,2}火星|有烟|烟味|冒火|火花|火星|漏电|触电|电到|电了(?:我|一下)|被电|电人|麻手|手麻|(?:煤气|燃气|天然气|瓦斯)(?:的)?(?:味|臭|泄漏|泄露|漏)|闻到.{0,4}(?:煤气|燃气|天然气|瓦斯)|漏(?:煤气|燃气|天然气|气)|臭鸡蛋|爆炸|炸了|烧焦|焦味|焦糊|糊味|烧糊|烧着|(?:插头|插座|电线|插排)(?:都)?(?:被)?(?:烧|融|化|熔)|电线(?:裸露|外露)|受伤|烫伤|一氧化碳|(?:困|关|卡)(?:着|住|在里面|在电梯)?.{0,4}(?:人|孩子|老人|小孩)|有人(?:被)?(?:困|关|卡)|(?:里面|轿厢[里内]?|电梯[里内]面?)(?:还|正)?(?:有|困)[^,，。!！？]{0,3}(?:人|孩子|小孩|老人)|(?:人|孩子|老人)出不来|夹(?:人|到人|了.{0,4}人|到手|伤)|电池.{0,6}(?:鼓|膨胀|发烫|烫手|冒)|(?:电池|电瓶)鼓|鼓包|刹车.{0,4}(?:失灵|没反应|没用|坏|不住|不灵|不管用|没了|断)|刹不住|煞不住|绊倒|差点.{0,4}(?:摔|撞|伤|烫|烧|夹)|摔倒|摔伤|砸伤|危险|怕.{0,3}[爆炸]|(?:水|漏|滴|淋|流|渗)[^。！？；\n]{0,10}(?:插座|插排|插线板|电源|电线|电箱|配电箱|插头)|(?:插座|插排|插线板|电箱|配电箱)[^。！？；\n]{0,6}(?:进水|有水|湿)/,
]
const harmless =
  /\b(?:no|not|without|never|isn't|aren't|doesn't|don't)\s+(?:any\s+|a\s+|see (?:any )?|smell (?:any )?)?(?:smoke|spark(?:s|ed|ing|y)?|scorch(?:ed|ing)?|smoking|flames?|fire|gas|burning)\b|\bno (?:smell|burning)|(?:没有|没|不)(?:冒烟|着火|起火|漏电|火花|焦味|糊味|漏气|打火花)|spark plugs?|smok(?:e|ing) (?:detector|alarm|area|room|free)|flame (?:sensor|failure)|shock absorbers?|\b(?:not|isn't|nothing) (?:dangerous|unsafe|a danger)\b|can(?:'t|not) wait (?:to|for)\b|(?:不|没有?)危险|轮胎漏气|车胎漏气/g

const urgent =
  /\b(?:urgent(?:ly)?|asap|a\.s\.a\.p|as soon as possible|soon as you can|emergency|right away|immediately|come quick(?:ly)?|desperate(?:ly)?|top priority|can(?:'t|not|t) wait|pronto|needs? (?:it|this|him|her|them) (?:right )?now|time critical|life support|straight away|at once|quickly as possible|please hurry|hurry(?: up)?|urgnt|a\.?s\.?a\.?p)\b|紧急|加急|急需|十万火急|万分火急|火急|急急|急!|急用|特别急|好急|非常急|等不了|尽早|快点|很急|挺急|特急|急用|着急|尽快|马上|赶紧|赶快|快来|快派|快些|等着用|急死|救命|急[!！]|(?<=^|[,，。!！\s])急(?=$|[,，。!！\s])|立刻|立即|越快越好/

type Stretch = Found<true>

export function readDanger(text: string): Stretch | undefined {
  const folded = fold(text).replace(harmless, (words) => ' '.repeat(words.length))
  return firstOf(folded, danger)
}

export function readUrgent(text: string): Stretch | undefined {
  return firstOf(
    fold(text).replace(/\bnot (?:that |very |so |really )?urgent\b|\bno (?:rush|hurry)\b|不(?:太|是很|是特别)?(?:急|着急|紧急)/g, (words) =>
      ' '.repeat(words.length),
    ),
    [urgent],
  )
}

function firstOf(folded: string, patterns: readonly RegExp[]): Stretch | undefined {
  for (const pattern of patterns) {
    const match = pattern.exec(folded)
    if (match !== null) return { value: true, start: match.index, end: match.index + match[0].length, certain: true }
  }
  return undefined
}
