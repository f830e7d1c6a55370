// The entitlement check: four results with a reason, labour and parts apart, by the day on which the trouble was reported.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assetStream, type Asset } from '../../src/assets/asset.ts'
import { addMonths, dayAt, isDay } from '../../src/assets/date.ts'
import { checkEntitlement } from '../../src/assets/entitlement.ts'
import { sayEntitlement } from '../../src/assets/say-entitlement.ts'
import { lookAlikeKey, serialKey } from '../../src/assets/serial.ts'
import { readTerm, type Warranty } from '../../src/assets/term.ts'

const treadmill: Asset = { ...assetStream.begin('as_1'), n: 1, serial: 'KP-20391', product: 'T5 treadmill', installedOn: '2024-05-10' }
const none: Warranty = { labour: null, parts: null }
const product = (warranty: Partial<Warranty> = {}, served = true) => ({ warranty: { ...none, ...warranty }, served })
const check = (asset: Partial<Asset>, of = product(), on = '2026-01-01') =>
  checkEntitlement({ match: { kind: 'found', asset: { ...treadmill, ...asset } }, product: of, on })

describe('an entitlement', () => {
  it('covers labour and parts each until its own last day, that day included', () => {
    const terms = product({ labour: '24mo', parts: '36mo' })
    expect(check({}, terms, '2026-05-10')).toMatchObject({
      result: 'in_warranty',
      reason: 'covered_apart',
      labour: { state: 'covered', until: '2026-05-10' },
      parts: { state: 'covered', until: '2027-05-10' },
    })
    expect(check({}, terms, '2026-05-11')).toMatchObject({ result: 'in_warranty', reason: 'parts_only', labour: { state: 'ended', until: '2026-05-10' } })
    expect(check({}, terms, '2027-05-11')).toMatchObject({ result: 'out_of_warranty', reason: 'ended' })
    expect(check({}, product({ labour: '12mo', parts: '12mo' }), '2024-06-01')).toMatchObject({ result: 'in_warranty', reason: 'covered' })
  })

  it("goes by the asset's own terms before those of its product, each half for itself", () => {
    const own = check({ warranty: { labour: '2030-01-31', parts: null } }, product({ labour: '1mo', parts: '36mo' }))
    expect(own).toMatchObject({ labour: { until: '2030-01-31' }, parts: { until: '2027-05-10' } })
    expect(check({ warranty: { labour: 'none', parts: 'none' } }, product({ labour: '36mo', parts: '36mo' }))).toMatchObject({
      result: 'out_of_warranty',
      reason: 'no_warranty',
    })
  })

  it('that names one half promises nothing for the other', () => {
    expect(check({}, product({ labour: '36mo' }))).toMatchObject({ result: 'in_warranty', reason: 'labour_only', parts: { state: 'none' } })
  })

  it('is unknown without a record, without terms, without a day of installation, or among look-alikes', () => {
    expect(checkEntitlement({ match: { kind: 'none' }, product: product({ labour: '24mo' }), on: '2026-01-01' })).toMatchObject({
      result: 'no_data',
      reason: 'unknown_serial',
      asset: null,
    })
    expect(checkEntitlement({ match: { kind: 'several' }, product: undefined, on: '2026-01-01' })).toMatchObject({ result: 'no_data', reason: 'several' })
    expect(check({})).toMatchObject({ result: 'no_data', reason: 'no_terms' })
    expect(check({ installedOn: null }, product({ labour: '24mo', parts: '24mo' }))).toMatchObject({ result: 'no_data', reason: 'no_date' })
  })

  it('ends where we do not serve: the product, or this one asset, whatever its warranty', () => {
    expect(check({}, product({ labour: '36mo', parts: '36mo' }, false))).toMatchObject({ result: 'not_served', reason: 'not_served' })
    expect(check({ served: false }, product({ labour: '36mo' }))).toMatchObject({ result: 'not_served' })
    expect(check({ served: true }, product({ labour: '36mo' }, false))).toMatchObject({ result: 'in_warranty' })
    expect(checkEntitlement({ match: { kind: 'none' }, product: product({}, false), on: '2026-01-01' })).toMatchObject({ result: 'not_served' })
  })

  it('ends with the asset: what is reported from the day it is out of service is not served, what was reported before is', () => {
    const retired = { on: '2026-02-01', reason: 'scrapped' }
    const reported = (on: string) => checkEntitlement({ match: { kind: 'found', asset: { ...treadmill, retired } }, product: product({ labour: '36mo' }), on })
    expect(reported('2026-02-01')).toMatchObject({ result: 'not_served', reason: 'retired' })
    expect(reported('2026-01-31')).toMatchObject({ result: 'in_warranty' })
  })

  it('never gets better with time, and says one of the four results for whatever is known', () => {
    const term = fc.constantFrom(null, 'none', '6mo', '24mo', '2025-06-30')
    const day = fc.integer({ min: 0, max: 3000 }).map((days) => new Date(Date.UTC(2024, 0, 1) + days * 86_400_000).toISOString().slice(0, 10))
    fc.assert(
      fc.property(term, term, fc.constantFrom(null, '2024-02-29', '2024-12-31'), day, day, (labour, parts, installedOn, one, other) => {
        const [before, after] = [one, other].toSorted().map((on) => check({ installedOn }, product({ labour, parts }), on))
        if (after?.result === 'in_warranty') expect(before?.result).toBe('in_warranty')
        if (before?.result === 'no_data') expect(after?.result).toBe('no_data')
      }),
    )
  })

  it('is told in days as the language writes them, and with nothing about owner or place', () => {
    const found = check({ customer: 'cu_1', site: 'si_1' }, product({ labour: '24mo', parts: '36mo' }))
    expect(sayEntitlement(found, 'en', 'R-4K7Q2MM')).toEqual({
      kind: 'statement',
      text: 'entitlement.covered_apart',
      with: { number: 'R-4K7Q2MM', labour: '10 May 2026', parts: '10 May 2027', until: '10 May 2027' },
      ticket: 'R-4K7Q2MM',
    })
    expect(sayEntitlement(found, 'zh', 'R-4K7Q2MM').with).toMatchObject({ labour: '2026年5月10日' })
  })
})

