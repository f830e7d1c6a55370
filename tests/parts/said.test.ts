// Parts in an engineer's words, in both languages: how many of what.
import { describe, expect, it } from 'vitest'
import { readSaidParts } from '../../src/parts/said.ts'

const said = (text: string): string[] | undefined => readSaidParts(text)?.map(({ words, quantity }) => `${quantity} ${words}`)

describe('parts in words', () => {
  it.each([
    ['used 2x KP-100 and a belt', ['2 KP-100', '1 belt']],
    ['2 × KP-100, seal kit x3', ['2 KP-100', '3 seal kit']],
    ['I replaced the drive belt', ['1 drive belt']],
    ['two belts\n1 pump', ['2 belts', '1 pump']],
    ['fitted a new motor and 40 mm hose', ['1 motor', '1 40 mm hose']],
    ['We used one KP-100.', ['1 KP-100']],
    ['I need another heater', ['1 heater']],
    ['换了两条皮带和一个水泵', ['2 皮带', '1 水泵']],
    ['KP-100 2个，密封圈', ['2 KP-100', '1 密封圈']],
    ['用了3个KP-100', ['3 KP-100']],
    ['需要一个新的电机', ['1 电机']],
  ])('"%s"', (text, parts) => {
    expect(said(text)).toEqual(parts)
  })

  it.each(['none', 'No parts.', 'nothing', '没有', '没用配件', '无', '0'])('"%s" are none', (text) => {
    expect(said(text)).toBeUndefined()
  })
})
