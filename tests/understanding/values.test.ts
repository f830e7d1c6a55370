// Values with their places: serial numbers by their makers' formats, products by name, phones by country, and what stands in a signature.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitSerial, readFormat } from '../../src/understanding/entities/serial-format.ts'
import { readSatisfaction } from '../../src/understanding/entities/rating.ts'
import { understand } from '../../src/understanding/index.ts'
import type { Understanding } from '../../src/understanding/understanding.ts'

const products = [
  { name: 'T5 treadmill', aliases: ['T5', 'T5跑步机'], brand: 'Keep', serial: String.raw`KP-\d{5}` },
  { name: 'T6 treadmill', aliases: ['T6'], brand: 'Keep', serial: String.raw`KP-\d{5}` },
  { name: 'WashMaster 900', aliases: ['washmaster'], brand: 'Brandt', serial: '[A-Z]{2}[0-9]{4}[A-Z]' },
  { name: 'BrewPro WX2210', aliases: ['WX2210'] },
  { name: 'BrewPro WX2290', aliases: ['WX2290'] },
]

function read(text: string, country = 'US'): Understanding {
  return understand(text, { products, country, when: { now: Date.parse('2026-11-23T15:00:00Z'), timeZone: 'America/New_York' } })
}

/** The value as it stands in the text, and whether it counts without being read back. */
function standing(text: string, slot: keyof Understanding['places']): [string, boolean] | undefined {
  const place = read(text).places[slot]
  return place === undefined ? undefined : [text.slice(place.start, place.end), place.certain]
}

describe('a serial number', () => {
  it.each([
    ['SN KP-20391', 'KP-20391', true],
    ['my T5 has SN KP-2O391', 'KP-20391', true],
    ['the serial is kp 2o39l', 'KP 20391', true],
    ['serial number WM-2O391 of some other make', 'WM-2O391', false],
    ['the T5 with serial number 99-1', undefined, undefined],
    ['my T5 is SN ZZ-99123', 'ZZ-99123', false],
    ['KP-20391 is the one that stops', 'KP-20391', true],
    ['washmaster AB1234C leaks', 'AB1234C', true],
    ['washmaster ABI234C leaks', 'AB1234C', true],
    ['serial number k p dash two zero three nine one', 'KP-20391', true],
    ['序列号 KP-2O391', 'KP-20391', true],
  ])('%s', (text, value, certain) => {
    const { entities, places } = read(text)
    expect(entities.serial).toBe(value)
    expect(places.serial?.certain).toBe(certain)
  })

  it('that fits as it is written is never changed', () => {
    const format = readFormat(String.raw`KP-\d{5}`)
    fc.assert(fc.property(fc.stringMatching(/^KP-\d{5}$/), (serial) => fitSerial(serial, format)?.serial === serial))
  })

  it('with look-alikes is read as the one it was, whichever characters were mistaken', () => {
    const format = readFormat(String.raw`[A-Z]{2}-\d{6}`)
    const mistaken: Record<string, string> = { 0: 'O', 1: 'I', 8: 'B', 5: 'S', 2: 'Z' }
    fc.assert(
      fc.property(fc.stringMatching(/^[A-HJ-NP-RT-Y]{2}-\d{6}$/), fc.array(fc.boolean(), { minLength: 9, maxLength: 9 }), (serial, slips) => {
        const written = [...serial].map((character, index) => (index > 2 && slips[index] === true ? (mistaken[character] ?? character) : character)).join('')
        expect(fitSerial(written, format)).toMatchObject({ serial })
      }),
    )
  })
})

describe('a product', () => {
  it.each([
    ['the T 5 squeaks', 'T5 treadmill', true],
    ['T-5 squeaks', 'T5 treadmill', true],
    ['our wash master 900 leaks', 'WashMaster 900', true],
    ["it's the T6, not the T5", 'T6 treadmill', true],
    ['is it the T5 or the T6, I cannot tell', 'T5 treadmill', false],
    ['my WX2250 drips', undefined, undefined],
    ['my WX2291 drips', 'BrewPro WX2290', false],
    ['my Brandt is leaking', 'WashMaster 900', false],
    ['my fish tank is leaking', 'fish tank', false],
    ['my washing machine leaks', 'washing machine', true],
  ])('%s', (text, value, certain) => {
    const { entities, places } = read(text)
    if (value !== undefined) expect(entities.product).toBe(value)
    // Between two that are as near nothing is chosen.
    else expect(products.map(({ name }) => name)).not.toContain(entities.product)
    if (certain !== undefined) expect(places.product?.certain).toBe(certain)
  })
})

