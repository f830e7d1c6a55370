// REST: API keys. A key's text is told once, when it is made or rotated.
import { z } from 'zod'
import { changeKey, createKey, revokeKey, rotateKey, teamResources, type ApiKey, type Caller, type KeyRefusal } from '../../access/index.ts'
import type { HttpReply } from '../../channel.ts'
import { timestamp } from '../../clock.ts'
import type { Core } from '../../core.ts'
import { pageOf, type Deed } from '../../desk/index.ts'
import { duration } from '../../duration.ts'
import type { Changed } from '../../journal/index.ts'
import { endpoint, type Endpoint } from '../endpoint.ts'
import { listQuery, pageOfViews } from '../list.ts'
import { problem } from '../problem.ts'
import { byId, text } from './inputs.ts'
import { stale, withVersion } from './record-replies.ts'
import { viewKey, apiKeyView } from '../key-views.ts'

const scope = z
  .string()
  .regex(/^(\*|[a-z][a-z-]{1,40}):(read|write)$/, 'is a resource and read or write, e.g. tickets:read; * stands for every resource')
  .describe('E.g. `tickets:read`: the first part of a path. Who may write may read.')
const scopes = z.array(scope).min(1, 'names at least one').max(50)
const expiresAt = z.iso
  .datetime({ offset: true })
  .transform((given) => timestamp(Date.parse(given)))
  .nullable()
const newKey = z.strictObject({
  name: text(100),
  scopes,
  team: text(100)
    .nullable()
    .default(null)
    .describe(`The only team whose tickets it sees; such a key is for ${teamResources.join(', ')} only`),
  expiresAt: expiresAt.default(null),
})
const changes = z.strictObject({ name: text(100).optional(), scopes: scopes.optional(), expiresAt: expiresAt.optional() })
const rotation = z.strictObject({ overlap: duration.prefault('24h').describe('How long the text before it still opens, e.g. 24h') })
const theKey = { status: 200, description: 'The key as it is now, without its text', view: apiKeyView }
const told = { status: 201, description: 'The key; `key` is its text, told this once', view: apiKeyView.extend({ key: z.string() }) }
const none = 'There is no API key with this id.'
const revoked = 'It was revoked; make a new one.'

export function apiKeyEndpoints(core: Core): Endpoint[] {
  const { apiKeys, apiKeyUses } = core.collections
  const view = async (key: ApiKey) => viewKey(key, (await apiKeyUses.get(key._id))?.lastUsedAt ?? null, core.clock.now())
  const shown = async (result: Changed<ApiKey, KeyRefusal>) => (result.kind === 'refused' ? refused(result.refusal) : withVersion(await view(result.state)))
  const tell = async (made: Awaited<ReturnType<typeof createKey>>) =>
    made.kind === 'refused'
      ? refused(made.refusal)
      : { view: { ...(await view(made.key)), key: made.token }, headers: { 'cache-control': 'no-store', location: `/api/v1/api-keys/${made.key._id}` } }
  return [
    endpoint(core, {
      method: 'GET',
      path: '/api-keys',
      summary: 'API keys, newest first, revoked ones too',
      takes: z.object({ query: listQuery({}) }),
      answers: { status: 200, description: 'A page of keys', view: pageOfViews(apiKeyView) },
      async handle({ query: { limit, cursor } }) {
        const page = await pageOf(apiKeys, {}, 'createdAt', { limit, cursor })
        return { view: { data: await Promise.all(page.data.map(view)), nextCursor: page.nextCursor } }
      },
    }),
    endpoint(core, {
      method: 'POST',
      path: '/api-keys',
      summary: 'Make an API key; nobody can give a key more than their own may do',
      takes: z.object({ body: newKey }),
      answers: told,
      refuses: { 403: 'Your key may not do what this one is to do.' },
      async handle({ body }, deed, caller) {
        const { teams } = core.company()
        if (body.team !== null && !teams.some(({ name }) => name === body.team))
          return problem(400, 'Bad request', `team: there is no team of this name; mendline.yaml names ${teams.map(({ name }) => name).join(', ') || 'none'}.`)
        return tell(await createKey(core, body, deedOf(caller, deed)))
      },
    }),
    endpoint(core, {
      method: 'GET',
      path: '/api-keys/{id}',
      summary: 'One API key',
      takes: z.object({ params: byId }),
      answers: theKey,
      refuses: { 404: none },
      async handle({ params: { id } }) {
        const key = await apiKeys.get(id)
        return key === undefined ? problem(404, 'Not found', none) : withVersion(await view(key))
      },
    }),
    endpoint(core, {
      method: 'PATCH',
      path: '/api-keys/{id}',
      summary: 'Change the name, scopes or end of a key',
      takes: z.object({ params: byId, body: changes }),
      answers: theKey,
      refuses: { 403: 'Your key may not do what this one may.', 404: none, 409: revoked, 412: stale },
      handle: async ({ params: { id }, body }, deed, caller) => shown(await changeKey(core, id, body, deedOf(caller, deed))),
    }),
    endpoint(core, {
      method: 'POST',
      path: '/api-keys/{id}/rotate',
      summary: 'A new text for a key; the one before it opens for a while longer',
      takes: z.object({ params: byId, body: rotation }),
      answers: told,
      refuses: { 403: 'Your key may not do what this one may.', 404: none, 409: revoked, 412: stale },
      handle: async ({ params: { id }, body }, deed, caller) => tell(await rotateKey(core, id, body.overlap, deedOf(caller, deed))),
    }),
    endpoint(core, {
      method: 'DELETE',
      path: '/api-keys/{id}',
      summary: 'Revoke a key, at once and for good',
      takes: z.object({ params: byId }),
      answers: theKey,
      refuses: { 403: 'Your key may not do what this one may.', 404: none, 412: stale },
      handle: async ({ params: { id } }, deed, caller) => shown(await revokeKey(core, id, deedOf(caller, deed))),
    }),
  ]
}

function deedOf(by: Caller, { key, version }: Deed) {
  return { by, key, version }
}

function refused(refusal: KeyRefusal): HttpReply {
  switch (refusal.kind) {
    case 'unknown':
      return problem(404, 'Not found', none)
    case 'stale':
      return problem(412, 'Precondition failed', `It has changed since: it is at version ${refusal.version} now. Read it again.`)
    case 'revoked':
      return problem(409, 'Conflict', revoked)
    case 'beyond':
      return problem(403, 'Forbidden', `Your key has no ${refusal.scopes.join(', ')} itself; leave that out, or use a key that has it.`)
    case 'team':
      return problem(403, 'Forbidden', 'A key of one team makes and changes no keys; use one of the whole company.')
    case 'not_for_teams':
      return problem(
        400,
        'Bad request',
        `scopes: ${refusal.scopes.join(', ')} would show other teams' customers; a key of one team is for ${teamResources.join(', ')}.`,
      )
    case 'past':
      return problem(400, 'Bad request', 'expiresAt: this is over already; choose a later time.')
  }
}
