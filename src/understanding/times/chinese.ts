// Times in Chinese, simplified; traditional characters are folded before.
import {
  comingDate,
  comingWeekday,
  daysFrom,
  hourOfVisit,
  parts,
  readTokens,
  weekdayInWeek,
  type DayWindow,
  type Pattern,
  type Said,
  type Token,
} from './token.ts'

const digits = '零一二三四五六七八九十'
const number = '(?:\\d{1,2}|(?<!提前|[早晚快慢有差])[零一二两三四五六七八九十]{1,3})'
const weekday = '(?:周|星期|礼拜)([一二三四五六日天])'
const clock = `(上午|早上|中午|下午|傍晚|晚上)?(${number})(?:点|时|:)(半|一刻|三刻|${number}分?|\\d{2})?(?:钟|整)?`

const partWords: Readonly<Record<string, DayWindow>> = {
  早上: parts.morning,
  早晨: parts.morning,
  清早: parts.early,
  一早: parts.early,
  上午: parts.morning,
  中午: parts.noon,
  下午: parts.afternoon,
  傍晚: { from: 17 * 60, until: 19 * 60 },
  晚上: parts.evening,
  晚间: parts.evening,
  白天: { from: 8 * 60, until: 18 * 60 },
  全天: parts.day,
}

const patterns: readonly Pattern[] = [
  {
    pattern: new RegExp(`(下个?|这个?|本)?${weekday}(?:到|至|-|~)(?:周|星期|礼拜)?([一二三四五六日天])`, 'g'),
    read: ([, which, first = '', last = ''], { today }) => {
      const start = which?.startsWith('下') ? weekdayInWeek(today, weekdayOf(first), 1) : comingWeekday(today, weekdayOf(first))
      return { kind: 'days', days: daysFrom(start, comingWeekday(start, weekdayOf(last))) }
    },
  },
  {
    pattern: new RegExp(`(下下个?|下个?|这个?|本)?${weekday}`, 'g'),
    read: ([, which, name = ''], { today }) => {
      const day = weekdayOf(name)
      if (which?.startsWith('下下')) return { kind: 'days', days: [weekdayInWeek(today, day, 2)] }
      return { kind: 'days', days: [which?.startsWith('下') ? weekdayInWeek(today, day, 1) : comingWeekday(today, day)] }
    },
  },
  { pattern: /大后天/g, read: (_, { today }) => ({ kind: 'days', days: [today.add({ days: 3 })] }) },
  { pattern: /后天/g, read: (_, { today }) => ({ kind: 'days', days: [today.add({ days: 2 })] }) },
  { pattern: /明(?:天|日|(?=早|晚|上午|下午|中午))/g, read: (_, { today }) => ({ kind: 'days', days: [today.add({ days: 1 })] }) },
  { pattern: /今(?:天|日|(?=早|晚))/g, read: (_, { today }) => ({ kind: 'days', days: [today] }) },
  {
    pattern: /(下个?)?周末/g,
    read: ([, next], { today }) => {
      const saturday = next === undefined ? comingWeekday(today, 6) : weekdayInWeek(today, 6, 1)
      return { kind: 'days', days: [saturday, saturday.add({ days: 1 })] }
    },
  },
  {
    pattern: /下个?(?:周|星期|礼拜)(?![一二三四五六日天末])/g,
    read: (_, { today }) => ({ kind: 'days', days: daysFrom(weekdayInWeek(today, 1, 1), weekdayInWeek(today, 5, 1)) }),
  },
  {
    pattern: /工作日|平时/g,
    read: (_, { today }) => ({ kind: 'days', days: daysFrom(today.add({ days: 1 }), today.add({ days: 7 })).filter((day) => day.dayOfWeek <= 5) }),
  },
  {
    pattern: /随时|每天|哪天都|任何时间|任意时间/g,
    read: (_, { today }) => ({ kind: 'days', days: daysFrom(today.add({ days: 1 }), today.add({ days: 7 })), any: true }),
  },
  {
    pattern: new RegExp(`(?:(\\d{4})年)?(${number})月(${number})[日号]?`, 'g'),
    read: ([, year, month = '', day = ''], { today }) => dayIn(today, year === undefined ? undefined : Number(year), valueOf(month), valueOf(day)),
  },
  {
    pattern: new RegExp(`下个?月(${number})[日号]`, 'g'),
    read: ([, day = ''], { today }) => {
      const { year, month } = today.add({ months: 1 })
      return dayIn(today, year, month, valueOf(day))
    },
  },
  {
    pattern: new RegExp(`(?<![月\\d])(${number})[日号](?![楼院门单室线机梯店车灶客纸盒桌柜台仓泵炉栋幢弄厅位房铺道])`, 'g'),
    read: ([, day = ''], { today }) => dayIn(today, undefined, undefined, valueOf(day)),
  },
  { pattern: /(?<=\u0000)早(?!上|晨)/g, read: () => ({ kind: 'part', window: parts.morning }) },
  { pattern: /(?<=\u0000)晚(?!上|间)/g, read: () => ({ kind: 'part', window: parts.evening }) },
  {
    pattern: new RegExp(`${clock}(?:到|至|-|~|–|和)${clock}`, 'g'),
    read: ([, part1, h1 = '', m1, part2, h2 = '', m2], { part: before }) => {
      const from = minutesOf(part1, h1, m1, before)
      const until = minutesOf(part2 ?? part1, h2, m2, before)
      return until > from ? { kind: 'part', window: { from, until } } : undefined
    },
  },
  {
    pattern: new RegExp(`(?:不要?早于|不早于)${clock}|${clock}(?:钟)?(?:以后|之后|后|起|开始)`, 'g'),
    read: (match, { part: before }) => ({ kind: 'bound', from: clockOf(match, before) }),
  },
  {
    pattern: new RegExp(`(?:不要?晚于|不晚于)${clock}|${clock}(?:钟)?(?:以前|之前|前)`, 'g'),
    read: (match, { part: before }) => ({ kind: 'bound', until: clockOf(match, before) }),
  },
  {
    pattern: new RegExp(clock, 'g'),
    read: (match, { part: before }) => {
      const from = clockOf(match, before)
      return { kind: 'part', window: { from, until: from + 60 } }
    },
  },
  { pattern: /除了|除开|不要|不行的是/g, read: () => ({ kind: 'except' }) },
  { pattern: /下班后|下班以后/g, read: () => ({ kind: 'part', window: { from: 17 * 60, until: 20 * 60 } }) },
  { pattern: /早上|早晨|清早|一早|上午|中午|下午|傍晚|晚上|晚间|白天|全天/g, read: ([word]) => ({ kind: 'part', window: partWords[word] ?? parts.day }) },
]

