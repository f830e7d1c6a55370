// Changing the stock of a part at a place, and what follows: a reorder task, requests that can be met now.
import type { Doing } from '../assets/index.ts'
import type { Core } from '../core.ts'
import type { StockEvent } from '../events.ts'
import { edit, type Changed, type Consequence, type EditRefusal } from '../journal/index.ts'
import { decideStock, stockId, stockStream, type Stock, type StockAct, type StockRefusal } from './stock.ts'

export type StockChanged = Changed<Stock, StockRefusal | EditRefusal>

export async function changeStock(core: Core, location: string, part: string, act: StockAct, doing: Doing): Promise<StockChanged> {
  const about = await namesOf(core, location, part)
  return edit<Stock, StockRefusal>(core.journal, stockStream, stockId(location, part), {
    ...doing,
    orBegin: true,
    act(stock) {
      const made = decideStock(stock, act)
      if (made === undefined || 'refusal' in made) return made
      return { events: made.events, effects: made.events.flatMap((event) => followsFrom(stock, event, about)) }
    },
  })
}

/** For people. */
async function namesOf({ collections }: Core, location: string, part: string): Promise<string> {
  const [known, place] = await Promise.all([collections.parts.get(part), collections.locations.get(location)])
  return `${known?.number ?? part} ${known?.name ?? ''} at ${place?.name ?? location}`
}

function followsFrom(stock: Stock, event: StockEvent, about: string): Consequence[] {
  switch (event.type) {
    case 'stock.ran_low': {
      const words = `${about}: ${event.available} available, to be ordered at ${event.reorderPoint}`
      return [{ do: 'open_task', kind: 'reorder', ticket: null, conversation: null, message: null, about: words, once: reorderTask(stock._id, stock.n + 1) }]
    }
    case 'stock.replenished':
      return stock.lowSince === null ? [] : [{ do: 'settle_task', once: reorderTask(stock._id, stock.lowSince) }]
    case 'stock.received':
    case 'stock.released':
    case 'stock.counted':
      return [{ do: 'meet_requests', location: stock.location, part: stock.part }]
    default:
      return []
  }
}

/** One for each time it runs low. */
function reorderTask(stock: string, since: number): string {
  return `reorder/${stock}/${since}`
}
