// Whether a request comes from Slack: its signature over the raw bytes, and its time, neither old nor ahead.
// https://docs.slack.dev/authentication/verifying-requests-from-slack
import { createHmac, timingSafeEqual } from 'node:crypto'

/** Seconds either way: an old request is a replay, one from the future a forgery that waits for its time. */
const tolerance = 300

/** Undefined when it is Slack's; else why not. `now` in milliseconds. */
export function checkSignature(secret: string, headers: Readonly<Record<string, string>>, body: Uint8Array, now: number): string | undefined {
  const time = headers['x-slack-request-timestamp'] ?? ''
  const given = headers['x-slack-signature'] ?? ''
  if (!/^\d{1,12}$/.test(time) || given === '') return 'the request is not signed by Slack: X-Slack-Request-Timestamp or X-Slack-Signature is missing'
  const expected = `v0=${createHmac('sha256', secret).update(`v0:${time}:`).update(body).digest('hex')}`
  if (!isSame(given, expected)) return 'the signature is not that of SLACK_SIGNING_SECRET over this body'
  if (Math.abs(now / 1000 - Number(time)) > tolerance) return 'the request is more than five minutes old, or from the future: check the clock of this machine'
  return undefined
}

/** In constant time; the length of a signature is no secret. */
function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}
