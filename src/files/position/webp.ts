// WebP: a RIFF file with a chunk for EXIF and one for XMP.
// https://developers.google.com/speed/webp/docs/riff_container
import { clearTiffPosition } from './tiff.ts'
import { clearXmpPosition } from './xmp.ts'

/** True where there was a position. */
export function clearWebpPosition(webp: Buffer): boolean {
  let found = clearXmpPosition(webp)
  for (let at = 12; at + 8 <= webp.length;) {
    const length = webp.readUInt32LE(at + 4)
    const data = webp.subarray(at + 8, at + 8 + length)
    if (webp.toString('latin1', at, at + 4) === 'EXIF') {
      // Some writers keep the mark that JPEG has in front of it.
      const marked = data.toString('latin1', 0, 6) === 'Exif\0\0'
      if (clearTiffPosition(marked ? data.subarray(6) : data)) found = true
    }
    at += 8 + length + (length % 2)
  }
  return found
}
