// Rounds of inspection at the places with many devices: twice a year each device is looked at, late now and then, and what fails is repaired.
import { siteId } from '../assets/index.ts'
import { customerOf } from '../customers/index.ts'
import { moveWorkOrder } from '../dispatch/index.ts'
import { checkPlan, describePlan, ringInspections, type Inspection } from '../inspections/index.ts'
import type { Actor } from '../journal/index.ts'
import { pick } from './draws.ts'
import type { Fleet, MadeAsset } from './fleet.ts'
import { attempt, engineerFor } from './story.ts'
import { doing, expectDone, type Inspected, type Story, type Teller, type Told } from './told.ts'
import { engineers, shares } from './truth.ts'
import { book, giveBack } from './work.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const timeZone = 'Europe/Berlin'
const months = 6
const roundsMax = 4
const checklist = ['Electrical safety', 'Firm stand', 'Wear parts']
export const windowMs = 7 * day

interface Round {
  site: string
  /** Local time of its first date. */
  start: Temporal.PlainDateTime
  assets: readonly MadeAsset[]
}

/** At the first few places that have devices from the beginning; each a month after the one before. */
function roundsOf({ from, assets }: Fleet): Round[] {
  const first = Temporal.Instant.fromEpochMilliseconds(from)
    .toZonedDateTimeISO(timeZone)
    .toPlainDateTime()
    .with({ day: 10, hour: 9, minute: 0, second: 0, millisecond: 0 })
  const old = new Set(assets.flatMap(({ customer, installed }) => (customer.site !== null && installed <= from ? [customer.site] : [])))
  return [...old]
    .slice(0, roundsMax)
    .map((site, index) => ({ site, start: first.add({ months: index + 2 }), assets: assets.filter(({ customer }) => customer.site === site) }))
}

/** Every look that is to be taken at a device, and when its story begins. */
export function inspectionsOf(teller: Teller, fleet: Fleet): { at: number; story: Story }[] {
  return roundsOf(fleet).flatMap(({ start, assets }) =>
    assets.flatMap((asset) => {
      const stories: { at: number; story: Story }[] = []
      for (let count = 0; ; count++) {
        const due = start.add({ months: months * count }).toZonedDateTime(timeZone).epochMilliseconds
        const at = Math.max(due - 6 * day, asset.installed + hour)
        if (at >= fleet.until) return stories
        if (asset.installed < due) stories.push({ at, story: inspect(teller, asset, due) })
      }
    }),
  )
}

/** The plans by which the desk finds the dates itself. */
export async function* planRounds({ world: { core } }: Teller, fleet: Fleet): Story {
  yield core.clock.now() + hour
  for (const { site, start, assets } of roundsOf(fleet)) {
    const [asset] = assets
    if (asset === undefined) continue
    const owner = await customerOf(core.collections, asset.customer.channel, asset.customer.address)
    const at = start.toString({ smallestUnit: 'minute' })
    const rule = { rrule: `FREQ=MONTHLY;INTERVAL=${months}`, start: at, timeZone, window: windowMs, holidays: 'keep' } as const
    const read = await checkPlan(core, {
      name: `Safety round, ${site}`,
      kind: 'safety',
      site: siteId(site, owner),
      ...rule,
      checklist: checklist.map((text) => ({ text })),
      duration: hour / 2,
    })
    if (read.kind === 'wrong') throw new Error(`the desk refused a made-up plan: ${read.field} ${read.message}`)
    expectDone(
      await describePlan(core, `mp_demo_${siteId(site, owner)}`, read.fields, 'api', { actor: { kind: 'system', id: null }, key: `demo/round/${site}` }),
    )
  }
}

async function* inspect(teller: Teller, asset: MadeAsset, due: number): Story {
  const { world, draw, inspected } = teller
  const { core } = world
  const [open] = await core.collections.inspections.find({ serial: asset.serial, state: 'open' }, { limit: 1 })
  if (open === undefined) throw new Error(`nobody planned an inspection of ${asset.serial}`)
  const told: Inspected = { asset, due, number: open.ticket, fate: 'open', repair: null }
  inspected.push(told)
  const fate = draw()
  if (fate < shares.calledOff) {
    yield core.clock.now() + day
    const wish = { to: 'cancelled', comment: 'The hall is closed for building work.', tell: false } as const
    expectDone(await core.door.desk.status(told.number, wish, doing({ kind: 'agent', id: 'dana' }, told, 'call off')))
    told.fate = 'declined'
    return
  }
  if (fate < shares.calledOff + shares.inspectedLate) yield due + windowMs + (1 + draw() * 10) * day
  const found = draw() < shares.inspectionFinds ? pick(draw, asset.product.modes) : null
  yield* visit(teller, told, open, found === null ? null : `${found.component}: ${found.problem}`)
  told.fate = core.clock.now() <= due + windowMs ? 'kept' : 'late'
  yield core.clock.now() + minute
  const { repair } = (await core.collections.inspections.get(open._id)) ?? { repair: null }
  told.repair = repair
  if (repair === null || found === null) return
  const at = Date.parse((await core.collections.tickets.get(repair))?.createdAt ?? '')
  const more: Told = {
    number: repair,
    failure: { asset, mode: found, at, priority: 'normal' },
    engineer: null,
    agent: null,
    resolutions: 0,
    repeatedBy: null,
    score: null,
    cancelled: false,
    used: 0,
    reportedAt: at,
    // Whoever found it has seen to it.
    respondedAt: at,
    resolvedAt: null,
  }
  teller.told.push(more)
  yield* attempt(teller, more, engineerFor(draw, asset), 1)
}

/** `failed`: what is wrong with the wear parts; null when nothing is. */
async function* visit(teller: Teller, told: Inspected, { ticket }: Inspection, failed: string | null): Story {
  const { world, draw } = teller
  const { core } = world
  const [order] = await core.collections.workOrders.find({ ticket }, { limit: 1 })
  if (order === undefined) throw new Error('an inspection has no visit')
  const by = pick(
    draw,
    engineers.filter(({ skills }) => (told.asset.product.skill === null ? skills.length > 0 : skills.includes(told.asset.product.skill))),
  )
  yield* book(teller, told, order._id, by, 'round')
  if (draw() < shares.givenBack) yield* giveBack(teller, told, order._id, by, 1)
  const actor: Actor = { kind: 'engineer', id: by.id }
  yield core.clock.now() + (2 + draw() * 25) * minute
  const { appointment } = expectDone(await moveWorkOrder(core, order._id, { to: 'accepted', comment: null }, doing(actor, told, 'accepted')))
  const from = Date.parse(appointment?.from ?? '')
  yield from - 15 * minute
  expectDone(await moveWorkOrder(core, order._id, { to: 'en_route', comment: null }, doing(actor, told, 'en_route')))
  yield from + draw() * 10 * minute
  expectDone(await moveWorkOrder(core, order._id, { to: 'on_site', comment: null }, doing(actor, told, 'on_site')))
  yield core.clock.now() + 20 * minute
  const phone = (await core.collections.engineers.get(by.id))?.phone ?? ''
  const place = { channel: 'sms', account: 'demo', address: phone, thread: '' } as const
  const checks = checklist.map((_, index) => {
    const note = index === checklist.length - 1 ? failed : null
    return { item: String(index + 1), result: note === null ? ('ok' as const) : ('failed' as const), value: null, note, photos: [] }
  })
  await ringInspections(core, { do: 'finished', conversation: '', place, workOrder: order._id, checks }, `demo/${told.number}/finished`)
}
