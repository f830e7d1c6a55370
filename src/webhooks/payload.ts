// The body of a delivery: the envelope around what is told of the event.
import type { Core } from '../core.ts'
import type { Actor } from '../journal/index.ts'
import type { WebhookDelivery } from './delivery.ts'
import { describe, describeMessage } from './describe.ts'
import { payloadVersion } from './shapes.ts'

const system: Actor = { kind: 'system', id: null }

/** JSON; undefined when what it was about is there no more. The same for each try. */
export async function bodyOf(core: Core, delivery: WebhookDelivery): Promise<string | undefined> {
  const told = await tell(core, delivery)
  if (told === undefined) return undefined
  const { type, event: id, createdAt, sequence, ticket } = delivery
  return JSON.stringify({
    type,
    id,
    timestamp: createdAt,
    version: payloadVersion,
    sequence,
    ...(ticket === null ? {} : { ticket }),
    actor: told.actor,
    data: told.data,
  })
}

async function tell({ collections }: Core, { type, endpoint, source }: WebhookDelivery): Promise<{ actor: Actor; data: unknown } | undefined> {
  switch (source.kind) {
    case 'test':
      return { actor: system, data: { endpoint } }
    case 'message': {
      const message = await collections.messages.get(source.message)
      if (message === undefined) return undefined
      const actor: Actor = message.direction === 'inbound' ? { kind: 'customer', id: await customerIn(collections, message.conversation) } : system
      return { actor, data: describeMessage(message, type) }
    }
    case 'entry': {
      const entry = await collections.entries.get(source.entry)
      const event = entry?.events[source.index]
      if (entry === undefined || event === undefined) return undefined
      const data = await describe(event, entry.stream.slice(entry.stream.indexOf('/') + 1), collections)
      return data === undefined ? undefined : { actor: entry.actor, data }
    }
  }
}

async function customerIn({ conversations }: Core['collections'], conversation: string): Promise<string | null> {
  return (await conversations.get(conversation))?.customer ?? null
}
