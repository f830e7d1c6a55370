// EXIF, which is TIFF inside: takes the directory of the position (GPS) out of it, in place, and leaves everything else where it is.
// https://www.cipa.jp/std/documents/e/DC-008-Translation-2019-E.pdf

const tags = { exif: 0x8769, gps: 0x8825, subdirectories: 0x014a } as const
/** Bytes of one value, by its TIFF type. */
const sizes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4]
/** More is no directory of a photo, and no value of a position. */
const mostDirectories = 32
const largestValue = 4_096
const entry = 12

/** True where there was a position. Other entries keep their places and values, the orientation among them. What points outside of the bytes is left alone. */
export function clearTiffPosition(tiff: Buffer): boolean {
  const order = tiff.toString('latin1', 0, 4)
  if (tiff.length < 8 || (order !== 'II*\0' && order !== 'MM\0*')) return false
  const little = order === 'II*\0'
  const u16 = (at: number): number => (little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at))
  const u32 = (at: number): number => (little ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at))
  const setCount = (at: number, count: number): number => (little ? tiff.writeUInt16LE(count, at) : tiff.writeUInt16BE(count, at))
  const entriesAt = (directory: number): number => Math.min(u16(directory), Math.floor((tiff.length - directory - 2) / entry))

  let found = false
  const open = [u32(4)]
  const seen = new Set<number>([0])
  for (let directory = open.shift(); directory !== undefined && seen.size <= mostDirectories; directory = open.shift()) {
    if (seen.has(directory) || directory + 2 > tiff.length) continue
    seen.add(directory)
    for (let index = 0; index < entriesAt(directory);) {
      const at = directory + 2 + index * entry
      const [tag, count, value] = [u16(at), u32(at + 4), u32(at + 8)]
      if (tag === tags.gps) {
        clearDirectory(value)
        removeEntry(directory, index)
        found = true
        continue
      }
      if (tag === tags.exif || (tag === tags.subdirectories && count === 1)) open.push(value)
      else if (tag === tags.subdirectories)
        for (let n = 0; n < Math.min(count, mostDirectories) && value + 4 * n + 4 <= tiff.length; n++) open.push(u32(value + 4 * n))
      index++
    }
    const after = directory + 2 + entriesAt(directory) * entry
    // Some cameras leave the link to the next one off at the very end.
    if (after + 4 <= tiff.length) open.push(u32(after))
  }
  return found

  /** Zeroes all values of a directory and then the directory itself. */
  function clearDirectory(directory: number): void {
    // Behind the header: nothing that points into it is a directory.
    if (directory < 8 || directory + 2 > tiff.length) return
    const count = entriesAt(directory)
    for (let at = directory + 2; at < directory + 2 + count * entry; at += entry) {
      const size = (sizes[u16(at + 2)] ?? 0) * u32(at + 4)
      const value = u32(at + 8)
      if (size > 4 && size <= largestValue && value >= 8 && value < tiff.length) tiff.fill(0, value, value + size)
    }
    tiff.fill(0, directory, Math.min(directory + 2 + count * entry + 4, tiff.length))
  }

  /** Those behind it, and the link to the next directory, move up; the bytes that become free stay empty. */
  function removeEntry(directory: number, index: number): void {
    const count = entriesAt(directory)
    const at = directory + 2 + index * entry
    const end = Math.min(directory + 2 + count * entry + 4, tiff.length)
    tiff.copyWithin(at, at + entry, end)
    tiff.fill(0, end - entry, end)
    setCount(directory, count - 1)
  }
}

const mark = Buffer.from('Exif\0\0')
/** Of a JPEG's segment. */
const longest = 65_536

/** In every place that is marked as EXIF: a phone's file may hold several pictures, each with its own. */
export function clearMarkedExif(bytes: Buffer): boolean {
  let found = false
  for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, at + 1)) {
    const start = at + mark.length
    if (clearTiffPosition(bytes.subarray(start, start + longest))) found = true
  }
  return found
}
