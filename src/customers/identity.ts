// Who a customer is, once several have turned out to be one person.
import { contactPointId, type ChannelName } from '../message.ts'
import type { Collection } from '../storage/collection.ts'
import type { ContactPoint } from './contact-point.ts'
import type { Customer } from './customer.ts'

export interface Identity {
  /** The customer that the others were merged into. */
  id: string
  /** All ids that tickets, conversations and contact points may carry. */
  ids: readonly string[]
}

interface Known {
  customers: Collection<Customer>
  contactPoints: Collection<ContactPoint>
}

/** Two who were merged into each other at the same moment are one all the same. */
export async function identityOf({ customers }: Pick<Known, 'customers'>, id: string): Promise<Identity> {
  const seen: Customer[] = []
  let name = id
  for (let customer = await customers.get(id); customer !== undefined; customer = await customers.get(name)) {
    if (seen.some(({ _id }) => _id === customer?._id)) {
      const circle = seen.slice(seen.findIndex(({ _id }) => _id === customer?._id))
      name = circle.map(({ _id }) => _id).toSorted()[0] ?? id
      break
    }
    seen.push(customer)
    name = customer._id
    if (customer.mergedInto === null) break
    name = customer.mergedInto
  }
  return { id: name, ids: [...new Set([name, id, ...seen.flatMap(({ _id, merged }) => [_id, ...merged])])] }
}

/** The customer behind an address; for a new address an id that follows from it, so that two who meet it first agree. */
export async function customerOf(known: Known, channel: ChannelName, address: string): Promise<string> {
  const id = contactPointId(channel, address)
  const customer = (await known.contactPoints.get(id))?.customer
  return customer ? (await identityOf(known, customer)).id : `cu_${id.slice(2)}`
}

/** Every address of theirs that we have heard of. */
export async function contactPointsOf(known: Known, customer: string): Promise<ContactPoint[]> {
  const { ids } = await identityOf(known, customer)
  return known.contactPoints.find({ customer: { $in: ids } })
}
