// Whose an asset is, and where they are written to: at the address they want, else where they wrote last; by mail where they have never written.
import { assetStream, siteStream, type Asset } from '../assets/index.ts'
import { beginConversation } from '../conversations/index.ts'
import type { Core } from '../core.ts'
import { contactPointsOf, identityOf } from '../customers/index.ts'
import { newPlace, rungsOf, waysTo } from '../delivery/ladder.ts'
import type { Language, Place } from '../message.ts'

/** Its owner, else whoever has the site; null where nobody knows. */
export async function ownerOf(core: Core, { customer, site }: Asset): Promise<string | null> {
  const owner = customer ?? (site === null ? null : (await core.journal.load(siteStream, site)).customer)
  return owner === null ? null : (await identityOf(core.collections, owner)).id
}

/** Undefined where it is not theirs; `customers`: all names of one customer. */
export async function ownAsset(core: Core, id: string, customers: readonly string[]): Promise<Asset | undefined> {
  const asset = await core.journal.load(assetStream, id)
  const owner = asset.n === 0 ? null : await ownerOf(core, asset)
  return owner !== null && customers.includes(owner) ? asset : undefined
}

export interface Reach {
  /** Null where nobody may or can be written to. */
  conversation: string | null
  language: Language
}

/** Begins a conversation where there is none. */
export async function reachOf(core: Core, customer: string): Promise<Reach> {
  const { ids } = await identityOf(core.collections, customer)
  const latest = await core.collections.conversations.find({ customer: { $in: ids } }, { sort: { updatedAt: -1 }, limit: 10 })
  const language = latest.find(({ memory }) => memory.language !== null)?.memory.language ?? core.company().flow.language
  const place = await placeFor(core, customer)
  return { conversation: place === undefined ? null : await beginConversation(core, place, customer, language), language }
}

async function placeFor(core: Core, customer: string): Promise<Place | undefined> {
  const { ways, placeOf } = await waysTo(core, customer, null)
  const [rung] = rungsOf(ways, new Set())
  const proved = rung === undefined ? undefined : placeOf(rung)
  if (proved !== undefined) return proved
  // The address of a record that staff keep is theirs to write to, as that of a ticket which they open.
  const mail = (await contactPointsOf(core.collections, customer)).find(
    ({ channel, bad, optedOut }) => channel === 'email' && bad === null && optedOut === null,
  )
  return mail === undefined || !core.channels.has('email') ? undefined : newPlace(core, 'email', mail.address, '')
}
