// Which tickets a mended record answers for: those that found no data under its serial number, or under one that looks like it.
import { arm } from '../alarms/arm.ts'
import { assetStream, lookAlikeKey } from '../assets/index.ts'
import { timestamp } from '../clock.ts'
import type { Core } from '../core.ts'
import { digest } from '../message.ts'
import type { Decision } from '../journal/index.ts'
import { entitle } from './entitle.ts'
import { survivorOf } from './merge.ts'
import { statuses, categoryOf } from './status.ts'
import { ticketStream } from './stream.ts'

const open = statuses.filter((status) => categoryOf(status) !== 'done')
const atOnce = 200

/** By due documents: a ticket may be waiting for this very asset. */
export async function recheckSoon(core: Core, { asset, serial }: { asset: string; serial: string }, cause: string): Promise<void> {
  const waiting = await core.collections.tickets.find({ serialKey: lookAlikeKey(serial), entitlement: 'no_data', status: { $in: open } }, { limit: atOnce })
  for (const { _id } of waiting)
    await arm(core, digest('entitlement', _id, cause), timestamp(core.clock.now()), { kind: 'entitlement', ticket: _id, asset }, true)
}

/** The records were mended: checked anew, on what is written on it. */
export async function recheck(core: Core, { ticket: number, asset }: { ticket: string; asset: string }, key: string): Promise<void> {
  // Its record is there once this is finished.
  await core.journal.load(assetStream, asset)
  const { _id } = await survivorOf(core, number)
  await core.journal.change(ticketStream, _id, {
    key,
    async decide(ticket): Promise<Decision<never>> {
      const found = ticket.mergedInto === null ? await entitle(core, ticket, ticket.fields) : undefined
      return found === undefined ? { kind: 'nothing' } : { kind: 'entry', actor: { kind: 'system', id: null }, events: found.events, effects: found.effects }
    },
  })
}
