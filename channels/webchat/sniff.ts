// What a file is by its first bytes; what the client or the file's name says counts for nothing.

/** Bytes worth reading before deciding. */
export const sniffLength = 4096

const ascii = (bytes: Uint8Array, from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to))

const starts = (head: Uint8Array, ...bytes: number[]) => bytes.every((byte, index) => head[index] === byte)

/** A photo, a film, a PDF or plain text; undefined for all else. Markup and scripts are plain text, and served as such. */
export function sniff(head: Uint8Array): string | undefined {
  if (head.length === 0) return undefined
  if (starts(head, 0xff, 0xd8, 0xff)) return 'image/jpeg'
  if (starts(head, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png'
  if (/^GIF8[79]a/.test(ascii(head, 0, 6))) return 'image/gif'
  if (starts(head, 0x42, 0x4d) && head.length > 26 && head[6] === 0 && head[7] === 0) return 'image/bmp'
  if (starts(head, 0x49, 0x49, 0x2a, 0) || starts(head, 0x4d, 0x4d, 0, 0x2a)) return 'image/tiff'
  if (ascii(head, 0, 4) === 'RIFF') return riff(ascii(head, 8, 12))
  if (ascii(head, 4, 8) === 'ftyp') return isoMedia(ascii(head, 8, 12))
  if (starts(head, 0x1a, 0x45, 0xdf, 0xa3)) return ascii(head, 0, 64).includes('webm') ? 'video/webm' : 'video/x-matroska'
  if (ascii(head, 0, 5) === '%PDF-') return 'application/pdf'
  return isText(head) ? 'text/plain' : undefined
}

function riff(form: string): string | undefined {
  if (form === 'WEBP') return 'image/webp'
  return form === 'AVI ' ? 'video/x-msvideo' : undefined
}

/** https://mp4ra.org/registered-types/brands */
function isoMedia(brand: string): string | undefined {
  if (/^(heic|heix|heim|heis|hevc|hevx)$/.test(brand)) return 'image/heic'
  if (/^(mif1|msf1)$/.test(brand)) return 'image/heif'
  if (/^avi[fs]$/.test(brand)) return 'image/avif'
  if (brand === 'qt  ') return 'video/quicktime'
  if (brand.startsWith('3g')) return 'video/3gpp'
  if (/^M4[AB]/.test(brand)) return undefined
  return 'video/mp4'
}

/** UTF-8 without control characters. The last character may be cut in two. */
function isText(head: Uint8Array): boolean {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
    // oxlint-disable-next-line no-control-regex -- they are what is looked for
    return !/[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/.test(text)
  } catch {
    return false
  }
}
