// How alike two troubles are: labelled pairs in both languages, on which the threshold was set, and the rules that hold for any words.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { alikeFrom, likenessOf } from '../../src/tickets/likeness.ts'
import { caseLikeness, maybeSameSite, sameAsset } from '../../src/tickets/same-case.ts'

const alike: readonly (readonly [string, string])[] = [
  ['it stops after ten minutes', 'The treadmill stops all by itself'],
  ['stops with E03 after ten minutes', 'shuts off after a while'],
  ['leaks water from the door', 'there is a puddle under it'],
  ['makes a grinding noise', 'very loud grinding sound when running'],
  ['the belt slips', 'belt slipping when I run fast'],
  ["won't turn on", 'completely dead, no lights'],
  ['does not heat', 'no hot water since Monday'],
  ['fridge is not cooling', 'everything in the fridge is warm inside'],
  ['screen is cracked', 'cracked display after it fell'],
  ['the roller came off the rail', 'rollers come off their rail'],
  ['the handle snapped', 'handle is snaped off'],
  ['the coffee tastes of plastic', 'tastes like plastic, the coffee'],
  ['漏水', '洗衣机底下漏水很严重'],
  ['跑步机跑十分钟就停', '跑着跑着自动停了'],
  ['不制冷', '冰箱冷藏室不冷'],
  ['有异响', '开机就响，声音特别大，有杂音'],
  ['扶手松动了', '右边的扶手松动'],
  ['leaks', '漏水'],
  ['stops after ten minutes', '跑十分钟就停机'],
  ['it is not cooling', '冰箱不制冷了'],
  ['grinding noise', '异响'],
  ["doesn't start", '按了没反应，启动不了'],
  ['trips the breaker', '一开就跳闸'],
]

const unlike: readonly (readonly [string, string])[] = [
  ['it stops after ten minutes', 'it leaks after ten minutes'],
  ['the belt squeaks', 'the belt is torn'],
  ['leaks', 'does not spin'],
  ['noisy', 'not cooling'],
  ['screen is cracked', 'screen is black'],
  ['no hot water', 'too hot, it burns my hand'],
  ['漏水', '异响'],
  ['不制冷', '门关不上'],
  ['漏水', 'makes a loud noise'],
  ['跑步机停机', '跑步机的扶手松动'],
  ['broken', 'broken, please repair'],
  ['it does not work', 'problem with my machine'],
  ['remote control lost', 'the door does not close'],
  ['I need a new filter', 'the handle snapped'],
  ['not working since yesterday', 'makes noise since yesterday'],
  ['我的机器有问题', '这台机器出了问题，请帮忙维修'],
  ['', 'leaks'],
]

describe('trouble', () => {
  it.each(alike)('"%s" is like "%s"', (one, other) => {
    expect(likenessOf({ symptom: one }, { symptom: other })).toBeGreaterThanOrEqual(alikeFrom)
  })

  it.each(unlike)('"%s" is not like "%s"', (one, other) => {
    expect(likenessOf({ symptom: one }, { symptom: other })).toBeLessThan(alikeFrom)
  })

  it('of one error code is the same, however the code is written and whatever is said of it', () => {
    for (const code of ['E03', 'e-03', 'E3', 'Ｅ０３'])
      expect(likenessOf({ errorCode: 'E03', symptom: 'stops' }, { errorCode: code, symptom: 'beeps' })).toBe(1)
    expect(likenessOf({ errorCode: 'E03' }, { errorCode: 'E30' })).toBe(0)
    expect(likenessOf({ errorCode: 'E03', symptom: 'stops at once' }, { errorCode: 'E05', symptom: 'it stops' })).toBeLessThan(
      likenessOf({ symptom: 'stops at once' }, { symptom: 'it stops' }),
    )
  })

  const words = fc.oneof(
    fc.string({ maxLength: 80 }),
    fc.array(fc.constantFrom(...alike.flat().flatMap((text) => text.split(' '))), { maxLength: 12 }).map((all) => all.join(' ')),
  )
  const trouble = fc.record({ symptom: words, errorCode: fc.constantFrom('E03', 'E5', 'F12', '404') }, { requiredKeys: [] })

  it('is as much like the other as the other is like it, from nothing to the same', () => {
    fc.assert(
      fc.property(trouble, trouble, (one, other) => {
        const likeness = likenessOf(one, other)
        expect(likeness).toBe(likenessOf(other, one))
        expect(likeness).toBeGreaterThanOrEqual(0)
        expect(likeness).toBeLessThanOrEqual(1)
        expect([0, 1]).toContain(likenessOf(one, one))
      }),
    )
  })

  it('does not depend on case, width, marks or traditional characters', () => {
    for (const [one, other] of alike) {
      const written = likenessOf({ symptom: one }, { symptom: other })
      const wide = other.replace(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0))
      for (const variant of [other.toUpperCase(), `${other} !!`, wide]) expect(likenessOf({ symptom: one }, { symptom: variant })).toBeCloseTo(written, 5)
    }
    expect(likenessOf({ symptom: '有異響' }, { symptom: '有异响' })).toBe(1)
  })
})

describe('an asset', () => {
  it('is the same by its serial number, in any spelling that a label allows', () => {
    for (const serial of ['KP-20391', 'kp 20391', 'KP2O39I', 'ＫＰ－２０３９１']) expect(sameAsset({ serial: 'KP-20391' }, { serial })).toBe('serial')
    expect(sameAsset({ serial: 'KP-20391', product: 'T5' }, { serial: 'KP-20392', product: 'T5' })).toBeUndefined()
    expect(sameAsset({ serial: '12' }, { serial: '12' })).toBeUndefined()
  })

  it('is the same by its name where a serial number is missing', () => {
    expect(sameAsset({ product: 'T5 treadmill', serial: 'KP-20391' }, { product: 'treadmill' })).toBe('product')
    expect(sameAsset({ product: 'T5 treadmill' }, { product: 'T6 treadmill' })).toBeUndefined()
    expect(sameAsset({ product: 'T5 treadmill' }, { serial: 'KP-20391' })).toBeUndefined()
    expect(sameAsset({}, {})).toBeUndefined()
  })

  it('with like trouble is perhaps the same case, and says why', () => {
    expect(caseLikeness({ serial: 'KP-20391', symptom: 'it stops' }, { serial: 'kp20391', symptom: 'stops by itself' })).toEqual({
      asset: 'serial',
      trouble: 'words',
    })
    expect(caseLikeness({ product: 'T5', errorCode: 'E03' }, { product: 'T5 treadmill', errorCode: 'E3' })).toEqual({ asset: 'product', trouble: 'error_code' })
    expect(caseLikeness({ serial: 'KP-20391', symptom: 'it stops' }, { serial: 'KP-20391', symptom: 'it leaks' })).toBeUndefined()
    expect(caseLikeness({ serial: 'KP-20391' }, { serial: 'KP-20391' })).toBeUndefined()
  })

  it('stands at one site unless the addresses say otherwise', () => {
    expect(maybeSameSite({ address: '12 Elm Street, Springfield' }, { address: '12 Elm Street' })).toBe(true)
    expect(maybeSameSite({ address: '12 Elm Street' }, {})).toBe(true)
    expect(maybeSameSite({ address: '12 Elm Street, Springfield' }, { address: 'Harbour Road 3, Shelbyville' })).toBe(false)
    expect(maybeSameSite({ address: '北京市朝阳区建国路8号' }, { address: '朝阳区建国路8号健身房' })).toBe(true)
    expect(maybeSameSite({ address: '北京市朝阳区建国路8号' }, { address: '上海市静安区南京西路1266号' })).toBe(false)
  })
})
