// How the work of a made-up repair goes: a visit booked into the engineer's real calendar, or the way of a device through the workshop.
import { assignWork, bookSlot, moveWorkOrder, openWorkOrder, type WorkOrder } from '../dispatch/index.ts'
import type { Actor } from '../journal/index.ts'
import type { FailureRecord } from '../tickets/index.ts'
import { locationId, partId, requestParts } from '../parts/index.ts'
import { depot } from './company.ts'
import { pick } from './draws.ts'
import { doing, expectDone, type Story, type Teller, type Told } from './told.ts'
import { shares, type MadeEngineer } from './truth.ts'

export interface Attempt {
  failure: FailureRecord
  /** 1, or 2 when the first did not last. */
  round: number
}

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const system: Actor = { kind: 'system', id: null }

export async function* field(teller: Teller, told: Told, first: MadeEngineer, { failure, round }: Attempt): Story {
  const { world, draw } = teller
  const { core } = world
  const { customer, product } = told.failure.asset
  const site = { address: `${customer.street}, ${customer.postcode} Berlin`, postcode: customer.postcode, point: customer.point }
  const wanted = { ticket: told.number, kind: 'visit', skills: product.skill === null ? [] : [product.skill], site } as const
  yield core.clock.now() + 5 * minute
  const { _id } = expectDone(await openWorkOrder(core, wanted, doing(system, told, `visit ${round}`)))
  yield* book(teller, told, _id, first, `${round}`)
  // Somebody else comes instead, but the story stays with whoever it was meant to be.
  if (draw() < shares.givenBack) yield* giveBack(teller, told, _id, first, round)
  const by: Actor = { kind: 'engineer', id: first.id }
  const move = async (to: Parameters<typeof moveWorkOrder>[2]['to'], more: { failure?: FailureRecord } = {}): Promise<WorkOrder> =>
    expectDone(await moveWorkOrder(core, _id, { to, comment: null, ...more }, doing(by, told, `${to} ${round}`)))
  // Offered to the engineer in the same minute.
  yield core.clock.now() + (2 + draw() * 25) * minute
  const { appointment } = await move('accepted')
  yield core.clock.now() + minute
  await askForPart(teller, told, by, round)
  const from = Date.parse(appointment?.from ?? '')
  yield Math.max(core.clock.now() + minute, from - (15 + draw() * 15) * minute)
  await move('en_route')
  told.respondedAt ??= core.clock.now()
  yield Math.max(core.clock.now() + minute, from + draw() * 10 * minute)
  await move('on_site')
  yield core.clock.now() + (20 + draw() * 50) * minute
  await move('completed', { failure })
}

/** The soonest time of the engineer that the calendar grants, a day or more from now. */
export async function* book({ world, draw }: Teller, told: Pick<Told, 'number'>, id: string, engineer: MadeEngineer, cause: string): Story {
  const { core } = world
  yield core.clock.now() + (2 + draw() * 30) * minute
  const soonest = core.clock.now() + (4 + draw() * 40) * hour
  for (let days = 0; days < 40; days++) {
    const start = Math.floor((soonest + days * day) / day) * day
    const hours = Array.from({ length: 16 }, (_, half) => start + 6 * hour + half * 30 * minute)
    for (const from of draw() < 0.5 ? hours : hours.toReversed()) {
      if (from < soonest) continue
      const deed = doing({ kind: 'customer', id: null }, told, `book ${cause} ${engineer.id} ${from}`)
      if ((await bookSlot(core, id, { engineer: engineer.id, from }, deed)).kind !== 'refused') return
    }
  }
  throw new Error(`${engineer.name} has no time in forty days: fewer assets, or more engineers`)
}

export async function* giveBack(teller: Teller, told: Pick<Told, 'number'>, id: string, engineer: MadeEngineer, round: number): Story {
  const { world, draw } = teller
  yield world.core.clock.now() + 20 * minute
  const comment = pick(draw, ['the day is full', 'off sick', 'no part in the van'])
  const deed = doing({ kind: 'engineer', id: engineer.id }, told, `give back ${round}`)
  expectDone(await moveWorkOrder(world.core, id, { to: 'unscheduled', comment }, deed))
  yield world.core.clock.now() + hour
  yield* book(teller, told, id, engineer, `${round} again`)
}

export async function* workshop(teller: Teller, told: Told, engineer: MadeEngineer, { failure, round }: Attempt): Story {
  const { world, draw } = teller
  const { core } = world
  const { kind } = told.failure.asset.product
  yield core.clock.now() + 5 * minute
  const { _id } = expectDone(await openWorkOrder(core, { ticket: told.number, kind }, doing(system, told, `work ${round}`)))
  const by: Actor = { kind: 'engineer', id: engineer.id }
  const move = async (to: Parameters<typeof moveWorkOrder>[2]['to'], more: Partial<Parameters<typeof moveWorkOrder>[2]> = {}): Promise<void> =>
    void expectDone(await moveWorkOrder(core, _id, { to, comment: null, ...more }, doing(by, told, `${to} ${round}`)))
  yield atWork(core.clock.now() + (kind === 'mail_in' ? 1 + draw() * 3 : 0.5 + draw()) * day)
  await move('received')
  expectDone(await assignWork(core, _id, { engineer: engineer.id }, doing(by, told, `take ${round}`)))
  yield atWork(core.clock.now() + draw() * 2 * day)
  await move('in_repair')
  told.respondedAt ??= core.clock.now()
  await askForPart(teller, told, by, round)
  yield core.clock.now() + (0.5 + draw() * 4) * hour
  await move('ready', { outcome: 'repaired' })
  yield atWork(core.clock.now() + (kind === 'mail_in' ? 1 + draw() * 2 : 0.5 + draw()) * day)
  await move('returned', { failure })
}

/** What was not reserved before is asked for. */
export async function askForPart({ world: { core } }: Teller, told: Told, by: Actor, round: number): Promise<void> {
  const { part } = told.failure.mode
  if (part === null || (await core.collections.partRequests.count({ ticket: told.number, status: { $in: ['requested', 'allocated'] } })) > 0) return
  const wish = { kind: 'allocation', part: partId(part.number), quantity: 1, from: locationId(depot), to: null, ticket: told.number, kit: false } as const
  await requestParts(core, wish, { ...doing(by, told, `ask for part ${round}`) })
}

/** In the hours in which a workshop is open anywhere near it. */
function atWork(at: number): number {
  return Math.floor(at / day) * day + (7 + (at % (6 * hour)) / hour) * hour
}
