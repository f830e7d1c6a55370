// Whose address this is.
import { contactPointId, type ChannelName } from '../message.ts'
import type { Collection } from '../storage/collection.ts'
import type { ContactPoint } from './contact-point.ts'

/** The customer behind an address; for a new address an id that follows from it, so that two who meet it first agree. */
export async function customerOf(points: Collection<ContactPoint>, channel: ChannelName, address: string): Promise<string> {
  const id = contactPointId(channel, address)
  return (await points.get(id))?.customer || `cu_${id.slice(2)}`
}
