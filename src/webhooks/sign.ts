// The signature of Standard Webhooks 1.0: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
import { createHmac } from 'node:crypto'

const secretPrefix = 'whsec_'

/** As its holder is given it. */
export function writeSecret(key: Uint8Array): string {
  return `${secretPrefix}${Buffer.from(key).toString('base64')}`
}

/** `secrets` as they were written; while one takes the place of another, both sign. `at` in milliseconds, of this try. */
export function signedHeaders(secrets: readonly string[], { id, at, body }: { id: string; at: number; body: string }): Record<string, string> {
  const seconds = Math.floor(at / 1000)
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(secretPrefix.length), 'base64')
    return `v1,${createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')}`
  })
  return { 'webhook-id': id, 'webhook-timestamp': String(seconds), 'webhook-signature': signatures.join(' ') }
}
