// Some providers tell who wrote by an id only: the name that people know them by is asked for once, before their first turn.
import type { Channel } from '../channel.ts'
import type { Core } from '../core.ts'
import { errorFields } from '../log.ts'
import { contactPointId, type InboundMessage } from '../message.ts'

/** The same messages, the first with its author's name where it can be had. A turn does not fail for want of a name. */
export async function nameSender(core: Core, channel: Channel, burst: readonly InboundMessage[]): Promise<readonly InboundMessage[]> {
  const [first, ...rest] = burst
  if (first === undefined || first.from.name !== undefined || channel.nameOf === undefined) return burst
  const { address } = first.from
  try {
    const known = await core.collections.contactPoints.get(contactPointId(first.channel, address))
    const name = known?.name ?? (await channel.nameOf(address))
    return name === undefined ? burst : [{ ...first, from: { address, name } }, ...rest]
  } catch (error) {
    core.log.warn('no name to be had', { message: first._id, channel: first.channel, ...errorFields(error) })
    return burst
  }
}
