// Parts as somebody with dirty hands types them: "used 2x KP-100 and a belt", "换了两条皮带和一个泵". Pure.

export interface SaidPart {
  /** A number or a name, as it was said. */
  words: string
  quantity: number
}

const counts: Readonly<Record<string, number>> = Object.fromEntries([
  ...['a', 'an'].map((word) => [word, 1]),
  ...['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'].map((word, index) => [word, index + 1]),
  ...[...'一二三四五六七八九十'].map((word, index) => [word, index + 1]),
  ['两', 2],
])
const classifier = '[个個条條块塊只根片套台支颗件把张]'
const none =
  /^\W*(?:no(?:ne|thing)?|no parts?|without(?: any)? parts?|0|zero|didn['’]?t use any)\W*$|^(?:没有?(?:用|换)?(?:任何)?(?:配件|零件)?|无|不用|没用到?)[。.!！\s]*$/i
const leadIn =
  /^(?:(?:and|i|we|have|had|it|was|were|just|also|then|please|need(?:s|ed)?|used?|fitted|replaced|installed|changed|put in|took|with|parts?(?: used)?\s*:?|some|the|another|new)\s+)+/i
const leadInZh = /^(?:我|还|又|也|需要|缺少?|要|使用了?|用了|用掉了?|换了|更换了?|装了|安装了|新的?)+/
const between = /[\n,;，、；+&]+|\s+(?:and|plus)\s+|以及|还有|和/i

/** Undefined when no part was used or wanted; empty when the words say nothing. */
export function readSaidParts(text: string): SaidPart[] | undefined {
  const plain = text.normalize('NFKC').trim()
  if (none.test(plain)) return undefined
  return plain
    .split(between)
    .map(readOne)
    .filter(({ words }) => words !== '')
}

function readOne(text: string): SaidPart {
  const said = text
    .trim()
    .replace(/[.。!！?？]+$/, '')
    .replace(leadIn, '')
    .replace(leadInZh, '')
    .trim()
  const shapes: readonly RegExp[] = [
    /^(?<count>\d{1,3})\s*[x×*]\s*(?<words>.+)$/i,
    /^(?<words>.+?)\s*[x×*]\s*(?<count>\d{1,3})$/i,
    new RegExp(`^(?<count>\\d{1,3}|[一二两三四五六七八九十])\\s*${classifier}\\s*(?<words>.+)$`),
    new RegExp(`^(?<words>.+?)\\s*(?<count>\\d{1,3}|[一二两三四五六七八九十])\\s*${classifier}$`),
    /^(?<count>\d{1,2}|a|an|one|two|three|four|five|six|seven|eight|nine|ten)\s+(?!(?:mm|cm|m|v|w|a|kw|bar)\b)(?<words>.+)$/i,
  ]
  for (const shape of shapes) {
    const { count = '', words = '' } = shape.exec(said)?.groups ?? {}
    const quantity = counts[count.toLowerCase()] ?? Number(count)
    const named = words.replace(leadIn, '').replace(leadInZh, '').trim()
    if (named !== '' && Number.isInteger(quantity) && quantity > 0) return { words: named, quantity }
  }
  return { words: said, quantity: 1 }
}