describe('a phone number', () => {
  it.each([
    ['call 415 555 0100', 'US', '+14155550100', true],
    ['call 030 1234567', 'DE', '+49301234567', true],
    ['call 415 555 0100', 'DE', '+494155550100', false],
    ['电话 021-61234567', 'US', '+862161234567', true],
    ['13800138000', 'US', '+8613800138000', true],
    ['call 555 0100', 'US', '555 0100', false],
    ['my fax is 415 555 0199, phone 415 555 0100', 'US', '+14155550100', true],
    ['invoice no. 4155550100', 'US', undefined, undefined],
  ])('%s in %s', (text, country, value, certain) => {
    const { entities, places } = read(text, country)
    expect(entities.phone).toBe(value)
    expect(places.phone?.certain).toBe(certain)
  })
})

describe('a signature', () => {
  const body = 'Hello,\n\nour T5 stops after ten minutes.'
  const signatures = [
    'Kind regards\nMaria Santos\n+1 415 555 0177',
    'Thanks,\nMaria\nFacility Manager | ACME Inc\n12 Elm Street, Springfield\n415 555 0177',
    'Maria Santos\nTel: 415 555 0177\nwww.acme.example',
    '此致\n王伟\n13900001111',
  ]
  it.each(signatures)('is no answer: %s', (signature) => {
    const { entities, places } = read(`${body}\n\n${signature}`)
    expect(entities.phone).toBeDefined()
    expect(places.phone?.certain).toBe(false)
    if (places.address !== undefined) expect(places.address.certain).toBe(false)
  })
  it.each(signatures)('gives way to what was said: %s', (signature) => {
    const { entities, places } = read(`${body} Call me on 415 555 0100.\n\n${signature}`)
    expect(entities.phone).toBe('+14155550100')
    expect(places.phone?.certain).toBe(true)
  })
  it('is none where somebody goes on talking', () => {
    expect(read('Thanks\nMy phone is 415 555 0100').places.phone?.certain).toBe(true)
  })
})

describe('a place', () => {
  it.each([
    ['Hi,   our T5\n\n\n (SN KP-20391) stops', 'serial', 'KP-20391'],
    ["we're at  12 Elm St, ok?", 'address', '12 Elm St'],
    ['打 13800138000 找我', 'phone', '13800138000'],
    ['Thursday   afternoon suits', 'preferredTime', 'Thursday   afternoon'],
    ['where is r-4k7q2mm?', 'ticketNumber', 'r-4k7q2mm'],
    ['it smells of gas here', 'danger', 'smells of gas'],
  ] as const)('of what is said in %j as it was written', (text, slot, written) => expect(standing(text, slot)?.[0]).toBe(written))

  it('may be in the subject of a mail', () => {
    const { places } = understand('It stops.', { products, subject: 'Fwd:  T5 with E03' })
    expect(places.product).toEqual({ of: 'subject', start: 6, end: 8, certain: true })
  })
})

describe('a wish for a time', () => {
  it.each([
    ['Thursday afternoon suits', ['2026-11-26T17:00:00Z', '2026-11-26T23:00:00Z']],
    ['周四下午方便', ['2026-11-26T17:00:00Z', '2026-11-26T23:00:00Z']],
    ['not before four, Thursday is fine', ['2026-11-26T21:00:00Z', '2026-11-27T01:00:00Z']],
    ['please cancel the visit on Thursday', undefined],
    ['it broke last Thursday', undefined],
  ])('%s', (text, window) => {
    const [first] = read(text).entities.windows ?? []
    expect(first === undefined ? undefined : [first.from, first.until]).toEqual(window)
  })
})

describe('danger', () => {
  it.each([
    'water is dripping onto the power strip',
    'I got a shock when I touched the washer',
    'it smells like gas in here',
    'there is smoke coming out of the back',
    'the plug melted',
    '水漏到插座上了',
    '洗衣机漏电，麻手',
    '有煤气味',
    '一股焦味',
  ])('is heard in %s', (text) => expect(read(text).entities.danger).toBe(true))
  it.each(['the smoke detector beeps', 'no smoke and no sparks', 'the gas stove does not light', '没有冒烟', 'water on the floor'])(
    'is not meant by %s',
    (text) => expect(read(text).entities.danger).toBeUndefined(),
  )
})

it('any word of praise or blame tells how happy somebody is, when that was asked', () => {
  for (const [text, score] of [
    ['the worst repair ever', 1],
    ['it was okay', 3],
    ['不错', 4],
    ['quick and friendly', undefined],
  ] as const)
    expect(readSatisfaction(text)).toBe(score)
})
