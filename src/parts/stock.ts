// The stock of one part at one place. On hand is available plus reserved, and nothing of it ever goes below zero: every
// change is decided on the present row, and of two at once the later one decides anew.
import { timestamp, type Timestamp } from '../clock.ts'
import type { Event, StockEvent } from '../events.ts'
import type { Stream } from '../journal/index.ts'
import { defineCollection } from '../storage/collection.ts'

export interface Stock {
  _id: string
  n: number
  location: string
  part: string
  onHand: number
  /** Claimed by part requests. */
  reserved: number
  available: number
  /** By part request. */
  claims: Readonly<Record<string, number>>
  /** At or below it there is to be ordered; null: never. */
  reorderPoint: number | null
  /** What the forecast recommends, where the company goes by that; null: it does not. */
  forecastPoint: number | null
  /** The entry since which too little is available; null while there is enough. */
  lowSince: number | null
  createdAt: Timestamp
  updatedAt: Timestamp
}

export const stockCollection = defineCollection<Stock>('stock', [
  { name: 'created', fields: ['createdAt', '_id'] },
  { name: 'part', fields: ['part', 'location'] },
  { name: 'location', fields: ['location', 'createdAt'] },
  { name: 'forecast', fields: ['forecastPoint'] },
])

export function stockId(location: string, part: string): string {
  return `${location}.${part}`
}

export const stockStream: Stream<Stock> = {
  kind: 'stock',
  collection: stockCollection,
  begin(id) {
    const [location = '', part = ''] = id.split('.')
    const empty = { onHand: 0, reserved: 0, available: 0, claims: {}, reorderPoint: null, forecastPoint: null, lowSince: null }
    return { _id: id, n: 0, location, part, ...empty, createdAt: timestamp(0), updatedAt: timestamp(0) }
  },
  apply: (stock, event, at) =>
    isStockEvent(event) ? { ...sum(applyEvent(stock, event)), createdAt: stock.n === 0 ? at : stock.createdAt, updatedAt: at } : stock,
}

function applyEvent(stock: Stock, event: StockEvent): Stock {
  switch (event.type) {
    case 'stock.counted':
      return { ...stock, onHand: event.onHand }
    case 'stock.received':
      return { ...stock, onHand: stock.onHand + event.quantity }
    case 'stock.reserved':
      return { ...stock, claims: { ...stock.claims, [event.request]: event.quantity } }
    case 'stock.released':
      return { ...stock, claims: without(stock.claims, event.request) }
    case 'stock.taken':
      return { ...stock, onHand: stock.onHand - event.quantity, claims: event.request === null ? stock.claims : without(stock.claims, event.request) }
    case 'stock.reorder_point_set':
      return { ...stock, reorderPoint: event.reorderPoint }
    case 'stock.forecast_point_set':
      return { ...stock, forecastPoint: event.reorderPoint }
    case 'stock.ran_low':
      return { ...stock, lowSince: stock.n + 1 }
    case 'stock.replenished':
      return { ...stock, lowSince: null }
  }
}

function without(claims: Stock['claims'], request: string): Stock['claims'] {
  return Object.fromEntries(Object.entries(claims).filter(([each]) => each !== request))
}

function sum(stock: Stock): Stock {
  const reserved = Object.values(stock.claims).reduce((total, each) => total + each, 0)
  return { ...stock, reserved, available: stock.onHand - reserved }
}

function isStockEvent(event: Event): event is StockEvent {
  return event.type.startsWith('stock.')
}

export type StockAct =
  /** What somebody counted is there. */
  | { act: 'count'; onHand: number }
  | { act: 'receive'; quantity: number }
  | { act: 'reserve'; request: string; quantity: number }
  | { act: 'release'; request: string }
  /** Out of what is available. */
  | { act: 'take'; quantity: number; ticket: string | null }
  /** Out of a claim, which ends with it: what is not taken of it is available again. */
  | { act: 'take_claimed'; request: string; quantity: number; ticket: string | null }
  | { act: 'reorder_at'; reorderPoint: number | null }
  /** Instead of that one, as long as it is not null. */
  | { act: 'forecast_at'; reorderPoint: number | null }

export type StockRefusal =
  /** There is not that much to be had. */
  | { kind: 'short'; available: number }
  /** More than was counted is promised to somebody. */
  | { kind: 'promised'; reserved: number }

export type StockDecision = { events: StockEvent[] } | { refusal: StockRefusal } | undefined

/** What an act makes of the present row; undefined when all is as wished. Pure. */
export function decideStock(stock: Stock, act: StockAct): StockDecision {
  const event = eventOf(stock, act)
  if (event === undefined || 'refusal' in event) return event
  const after = sum(applyEvent(stock, event))
  const point = after.forecastPoint ?? after.reorderPoint
  const low = point !== null && after.available <= point
  if (low && stock.lowSince === null) return { events: [event, { type: 'stock.ran_low', available: after.available, reorderPoint: point }] }
  return { events: !low && stock.lowSince !== null ? [event, { type: 'stock.replenished', available: after.available }] : [event] }
}

function eventOf(stock: Stock, act: StockAct): StockEvent | { refusal: StockRefusal } | undefined {
  switch (act.act) {
    case 'count':
      if (act.onHand < stock.reserved) return { refusal: { kind: 'promised', reserved: stock.reserved } }
      return act.onHand === stock.onHand && stock.n > 0 ? undefined : { type: 'stock.counted', onHand: act.onHand }
    case 'receive':
      return { type: 'stock.received', quantity: act.quantity }
    case 'reserve':
      if (act.request in stock.claims) return undefined
      return act.quantity > stock.available ? short(stock) : { type: 'stock.reserved', request: act.request, quantity: act.quantity }
    case 'release':
      return act.request in stock.claims ? { type: 'stock.released', request: act.request } : undefined
    case 'take':
      return act.quantity > stock.available ? short(stock) : { type: 'stock.taken', quantity: act.quantity, request: null, ticket: act.ticket }
    case 'take_claimed':
      if (act.quantity > (stock.claims[act.request] ?? 0)) return short(stock)
      return { type: 'stock.taken', quantity: act.quantity, request: act.request, ticket: act.ticket }
    case 'forecast_at':
      return act.reorderPoint === (stock.forecastPoint ?? null) ? undefined : { type: 'stock.forecast_point_set', reorderPoint: act.reorderPoint }
    case 'reorder_at':
      return act.reorderPoint === stock.reorderPoint ? undefined : { type: 'stock.reorder_point_set', reorderPoint: act.reorderPoint }
  }
}

function short({ available }: Stock): { refusal: StockRefusal } {
  return { refusal: { kind: 'short', available } }
}
