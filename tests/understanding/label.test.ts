// Which of the things that codes on a label say is the serial number, and how sure that is.
import { describe, expect, it } from 'vitest'
import { serialOnLabel } from '../../src/understanding/entities/label.ts'

const products = [
  { name: 'T5 treadmill', aliases: [], serial: 'KP-\\d{5}' },
  { name: 'WashMaster 900', aliases: [], serial: '[A-Z]{2}\\d{8}' },
]
const qr = (text: string) => ({ format: 'QRCode', text })
const ean = { format: 'EAN13', text: '4006381333931' }

describe('with formats in the settings', () => {
  it.each([
    ['a bare number', [qr('KP-20391')], 'KP-20391'],
    ['small letters and no dash', [qr('kp20391')], 'KP20391'],
    ['a parameter of a link', [qr('https://m.example/r?model=T5&sn=KP-20391&lot=77')], 'KP-20391'],
    ['the end of a link', [qr('https://m.example/r/T5/KP-20391')], 'KP-20391'],
    ['any other parameter of a link', [qr('https://m.example/r?id=KP-20391')], 'KP-20391'],
    ['a list', [qr('MODEL: T5\nS/N: KP-20391\nDATE: 2025-01')], 'KP-20391'],
    ['a list whose names nobody knows', [qr('a=T5;b=KP-20391')], 'KP-20391'],
    ['GS1', [{ format: 'DataMatrix', text: '(01)04006381333931(21)KP20391(10)A7' }], 'KP20391'],
    ['a GS1 link', [qr('https://id.example/01/04006381333931/21/KP-20391')], 'KP-20391'],
    ['one code among others', [ean, qr('https://m.example/manuals/T5'), { format: 'Code128', text: 'KP-20391' }], 'KP-20391'],
  ])('%s is certain', (_what, codes, value) => {
    expect(serialOnLabel(codes, products, undefined)).toEqual({ value, certain: true })
  })

  it('a number of the product that was named is certain, one of another product is a guess', () => {
    expect(serialOnLabel([qr('AB12345678')], products, 'WashMaster 900')).toEqual({ value: 'AB12345678', certain: true })
    expect(serialOnLabel([qr('AB12345678')], products, 'T5 treadmill')).toEqual({ value: 'AB12345678', certain: false })
    expect(serialOnLabel([qr('AB12345678')], products, 'my old fridge')).toEqual({ value: 'AB12345678', certain: true })
  })

  it('a number of no format is a guess: best the one that is called a serial number', () => {
    expect(serialOnLabel([qr('LOT-4711'), qr('SN=XZ-99871')], products, undefined)).toEqual({ value: 'XZ-99871', certain: false })
  })
})

describe('without formats', () => {
  it.each([
    ['a bare number', [qr('9471-22801')], '9471-22801'],
    ['a parameter', [qr('https://m.example/?serial=9471-22801')], '9471-22801'],
    ['the end of a link', [qr('https://m.example/p/9471-22801/')], '9471-22801'],
    ['words before it', [qr('S/N 9471-22801')], '9471-22801'],
  ])('%s is a guess', (_what, codes, value) => {
    expect(serialOnLabel(codes, [], undefined)).toEqual({ value, certain: false })
  })
})

it.each([
  ['the article’s number, the same on every one', [ean]],
  ['a link to a page', [qr('https://m.example/manuals')]],
  ['the home page', [qr('https://m.example/')]],
  ['a wireless network', [qr('WIFI:T:WPA;S:Kitchen 2;P:secret-password;;')]],
  ['a visiting card', [qr('BEGIN:VCARD\nFN:Ann Lee\nTEL:+14155550100\nEND:VCARD')]],
  ['words', [qr('Thank you for choosing us')]],
  ['a link that is broken', [qr('https://m.example/%E0%A4%A')]],
  ['nothing', []],
])('%s holds no serial number', (_what, codes) => {
  expect(serialOnLabel(codes, [], undefined)).toBeUndefined()
})
