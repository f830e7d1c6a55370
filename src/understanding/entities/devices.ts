// The words for devices, and where they stand in a text with the make or model before them.
import type { Span } from '../span.ts'

const englishDevices =
  'washing machine|washer|washer dryer|dryer|tumble dryer|fridge|fridge freezer|refrigerator|freezer|ice maker|dishwasher|oven|stove|cooker|hob|cooktop|range hood|microwave|microwave oven|coffee machine|coffee maker|espresso machine|kettle|toaster|blender|mixer|vacuum|vacuum cleaner|robot vacuum|air conditioner|air con|aircon|ac unit|heat pump|boiler|water heater|furnace|heater|radiator|thermostat|fan|humidifier|dehumidifier|air purifier|treadmill|exercise bike|bike|e-bike|scooter|elliptical|rowing machine|rower|cross trainer|laptop|computer|pc|monitor|printer|copier|scanner|phone|smartphone|tablet|camera|tv|television|projector|speaker|soundbar|router|modem|console|headphones|watch|lawn mower|mower|chainsaw|generator|pump|compressor|drill|sewing machine|elevator|lift|escalator|garage door|gate|door lock|intercom|vending machine|forklift|sink|tap|faucet|toilet|shower|hair dryer|iron|garbage disposal|hot tub|sauna'
const chineseDevices =
  '洗衣机|烘干机|干衣机|洗碗机|电冰箱|冰箱|冰柜|冷柜|空调|热水器|壁挂炉|锅炉|暖气|地暖|燃气灶|煤气灶|灶具|油烟机|抽油烟机|微波炉|烤箱|蒸箱|电饭煲|电饭锅|电磁炉|咖啡机|豆浆机|榨汁机|饮水机|净水器|净水机|空气净化器|加湿器|除湿机|吸尘器|扫地机器人|扫地机|跑步机|健身车|动感单车|椭圆机|划船机|自行车|电动车|滑板车|笔记本电脑|笔记本|电脑|台式机|显示器|打印机|复印机|扫描仪|手机|平板|相机|摄像头|电视机|电视|投影仪|音响|音箱|路由器|游戏机|耳机|手表|电梯|门锁|门铃|割草机|发电机|水泵|压缩机|缝纫机|马桶|水龙头|花洒|吹风机|熨斗|按摩椅'

const englishDevice = new RegExp(`(?<![\\p{L}\\p{N}])(?:${byLength(englishDevices)})(?![\\p{L}\\p{N}])`, 'u')
const chineseDevice = new RegExp(byLength(chineseDevices))
/** What may stand before the device's word and belongs to it: a make or a model. */
const leadingWords =
  /(?:(?<![\p{L}\p{N}])(?!(?:my|our|the|your|this|that|a|an|of|on|in|and|with|from|have|has|new|old|broken|is|it|its|it's|hi|hello|dear|fix|repair|about|for|another|other|second|same|to|by|does|did|not|which|because|where|when|use|using|got|buy|bought|own|hey|also|but|what|how|so|or)(?![\p{L}\p{N}]))[\p{L}\p{N}][\p{L}\p{N}-]* ){0,3}$/u

/** `brands` of the catalogue, folded, may stand before the word as the makes known here may. */
export function deviceSpan(folded: string, brands: readonly string[] = []): Span | undefined {
  const english = englishDevice.exec(folded)
  if (english !== null) {
    const lead = leadingWords.exec(folded.slice(0, english.index))?.[0] ?? ''
    const words = lead.split(' ').filter((word) => word !== '')
    // Only what looks like a make or model is part of the name: "Bosch WAW28560", not "yesterday the".
    const kept = words.slice(words.findLastIndex((word) => !looksLikeModel(word) && !brands.includes(word)) + 1)
    const length = kept.reduce((sum, word) => sum + word.length + 1, 0)
    return { start: english.index - length, end: english.index + english[0].length }
  }
  const chinese = chineseDevice.exec(folded)
  if (chinese === null) return undefined
  const lead = /[a-z0-9][a-z0-9-]*\s?$/.exec(folded.slice(0, chinese.index))?.[0] ?? ''
  return { start: chinese.index - lead.length, end: chinese.index + chinese[0].length }
}

const makes = new Set(
  'bosch siemens miele samsung lg whirlpool electrolux aeg beko haier midea gree hisense panasonic sony philips dyson apple dell hp lenovo asus acer canon epson brother daikin mitsubishi toshiba hitachi sharp candy hoover indesit hotpoint zanussi smeg neff gorenje kenmore maytag frigidaire ge kitchenaid bissell makita dewalt vaillant worcester viessmann technogym nordictrack peloton xiaomi huawei nokia google roomba irobot breville delonghi jura'.split(
    ' ',
  ),
)

const chineseMakes =
  /美的|海尔|格力|小米|西门子|博世|松下|三星|海信|老板|方太|华帝|万和|万家乐|苏泊尔|九阳|美菱|创维|长虹|康佳|联想|戴森|索尼|飞利浦|大金|日立|东芝|夏普/

/** A make without a word for the device, with its model if there is one: "it's a Bosch", "Dyson V11". */
export function madeBy(folded: string): Span | undefined {
  for (const match of folded.matchAll(/(?<![a-z0-9])[a-z]+(?![a-z0-9@])/g)) {
    if (!makes.has(match[0]) || /^(?:apple|sharp|candy|ge|google|brother|hoover)$/.test(match[0])) continue
    const model = /^ (?=[a-z0-9-]*\d)[a-z0-9-]+/.exec(folded.slice(match.index + match[0].length))?.[0] ?? ''
    return { start: match.index, end: match.index + match[0].length + model.length }
  }
  const chinese = chineseMakes.exec(folded)
  return chinese === null ? undefined : { start: chinese.index, end: chinese.index + chinese[0].length }
}

function looksLikeModel(word: string): boolean {
  return makes.has(word) || (/\d/.test(word) && /[a-z]/.test(word)) || /^[a-z]{1,3}-?\d+/.test(word)
}

/** The longest first, since an expression takes the first alternative that fits. */
function byLength(words: string): string {
  return words
    .split('|')
    .sort((one, other) => other.length - one.length)
    .join('|')
}
