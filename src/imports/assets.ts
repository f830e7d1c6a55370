// A file of assets: serial numbers with product, owner, site, day of installation and terms of their own. What a cell leaves out stays as it is.
import { assetChange, assetId, catalogueOf, isDay, productNamed, readTerm, serialKey, siteId, termWanted, type AssetWish } from '../assets/index.ts'
import type { Core } from '../core.ts'
import { customerOf } from '../customers/index.ts'
import { isTimeZone } from '../hours/index.ts'
import type { Consequence } from '../journal/index.ts'
import { contactPointId } from '../message.ts'
import { Cells, type Checked, type CheckedRow } from './checked.ts'
import type { Column, Row, RowProblem } from './read-csv.ts'

export const assetColumns: readonly Column[] = [
  { name: 'serial', required: true },
  { name: 'product' },
  { name: 'owner_email' },
  { name: 'owner_name' },
  { name: 'site' },
  { name: 'site_address' },
  { name: 'site_time_zone' },
  { name: 'installed_on' },
  { name: 'warranty_labour' },
  { name: 'warranty_parts' },
  { name: 'served' },
  { name: 'retired_on' },
  { name: 'retired_reason' },
]

export async function checkAssets(core: Core, rows: readonly Row[]): Promise<Checked> {
  const catalogue = await catalogueOf(core)
  const [seen, said] = [new Map<string, number>(), new Set<string>()]
  const problems: RowProblem[] = []
  const checked: CheckedRow[] = []
  for (const row of rows) {
    const cells = new Cells(row)
    const serial = cells.needed('serial', 100)
    cells.known('serial', serial, serialKey(serial), seen)
    const product = cells.text('product', 200)
    const named = productNamed(catalogue, product)
    if (product !== undefined && named === undefined && catalogue.length > 0) cells.wrong('product', `"${product}" is no product of the catalogue`)
    const installedOn = cells.as('installed_on', readDay, dayWanted)
    const labour = cells.as('warranty_labour', readTerm, termWanted)
    const parts = cells.as('warranty_parts', readTerm, termWanted)
    const served = cells.as('served', readYesNo, 'is neither yes nor no')
    const retired = readRetirement(cells)
    const place = readPlace(cells)
    problems.push(...cells.problems)
    if (problems.length > 0) continue

    const customer = place.email === undefined ? undefined : await customerOf(core.collections, 'email', place.email)
    const site = place.site === undefined ? undefined : siteId(place.site, customer ?? null)
    const wish: AssetWish = { ...given({ product: named?.name ?? product, customer, site, installedOn, served, retired }), warranty: given({ labour, parts }) }
    const change = assetChange(await core.collections.assets.get(assetId(serial)), wish)
    // Many assets have one owner and one site.
    const around = (await effectsOf(core, place, customer)).filter((effect) => !said.has(JSON.stringify(effect)) && said.add(JSON.stringify(effect)))
    const own: Consequence[] = change === 'unchanged' ? [] : [{ do: 'set_asset', serial, wish }]
    checked.push({ change: change === 'unchanged' && around.length > 0 ? 'changed' : change, effects: [...around, ...own] })
  }
  return problems.length > 0 ? { kind: 'wrong', problems } : { kind: 'right', rows: checked }
}

const dayWanted = 'is no day; write it like 2026-05-31'

function readDay(text: string): string | undefined {
  return isDay(text) ? text : undefined
}

/** The one cell makes no sense without the other. */
function readRetirement(cells: Cells): { on: string; reason: string } | undefined {
  const on = cells.as('retired_on', readDay, dayWanted)
  const reason = cells.text('retired_reason', 500)
  if (cells.text('retired_on') !== undefined && reason === undefined) cells.wrong('retired_reason', 'is empty, but retired_on is not: say why')
  if (cells.text('retired_on') === undefined && reason !== undefined) cells.wrong('retired_on', 'is empty, but retired_reason is not')
  return on === undefined || reason === undefined ? undefined : { on, reason }
}

/** Whose it is and where it stands. */
interface Place {
  email: string | undefined
  owner: string | undefined
  site: string | undefined
  address: string | undefined
  timeZone: string | undefined
}

function readPlace(cells: Cells): Place {
  const email = cells.as('owner_email', readEmail, 'is no mail address')
  const owner = cells.text('owner_name', 200)
  const site = cells.text('site', 200)
  const address = cells.text('site_address')
  const timeZone = cells.as('site_time_zone', (text) => (isTimeZone(text) ? text : undefined), 'is no time zone; use an IANA name such as Europe/Berlin')
  if (owner !== undefined && cells.text('owner_email') === undefined) cells.wrong('owner_email', 'is empty, but owner_name is not')
  if (site === undefined && (address !== undefined || timeZone !== undefined)) cells.wrong('site', 'is empty, but its address or time zone is not')
  return { email, owner, site, address, timeZone }
}

/** Owner and site, where they are new or say something new. What a customer said of themselves stays. */
async function effectsOf({ collections }: Core, { email, owner, site, address, timeZone }: Place, customer: string | undefined): Promise<Consequence[]> {
  const effects: Consequence[] = []
  if (email !== undefined && customer !== undefined && (await collections.contactPoints.get(contactPointId('email', email))) === undefined)
    effects.push({ do: 'know_contact_point', channel: 'email', address: email, customer, name: owner ?? null, verified: false })
  if (site === undefined) return effects
  const known = await collections.sites.get(siteId(site, customer ?? null))
  const news = known === undefined || (address ?? known.address) !== known.address || (timeZone ?? known.timeZone) !== known.timeZone
  return news ? [...effects, { do: 'set_site', name: site, customer: customer ?? null, fields: given({ address, timeZone }) }] : effects
}

function given<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const kept: { [K in keyof T]?: Exclude<T[K], undefined> } = {}
  Object.assign(kept, Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)))
  return kept
}

function readEmail(text: string): string | undefined {
  return /^[^@\s]+@[^@\s]+$/.test(text) && text.length <= 320 ? text.toLowerCase() : undefined
}

function readYesNo(text: string): boolean | undefined {
  const plain = text.toLowerCase()
  return plain === 'yes' || plain === 'true' ? true : plain === 'no' || plain === 'false' ? false : undefined
}
