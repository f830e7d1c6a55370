// How Twilio calls: a signed form to the address set at the number. https://www.twilio.com/docs/usage/webhooks/webhooks-security
import { createHmac, randomUUID } from 'node:crypto'

/** HMAC-SHA1 of the auth token over the address and the sorted fields, name and value without anything between. */
export function signatureOf(authToken: string, url: string, fields: Readonly<Record<string, string>>): string {
  const names = Object.keys(fields).sort()
  const signed = url + names.map((name) => `${name}${fields[name]}`).join('')
  return createHmac('sha1', authToken).update(signed, 'utf8').digest('base64')
}

export interface Called {
  url: string
  fields: Readonly<Record<string, string>>
  /** Undefined where nobody answered. */
  status: number | undefined
  body: string
}

/**
 * Signed for `url`, the public address; brought to `door`, where a proxy would bring it. Not repeated when it fails, as Twilio does not by default.
 */
export async function call(authToken: string, url: string, door: string, fields: Readonly<Record<string, string>>): Promise<Called> {
  const headers = {
    'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
    'x-twilio-signature': signatureOf(authToken, url, fields),
    'i-twilio-idempotency-token': randomUUID(),
    'user-agent': 'TwilioProxy/1.1',
    accept: '*/*',
  }
  try {
    const answer = await fetch(door, { method: 'POST', headers, body: new URLSearchParams(fields), signal: AbortSignal.timeout(15_000) })
    return { url, fields, status: answer.status, body: await answer.text() }
  } catch {
    return { url, fields, status: undefined, body: '' }
  }
}
