// What a repair used: taken from what was allocated to its ticket, else from the engineer's van, else from the only place that has it; and
// written into the record of the asset. Where it comes from is settled once, in a document, so that a repetition takes nothing twice.
import { assetStream, type Asset } from '../assets/index.ts'
import type { Timestamp } from '../clock.ts'
import type { Core } from '../core.ts'
import type { Event } from '../events.ts'
import type { Consequence, Entry } from '../journal/index.ts'
import { digest } from '../message.ts'
import { defineCollection } from '../storage/collection.ts'
import { raiseTask } from '../tasks/index.ts'
import { changeStock } from './change-stock.ts'
import { moveRequest } from './change-request.ts'
import { chainOf, partNamed } from './part.ts'
import { vansOf } from './vans.ts'

type UseParts = Extract<Consequence, { do: 'use_parts' }>

/** Quantity out of a place; `request` names the allocation it was kept for. */
interface Draw {
  part: string
  location: string
  quantity: number
  request: string | null
}

interface UsedLine {
  /** The catalogue's id, null for a part it does not know. */
  part: string | null
  /** The number, or the words of the repair's record. */
  name: string
  quantity: number
  draws: readonly Draw[]
  /** How many more were used than the stock of any place accounts for; 0 where no stock of it is kept. */
  missing: number
}

/** One repair's consumption. */
export interface PartUse {
  _id: string
  ticket: string
  asset: string | null
  lines: readonly UsedLine[]
  at: Timestamp
}

export const usesCollection = defineCollection<PartUse>('part_uses', [
  { name: 'ticket', fields: ['ticket'] },
  { name: 'at', fields: ['at', '_id'] },
])

export async function useParts(core: Core, effect: UseParts, key: string, entry: Entry): Promise<void> {
  const { _id, lines } = await settled(core, effect, key, entry.at)
  const actor = entry.actor
  for (const [line, { draws, name, missing }] of lines.entries()) {
    const short: string[] = missing > 0 ? [`${missing} × ${name}`] : []
    for (const [index, draw] of draws.entries()) {
      const doing = { actor, key: `${key}/${line}/${index}` }
      const taken =
        draw.request === null
          ? await changeStock(core, draw.location, draw.part, { act: 'take', quantity: draw.quantity, ticket: effect.ticket }, doing)
          : await moveRequest(core, draw.request, 'received', doing, draw.quantity)
      if (taken.kind === 'refused') short.push(`${draw.quantity} × ${name}`)
    }
    if (short.length > 0)
      await raiseTask(core, `t_${digest('short', _id, String(line))}`, {
        kind: 'stock_mismatch',
        ticket: effect.ticket,
        conversation: null,
        message: null,
        about: `${short.join(', ')} used, but not in stock; count it`,
      })
  }
  if (effect.asset !== null) await record(core, effect.asset, effect.ticket, lines, { actor, key: `${key}/asset` })
  await freeParts(core, [effect.ticket], { actor, key })
}

/** Allocations that a ticket did not use are available again. */
export async function freeParts(core: Core, tickets: readonly string[], { actor, key }: Pick<Entry, 'actor' | 'key'>, kitOnly = false): Promise<number> {
  const kept = await core.collections.partRequests.find({
    ticket: { $in: tickets },
    kind: 'allocation',
    status: { $in: ['requested', 'allocated'] },
    ...(kitOnly ? { kit: true } : {}),
  })
  for (const { _id } of kept) await moveRequest(core, _id, 'cancelled', { actor, key: `${key}/free/${_id}` })
  return kept.length
}

async function settled(core: Core, effect: UseParts, key: string, at: Timestamp): Promise<PartUse> {
  const { partUses } = core.collections
  const _id = `pu_${digest(key)}`
  const known = await partUses.get(_id)
  if (known !== undefined) return known
  const lines: UsedLine[] = []
  for (const { part, quantity } of effect.parts)
    lines.push(
      await settleLine(
        core,
        effect,
        part,
        quantity,
        lines.flatMap(({ draws }) => draws),
      ),
    )
  const use: PartUse = { _id, ticket: effect.ticket, asset: effect.asset, lines, at }
  return (await partUses.insert(use)) === 'inserted' ? use : ((await partUses.get(_id)) ?? use)
}

