// What a made-up company has before the first repair, and what goes on beside the repairs: devices are sold, shelves filled, tasks seen to.
import { z } from 'zod'
import { setAsset, setProduct, setSite, siteId } from '../assets/index.ts'
import { timestamp } from '../clock.ts'
import { customerOf, customerStream } from '../customers/index.ts'
import { closeTask } from '../desk/index.ts'
import { addEngineer, changeEngineer, profileShape } from '../dispatch/index.ts'
import type { Actor } from '../journal/index.ts'
import { changeStock, locationId, moveRequest, partId, requestParts, setBill, setLocation, setPart } from '../parts/index.ts'
import { pick } from './draws.ts'
import { monthMs, type Fleet, type MadeAsset } from './fleet.ts'
import type { Story, Teller } from './told.ts'
import { agents, engineers, type FailureMode } from './truth.ts'
import type { World } from './world.ts'

const day = 86_400_000
const system: Actor = { kind: 'system', id: null }
export const depot = 'Harbour depot'

const doing = (what: string): { actor: Actor; key: string } => ({ actor: system, key: `demo/${what}` })

export async function setUp({ core }: World, fleet: Fleet): Promise<void> {
  await setLocation(core, depot, { kind: 'warehouse' }, 'either', doing(depot))
  for (const [index, { id, name, skills }] of engineers.entries()) {
    // Another of Ofcom's numbers for drama: what is offered to them there reaches nobody.
    const phone = `+442920180${100 + index}`
    const profile = z.strictObject(profileShape).parse({ name, phone, skills: [...skills], base: { lat: 52.52, lon: 13.4 }, visitsPerDay: 8 })
    await addEngineer(core, id, profile, doing(`engineer ${id}`))
  }
  for (const { name, modes, warrantyMonths } of new Set(fleet.assets.map(({ product }) => product))) {
    const term = `${warrantyMonths}mo`
    await setProduct(core, name, { warranty: { labour: term, parts: term } }, 'either', doing(`product ${name}`))
    for (const mode of modes) await shelve(core, fleet, mode)
    const lines = modes.flatMap(({ part }) => (part === null ? [] : [{ part: partId(part.number), quantity: 1 }]))
    await setBill(core, name, lines, doing(`bill ${name}`))
  }
}

/** Beside real work nobody made up must be given any. */
export async function retire({ core }: World): Promise<void> {
  for (const { id } of engineers) await changeEngineer(core, id, { active: false }, doing(`left ${id}`))
}

/** As much as a month needs, to be ordered when ten days are left: now and then one is missing. */
async function shelve(core: World['core'], fleet: Fleet, mode: FailureMode): Promise<void> {
  const { part, quantities } = mode
  if (part === null) return
  const pieces = quantities.reduce((sum, each) => sum + each, 0) / quantities.length
  const monthly = (fleet.failures.filter((failure) => failure.mode === mode).length * pieces * monthMs) / (fleet.until - fleet.from)
  await setPart(core, part.number, { name: part.name }, 'either', doing(`part ${part.number}`))
  const [location, id] = [locationId(depot), partId(part.number)]
  await changeStock(core, location, id, { act: 'count', onHand: Math.ceil(monthly) + 1 }, doing(`stock ${part.number}`))
  await changeStock(core, location, id, { act: 'reorder_at', reorderPoint: Math.ceil(monthly * 0.35) }, doing(`reorder ${part.number}`))
}

/** Devices come into the records as they are sold; the older ones all at once. */
export async function* sell({ world: { core } }: Teller, assets: readonly MadeAsset[]): Story {
  const begun = core.clock.now()
  for (const asset of assets.toSorted((one, other) => one.installed - other.installed)) {
    if (asset.installed > begun) yield asset.installed
    const { customer, product, serial, installed } = asset
    const owner = await customerOf(core.collections, customer.channel, customer.address)
    await core.journal.change(customerStream, owner, {
      key: `demo/customer/${owner}`,
      decide: ({ n }) =>
        n > 0
          ? { kind: 'nothing' }
          : { kind: 'entry', actor: system, events: [{ type: 'customer.described', name: customer.name, email: customer.email }], effects: [] },
    })
    const address = `${customer.street}, ${customer.postcode} Berlin`
    if (customer.site !== null) await setSite(core, customer.site, owner, { address }, 'either', doing(`site ${customer.site}`))
    const site = customer.site === null ? null : siteId(customer.site, owner)
    const installedOn = timestamp(installed).slice(0, 10)
    await setAsset(core, serial, { product: product.name, customer: owner, site, installedOn }, 'register', doing(`asset ${serial}`))
  }
}

/** What runs low is ordered once a week, and comes a week later. */
export async function* restock({ world: { core } }: Teller): Story {
  const ordered: string[] = []
  for (let week = 0; ; week++) {
    yield core.clock.now() + 7 * day
    for (const request of ordered.splice(0)) await moveRequest(core, request, 'received', doing(`received ${request}`))
    for (const { part, available, reorderPoint } of await core.collections.stock.find({ location: locationId(depot) }, { sort: { _id: 1 } })) {
      if (reorderPoint === null || available > reorderPoint) continue
      const wish = { kind: 'requisition', part, quantity: 2 * reorderPoint + 1, from: null, to: locationId(depot), ticket: null, kit: false } as const
      ordered.push((await requestParts(core, wish, doing(`order ${part} ${week}`)))._id)
    }
  }
}

/** Every other day people see to what waits for a person since the day before. */
export async function* seeToTasks({ world: { core }, draw }: Teller): Story {
  for (;;) {
    yield core.clock.now() + 2 * day
    const waiting = await core.collections.tasks.find({ state: 'open', createdAt: { $lt: timestamp(core.clock.now() - day) } }, { sort: { createdAt: 1 } })
    for (const { _id } of waiting) await closeTask(core, _id, pick(draw, agents).id)
  }
}
