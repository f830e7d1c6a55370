// Codes in photos of labels: read offline from files as phones send them, and nothing that a photo holds can keep the reader busy.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { createLabelReader } from '../../src/labels/index.ts'
import { heic, jpeg, png } from '../support/photos.ts'

const photo = (name: string): Promise<Buffer> => readFile(join(import.meta.dirname, 'photos', name))
const problems: Error[] = []
beforeEach(() => void problems.splice(0))
// Generous: the tests run beside others.
const reader = createLabelReader({ timeoutMs: 30_000, onProblem: (error) => problems.push(error) })

describe('a photo of a label', () => {
  it.each([
    ['with a QR code that is a link', 'qr-link.jpg', [{ format: 'QRCode', text: 'https://mendwell.example/register?model=T5&sn=KP-20391' }]],
    ['with a bar code', 'code128.png', [{ format: 'Code128', text: 'KP-20391' }]],
    [
      'taken upright of a label that lies',
      'code128-turned.jpg',
      [
        { format: 'Code128', text: 'KP-20391' },
        { format: 'EAN13', text: '4006381333931' },
      ],
    ],
    [
      'held at an angle',
      'code128-tilted.jpg',
      [
        { format: 'Code128', text: 'KP-20391' },
        { format: 'EAN13', text: '4006381333931' },
      ],
    ],
    ['taken in the dark, out of focus', 'datamatrix-noisy.jpg', [{ format: 'DataMatrix', text: 'KP-20391' }]],
    ['without any code', 'no-code.jpg', []],
  ])('%s is read', async (_how, name, codes) => {
    const found = await reader.read(await photo(name), name.endsWith('png') ? 'image/png' : 'image/jpeg')
    expect(found?.toSorted((one, other) => one.format.localeCompare(other.format))).toEqual(codes)
    expect(problems).toEqual([])
  })

  it('is read beside others, each gets its own', async () => {
    const names = ['qr-link.jpg', 'no-code.jpg', 'datamatrix-noisy.jpg']
    const found = await Promise.all(names.map(async (name) => reader.read(await photo(name), 'image/jpeg')))
    expect(found.map((codes) => codes?.map(({ format }) => format))).toEqual([['QRCode'], [], ['DataMatrix']])
  })
})

describe('nothing comes of', () => {
  it('a file that is cut off in the middle', async () => {
    expect(await reader.read((await photo('qr-link.jpg')).subarray(0, 2_000), 'image/jpeg')).toEqual([])
  })

  it('a kind of photo that the reader does not know, which stays evidence', async () => {
    expect(await reader.read(heic(), 'image/heic')).toBeUndefined()
  })

  it.each([
    ['a PNG', 'image/png', () => Buffer.from(png()), 16],
    ['a JPEG', 'image/jpeg', () => jpeg(), -1],
  ])('%s that claims to be larger than any memory', async (_what, contentType, make, at) => {
    const bomb = make()
    if (at > 0) bomb.fill(0x7f, at, at + 8)
    else bomb.fill(0xff, bomb.indexOf(Buffer.from([0xff, 0xc0])) + 5, bomb.indexOf(Buffer.from([0xff, 0xc0])) + 9)
    expect(await reader.read(bomb, contentType)).toBeUndefined()
  })

  it('what is no photo at all', async () => {
    expect(await reader.read(Buffer.alloc(0), 'image/jpeg')).toBeUndefined()
    expect(await reader.read(Buffer.from('<html>'), 'image/png')).toBeUndefined()
  })

  it('a photo that takes too long, which is told, and the next one is read', async () => {
    const hasty = createLabelReader({ timeoutMs: 1, onProblem: (error) => problems.push(error) })
    expect(await hasty.read(await photo('qr-link.jpg'), 'image/jpeg')).toBeUndefined()
    expect(problems.map(({ message }) => message)).toEqual(['a photo was not read within 1 ms'])
    expect(await reader.read(await photo('qr-link.jpg'), 'image/jpeg')).toHaveLength(1)
  })

  it('the ninth photo that would have to wait', async () => {
    const one = await photo('no-code.jpg')
    const found = await Promise.all(Array.from({ length: 9 }, () => reader.read(one, 'image/jpeg')))
    expect(found.map((codes) => codes === undefined)).toEqual([...Array.from({ length: 8 }, () => false), true])
  })
})