describe('a term', () => {
  it('has one spelling, whoever writes it', () => {
    expect(['24mo', '24 months', '2y', '2 Years', '1 mo', '2028-05-31', 'None', '0'].map(readTerm)).toEqual([
      '24mo',
      '24mo',
      '24mo',
      '24mo',
      '1mo',
      '2028-05-31',
      'none',
      'none',
    ])
    for (const wrong of ['', '24', 'mo', '31.05.2028', '2028-02-30', '24 weeks', '-1mo', '0mo']) expect(readTerm(wrong), wrong).toBeUndefined()
  })

  it('counts months as the calendar does', () => {
    expect([addMonths('2024-02-29', 12), addMonths('2024-01-31', 1), addMonths('2023-12-15', 1)]).toEqual(['2025-02-28', '2024-02-29', '2024-01-15'])
    expect([isDay('2024-02-29'), isDay('2023-02-29'), isDay('2024-2-9')]).toEqual([true, false, false])
    expect(dayAt(Date.parse('2026-03-05T23:30:00Z'), 'Asia/Shanghai')).toBe('2026-03-06')
  })
})

describe('a serial number', () => {
  it('is the same in any case, with any spaces and dashes, and looks like those that a label lets people mistake for it', () => {
    expect(serialKey(' kp–2039 1 ')).toBe(serialKey('KP-20391'))
    expect(serialKey('KP20391')).not.toBe(serialKey('KP2O391'))
    for (const typed of ['KP2O391', 'kp-2039l', 'KP 2039I']) expect(lookAlikeKey(typed)).toBe(lookAlikeKey('KP-20391'))
    expect(lookAlikeKey('KP20392')).not.toBe(lookAlikeKey('KP20391'))
  })
})
