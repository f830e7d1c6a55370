// The pre-visit kit of a ticket: the parts it will likely need, reserved before somebody drives out, and given back when they are not needed.
import { productKey, type Doing } from '../assets/index.ts'
import type { Core } from '../core.ts'
import { numbersOf, type RepairFields, type Ticket, type Trouble } from '../tickets/index.ts'
import { requestParts } from './change-request.ts'
import { chainOf, partNamed, type Part } from './part.ts'
import { billOf, productOf } from './product-of.ts'
import { rankParts, type LikelyPart, type PastCase } from './rank.ts'
import type { PartRequest } from './request.ts'
import { freeParts } from './use.ts'
import { vansOf } from './vans.ts'

export interface KitPart extends LikelyPart {
  number: string
  name: string
  /** It is in the product's bill of material; null where there is none. */
  inBill: boolean | null
}

/** The latest repairs of a product; older ones say little about how it fails now. */
const pastMax = 500

/** Likely first. Empty while the product is not known or none like it was ever repaired with parts on record. */
export async function kitFor(core: Core, ticket: Ticket): Promise<KitPart[]> {
  const { parts, tickets } = core.collections
  const product = await productOf(core, ticket)
  const names = product === undefined ? [ticket.fields.product ?? ''] : [product.name, ...product.aliases]
  const keys = [...new Set(names.map(productKey))].filter((key) => key !== '')
  if (keys.length === 0) return []
  const repaired = await tickets.find({ productKey: { $in: keys }, failure: { $ne: null }, mergedInto: null }, { sort: { createdAt: -1 }, limit: pastMax })
  const present = presentParts(core)
  const past: PastCase[] = []
  for (const { _id, fields, failure } of repaired) {
    if (_id === ticket._id || failure === null) continue
    const used = await Promise.all(failure.parts.map(async ({ part, quantity }) => ({ part: await present(part), quantity })))
    past.push({
      ...troubleOf(fields),
      parts: used.flatMap(({ part, quantity }) => (part === undefined ? [] : [{ part: part._id, quantity }])),
    })
  }
  const bill = await billOf(core, product)
  const inBill = bill === undefined ? undefined : new Set(await Promise.all(bill.lines.map(async ({ part }) => (await chainOf(parts, part)).at(-1)?._id)))
  const ranked = rankParts(troubleOf(ticket.fields), past)
  const known = await Promise.all(ranked.map(({ part }) => parts.get(part)))
  return ranked.map((likely, index) => ({
    ...likely,
    number: known[index]?.number ?? likely.part,
    name: known[index]?.name ?? '',
    inBill: inBill?.has(likely.part) ?? null,
  }))
}

/** Words of old records to the part that stands in their place today; each looked up once. */
function presentParts({ collections: { parts } }: Core): (named: string) => Promise<Part | undefined> {
  const known = new Map<string, Promise<Part | undefined>>()
  return (named) => {
    const found = known.get(named) ?? partNamed(parts, named).then(async (part) => (part === undefined ? undefined : (await chainOf(parts, part._id)).at(-1)))
    known.set(named, found)
    return found
  }
}

export interface ReservedKit {
  reserved: PartRequest[]
  /** Likely, and to be had nowhere. */
  missing: KitPart[]
}

/** Reserves what is likely enough (the company's `kit.atLeast`): from the engineer's van if it is there, else from a warehouse. What the ticket has already is not doubled. */
export async function reserveKit(core: Core, ticket: Ticket, doing: Doing): Promise<ReservedKit> {
  const { partRequests } = core.collections
  const likely = (await kitFor(core, ticket)).filter(({ share }) => share >= core.company().kitAtLeast)
  const open = await partRequests.find({ ticket: { $in: numbersOf(ticket) }, kind: 'allocation', status: { $in: ['requested', 'allocated'] } })
  const [reserved, missing]: [PartRequest[], KitPart[]] = [[], []]
  for (const each of likely) {
    const has = open.find(({ part }) => part === each.part)
    const from = has === undefined ? await placeWith(core, ticket.assignee, each) : null
    if (has !== undefined) reserved.push(has)
    else if (from === undefined || from === null) missing.push(each)
    else {
      const { part, quantity } = each
      // Two who reserve at once make the same request.
      const before = await partRequests.count({ ticket: ticket._id, part, kit: true })
      const key = `kit/${ticket._id}/${part}/${before}`
      reserved.push(await requestParts(core, { kind: 'allocation', part, quantity, from, to: null, ticket: ticket._id, kit: true }, { ...doing, key }))
    }
  }
  return { reserved, missing }
}

/** Gives back what was reserved beforehand and not used. Answers how many parts that were. */
export function releaseKit(core: Core, ticket: Ticket, doing: Doing): Promise<number> {
  return freeParts(core, numbersOf(ticket), doing, true)
}

/** The engineer's own van, else the warehouse that has most of it; vans of others are not at hand. */
async function placeWith(core: Core, engineer: string | null, { part, quantity }: KitPart): Promise<string | undefined> {
  const { stock, locations } = core.collections
  const rows = (await stock.find({ part })).filter(({ available }) => available >= quantity).toSorted((one, other) => other.available - one.available)
  const own = await vansOf(core, engineer)
  const warehouses = new Set((await locations.find({ kind: 'warehouse' })).map(({ _id }) => _id))
  return (rows.find(({ location }) => own.has(location)) ?? rows.find(({ location }) => warehouses.has(location)))?.location
}

function troubleOf({ symptom, errorCode }: RepairFields): Trouble {
  return { ...(symptom === undefined ? {} : { symptom }), ...(errorCode === undefined ? {} : { errorCode }) }
}
