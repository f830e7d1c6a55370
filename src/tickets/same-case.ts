// Whether two tickets may be about one case: the same asset and like trouble. Only ever a proposal, for the customer or an agent to say. Pure.
import { lookAlikeKey } from '../assets/serial.ts'
import { alikeFrom, likenessOf, wordsShared } from './likeness.ts'
import type { RepairFields } from './ticket.ts'

/** Why two tickets may be one case. */
export interface CaseLikeness {
  asset: 'serial' | 'product'
  trouble: 'error_code' | 'words'
}

/** Undefined unless both the asset and the trouble of both are known and alike. */
export function caseLikeness(one: RepairFields, other: RepairFields): CaseLikeness | undefined {
  const asset = sameAsset(one, other)
  const likeness = likenessOf(one, other)
  if (asset === undefined || likeness < alikeFrom) return undefined
  return { asset, trouble: likeness === 1 && one.errorCode !== undefined && other.errorCode !== undefined ? 'error_code' : 'words' }
}

/** By serial number where both have one, else by the name of the product. */
export function sameAsset(one: RepairFields, other: RepairFields): CaseLikeness['asset'] | undefined {
  const sameUnit = unitsAlike(one.serial, other.serial)
  if (sameUnit !== undefined) return sameUnit ? 'serial' : undefined
  return namesAlike(one.product, other.product) ? 'product' : undefined
}

/** Undefined unless two serial numbers are known. */
export function unitsAlike(one: string | undefined, other: string | undefined): boolean | undefined {
  const [a, b] = [unitOf(one), unitOf(other)]
  return a === null || b === null ? undefined : a === b
}

/** Too short to tell one unit from another: none. */
function unitOf(serial = ''): string | null {
  const key = lookAlikeKey(serial)
  return key.length < 4 ? null : key
}

/** One name may be part of the other: "treadmill" and "T5 treadmill". */
export function namesAlike(one: string | undefined, other: string | undefined): boolean {
  const [a, b] = [normal(one), normal(other)]
  return a !== '' && b !== '' && (a.includes(b) || b.includes(a))
}

/** Two addresses of one place, as far as can be told: one that is not known contradicts nothing. */
export function maybeSameSite({ address: one }: RepairFields, { address: other }: RepairFields): boolean {
  return one === undefined || other === undefined || namesAlike(one, other) || wordsShared(one, other) >= 0.5
}

function normal(text = ''): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
}
