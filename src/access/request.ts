// A request with an Idempotency-Key: what it was and what it was answered, so that the same one again acts once and hears the same.
import type { Timestamp } from '../clock.ts'
import { defineCollection } from '../storage/collection.ts'

export interface IdempotentRequest {
  /** Digest of the caller and its key. */
  _id: string
  /** Digest of method, path and body: the same key with another is a mistake. */
  fingerprint: string
  /** Under which it acts, however often it is tried. */
  cause: string
  /** Null while it is being worked on, or when a process died over it. */
  reply: { status: number; headers: Record<string, string>; body: string } | null
  createdAt: Timestamp
  /** Forgotten from then on. */
  expiresAt: Timestamp
}

export const idempotentRequestsCollection = defineCollection<IdempotentRequest>('idempotent_requests', [{ name: 'expiry', fields: ['expiresAt'] }])
