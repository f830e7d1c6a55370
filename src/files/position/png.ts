// PNG: EXIF and XMP lie in chunks of their own, each under a checksum.
// https://www.w3.org/TR/png-3/#11eXIf
import { crc32 } from 'node:zlib'
import { clearTiffPosition } from './tiff.ts'
import { clearXmpPosition } from './xmp.ts'

const xmpKeyword = 'XML:com.adobe.xmp\0'
/** EXIF and XMP as ImageMagick once wrote them, in hexadecimal and mostly packed. No browser reads them: they go as a whole. */
const rawProfile = /^Raw profile type (?:exif|app1|xmp)\0/i

/** True where there was a position. */
export function clearPngPosition(png: Buffer): boolean {
  let found = false
  for (let at = 8; at + 12 <= png.length;) {
    const length = png.readUInt32BE(at)
    const type = png.toString('latin1', at + 4, at + 8)
    const chunk = png.subarray(at + 4, at + 8 + length)
    // Cut off in the middle: nobody reads what stands there.
    if (at + 12 + length > png.length) break
    if (clearChunk(type, chunk.subarray(4))) {
      png.writeUInt32BE(crc32(chunk), at + 8 + length)
      found = true
    }
    at += 12 + length
  }
  return found
}

function clearChunk(type: string, data: Buffer): boolean {
  if (type === 'eXIf') return clearTiffPosition(data)
  if (type !== 'iTXt' && type !== 'tEXt' && type !== 'zTXt') return false
  const head = data.toString('latin1', 0, 80)
  // A compressed packet cannot be changed in place, and is what nobody writes.
  const isPacked = type === 'iTXt' && head.startsWith(xmpKeyword) && data[xmpKeyword.length] === 1
  if (!isPacked && !rawProfile.test(head)) return clearXmpPosition(data)
  // A comment without words, of the same length.
  const keyword = data.indexOf(0)
  data.fill(0x20, 0, keyword)
  data.write('Comment', 'latin1')
  data.fill(0, keyword)
  return true
}
