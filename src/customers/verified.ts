// An address turns out to be somebody's: they typed the code that was sent there. Whoever it belonged to is them.
import type { Core } from '../core.ts'
import type { Actor } from '../journal/index.ts'
import { contactPointId, type ChannelName } from '../message.ts'
import { contactPointStream } from './contact-point.ts'
import { customerStream } from './customer.ts'
import { identityOf } from './identity.ts'

/** Each step finds its own work done when it is repeated under the same key. */
export async function verifyAddress(core: Core, channel: ChannelName, address: string, customer: string, actor: Actor, key: string): Promise<void> {
  const { state: point } = await core.journal.change(contactPointStream, contactPointId(channel, address), {
    key,
    decide(known) {
      if (known.channel === null)
        return { kind: 'entry', actor, events: [{ type: 'contact_point.known', channel, address, customer, name: null, verified: true }], effects: [] }
      return known.verified ? { kind: 'nothing' } : { kind: 'entry', actor, events: [{ type: 'contact_point.verified' }], effects: [] }
    },
  })
  await mergeCustomers(core, point.customer, customer, actor, key)
}

/** `from` is the same person as `into`, whose name stays. */
async function mergeCustomers(core: Core, from: string, into: string, actor: Actor, key: string): Promise<void> {
  const [old, kept] = [await identityOf(core.collections, from), await identityOf(core.collections, into)]
  if (old.id === kept.id) return
  const { state: gone } = await core.journal.change(customerStream, old.id, {
    key: `${key}/merged`,
    decide: (customer) =>
      customer.mergedInto !== null ? { kind: 'nothing' } : { kind: 'entry', actor, events: [{ type: 'customer.merged', into: kept.id }], effects: [] },
  })
  if (gone.mergedInto !== kept.id) return
  const { name, email, phone } = gone
  await core.journal.change(customerStream, kept.id, {
    key: `${key}/absorbed`,
    decide: (customer) =>
      customer.merged.includes(old.id)
        ? { kind: 'nothing' }
        : { kind: 'entry', actor, events: [{ type: 'customer.absorbed', customers: [...old.ids], name, email, phone }], effects: [] },
  })
}
