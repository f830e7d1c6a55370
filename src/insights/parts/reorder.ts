// Where the company goes by the forecast, the reorder point that it recommends is set beside the one that people set, and counts in its place;
// where it does not, or no longer does, theirs stands.
import type { Core } from '../../core.ts'
import { changeStock } from '../../parts/index.ts'
import { forecastParts } from './forecast.ts'

const actor = { kind: 'system', id: null } as const

/** Once a week, `period` being its day. */
export async function forecastReorderPoints(core: Core, period: string, until: number): Promise<void> {
  if (core.company().parts.reorder !== 'forecast') return
  for await (const { warehouses } of forecastParts(core, until))
    for (const { row, recommended } of warehouses)
      await changeStock(core, row.location, row.part, { act: 'forecast_at', reorderPoint: recommended }, { actor, key: `forecast/${row._id}/${period}` })
}

/** Called when a worker starts, and when the settings change. */
export async function settleReorderPoints(core: Core): Promise<void> {
  if (core.company().parts.reorder === 'forecast') return
  for (const { _id, n, location, part } of await core.collections.stock.find({ forecastPoint: { $gte: 0 } }))
    await changeStock(core, location, part, { act: 'forecast_at', reorderPoint: null }, { actor, key: `forecast/${_id}/off/${n}` })
}
