// Changing webhook endpoints: making one, its address and filter, a new secret, off and on again.
import { timestamp } from '../clock.ts'
import type { Core } from '../core.ts'
import { differing, edit, type Actor, type Changed, type Consequence, type EditRefusal } from '../journal/index.ts'
import { digest } from '../message.ts'
import { webhookEndpointStream, type DisabledReason, type WebhookEndpoint } from './endpoint.ts'
import { forgetHealth } from './health.ts'
import type { WebhookType } from './shapes.ts'
import { dropOldSecrets, makeSecret } from './secrets.ts'

/** Who does it, for which cause, and what they last saw. */
export interface EndpointDeed {
  actor: Actor
  key: string
  version?: number | undefined
}

export interface EndpointFields {
  url: string
  events: WebhookType[]
  description: string | null
}

export type EndpointChanged = Changed<WebhookEndpoint, EditRefusal>

/** `secret` is to be shown once. */
export async function createEndpoint(core: Core, fields: EndpointFields, { actor, key }: EndpointDeed): Promise<{ endpoint: WebhookEndpoint; secret: string }> {
  const id = `we_${digest('webhook endpoint', key)}`
  await edit<WebhookEndpoint>(core.journal, webhookEndpointStream, id, {
    actor,
    key,
    orBegin: true,
    act: ({ n }) => (n > 0 ? undefined : { events: [{ type: 'webhook_endpoint.created', ...fields }] }),
  })
  return { endpoint: await core.journal.load(webhookEndpointStream, id), secret: await makeSecret(core, id, 1) }
}

export function changeEndpoint(core: Core, id: string, fields: Partial<EndpointFields>, deed: EndpointDeed): Promise<EndpointChanged> {
  return editEndpoint(core, id, deed, (endpoint) => {
    const changes = differing<Partial<EndpointFields>>(endpoint, fields)
    return changes === undefined ? undefined : { events: [{ type: 'webhook_endpoint.changed', ...changes }] }
  })
}

/** The old one signs besides for `overlapMs`, so that receivers can change over at their own time. */
export async function rotateSecret(
  core: Core,
  id: string,
  overlapMs: number,
  deed: EndpointDeed,
): Promise<{ changed: EndpointChanged; secret: string | undefined }> {
  const until = timestamp(core.clock.now() + overlapMs)
  const changed = await editEndpoint(core, id, deed, ({ secrets: [newest] }) => ({
    events: [{ type: 'webhook_endpoint.secret_rotated', number: (newest?.number ?? 0) + 1, until }],
  }))
  if (changed.kind === 'refused') return { changed, secret: undefined }
  await dropOldSecrets(core, changed.state)
  return { changed, secret: await makeSecret(core, id, changed.state.secrets[0]?.number ?? 1) }
}

/** What happens meanwhile is kept for it. */
export function disableEndpoint(core: Core, id: string, reason: DisabledReason, deed: EndpointDeed): Promise<EndpointChanged> {
  return editEndpoint(core, id, deed, ({ state, url }) =>
    state === 'disabled'
      ? undefined
      : { events: [{ type: 'webhook_endpoint.disabled', url, reason }], effects: reason === 'staff' ? [] : [notice(id, url, deed)] },
  )
}

/** From here on it is told everything, in order, what happened meanwhile first. */
export async function enableEndpoint(core: Core, id: string, deed: EndpointDeed): Promise<EndpointChanged> {
  await forgetHealth(core, id)
  const at = timestamp(core.clock.now())
  const waiting = { kind: 'replay_webhooks', endpoint: id, only: 'waiting', from: null, until: null, ticket: null } as const
  return editEndpoint(core, id, deed, ({ state }) =>
    state === 'enabled' ? undefined : { events: [{ type: 'webhook_endpoint.enabled' }], effects: [{ do: 'arm', at, alarm: waiting }] },
  )
}

export function deleteEndpoint(core: Core, id: string, deed: EndpointDeed): Promise<EndpointChanged> {
  return editEndpoint(core, id, deed, () => ({ events: [{ type: 'webhook_endpoint.deleted' }] }))
}

/** One that is deleted is there no more. */
function editEndpoint(core: Core, id: string, deed: EndpointDeed, act: Parameters<typeof edit<WebhookEndpoint>>[3]['act']): Promise<EndpointChanged> {
  return edit<WebhookEndpoint, EditRefusal>(core.journal, webhookEndpointStream, id, {
    ...deed,
    act: (endpoint) => (endpoint.state === 'deleted' ? { refusal: { kind: 'unknown' } } : act(endpoint)),
  })
}

/** Without what stands behind the question mark, where receivers keep their own secrets. */
function notice(id: string, url: string, { key }: EndpointDeed): Consequence {
  const { origin, pathname } = new URL(url)
  return { do: 'open_task', kind: 'webhook_disabled', ticket: null, conversation: null, message: null, about: `${origin}${pathname} (${id})`, once: key }
}
