// Amounts as customers read them.
import type { QuoteLine } from './quote.ts'
import type { Language } from '../message.ts'

const locales: Readonly<Record<Language, string>> = { en: 'en', zh: 'zh-CN' }

/** `amount` in the smallest unit of the currency: 4500 EUR are €45.00, 4500 JPY are ¥4,500. */
export function money(amount: number, currency: string, language: Language): string {
  return new Intl.NumberFormat(locales[language], { style: 'currency', currency }).format(amount / 10 ** digitsOf(currency))
}

/** Behind the decimal mark: 2 of EUR, 0 of JPY. */
export function digitsOf(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
}

/** By its ISO 4217 code. */
export function isCurrency(code: string): boolean {
  return Intl.supportedValuesOf('currency').includes(code)
}

/** One line each. */
export function priceList(lines: readonly QuoteLine[], currency: string, language: Language): string {
  return lines
    .map(
      ({ description, quantity, unitPrice }) => `- ${quantity === 1 ? '' : `${quantity} × `}${description}: ${money(quantity * unitPrice, currency, language)}`,
    )
    .join('\n')
}
