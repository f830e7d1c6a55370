// Photos made by hand, byte by byte, that know where they were taken: one for each kind of file a customer's camera or browser sends.
import { crc32 } from 'node:zlib'

/** Degrees, minutes and hundredths of seconds, unlikely enough to be looked for as bytes. */
const latitude = [52, 31, 1234567]
const longitude = [13, 24, 7654321]
export const orientation = 6

type Order = 'II' | 'MM'

const u16 = (order: Order, value: number): Buffer => (order === 'II' ? Buffer.from([value & 255, value >> 8]) : Buffer.from([value >> 8, value & 255]))
function u32(order: Order, value: number): Buffer {
  const bytes = Buffer.alloc(4)
  return (order === 'II' ? bytes.writeUInt32LE(value) : bytes.writeUInt32BE(value), bytes)
}
const entry = (order: Order, tag: number, type: number, count: number, value: Buffer): Buffer =>
  Buffer.concat([u16(order, tag), u16(order, type), u32(order, count), value, Buffer.alloc(4 - value.length)])
const rationals = (order: Order, [degrees = 0, minutes = 0, hundredths = 0]: readonly number[]): Buffer =>
  Buffer.concat([degrees, 1, minutes, 1, hundredths, 100_000].map((value) => u32(order, value)))

/** EXIF with an orientation, a position, a camera's name behind it and a time in a directory of its own. */
export function exif(order: Order = 'MM'): Buffer {
  const make = Buffer.from('Hausgeräte-Kamera\0', 'latin1')
  const time = Buffer.from('2026:03:01 10:11:12\0')
  // 8: the first directory, of five entries; the other two; then what did not fit into an entry.
  const [gpsAt, exifAt] = [8 + 2 + 4 * 12 + 4, 8 + 2 + 4 * 12 + 4 + 2 + 4 * 12 + 4]
  const latitudeAt = exifAt + 2 + 12 + 4
  const longitudeAt = latitudeAt + 24
  const makeAt = longitudeAt + 24
  const timeAt = makeAt + make.length
  return Buffer.concat([
    Buffer.from(order),
    u16(order, 42),
    u32(order, 8),
    u16(order, 4),
    entry(order, 0x0112, 3, 1, u16(order, orientation)),
    entry(order, 0x010f, 2, make.length, u32(order, makeAt)),
    entry(order, 0x8769, 4, 1, u32(order, exifAt)),
    entry(order, 0x8825, 4, 1, u32(order, gpsAt)),
    u32(order, 0),
    u16(order, 4),
    entry(order, 1, 2, 2, Buffer.from('N\0')),
    entry(order, 2, 5, 3, u32(order, latitudeAt)),
    entry(order, 3, 2, 2, Buffer.from('E\0')),
    entry(order, 4, 5, 3, u32(order, longitudeAt)),
    u32(order, 0),
    u16(order, 1),
    entry(order, 0x9003, 2, time.length, u32(order, timeAt)),
    u32(order, 0),
    rationals(order, latitude),
    rationals(order, longitude),
    make,
    time,
  ])
}

export const xmp = Buffer.from(
  `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">` +
    `<rdf:Description xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:GPSLatitude="52,31.2057N" exif:GPSLongitude='13,24.7654E' tiff:Orientation="6" xmp:CreatorTool="Kamera">` +
    `<drone-dji:GpsLatitude>52.520943</drone-dji:GpsLatitude><exif:GPSProcessingMethod>fused</exif:GPSProcessingMethod><dc:title>Waschmaschine</dc:title>` +
    `</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`,
)

const marked = (tiff: Buffer): Buffer => Buffer.concat([Buffer.from('Exif\0\0'), tiff])
function segment(content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([0xff, 0xe1]), u16('MM', content.length + 2), content])
}

/** The smallest picture that decoders take, without its first two bytes. */
const picture = Buffer.from(
  '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wAALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA=',
  'base64',
).subarray(2)

/** A JPEG that was made elsewhere, as a camera at home would have written it. */
export function withPosition(photo: Uint8Array): Buffer {
  const xap = Buffer.concat([Buffer.from('http://ns.adobe.com/xap/1.0/\0'), xmp])
  return Buffer.concat([photo.subarray(0, 2), segment(marked(exif())), segment(xap), photo.subarray(2)])
}

/** As a phone writes it: EXIF, XMP, the picture, and behind it a second one that has EXIF of its own. */
export function jpeg({ order = 'MM' as Order, padding = 0 } = {}): Buffer {
  const soi = Buffer.from([0xff, 0xd8])
  const xap = Buffer.concat([Buffer.from('http://ns.adobe.com/xap/1.0/\0'), xmp])
  const comment = Buffer.concat([Buffer.from([0xff, 0xfe]), u16('MM', 6), Buffer.from('fine')])
  const first = Buffer.concat([soi, segment(marked(exif(order))), segment(xap), comment, picture])
  return Buffer.concat([first, Buffer.alloc(padding, 0x55), soi, segment(marked(exif('II'))), picture])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data])
  return Buffer.concat([u32('MM', data.length), body, u32('MM', crc32(body))])
}