export function chineseTokens(text: string, today: Temporal.PlainDate): Token[] {
  return readTokens(text, patterns, today, 2).tokens
}

function weekdayOf(character: string): number {
  return character === '天' || character === '日' ? 7 : digits.indexOf(character)
}

/** 0–99, in either kind of digits. */
function valueOf(text: string): number {
  if (/^\d+$/.test(text)) return Number(text)
  const [tens = '', ones = ''] = text.replaceAll('两', '二').includes('十') ? text.replaceAll('两', '二').split('十') : ['', text.replaceAll('两', '二')]
  const ten = text.includes('十') ? (tens === '' ? 1 : digits.indexOf(tens)) : 0
  return ten * 10 + (ones === '' ? 0 : Math.max(0, digits.indexOf(ones)))
}

function dayIn(today: Temporal.PlainDate, year: number | undefined, month: number | undefined, day: number): Said | undefined {
  const coming = comingDate(today, year, month, day)
  return coming === undefined ? undefined : { kind: 'days', days: [coming] }
}

/** The clock of a pattern with one of two places for it. */
function clockOf([, part1, h1, m1, part2, h2, m2]: RegExpMatchArray, before: DayWindow | undefined): number {
  return minutesOf(part1 ?? part2, h1 ?? h2 ?? '', m1 ?? m2, before)
}

function minutesOf(part: string | undefined, hour: string, minutes: string | undefined, before: DayWindow | undefined): number {
  const said = part === undefined ? before : partWords[part]
  const late = part === undefined ? undefined : /上午|早/.test(part) ? 'am' : part === '中午' ? undefined : 'pm'
  const past = minutes === undefined ? 0 : minutes === '半' ? 30 : minutes === '一刻' ? 15 : minutes === '三刻' ? 45 : valueOf(minutes.replace('分', ''))
  return (hourOfVisit(valueOf(hour), late, said) % 24) * 60 + past
}
