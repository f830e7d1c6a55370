// XMP, the other place where cameras and drones write a position: RDF as plain text inside the file. What names a position is overwritten with spaces.
// https://developer.adobe.com/xmp/docs/XMPNamespaces/exif/

const start = Buffer.from('<rdf:RDF')
const end = Buffer.from('</rdf:RDF>')
/** Bytes of one packet that are looked at. */
const longest = 4 * 1024 * 1024

// Never across control characters: those belong to the file around the packet, which may be cut into pieces.
/* oxlint-disable no-control-regex */
const attribute = /[\w.-]+:GPS[\w.-]*\s*=\s*(?:"[^"\0-\x08]*"|'[^'\0-\x08]*')/gi
const element = /<([\w.-]+:GPS[\w.-]*)(?:\s[^>\0-\x08]*)?(?:\/>|>[^\0-\x08]*?<\/\1\s*>)/gi
/* oxlint-enable no-control-regex */

/** True where there was a position. Nothing changes its length. */
export function clearXmpPosition(bytes: Buffer): boolean {
  let found = false
  for (let at = bytes.indexOf(start); at >= 0; at = bytes.indexOf(start, at + start.length)) {
    const close = bytes.indexOf(end, at)
    const packet = bytes.subarray(at, Math.min(close < 0 ? bytes.length : close, at + longest))
    const text = packet.toString('latin1')
    const clean = text.replace(element, spaces).replace(attribute, spaces)
    if (clean === text) continue
    packet.write(clean, 'latin1')
    found = true
  }
  return found
}

const spaces = (match: string): string => ' '.repeat(match.length)