/** `before`: what lines before it take. */
async function settleLine(core: Core, { ticket, engineer }: UseParts, named: string, quantity: number, before: readonly Draw[]): Promise<UsedLine> {
  const { parts, partRequests, stock } = core.collections
  const part = await partNamed(parts, named)
  if (part === undefined) return { part: null, name: named, quantity, draws: [], missing: 0 }
  const chain = await chainOf(parts, part._id)
  const ids = chain.map(({ _id }) => _id)
  const draws: Draw[] = []
  const left = (): number => quantity - draws.reduce((sum, draw) => sum + draw.quantity, 0)
  const kept = await partRequests.find({ ticket, kind: 'allocation', status: 'allocated', part: { $in: ids } }, { sort: { createdAt: 1 } })
  for (const { _id, from, part: own, quantity: claimed } of kept)
    if (left() > 0 && from !== null && !before.some(({ request }) => request === _id))
      draws.push({ part: own, location: from, quantity: Math.min(left(), claimed), request: _id })
  const rows = (await stock.find({ part: { $in: ids } })).filter(({ onHand, reorderPoint }) => onHand > 0 || reorderPoint !== null)
  const vans = await vansOf(core, engineer)
  const inVan = rows.filter(({ location }) => vans.has(location))
  const free = rows.map((row) => ({ ...row, available: row.available - taken(before, row) }))
  const elsewhere = free.filter(({ available }) => available > 0)
  const own = inVan.length > 0 ? free.filter(({ _id }) => inVan.some((row) => row._id === _id)) : elsewhere.length === 1 ? elsewhere : []
  for (const row of own)
    if (left() > 0 && row.available > 0) draws.push({ part: row.part, location: row.location, quantity: Math.min(left(), row.available), request: null })
  // The record names what was fitted: a successor, where that is what was kept.
  const fitted = chain.find(({ _id }) => _id === draws[0]?.part) ?? part
  return { part: fitted._id, name: fitted.number, quantity, draws, missing: rows.length === 0 && kept.length === 0 ? 0 : left() }
}

function taken(draws: readonly Draw[], { part, location }: { part: string; location: string }): number {
  return draws.filter((draw) => draw.part === part && draw.location === location && draw.request === null).reduce((sum, { quantity }) => sum + quantity, 0)
}

/** The electronic archive: what is in the asset since when. A part takes the place of its like. */
async function record(core: Core, asset: string, ticket: string, lines: readonly UsedLine[], doing: Pick<Entry, 'actor' | 'key'>): Promise<void> {
  await core.journal.change(assetStream, asset, {
    key: doing.key,
    async decide(present) {
      const events: Event[] = []
      for (const { part, name, quantity } of lines) {
        for (const old of await likeOf(core, present, part, name)) events.push({ type: 'asset.part_removed', part: old.part, name: old.name, ticket })
        events.push({ type: 'asset.part_installed', part, name, quantity, ticket })
      }
      return present.n === 0 || events.length === 0 ? { kind: 'nothing' } : { kind: 'entry', actor: doing.actor, events, effects: [] }
    },
  })
}

/** The same part, or one that it or its successors took the place of. */
async function likeOf({ collections: { parts } }: Core, asset: Asset, part: string | null, name: string): Promise<Asset['parts']> {
  const like: Asset['parts'][number][] = []
  for (const installed of asset.parts) {
    const same = installed.part === part && (part !== null || installed.name === name)
    const succeeded = installed.part !== null && part !== null && (await chainOf(parts, installed.part)).some(({ _id }) => _id === part)
    if (same || succeeded) like.push(installed)
  }
  return like
}
