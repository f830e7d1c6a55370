// The filter of parts: who would come without one that the visit will likely need, and that no warehouse has either.
import type { Core } from '../core.ts'
import { missingFor, scarceParts } from '../parts/index.ts'
import { survivorOf } from '../tickets/index.ts'
import type { Reason } from './eligible.ts'
import type { WorkOrder } from './work-order.ts'

export type PartsFilter = (engineer: string) => Promise<Reason[]>

/** As the company sets it: `off` finds nothing. Looked up once, asked for each engineer. */
export async function partsFilter(core: Core, order: WorkOrder, modes: readonly ('warn' | 'require')[] = ['warn', 'require']): Promise<PartsFilter> {
  const mode = core.company().dispatch.parts
  if (mode === 'off' || !modes.includes(mode) || order.kind !== 'visit') return async () => []
  const scarce = await scarceParts(core, await survivorOf(core, order.ticket))
  return async (engineer) =>
    (await missingFor(core, engineer, scarce)).map(({ number, name, quantity }) => ({
      filter: 'parts',
      text: `has no ${quantity === 1 ? '' : `${quantity} × `}${[number, name].filter(Boolean).join(' ')} in the van, and no warehouse has it`,
    }))
}

/** Only where the company requires parts at hand is somebody left out for them. */
export function requiredParts(core: Core, order: WorkOrder): Promise<PartsFilter> {
  return partsFilter(core, order, ['require'])
}
