// What a conversation may know of its customer's devices and their meters.
import type { Core } from '../core.ts'
import type { Query, QueryAnswer } from '../flow.ts'
import { isGone } from './assets-of.ts'
import { meterId, meterStream, runsBack } from './meter.ts'
import { inexactBy } from './read-meter.ts'
import { ownAsset } from './reach.ts'

/** More than anybody chooses from. */
const shown = 20

export async function devicesOf(core: Core, customers: readonly string[]): Promise<QueryAnswer> {
  const own = await core.collections.assets.find({ customer: { $in: customers } }, { sort: { createdAt: 1 }, limit: shown })
  const devices = own.filter((asset) => !isGone(core, asset)).map(({ _id, serial, product }) => ({ asset: _id, serial, product }))
  return { kind: 'devices', devices }
}

/** Nobody sees another's meter. */
export async function meterFor(core: Core, { asset: id, unit, value }: Extract<Query, { kind: 'meter' }>, customers: readonly string[]): Promise<QueryAnswer> {
  const asset = await ownAsset(core, id, customers)
  if (asset === undefined) return { kind: 'meter', last: null, runsBack: false }
  const meter = await core.journal.load(meterStream, meterId(id, unit))
  return { kind: 'meter', last: meter.last?.value ?? null, runsBack: runsBack(meter, value, await inexactBy(core, asset, unit)) }
}
