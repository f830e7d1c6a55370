// The ledger of consent: whether an address may be written to, by whose word and since when. Nothing is sent where it says no.
import type { Core } from '../core.ts'
import { contactPointStream } from '../customers/index.ts'
import type { ConsentWords } from '../events.ts'
import type { Actor } from '../journal/index.ts'
import { wakeDelivery } from './wake.ts'

/** What the record of a message says that was not sent for this reason. */
export const optedOutReason = 'the customer asked for no more messages here'

/** Once under `key`; what waits for the address is looked at at once, and suppressed. */
export async function recordConsent(
  core: Core,
  pointId: string,
  { wish, words }: { wish: 'opt_out' | 'opt_in'; words: ConsentWords },
  actor: Actor,
  key: string,
): Promise<void> {
  const { state: point } = await core.journal.change(contactPointStream, pointId, {
    key,
    decide: (known) =>
      (known.optedOut !== null) === (wish === 'opt_out')
        ? { kind: 'nothing' }
        : { kind: 'entry', actor, events: [{ type: wish === 'opt_out' ? 'customer.opted_out' : 'customer.opted_in', words }], effects: [] },
  })
  core.log.info('consent', { reason: wish, kind: words })
  if (wish === 'opt_in') return
  for (const { _id, place } of await core.collections.conversations.find({ 'place.address': point.address }))
    if (place?.channel === point.channel) await wakeDelivery(core, _id)
}
