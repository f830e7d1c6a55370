// Finds opportunities: in machines that came to the shop since the last look, in what customers wrote and answered since then, and in the archive of
// installed parts. Read-only.
import { entitlementOf, type Asset } from '../../assets/index.ts'
import { timestamp, type Timestamp } from '../../clock.ts'
import type { Core } from '../../core.ts'
import { ageAt, lifeUntil } from '../forecast/index.ts'
import { pagesOf } from '../pages.ts'
import { readArchive } from '../parts/archive.ts'
import { partAskedFor } from './asks-for-part.ts'
import type { Found } from './raise.ts'

export interface Since {
  from: Timestamp
  until: Timestamp
}

const yearMs = 365 * 86_400_000

/** Machines out of warranty that failed as often within a year as the company calls often. */
export async function* findFailing(core: Core, { from, until }: Since): AsyncGenerator<Found> {
  const { tickets, assets } = core.collections
  const { failures } = core.company().insights.opportunities
  const seen = new Set<string>()
  for await (const page of pagesOf(tickets, { createdAt: { $gte: from, $lt: until } }, 'createdAt'))
    for (const { _id, coverage } of page) {
      const asset = coverage?.asset == null || seen.has(coverage.asset) ? undefined : await assets.get(coverage.asset)
      if (asset === undefined) continue
      seen.add(asset._id)
      const lately = { serialKey: asset.lookAlike, mergedInto: null, spam: false, status: { $ne: 'cancelled' } }
      const count = await tickets.count({ ...lately, createdAt: { $gte: timestamp(Date.parse(until) - yearMs), $lt: until } })
      if (asset.customer === null || count < failures) continue
      const entitlement = await entitlementOf(core, { serial: asset.serial, product: asset.product ?? undefined, at: until })
      if (entitlement?.result !== 'out_of_warranty') continue
      yield {
        kind: 'failing_often',
        scope: `failing_often/${asset._id}`,
        customer: asset.customer,
        ...deviceOf(asset),
        part: null,
        ticket: _id,
        message: null,
        reason: `${nameOf(asset)} is out of warranty and needed ${count} repairs within a year.`,
        about: { device: nameOf(asset), count: String(count) },
      }
    }
}

/** What customers asked for in their own words. */
export async function* findAskedFor(core: Core, { from, until }: Since): AsyncGenerator<Found> {
  const { messages, parts, conversations, tickets } = core.collections
  const catalogue = await parts.find({})
  for await (const page of pagesOf(messages, { direction: 'inbound', state: 'handled', createdAt: { $gte: from, $lt: until } }, 'createdAt'))
    for (const message of page) {
      if (message.direction !== 'inbound' || message.author === 'machine') continue
      const part = partAskedFor(message.text, catalogue)
      if (part === undefined) continue
      const customer = (await conversations.get(message.conversation))?.customer
      if (customer === undefined || customer === '') continue
      const ticket = message.ticket === null ? undefined : await tickets.get(message.ticket)
      const named = part === null ? null : part.name
      yield {
        kind: 'asked_for_part',
        scope: `asked_for_part/${customer}/${part?._id ?? 'any'}`,
        customer,
        asset: ticket?.coverage?.asset ?? null,
        serial: ticket?.fields.serial ?? null,
        product: ticket?.fields.product ?? null,
        part: part === null ? null : `${part.number} ${part.name}`.trim(),
        ticket: message.ticket,
        message: message._id,
        reason: `The customer asked for ${named ?? 'a part'}: "${message.text.slice(0, 200)}"`,
        about: { part: named ?? '' },
      }
    }
}

/** Who gave 5 of 5 and said why. */
export async function* findLoved(core: Core, { from, until }: Since): AsyncGenerator<Found> {
  const { surveys, tickets } = core.collections
  for await (const page of pagesOf(surveys, { respondedAt: { $gte: from, $lt: until } }, 'respondedAt'))
    for (const { ticket: number, score, comment } of page) {
      const ticket = await tickets.get(number)
      if (score !== best || comment === null || comment.trim() === '' || ticket === undefined) continue
      const asset = ticket.coverage?.asset ?? null
      yield {
        kind: 'loved_product',
        scope: `loved_product/${ticket.customer.id}/${asset ?? ticket.productKey ?? ''}`,
        customer: ticket.customer.id,
        asset,
        serial: ticket.fields.serial ?? null,
        product: ticket.fields.product ?? null,
        part: null,
        ticket: number,
        message: null,
        reason: `The customer gave 5 of 5 and said: "${comment.slice(0, 500)}"`,
        about: {},
      }
    }
}

const best = 5
/** Below it a part wears little more the older it is, and changing it early gains nothing. */
const wears = 1.2

/** Parts of an age by which most of their kind have failed, by what the archive knows of their lives. */
export async function* findWorn(core: Core, until: number): AsyncGenerator<Found> {
  const { endOfLife } = core.company().insights.opportunities
  const { now, parts } = await readArchive(core, until)
  for (const { part, fleet } of parts) {
    const life = lifeUntil(fleet, now)
    if (life === undefined || life.shape < wears) continue
    const end = ageAt(life, endOfLife)
    const failures = fleet.reduce((sum, unit) => sum + unit.failures.length, 0)
    for (const { asset, installed, failures: own, removed } of fleet) {
      const age = now - (own.at(-1) ?? installed)
      if (removed !== undefined || asset.customer === null || age < end) continue
      yield {
        kind: 'end_of_life',
        scope: `end_of_life/${asset._id}/${part._id}`,
        customer: asset.customer,
        ...deviceOf(asset),
        part: `${part.number} ${part.name}`.trim(),
        ticket: null,
        message: null,
        reason: `The ${part.name} of ${nameOf(asset)} has been in it for ${age.toFixed(0)} months; ${Math.round(endOfLife * 100)} % of them have failed by ${end.toFixed(0)} (Weibull, shape ${life.shape.toFixed(1)}, from ${failures} failures among ${fleet.length} machines).`,
        about: { device: nameOf(asset), part: part.name, months: age.toFixed(0), share: String(Math.round(endOfLife * 100)), usual: end.toFixed(0) },
      }
    }
  }
}

function deviceOf({ _id, serial, product }: Asset): Pick<Found, 'asset' | 'serial' | 'product'> {
  return { asset: _id, serial, product }
}

function nameOf({ product, serial }: Asset): string {
  return [product, serial].filter((word) => word !== null).join(' ')
}
