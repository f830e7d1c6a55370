// Times in English: days by chrono where it knows them, the rest by patterns.
import * as chrono from 'chrono-node'
import { comingWeekday, daysFrom, hourOfVisit, parts, comingDate, readTokens, weekdayInWeek, type DayWindow, type Pattern, type Token } from './token.ts'

const numbers = new Map('one two three four five six seven eight nine ten eleven twelve'.split(' ').map((word, index) => [word, index + 1]))
const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const weekday = '(?:mon|tues?|weds|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:days?)?'
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const month = `(${months.join('|')})[a-z]*\\.?`
/** As thumbs spell it. */
export const tomorrow = '(?:tom+or+ow|tmrw?|tmw|tomoz|2moro?w?|tomro?w?)'
const hour = String.raw`(?:(\d{1,2})(?:[:.h](\d{2}))?|(${[...numbers.keys()].join('|')}))\s*(a\.?m\.?|p\.?m\.?|o'?clock)?`
const separator = String.raw`\s*(?:-|–|to|until|till|and)\s*`

const patterns: readonly Pattern[] = [
  {
    // Ranges of weekdays: "Monday to Wednesday".
    pattern: new RegExp(String.raw`\b(next )?(${weekday})\s*(?:-|–|to|through|thru|until)\s*(${weekday})\b`, 'g'),
    read: ([, next, first = '', last = ''], { today }) => {
      const start = next === undefined ? comingWeekday(today, weekdayOf(first)) : weekdayInWeek(today, weekdayOf(first), 1)
      return { kind: 'days', days: daysFrom(start, comingWeekday(start, weekdayOf(last))) }
    },
  },
  {
    // "Tuesday next week", "Tuesday week", "a week on Tuesday".
    pattern: new RegExp(String.raw`\b(?:on )?(${weekday})(?: (?:of )?next week| week\b)|\bnext week(?: on)? (${weekday})\b`, 'g'),
    read: ([, first, second], { today }) => ({ kind: 'days', days: [weekdayInWeek(today, weekdayOf(first ?? second ?? ''), 1)] }),
  },
  {
    pattern: new RegExp(String.raw`(?<!\b(?:last|since|past) )\b(next |this |coming |on )*(${weekday})\b`, 'g'),
    read: ([whole = '', , name = ''], { today }) => {
      if (/^(?:sat|sun|mon|wed|fri)$/.test(name) && !/[a-z]/.test(whole[0] ?? '')) return undefined
      return { kind: 'days', days: [/\bnext\b/.test(whole) ? weekdayInWeek(today, weekdayOf(name), 1) : comingWeekday(today, weekdayOf(name))] }
    },
  },
  {
    // Numbers alone: the day is where the month cannot be; else the month comes first.
    pattern: /(?<![\d/.-])(\d{1,2})[/.](\d{1,2})(?:[/.](\d{4}|\d{2}))?(?![\d/])/g,
    read: ([whole, first = '', second = '', year], { today }) => {
      // "3.30" is a time.
      if (whole.includes('.') && year === undefined && Number(first) <= 12 && Number(second) > 12) return undefined
      const [month, day] = Number(first) > 12 ? [Number(second), Number(first)] : [Number(first), Number(second)]
      const coming = comingDate(today, year === undefined ? undefined : (Number(year) % 100) + 2000, month, day)
      return coming === undefined ? undefined : { kind: 'days', days: [coming] }
    },
  },
  {
    // "3 June", "the 3rd of June", "June 3rd".
    pattern: new RegExp(
      String.raw`\b(\d{1,2})(?:st|nd|rd|th)?(?: of)? ${month}(?: (\d{4}))?\b|\b${month} (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?\b(?!\s*[ap]\.?m)`,
      'g',
    ),
    read: ([, day, name, year, otherName, otherDay, otherYear], { today }) => {
      const named = year ?? otherYear
      const of = months.indexOf(name ?? otherName ?? '') + 1
      const coming = comingDate(today, named === undefined ? undefined : Number(named), of, Number(day ?? otherDay))
      // A date of ten months from now was one of two months ago.
      return coming === undefined || Temporal.PlainDate.compare(coming, today.add({ months: 10 })) > 0 ? undefined : { kind: 'days', days: [coming] }
    },
  },
  {
    // "The 20th".
    pattern:
      /(?<!\b(?:since|from|every|my|floor) )\b(?:the |on )?(\d{1,2})(?:st|nd|rd|th)\b(?! (?:floors?|street|st|avenue|ave|road|time|level|gear|step|one|or|attempt|call|visit|day|week|month|year|cycle|unit)\b)/g,
    read: ([, day], { today }) => {
      const coming = comingDate(today, undefined, undefined, Number(day))
      return coming === undefined ? undefined : { kind: 'days', days: [coming] }
    },
  },
  { pattern: /\b(?:day after tomorrow|overmorrow)\b/g, read: (_, { today }) => ({ kind: 'days', days: [today.add({ days: 2 })] }) },
  { pattern: new RegExp(String.raw`\b${tomorrow}\b`, 'g'), read: (_, { today }) => ({ kind: 'days', days: [today.add({ days: 1 })] }) },
  // Of "tonight" the day is taken here, the night below.
  { pattern: /\btoday\b|\bto(?=night\b)|\bthis (?=morning\b|afternoon\b|evening\b)/g, read: (_, { today }) => ({ kind: 'days', days: [today] }) },
  {
    pattern: /\b(this |next |coming |on )?weekends?\b|\bat the weekend\b/g,
    read: ([whole], { today }) => ({ kind: 'days', days: weekend(today, whole.includes('next')) }),
  },
  {
    pattern: /\b(?:any |every |on )?(?:weekdays?|working days?|business days?)\b/g,
    read: (_, { today }) => ({ kind: 'days', days: daysFrom(today.add({ days: 1 }), today.add({ days: 7 })).filter((day) => day.dayOfWeek <= 5) }),
  },
  { pattern: /\bnext week\b/g, read: (_, { today }) => ({ kind: 'days', days: daysFrom(weekdayInWeek(today, 1, 1), weekdayInWeek(today, 5, 1)) }) },
  {
    pattern: /\bthis week\b/g,
    read: (_, { today }) => {
      const friday = weekdayInWeek(today, 5, 0)
      return Temporal.PlainDate.compare(today, friday) >= 0 ? undefined : { kind: 'days', days: daysFrom(today.add({ days: 1 }), friday) }
    },
  },
  {
    pattern: /\b(?:any ?(?:day|time)|every day|whenever|all day)\b/g,
    read: (_, { today }) => ({ kind: 'days', days: daysFrom(today.add({ days: 1 }), today.add({ days: 7 })), any: true }),
  },
  { pattern: /\b(?:before|until|till|by) (?:the )?(?:lunch(?: ?time)?|midday|noon)\b/g, read: () => ({ kind: 'bound', until: 12 * 60 }) },
  { pattern: /\b(?:after (?:lunch|midday|noon))\b/g, read: () => ({ kind: 'part', window: { from: 13 * 60, until: 18 * 60 } }) },
  { pattern: /\b(?:after (?:work|hours))\b/g, read: () => ({ kind: 'part', window: { from: 17 * 60, until: 20 * 60 } }) },
  { pattern: /\bfirst thing(?: in the morning)?\b|\bearly(?: in the)? morning\b/g, read: () => ({ kind: 'part', window: parts.early }) },
  { pattern: /\blate(?: in the)? morning\b/g, read: () => ({ kind: 'part', window: { from: 10 * 60, until: 12 * 60 } }) },
  { pattern: /\bearly(?: in the)? afternoon\b/g, read: () => ({ kind: 'part', window: { from: 12 * 60, until: 15 * 60 } }) },
  { pattern: /\blate(?: in the)? afternoon\b/g, read: () => ({ kind: 'part', window: { from: 15 * 60, until: 18 * 60 } }) },
  { pattern: /\b(?:in the )?mornings?\b/g, read: () => ({ kind: 'part', window: parts.morning }) },
  { pattern: /\b(?:at )?(?:noon|midday|lunch ?time)\b/g, read: () => ({ kind: 'part', window: parts.noon }) },
  { pattern: /\b(?:in the )?(?:afternoons?|arvo)\b/g, read: () => ({ kind: 'part', window: parts.afternoon }) },
  { pattern: /\b(?:in the )?evenings?\b|(?<=\u0000)night\b|\bat night\b/g, read: () => ({ kind: 'part', window: parts.evening }) },
  { pattern: /(?<=\u0000 ?)am\b/g, read: () => ({ kind: 'part', window: parts.morning }) },
  { pattern: /(?<=\u0000 ?)pm\b/g, read: () => ({ kind: 'part', window: parts.afternoon }) },
  {
    pattern: new RegExp(String.raw`\b(?:between|from)?\s*\b${hour}${separator}${hour}\b(?!\s*(?:minutes?|mins?|hours?|days?|weeks?|times?|%))`, 'g'),
    read: (match, { part: before, besideDay }) => {
      const [whole, , , , half, , , , halfAfter] = match
      const range = clocksOf(match, half ?? halfAfter, halfAfter ?? half, before)
      const told = /between|from|[ap]\.?m|:|o'?clock/.test(whole) || before !== undefined || besideDay
      return told && range !== undefined && range.until > range.from ? { kind: 'part', window: range } : undefined
    },
  },
  {
    pattern: new RegExp(
      String.raw`\b(?:not before|no earlier than|after|from|past|later than|starting(?: at)?)\s+${hour}(?: on(?:wards?)?)?(?!\s*(?:minutes?|mins?|hours?|seconds?|days?|weeks?|months?|years?|times?|cycles?|%|/))`,
      'g',
    ),
    read: (match, { part: before }) => ({ kind: 'bound', from: minutesOf(match[1], match[2], match[3], match[4], before) }),
  },
  {
    pattern: new RegExp(
      String.raw`\b(?:before|until|till|by|no later than|not after|earlier than|up to)\s+${hour}(?!\s*(?:minutes?|mins?|hours?|seconds?|days?|weeks?|months?|years?|times?|cycles?|%|/))`,
      'g',
    ),
    read: (match, { part: before }) => ({ kind: 'bound', until: minutesOf(match[1], match[2], match[3], match[4], before) }),
  },
  {
    pattern: /\b(?:except(?: for)?|but not|anything but|(?:can't|cannot|can not) (?:do|make)|other than|apart from)\b|\b(?:not|but) (?=\u0000)/g,
    read: () => ({ kind: 'except' }),
  },
  {
    // "Half past two", "quarter to nine".
    pattern: new RegExp(String.raw`\b(half|quarter) (past|to) ${hour}`, 'g'),
    read: ([, share, side, h, , word, half], { part: before }) => {
      const whole = minutesOf(h, undefined, word, half, before)
      const minutes = share === 'half' ? 30 : 15
      const from = side === 'to' ? whole - minutes : whole + minutes
      return { kind: 'part', window: { from, until: from + 60 } }
    },
  },
  {
    // "9ish", "say 10 on Thursday": beside a day only.
    pattern: new RegExp(String.raw`\b(?:say |like |maybe )?(?<![:.-])(\d{1,2})(?:ish|(?= \u0000))`, 'g'),
    read: ([, h], { part: before, besideDay }) => {
      const from = minutesOf(h, undefined, undefined, undefined, before)
      return besideDay && Number(h) <= 20 ? { kind: 'part', window: { from, until: from + 60 } } : undefined
    },
  },
  {
    // A time alone is when the visit begins.
    pattern: new RegExp(
      String.raw`(?:\b(?:at|around|about|@)\s*${hour}|(?<![\d:.-])(\d{1,2})(?:[:.](\d{2}))?\s*(a\.?m\.?|p\.?m\.?|o'?clock)|(?<![\d:.-])(\d{1,2}):(\d{2})(?![\d:]))(?!\s*(?:minutes?|mins?|hours?|%))`,
      'g',
    ),
    read: ([, h1, m1, word, half1, h2, m2, half2, h3, m3], { part: before }) => {
      const from = minutesOf(h1 ?? h2 ?? h3, m1 ?? m2 ?? m3, word, half1 ?? half2, before)
      return { kind: 'part', window: { from, until: from + 60 } }
    },
  },
]

/** What chrono reads that is no day to come: lengths of time, and what has been. */
const noDay = /minute|hour|second|ago|now|last|past|since|yesterday|earlier/

/** `now` is the wall clock of the customer, as chrono wants it. */
export function englishTokens(text: string, today: Temporal.PlainDate, now: Date): Token[] {
  const { tokens, rest } = readTokens(text, patterns, today, 5)
  for (const { start: at, end: to, index, text: words } of chrono.en.casual.parse(rest.replaceAll('\u0000', ' '), now, { forwardDate: true })) {
    const told = at.isCertain('day') && at.isCertain('month')
    if (!told || noDay.test(words) || tokens.some(({ start, end }) => index < end && index + words.length > start)) continue
    const day = dateOf(at)
    // A date of ten months from now was one of two months ago.
    if (Temporal.PlainDate.compare(day, today) < 0 || (!at.isCertain('year') && Temporal.PlainDate.compare(day, today.add({ months: 10 })) > 0)) continue
    tokens.push({ said: { kind: 'days', days: daysFrom(day, to == null ? day : dateOf(to)) }, start: index, end: index + words.length })
  }
  return tokens
}

function dateOf(components: chrono.ParsedComponents): Temporal.PlainDate {
  return Temporal.PlainDate.from({ year: components.get('year') ?? 1970, month: components.get('month') ?? 1, day: components.get('day') ?? 1 })
}

function weekdayOf(name: string): number {
  return weekdays.indexOf(name.slice(0, 3)) + 1
}

function weekend(today: Temporal.PlainDate, next: boolean): Temporal.PlainDate[] {
  const saturday = next ? weekdayInWeek(today, 6, 1) : comingWeekday(today, 6)
  return [saturday, saturday.add({ days: 1 })]
}

function minutesOf(digits: string | undefined, minutes: string | undefined, word: string | undefined, half: string | undefined, part?: DayWindow): number {
  const said = digits === undefined ? (numbers.get(word ?? '') ?? 0) : Number(digits)
  return (hourOfVisit(said, halfOf(half), part) % 24) * 60 + Number(minutes ?? 0)
}

function halfOf(half: string | undefined): 'am' | 'pm' | undefined {
  return half?.startsWith('a') ? 'am' : half?.startsWith('p') ? 'pm' : undefined
}

/** "2 to 5 pm" ends in the afternoon and so begins there; "10 to 2" runs over noon. */
function clocksOf(match: RegExpMatchArray, half: string | undefined, halfAfter: string | undefined, part: DayWindow | undefined): DayWindow | undefined {
  const [, h1, m1, w1, , h2, m2, w2] = match
  const until = minutesOf(h2, m2, w2, halfAfter, part)
  const from = minutesOf(h1, m1, w1, half, part)
  if (until > from) return { from, until }
  const earlier = minutesOf(h1, m1, w1, match[4] ?? 'am', part)
  return until > earlier ? { from: earlier, until } : undefined
}
