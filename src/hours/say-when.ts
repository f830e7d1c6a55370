// Moments as people say them: "Monday 9 March at 09:00", the day alone, the hour alone.
import type { Language } from '../message.ts'

const locales: Readonly<Record<Language, string>> = { en: 'en-GB', zh: 'zh-CN' }
const hour = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const

/** `timeZone`: IANA name, of whoever is there then. */
export function sayWhen(at: number, language: Language, timeZone: string): string {
  return say(at, language, { weekday: 'long', day: 'numeric', month: 'long', ...hour, timeZone })
}

/** "Monday 9 March". */
export function sayDay(at: number, language: Language, timeZone: string): string {
  return say(at, language, { weekday: 'long', day: 'numeric', month: 'long', timeZone })
}

/** "9 March". */
export function sayDate(at: number, language: Language, timeZone: string): string {
  return say(at, language, { day: 'numeric', month: 'long', timeZone })
}

/** "09:00", where the day is plain. */
export function sayHour(at: number, language: Language, timeZone: string): string {
  return say(at, language, { ...hour, timeZone })
}

function say(at: number, language: Language, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locales[language], options).format(at)
}
