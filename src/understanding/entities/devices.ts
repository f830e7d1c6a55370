// Where a text names a device, with the make or model before it.
import type { Span } from '../span.ts'
import { chineseDevices, chineseParts, englishDevices, englishParts } from './device-words.ts'

const [englishDevice, englishPart] = [englishDevices, englishParts].map(
  (words) => new RegExp(`(?<![\\p{Script=Latin}\\p{N}-])(?:${byLength(words)})(?:e?s)?(?![\\p{Script=Latin}\\p{N}-])(?!'s name)`, 'gu'),
)
const [chineseDevice, chinesePart] = [chineseDevices, chineseParts].map((words) => new RegExp(byLength(words), 'g'))
/** What may stand before the device's word and belongs to it: a make or a model. */
const leadingWords =
  /(?:(?<![\p{L}\p{N}])(?!(?:my|our|the|your|this|that|a|an|of|on|in|and|with|from|have|has|new|old|broken|is|it|its|it's|hi|hello|dear|fix|repair|about|for|another|other|second|same|to|by|does|did|not|which|because|where|when|use|using|got|buy|bought|own|hey|also|but|what|how|so|or)(?![\p{L}\p{N}]))[\p{L}\p{N}][\p{L}\p{N}-]* ){0,3}$/u

/** `brands` of the catalogue, folded, may stand before the word as the makes known here may. A word for what is often part of another thing is uncertain. */
export function deviceSpan(folded: string, brands: readonly string[] = []): (Span & { certain: boolean }) | undefined {
  const whole = inEnglish(folded, brands, englishDevice) ?? inChinese(folded, chineseDevice)
  if (whole !== undefined) return { ...whole, certain: true }
  const part = inEnglish(folded, brands, englishPart) ?? inChinese(folded, chinesePart)
  return part === undefined ? undefined : { ...part, certain: false }
}

function inEnglish(folded: string, brands: readonly string[], devices: RegExp | undefined): Span | undefined {
  const english = devices === undefined ? undefined : chosen(folded, devices)
  if (english === undefined) return undefined
  const lead = leadingWords.exec(folded.slice(0, english.index))?.[0] ?? ''
  const words = lead.split(' ').filter((word) => word !== '')
  // Only what looks like a make or model is part of the name: "Bosch WAW28560", not "yesterday the".
  const kept = words.slice(words.findLastIndex((word) => !looksLikeModel(word) && !brands.includes(word)) + 1)
  const length = kept.reduce((sum, word) => sum + word.length + 1, 0)
  const end = english.index + english[0].length
  const model = /^ (?=[a-z]{0,3}-?\d)[a-z0-9-]{1,8}(?![\p{L}\p{N}])(?! ?(?:am|pm|times|days?|weeks?|years?|min|and|or)\b)/u.exec(folded.slice(end))?.[0] ?? ''
  return { start: english.index - length, end: end + (/^(?:iphone|ipad|kindle|playstation|xbox)/.test(english[0]) ? model.length : 0) }
}

function inChinese(folded: string, devices: RegExp | undefined): Span | undefined {
  const chinese = devices === undefined ? undefined : chosen(folded, devices)
  if (chinese === undefined) return undefined
  const lead = /(?<![a-z0-9])(?=[a-z0-9-]*[a-z])[a-z0-9][a-z0-9-]*\s?$/.exec(folded.slice(0, chinese.index))?.[0] ?? ''
  return { start: chinese.index - lead.length, end: chinese.index + chinese[0].length }
}

/** The first that is named; a thing in or on "my fridge" is part of it, and of a slip what follows "no" or "I mean" counts. */
function chosen(folded: string, devices: RegExp): RegExpExecArray | undefined {
  const all = [...folded.matchAll(devices)].filter(({ index, 0: word }) => !isOther.test(folded.slice(index + word.length, index + word.length + 24)))
  const [first] = all
  return (
    all.find(({ index }) => isPutRight(folded, index)) ??
    all.find(
      ({ index }) =>
        first !== undefined &&
        index > first.index &&
        /\b(?:in|on|of|for) (?:my|our) (?:[a-z]+ )?$/.test(folded.slice(first.index, index)) &&
        index - first.index < 40,
    ) ??
    first
  )
}

/** "T5, no, sorry, the T6": what stands at `index` is what was meant. */
export function isPutRight(folded: string, index: number): boolean {
  return /\b(?:no|sorry|i mean|i meant|rather)\b[\s,]*(?:an?|the|my|it's|its)?\s*$|(?:不对?|说错了|我是说)[,，\s]*是?$/.test(
    folded.slice(Math.max(0, index - 20), index),
  )
}

/** "Gate code", "lift shaft key": not the thing itself. */
const isOther = /^ ?(?:codes?\b(?! ?[efh]\d)|number\b|elements?\b|password|key\b|密码|卡(?!纸|住|死))/

const makes = new Set(
  'bosch siemens miele samsung lg whirlpool electrolux aeg beko haier midea gree hisense panasonic sony philips dyson apple dell hp lenovo asus acer canon epson brother daikin mitsubishi toshiba hitachi sharp candy hoover indesit hotpoint zanussi smeg neff gorenje kenmore maytag frigidaire ge kitchenaid bissell makita dewalt vaillant worcester viessmann technogym nordictrack peloton xiaomi huawei nokia google roomba irobot breville delonghi jura ricoh konica kyocera xerox lexmark specialized cannondale merida brompton gazelle shimano kubota fendt massey claas husqvarna stihl honda yamaha kone otis schindler thyssenkrupp stannah hobart winterhalter rancilio fujitsu rheem lennox grundfos karcher festool hilti milwaukee garmin oneplus oppo motorola tefal krups nespresso rangemaster vitamix magimix kenwood jungheinrich komatsu liebherr asko rinnai ariston baxi daewoo tcl synology netgear jbl bose sonos sennheiser fitbit omron resmed'.split(
    ' ',
  ),
)

const chineseMakes =
  /美的|海尔|格力|小米|西门子|博世|松下|三星|海信|老板(?=牌|油|烟|燃|灶|消毒|蒸|电|家)|方太|华帝|万和|万家乐|苏泊尔|九阳|美菱|创维|长虹|康佳|联想|戴森|索尼|飞利浦|大金|日立|东芝|夏普/

/** A make without a word for the device, with its model if there is one: "it's a Bosch", "Dyson V11". */
export function madeBy(folded: string): Span | undefined {
  for (const match of folded.matchAll(/(?<![a-z0-9])[a-z]+(?![a-z0-9@])/g)) {
    if (!makes.has(match[0]) || /^(?:apple|sharp|candy|ge|google|brother|hoover)$/.test(match[0])) continue
    // "LaserJet 4200": the series may stand before the number.
    const model =
      /^ (?:(?!(?:since|for|from|in|at|on|with|has|is|and|bought|no|about)\b)[a-z]{3,12} )?(?=[a-z0-9-]*\d)[a-z0-9-]+(?! ?(?:am|pm|times|minutes?|mins?|hours?|days?|weeks?|years?|seconds?|%))/.exec(
        folded.slice(match.index + match[0].length),
      )?.[0] ?? ''
    return { start: match.index, end: match.index + match[0].length + model.length }
  }
  const chinese = chineseMakes.exec(folded)
  return chinese === null || /^[一二三四五]星/.test(folded.slice(chinese.index)) ? undefined : { start: chinese.index, end: chinese.index + chinese[0].length }
}

function looksLikeModel(word: string): boolean {
  return makes.has(word) || (/\d/.test(word) && /[a-z]/.test(word)) || /^[a-z]{1,3}-?\d+/.test(word)
}

/** The longest first, since an expression takes the first alternative that fits. */
function byLength(words: readonly string[]): string {
  return words.toSorted((one, other) => other.length - one.length).join('|')
}
