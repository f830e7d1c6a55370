// Turns bytes of unsure encoding into text without ever failing: headers and bodies that do not say, or lie about, what they are.

/**
 * UTF-8 when it is valid UTF-8, else the charset named when the bytes are valid in it, else Windows-1252, which takes any byte.
 * RFC 5322 allows only ASCII in headers; old clients in China and Japan put raw GBK or Shift_JIS there all the same.
 */
export function decodeBytes(bytes: Uint8Array, charset?: string): string {
  for (const name of ['utf-8', charset])
    if (name !== undefined)
      try {
        return new TextDecoder(name, { fatal: true }).decode(bytes)
      } catch {
        // not this one: RangeError for an unknown charset, TypeError for invalid bytes
      }
  return new TextDecoder('windows-1252').decode(bytes)
}
