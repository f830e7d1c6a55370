// What customers say about the time of a visit besides naming one: that it does not suit, or that it is to be a little later. Pure.

const declined =
  /\b(?:can(?:no|['’])?t|cannot|won['’]?t|will not|not able to) (?:be (?:at )?(?:home|there|in|around)|make (?:it|that)|do (?:it|that|then))\b|\b(?:not|nobody|no ?one) (?:will be |is |be )?(?:at )?(?:home|available|free) (?:then|that day|at that time|on)\b|\b(?:does(?:n['’]?t| not)|do(?:n['’]?t| not)) (?:suit|work)\b|来不了|去不了|不方便|没空|没时间|不在家|家里没人|不合适/i

/** "I can't make it then": the time, not the visit. */
export function declinesTime(text: string): boolean {
  return declined.test(text)
}

const numbers: Readonly<Record<string, number>> = { a: 1, an: 1, one: 1, two: 2, three: 3, half: 0.5, 'half an': 0.5, 一: 1, 两: 2, 二: 2, 三: 3, 半: 0.5 }
const english = /\b(half an|an?|one|two|three|\d) hours? (later|earlier|sooner)\b/i
const chinese = /(晚|早|推迟|提前)(?:一点)?.{0,3}?([一两二三半\d])个?半?(?:小时|钟头)/

/** Milliseconds by which it is to be later, or earlier (negative). */
export function shiftOf(text: string): number | undefined {
  const [, count = '', way = ''] = english.exec(text) ?? []
  const [, zhWay = '', zhCount = ''] = chinese.exec(text) ?? []
  const hours = numbers[(count || zhCount).toLowerCase()] ?? Number(count || zhCount)
  if (!(hours > 0)) return undefined
  return (way === 'later' || zhWay === '晚' || zhWay === '推迟' ? 1 : -1) * hours * 3_600_000
}
