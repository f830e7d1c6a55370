// HEIC, HEIF and AVIF: boxes in boxes. EXIF is an item whose place is looked up in the box `iloc`.
// ISO/IEC 14496-12 (8.11, items) and 23008-12 (annex A, EXIF)
import { clearTiffPosition } from './tiff.ts'
import { clearXmpPosition } from './xmp.ts'

interface Box {
  type: string
  data: Buffer
}

/** True where there was a position. */
export function clearHeifPosition(heif: Buffer): boolean {
  let found = false
  for (const { type, data } of boxes(heif)) {
    if (type !== 'meta') continue
    const inside = boxes(data.subarray(4))
    const idat = inside.find((box) => box.type === 'idat')?.data ?? Buffer.alloc(0)
    const ids = new Set(inside.filter((box) => box.type === 'iinf').flatMap(exifItems))
    for (const location of inside.filter((box) => box.type === 'iloc').flatMap((box) => extentsOf(box.data, ids))) {
      const item = (location.inIdat ? idat : heif).subarray(location.offset, location.length === 0 ? undefined : location.offset + location.length)
      // Where the TIFF begins stands in front of it.
      if (item.length >= 8 && clearTiffPosition(item.subarray(4 + item.readUInt32BE(0)))) found = true
    }
  }
  return clearXmpPosition(heif) || found
}

function boxes(bytes: Buffer): Box[] {
  const found: Box[] = []
  for (let at = 0; at + 8 <= bytes.length;) {
    const short = bytes.readUInt32BE(at)
    const header = short === 1 ? 16 : 8
    if (at + header > bytes.length) break
    // 0: to the end of the file.
    const size = short === 1 ? Number(bytes.readBigUInt64BE(at + 8)) : short === 0 ? bytes.length - at : short
    if (size < header) break
    found.push({ type: bytes.toString('latin1', at + 4, at + 8), data: bytes.subarray(at + header, at + size) })
    at += size
  }
  return found
}

/** Ids of the items that are EXIF. */
function exifItems({ data }: Box): number[] {
  const entries = boxes(data.subarray(data[0] === 0 ? 6 : 8))
  return entries.flatMap(({ type, data: info }) => {
    const version = info[0] ?? 0
    if (type !== 'infe' || version < 2) return []
    const wide = version === 2 ? 2 : 4
    return info.toString('latin1', 6 + wide, 10 + wide) === 'Exif' ? [info.readUIntBE(4, wide)] : []
  })
}

interface Extent {
  inIdat: boolean
  offset: number
  length: number
}

/** Where these items lie. Of one in several pieces the first counts: it is a few hundred bytes, and no writer splits it. */
function extentsOf(iloc: Buffer, ids: ReadonlySet<number>): Extent[] {
  const version = iloc[0] ?? 0
  let at = 4
  const take = (bytes: number): number => {
    const value = bytes === 0 ? 0 : bytes > 6 ? Number(iloc.readBigUInt64BE(at)) : iloc.readUIntBE(at, bytes)
    at += bytes
    return value
  }
  const sizes = take(2)
  const [offsetSize, lengthSize, baseSize, indexSize] = [sizes >> 12, (sizes >> 8) & 15, (sizes >> 4) & 15, version === 0 ? 0 : sizes & 15]
  const wide = version < 2 ? 2 : 4
  const found: Extent[] = []
  for (let left = take(wide); left > 0; left--) {
    const id = take(wide)
    const method = version === 0 ? 0 : take(2) & 15
    take(2) // which file: always this one
    const base = take(baseSize)
    const count = take(2)
    for (let n = 0; n < count; n++) {
      take(indexSize)
      const offset = base + take(offsetSize)
      const length = take(lengthSize)
      if (n === 0 && ids.has(id) && method <= 1) found.push({ inIdat: method === 1, offset, length })
    }
  }
  return found
}
