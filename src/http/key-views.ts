// API keys as the API shows them: never their text.
import { z } from 'zod'
import type { ApiKey } from '../access/index.ts'
import { timestamp, type Timestamp } from '../clock.ts'

const at = z.iso.datetime()

export const apiKeyView = z.strictObject({
  id: z.string(),
  version: z.int(),
  name: z.string(),
  scopes: z.array(z.string()),
  team: z.string().nullable(),
  state: z.enum(['active', 'expired', 'revoked']),
  createdAt: at,
  createdBy: z.string().nullable().describe('The key it was made with'),
  expiresAt: at.nullable(),
  rotatedAt: at.nullable(),
  revokedAt: at.nullable(),
  lastUsedAt: at.nullable().describe('To the minute'),
})

export function viewKey(key: ApiKey, lastUsedAt: Timestamp | null, now: number): z.input<typeof apiKeyView> {
  const { _id, n, name, scopes, team, createdAt, createdBy, expiresAt, rotatedAt, revokedAt } = key
  const isOver = expiresAt !== null && expiresAt <= timestamp(now)
  const state = revokedAt !== null ? 'revoked' : isOver ? 'expired' : 'active'
  return { id: _id, version: n, name, scopes, team, state, createdAt, createdBy: createdBy.id, expiresAt, rotatedAt, revokedAt, lastUsedAt }
}