export function png(): Buffer {
  const whole = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
  const head = 8 + 25
  const raw = chunk('zTXt', Buffer.from('Raw profile type exif\0\0packed away'))
  const words = chunk('tEXt', Buffer.from('Title\0Waschmaschine'))
  return Buffer.concat([
    whole.subarray(0, head),
    chunk('eXIf', exif()),
    chunk('iTXt', Buffer.concat([Buffer.from('XML:com.adobe.xmp\0\0\0\0\0'), xmp])),
    raw,
    words,
    whole.subarray(head),
  ])
}

export function webp({ withMark = false } = {}): Buffer {
  const part = (type: string, data: Buffer) => Buffer.concat([Buffer.from(type), u32('II', data.length), data, Buffer.alloc(data.length % 2)])
  const body = Buffer.concat([
    Buffer.from('WEBP'),
    part('VP8X', Buffer.from([0x0c, 0, 0, 0, 0, 0, 0, 0, 0, 0])),
    part('VP8L', Buffer.from('2f0000000000888808', 'hex')),
    part('EXIF', withMark ? marked(exif('II')) : exif('II')),
    part('XMP ', xmp),
  ])
  return Buffer.concat([Buffer.from('RIFF'), u32('II', body.length), body])
}

const box = (type: string, ...data: Buffer[]): Buffer => {
  const body = Buffer.concat(data)
  return Buffer.concat([u32('MM', body.length + 8), Buffer.from(type), body])
}

/** `phone`: marked, and in `mdat`; `library`: bare, and in `idat` of the box that describes it. */
export function heic(writer: 'phone' | 'library' = 'phone'): Buffer {
  const order = 'MM'
  const item = writer === 'phone' ? Buffer.concat([u32(order, 6), marked(exif())]) : Buffer.concat([u32(order, 0), exif('II')])
  const ftyp = box('ftyp', Buffer.from('heic\0\0\0\0mif1heic'))
  const infe = (id: number, type: string) => box('infe', Buffer.from([2, 0, 0, 0]), u16(order, id), u16(order, 0), Buffer.from(`${type}\0`))
  const iinf = box('iinf', Buffer.alloc(4), u16(order, 2), infe(1, 'hvc1'), infe(2, 'Exif'))
  const iloc = (offset: number): Buffer =>
    writer === 'phone'
      ? box('iloc', Buffer.from([0, 0, 0, 0, 0x44, 0]), u16(order, 1), u16(order, 2), u16(order, 0), u16(order, 1), u32(order, offset), u32(order, item.length))
      : box(
          'iloc',
          Buffer.from([1, 0, 0, 0, 0x44, 0]),
          u16(order, 1),
          Buffer.concat([u16(order, 2), u16(order, 1), u16(order, 0), u16(order, 1), u32(order, 0), u32(order, item.length)]),
        )
  const idat = writer === 'phone' ? Buffer.alloc(0) : box('idat', item)
  const meta = (offset: number): Buffer => box('meta', Buffer.alloc(4), iinf, iloc(offset), idat)
  const before = ftyp.length + meta(0).length + 8
  return Buffer.concat([ftyp, meta(before), box('mdat', writer === 'phone' ? item : Buffer.alloc(0), xmp, Buffer.from('picture'))])
}

export function tiff(): Buffer {
  return Buffer.concat([exif('II'), xmp])
}

/** What is left of a position in a file; nothing is what one wants. */
export function positionIn(file: Uint8Array): string[] {
  const bytes = Buffer.from(file)
  const found: string[] = []
  for (const order of ['II', 'MM'] as const) {
    for (const value of [latitude, longitude]) if (bytes.includes(rationals(order, value).subarray(4))) found.push(`${order} rationals`)
    if (bytes.includes(Buffer.concat([u16(order, 0x8825), u16(order, 4)]))) found.push(`${order} pointer`)
  }
  for (const words of ['GPSLat', 'GPSLong', 'GpsLat', '52,31', '13,24', '52.52']) if (bytes.includes(words)) found.push(words)
  return found
}

/** The orientation that each EXIF in the file tells, read on its own: the first directory's entry 0x0112. */
export function orientationsIn(file: Uint8Array): number[] {
  const bytes = Buffer.from(file)
  const found: number[] = []
  for (let at = 0; at + 8 < bytes.length; at++) {
    const order = bytes.toString('latin1', at, at + 4) === 'II*\0' ? 'II' : bytes.toString('latin1', at, at + 4) === 'MM\0*' ? 'MM' : undefined
    if (order === undefined) continue
    const read16 = (offset: number) => (order === 'II' ? bytes.readUInt16LE(at + offset) : bytes.readUInt16BE(at + offset))
    const count = read16(8)
    for (let n = 0; n < count; n++) if (read16(10 + 12 * n) === 0x0112) found.push(read16(10 + 12 * n + 8))
  }
  return found
}
