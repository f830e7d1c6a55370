// A moment as people say it: "Monday 9 March at 09:00"; a day without its hours.
import type { Language } from '../message.ts'

const locales: Readonly<Record<Language, string>> = { en: 'en-GB', zh: 'zh-CN' }

/** `timeZone`: IANA name, of whoever is there then. */
export function sayWhen(at: number, language: Language, timeZone: string): string {
  return new Intl.DateTimeFormat(locales[language], {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  }).format(new Date(at))
}

export function sayDay(at: number, language: Language, timeZone: string): string {
  return new Intl.DateTimeFormat(locales[language], { weekday: 'long', day: 'numeric', month: 'long', timeZone }).format(new Date(at))
}
