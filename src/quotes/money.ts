// Amounts as customers read them.
import type { QuoteLine } from './quote.ts'
import type { Language } from '../message.ts'

const locales: Readonly<Record<Language, string>> = { en: 'en', zh: 'zh-CN' }

/** `amount` in the smallest unit of the currency: 4500 EUR are €45.00, 4500 JPY are ¥4,500. */
export function money(amount: number, currency: string, language: Language): string {
  const format = new Intl.NumberFormat(locales[language], { style: 'currency', currency })
  return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2))
}

/** One line each. */
export function priceList(lines: readonly QuoteLine[], currency: string, language: Language): string {
  return lines
    .map(
      ({ description, quantity, unitPrice }) => `- ${quantity === 1 ? '' : `${quantity} × `}${description}: ${money(quantity * unitPrice, currency, language)}`,
    )
    .join('\n')
}
