// How alike two descriptions of trouble are, in English, in Chinese, or one in each. Pure.
//
// Two measures, each an overlap: what is shared, of what the shorter one says. Faults, by a small list of what people say of broken
// things in both languages; and the words themselves, by pieces of three letters or two characters, which forgives endings and slips.
// Where both name a fault, faults count three times as much as words: "stops after ten minutes" and "leaks after ten minutes" share
// words and no trouble. The figures were set on the labelled pairs of tests/tickets/likeness.test.ts.
import { deviceSpan } from '../understanding/entities/devices.ts'
import { fold } from '../understanding/fold.ts'
import { blank } from '../understanding/span.ts'

export interface Trouble {
  symptom?: string
  errorCode?: string
}

/** From here on two troubles may be the same. */
export const alikeFrom = 0.5

/** 0 for nothing in common, or nothing said; 1 for the same. The same error code is the same trouble; another one makes it doubtful. */
export function likenessOf(one: Trouble, other: Trouble): number {
  const [code, otherCode] = [normalCode(one.errorCode), normalCode(other.errorCode)]
  if (code !== '' && code === otherCode) return 1
  const words = likenessOfWords(one.symptom ?? '', other.symptom ?? '')
  return code !== '' && otherCode !== '' ? words / 2 : words
}

export function likenessOfWords(one: string, other: string): number {
  const [a, b] = [readWords(one), readWords(other)]
  const words = overlap(a.pieces, b.pieces)
  return a.faults.size > 0 && b.faults.size > 0 ? (3 * overlap(a.faults, b.faults) + words) / 4 : words
}

/** How much of the shorter text's words the other has too: 0 to 1. */
export function wordsShared(one: string, other: string): number {
  return overlap(readWords(one).pieces, readWords(other).pieces)
}

/** `E-03`, `e3` and `E 003` are one code. */
function normalCode(code = ''): string {
  return fold(code)
    .replace(/[^a-z0-9]/g, '')
    .replace(/(?<!\d)0+(?=\d)/g, '')
}

function overlap(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const smaller = Math.min(one.size, other.size)
  return smaller === 0 ? 0 : [...one].filter((each) => other.has(each)).length / smaller
}

