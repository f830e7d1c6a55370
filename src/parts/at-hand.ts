// Which of the parts that a repair will likely need nobody has at hand: neither an engineer's van nor a warehouse, nor are they kept for it.
import type { Core } from '../core.ts'
import { numbersOf, type Ticket } from '../tickets/index.ts'
import { kitFor } from './kit.ts'
import { vansOf } from './vans.ts'

/** To be had in no warehouse; `places`: the other stock locations that have as many. */
export interface ScarcePart {
  number: string
  name: string
  quantity: number
  places: ReadonlySet<string>
}

/** Of the parts likely enough to be reserved for it (the company's `kit.atLeast`). */
export async function scarceParts(core: Core, ticket: Ticket): Promise<ScarcePart[]> {
  const { locations, partRequests, stock } = core.collections
  const likely = (await kitFor(core, ticket)).filter(({ share }) => share >= core.company().kitAtLeast)
  if (likely.length === 0) return []
  const kept = await partRequests.find({ ticket: { $in: numbersOf(ticket) }, kind: 'allocation', status: 'allocated' })
  const warehouses = new Set((await locations.find({ kind: 'warehouse' })).map(({ _id }) => _id))
  const scarce: ScarcePart[] = []
  for (const { part, number, name, quantity } of likely) {
    if (kept.some((each) => each.part === part)) continue
    const places = (await stock.find({ part })).filter(({ available }) => available >= quantity).map(({ location }) => location)
    if (!places.some((place) => warehouses.has(place))) scarce.push({ number, name, quantity, places: new Set(places) })
  }
  return scarce
}

/** Those that are not in the engineer's own van either. */
export async function missingFor(core: Core, engineer: string, scarce: readonly ScarcePart[]): Promise<ScarcePart[]> {
  if (scarce.length === 0) return []
  const vans = await vansOf(core, engineer)
  return scarce.filter(({ places }) => ![...vans].some((van) => places.has(van)))
}
