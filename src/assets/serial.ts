// One serial number in its many spellings: case, spaces and dashes never count, look-alike characters are forgiven where only one asset can be meant.
import { digest } from '../message.ts'

/** Letters and digits only, in capitals; empty when there are none. */
export function serialKey(serial: string): string {
  return serial
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
}

/** The same for all that a label lets people mistake for each other: O and 0, I, L and 1, S and 5, B and 8, Z and 2. */
export function lookAlikeKey(serial: string): string {
  const pairs: Readonly<Record<string, string>> = { O: '0', Q: '0', I: '1', L: '1', S: '5', B: '8', Z: '2' }
  return serialKey(serial).replace(/[OQILSBZ]/g, (character) => pairs[character] ?? character)
}

/** Follows from the serial number, so that one number is one asset, whoever registers it. */
export function assetId(serial: string): string {
  return `as_${digest('asset', serialKey(serial))}`
}