function readWords(text: string): { faults: ReadonlySet<string>; pieces: ReadonlySet<string> } {
  const folded = withoutDevices(fold(text))
  const faults = Object.entries(saidOf).flatMap(([fault, pattern]) => (pattern.test(folded) ? [fault] : []))
  const words = folded.match(/[a-z][a-z']*|\p{Script=Han}+/gu) ?? []
  return { faults: new Set(faults), pieces: new Set(words.flatMap(piecesOf)) }
}

/** Which device it is says nothing of its trouble. */
function withoutDevices(folded: string): string {
  const span = deviceSpan(folded)
  return span === undefined ? folded : withoutDevices(blank(folded, span))
}

/** Words too short or too common to tell one trouble from another have none. */
function piecesOf(word: string): string[] {
  if (/^[a-z]/.test(word)) return word.length < 4 || dull.has(word) ? [] : pieces(` ${word} `, 3)
  return pieces(word, 2).filter((pair) => !dull.has(pair))
}

function pieces(word: string, length: number): string[] {
  return Array.from({ length: Math.max(0, word.length - length + 1) }, (_, index) => word.slice(index, index + length))
}

const dull = new Set(
  (
    'after when that this with from have does doesn don won still again been very just since keeps make makes then than them they there here will would could should ' +
    'about every time times sometimes always never also only into over same thing work working works problem issue trouble broken repair please minute minutes hour hours ' +
    'day days week today yesterday morning evening since some more much what which your ours mine machine device unit hello thanks thank you help need ' +
    '一直 总是 总会 有时 时候 现在 今天 昨天 我们 我的 你们 这个 那个 这台 那台 机器 设备 问题 坏了 出了 一下 一个 不能 可以 已经 还是 然后 之后 以后 分钟 小时 经常 帮忙 维修 修理 报修'
  ).split(' '),
)

/** What people say of broken things. Of an opposite ("no hot water", "too hot") each is a fault of its own. */
const saidOf: Readonly<Record<string, RegExp>> = {
  leaks: /\bleak|\bdrip|\bpuddle|\bflood|water (?:on|all over|under|comes? out)|漏|渗|滴水|积水|地上.{0,4}水/,
  noise:
    /\bnois|\bloud|\bsqueak|\bsqueal|\bscreech|\bgrind|\brattl|\bhum(?:s|ming)?\b|\bbuzz|\bclunk|\bbang(?:s|ing)\b|\bclick(?:s|ing)|\bbeep|响|噪|刺耳|嗡|杂音|吱/,
  dead: /\b(?:won'?t|wont|will not|doesn'?t|does not|not|cannot|can'?t|refuses to|fails to) (?:even )?(?:start|turn(?:ing)? on|switch(?:ing)? on|power|boot|respond|starting|come on)|\bdead\b|no power|no longer (?:starts|turns on)|不启动|启动不了|开不了机|开不开|打不开机|不通电|没电|没有电|没(?:有)?(?:任何)?反应|无反应|不亮|开机.{0,3}不/,
  stops:
    /\bstop|\bshuts? (?:itself )?(?:down|off)|\bcuts? out|\bturns? (?:itself )?off|\bswitch(?:es)? (?:itself )?off|\bstalls?\b|\bdies\b|停|自动关|自己关|断电/,
  trips: /\btrip(?:s|ped|ping)?\b|\bfuse|\bbreaker|跳闸|保险丝/,
  'does not heat':
    /not (?:heat|get(?:ting)? (?:hot|warm)|warm)|(?:n't|no longer|stopped) (?:heat|get hot|get warm|warm)|no (?:heat|hot water)|(?:only|stays|is) cold\b|cold water|不热|不加热|不制热|没(?:有)?热水|不烫/,
  'does not cool': /not (?:cool|cold|freez)|(?:n't|no longer|stopped) (?:cool|freez|get cold)|too warm|warm inside|不制冷|不冷|不凉|不结冰/,
  'too hot': /overheat|too hot|\bburning\b|red hot|过热|发烫|烫手|太热/,
  smoke: /\bsmok|\bsmell|\bstink|\bburnt|\bspark|冒烟|焦|糊味|异味|臭|火花/,
  screen:
    /(?:screen|display|panel|lcd)\b.{0,20}(?:black|blank|dark|flicker|frozen|freez|dead|off|lines|nothing)|(?:black|blank|dark|flickering|frozen) (?:screen|display)|黑屏|花屏|蓝屏|白屏|闪屏|屏幕.{0,6}(?:黑|不亮|闪|花|卡)|显示屏.{0,6}(?:黑|不亮|闪|花)/,
  cracked: /\bcrack|\bshatter|\bsmash|\bsplit\b|裂|碎|破了|破损/,
  'does not drain': /drain|pump(?:s|ing)? out|排水|排不出/,
  'does not fill': /not fill|n't fill|no water (?:comes|in)|water inlet|不进水|进不了水/,
  'does not turn': /(?:not|n't|no longer|stopped) (?:spin|turn(?:ing)?(?! (?:on|off))|rotat|mov)|不脱水|不转|转不动|不动/,
  shakes: /\bvibrat|\bshak|\bwobbl|\bjerk|抖|晃|震|振/,
  slips: /\bslip|打滑|跑偏/,
  stuck: /\bstuck|\bjam(?:s|med)?\b|\bblock|\bclog|卡住|卡死|堵/,
  door: /\b(?:door|lid|hatch)\b.{0,25}(?:close|shut|open|lock|seal|latch)|门.{0,6}(?:关|开|锁)/,
  charging: /\bcharg|\bbattery|充电|充不|电池/,
  connection: /\bwi-?fi\b|\bbluetooth|\bconnect|\boffline|连不上|连接|蓝牙|网络/,
  torn: /\btorn|\bworn|\bfray|\bsnap(?:s|ped)?\b|磨损|断裂|断了/,
  loose: /\bloose|(?:fell|falls?|came|comes?|come|broke) off|松动|脱落|掉了/,
  ice: /\bice\b|\bfrost|结冰|结霜/,
}
