// Segments as Twilio counts them. The first four vectors are those of Twilio's own calculator (TwilioDevEd/message-segment-calculator).
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countSegments, thrifty } from '../../../channels/sms/segments.ts'

const digits = (length: number) => Array.from({ length }, (_, index) => (index + 2) % 10).join('')

describe('segments', () => {
  it.each([
    ['GSM-7 with an escaped character, full', `{${digits(158)}`, 'GSM-7', 1],
    ['GSM-7 with an escaped character, one too many', `{${digits(159)}`, 'GSM-7', 2],
    ['UCS-2, full', `😜${digits(68)}`, 'UCS-2', 1],
    ['UCS-2, one too many', `😜${digits(69)}`, 'UCS-2', 2],
    ['nothing', '', 'GSM-7', 1],
    ['160 letters', 'a'.repeat(160), 'GSM-7', 1],
    ['161 letters', 'a'.repeat(161), 'GSM-7', 2],
    ['two full segments', 'a'.repeat(306), 'GSM-7', 2],
    ['two full segments and one', 'a'.repeat(307), 'GSM-7', 3],
    ['80 euro signs', '€'.repeat(80), 'GSM-7', 1],
    ['81 euro signs', '€'.repeat(81), 'GSM-7', 2],
    ['an escape at the end of a segment, which moves it to the next', `${'a'.repeat(152)}€${'a'.repeat(152)}`, 'GSM-7', 3],
    ['the whole alphabet', '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ', 'GSM-7', 1],
    ['a letter that GSM-7 lacks', 'ç', 'UCS-2', 1],
    ['a curly quote', `${'a'.repeat(70)}’`, 'UCS-2', 2],
    ['70 Chinese characters', '漏'.repeat(70), 'UCS-2', 1],
    ['71 Chinese characters', '漏'.repeat(71), 'UCS-2', 2],
    ['134 Chinese characters', '漏'.repeat(134), 'UCS-2', 2],
    ['135 Chinese characters', '漏'.repeat(135), 'UCS-2', 3],
    ['a family at the end of a segment, which goes whole to the next', `${'漏'.repeat(60)}👩‍👩‍👧‍👦${'漏'.repeat(60)}`, 'UCS-2', 3],
  ])('of %s', (_what, text, encoding, count) => {
    expect(countSegments(text)).toEqual({ encoding, count })
  })

  it('are never fewer for more text, and enough for all of it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), fc.string({ unit: 'grapheme', maxLength: 40 }), (text, more) => {
        const { encoding, count } = countSegments(text)
        expect(countSegments(text + more).count).toBeGreaterThanOrEqual(encoding === countSegments(text + more).encoding ? count : 1)
        const [alone, together] = encoding === 'GSM-7' ? [160, 153] : [70, 67]
        expect(text.length).toBeLessThanOrEqual(count === 1 ? alone : count * together)
      }),
    )
  })
})

describe('a thrifty text', () => {
  it('has plain quotes and dashes where they save a segment', () => {
    const text = `Don’t worry — we’ll come “tomorrow”… ${'a'.repeat(60)}`
    expect(countSegments(text)).toEqual({ encoding: 'UCS-2', count: 2 })
    expect(thrifty(text, 1600)).toBe(`Don't worry - we'll come "tomorrow"... ${'a'.repeat(60)}`)
  })

  it('is left alone where they save none, or would make it too long', () => {
    expect(thrifty('Don’t', 1600)).toBe('Don’t')
    expect(thrifty(`洗衣机“漏水”${'漏'.repeat(80)}`, 1600)).toBe(`洗衣机“漏水”${'漏'.repeat(80)}`)
    const full = `${'a'.repeat(1599)}…`
    expect(thrifty(full, 1600)).toBe(full)
  })
})
