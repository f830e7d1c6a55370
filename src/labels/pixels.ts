// How large a picture is, from its head: a small file can hold a picture that no memory holds.

/** Width times height; undefined where the head does not tell. */
export function pixelsOf(photo: Uint8Array): number | undefined {
  const bytes = Buffer.from(photo.buffer, photo.byteOffset, photo.byteLength)
  try {
    return bytes.readUInt16BE(0) === 0xffd8 ? ofJpeg(bytes) : bytes.readUInt32BE(16) * bytes.readUInt32BE(20)
  } catch {
    return undefined
  }
}

/** Frame headers are those from C0 to CF but for three: https://www.w3.org/Graphics/JPEG/itu-t81.pdf, table B.1 */
function ofJpeg(bytes: Buffer): number | undefined {
  for (let at = 2; ;) {
    if (bytes.readUInt8(at) !== 0xff) return undefined
    const marker = bytes.readUInt8(at + 1)
    if (marker === 0xff) at += 1
    else if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc)
      return bytes.readUInt16BE(at + 5) * bytes.readUInt16BE(at + 7)
    else at += 2 + bytes.readUInt16BE(at + 2)
  }
}
