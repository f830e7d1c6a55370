// The position goes out of a photo, and nothing else does; broken files do no harm.
import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import { expect, describe, it } from 'vitest'
import { removePosition } from '../../src/files/position/index.ts'
import { exif, heic, jpeg, orientation, orientationsIn, png, positionIn, tiff, webp } from '../support/photos.ts'

const photos: readonly [what: string, contentType: string, make: () => Buffer][] = [
  ['a JPEG', 'image/jpeg', jpeg],
  ['a JPEG with little-endian EXIF', 'image/jpeg', () => jpeg({ order: 'II' })],
  ['a PNG', 'image/png', png],
  ['a WebP', 'image/webp', webp],
  ['a WebP whose EXIF is marked', 'image/webp', () => webp({ withMark: true })],
  ['an iPhone’s photo', 'image/heic', heic],
  ['a HEIF whose EXIF lies beside its description', 'image/heif', () => heic('library')],
  ['a TIFF', 'image/tiff', tiff],
]

describe.each(photos)('%s', (_what, contentType, make) => {
  it('loses its position, keeps its orientation and everything else, and its length', () => {
    const before = make()
    expect(positionIn(before).length).toBeGreaterThan(2)
    const photo = Buffer.from(before)
    expect(removePosition(photo, contentType)).toBe('removed')
    expect(positionIn(photo)).toEqual([])
    expect(photo.length).toBe(before.length)
    expect(orientationsIn(photo)).toEqual(orientationsIn(before))
    expect(orientationsIn(photo)).toContain(orientation)
    for (const words of ['2026:03:01 10:11:12', 'Hausger', 'Waschmaschine', 'tiff:Orientation="6"', 'xmp:CreatorTool="Kamera"'])
      expect([words, photo.includes(words)]).toEqual([words, before.includes(words)])
  })

  it('without a position stays as it is, bit for bit', () => {
    const photo = make()
    removePosition(photo, contentType)
    const again = Buffer.from(photo)
    expect(removePosition(again, contentType)).toBe('none')
    expect(again).toEqual(photo)
  })

  it('broken in any way throws nothing and keeps its length', () => {
    const whole = make()
    fc.assert(
      fc.property(fc.nat(whole.length), fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 12 }), (cut, changes) => {
        const photo = Buffer.from(whole)
        for (const [at, byte] of changes) photo[at] = byte
        const part = photo.subarray(0, cut)
        removePosition(part, contentType)
        removePosition(photo, contentType)
        expect(photo.length).toBe(whole.length)
      }),
      { numRuns: 300 },
    )
  })
})

it('the checksums of a PNG hold, so that it still opens', () => {
  const photo = png()
  removePosition(photo, 'image/png')
  expect(chunksOf(photo)).toEqual(['IHDR', 'eXIf', 'iTXt', 'zTXt', 'tEXt', 'IDAT', 'IEND'])
})

it('a directory that leads back to itself, or names a million entries, ends', () => {
  const circle = exif('II')
  circle.writeUInt32LE(8, 8 + 2 + 4 * 12)
  const crowd = exif('II')
  crowd.writeUInt16LE(65_535, 8)
  for (const tiffBytes of [circle, crowd]) {
    removePosition(tiffBytes, 'image/tiff')
    expect(positionIn(tiffBytes)).toEqual([])
  }
})

/** Types of the chunks whose checksum is right. */
function chunksOf(bytes: Buffer): string[] {
  const found: string[] = []
  for (let at = 8; at < bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    const body = bytes.subarray(at + 4, at + 8 + bytes.readUInt32BE(at))
    if (crc32(body) === bytes.readUInt32BE(at + 4 + body.length)) found.push(body.toString('latin1', 0, 4))
  }
  return found
}
