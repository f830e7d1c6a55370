// Takes the position out of a photo: where somebody lives is nobody's business who mends their machine. Everything else in the file stays, bit for bit.
import { clearHeifPosition } from './heif.ts'
import { clearPngPosition } from './png.ts'
import { clearMarkedExif, clearTiffPosition } from './tiff.ts'
import { clearWebpPosition } from './webp.ts'
import { clearXmpPosition } from './xmp.ts'

/** What is taken out, by content type. All of it works in place and tells whether there was something. */
const ways: Readonly<Record<string, (photo: Buffer) => boolean>> = {
  'image/jpeg': (photo) => [clearMarkedExif(photo), clearXmpPosition(photo)].includes(true),
  'image/png': clearPngPosition,
  'image/webp': clearWebpPosition,
  'image/heic': clearHeifPosition,
  'image/heif': clearHeifPosition,
  'image/avif': clearHeifPosition,
  'image/tiff': (photo) => [clearTiffPosition(photo), clearXmpPosition(photo)].includes(true),
  'image/gif': clearXmpPosition,
}

/** False for photos that cannot hold a position (BMP), and for what is no photo. */
export const mayHoldPosition = (contentType: string): boolean => Object.hasOwn(ways, contentType)

/**
 * Changes `photo` in place, never its length, so that every offset in it still holds: the GPS directory of EXIF and GPS properties of XMP. The picture,
 * its orientation, its time and its camera stay. Not looked into: a maker's own notes, the sound and film that some phones append.
 * `unreadable`: its structure is broken, so nobody can say what it holds; it is best taken for bytes of no type.
 */
export function removePosition(photo: Buffer, contentType: string): 'removed' | 'none' | 'unreadable' {
  try {
    return ways[contentType]?.(photo) === true ? 'removed' : 'none'
  } catch (error) {
    if (error instanceof RangeError) return 'unreadable'
    throw error
  }
}
