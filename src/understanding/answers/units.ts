// Units that people measure in, and what they are worth to each other.

export interface Measure {
  of: 'length' | 'time' | 'mass' | 'volume'
  /** In metres, days, kilograms or litres. */
  size: number
}

const month = 365.25 / 12

/** Folded; Chinese words longest first, since nothing parts them from what follows. */
const measures: readonly (readonly [Measure['of'], number, string])[] = [
  ['length', 0.001, 'mm millimeter millimeters millimetre millimetres 毫米'],
  ['length', 0.01, 'cm centimeter centimeters centimetre centimetres 厘米 公分'],
  ['length', 1000, 'km kms kilometer kilometers kilometre kilometres 公里 千米'],
  ['length', 1609.344, 'mi mile miles 英里'],
  ['length', 0.3048, 'ft foot feet 英尺'],
  ['length', 0.0254, 'in inch inches 英寸'],
  ['length', 0.9144, 'yd yard yards'],
  ['length', 1, 'm meter meters metre metres 米'],
  ['time', 1 / 1440, 'min mins minute minutes 分钟'],
  ['time', 1 / 24, 'h hr hrs hour hours 小时 钟头'],
  ['time', 7, 'week weeks 星期 礼拜 周'],
  ['time', month, 'month months 月'],
  ['time', 365.25, 'y yr yrs year years 年'],
  ['time', 1, 'd day days 天 日'],
  ['mass', 0.001, 'g gram grams 克'],
  ['mass', 1, 'kg kgs kilo kilos kilogram kilograms 公斤 千克'],
  ['mass', 0.5, '斤'],
  ['mass', 1000, 't ton tons tonne tonnes 吨'],
  ['mass', 0.45359237, 'lb lbs pound pounds 磅'],
  ['volume', 0.001, 'ml milliliter milliliters millilitre millilitres 毫升'],
  ['volume', 1, 'l liter liters litre litres 升'],
  ['volume', 3.785411784, 'gal gallon gallons 加仑'],
]

const byName: ReadonlyMap<string, Measure> = new Map(measures.flatMap(([of, size, names]) => names.split(' ').map((name) => [name, { of, size }] as const)))
const han = [...byName.keys()].filter((name) => /\p{Script=Han}/u.test(name)).toSorted((one, other) => other.length - one.length)

export function measureOf(name: string): Measure | undefined {
  return byName.get(name)
}

/** The unit right behind a number. Folded text. */
export function unitAfter(text: string): Measure | undefined {
  const [, latin] = /^[\s-]?([a-z]+)(?![a-z])/.exec(text) ?? []
  if (latin !== undefined) return byName.get(latin)
  const rest = text.replace(/^\s*个?/, '')
  const name = han.find((each) => rest.startsWith(each))
  return name === undefined ? undefined : byName.get(name)
}
