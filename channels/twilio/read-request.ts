// What came over a webhook of ours: is it from Twilio, and which fields does it hold?
import twilio from 'twilio'
import type { ReadResult } from '../../src/channel.ts'
import type { TwilioOptions } from './account.ts'

export interface Incoming {
  path: string
  headers: Readonly<Record<string, string>>
  query: URLSearchParams
  body: Uint8Array
}

/** Fields by name; one that comes twice has its last value, as in any form. */
export type Fields = Readonly<Record<string, string>>

type Read = { kind: 'fields'; fields: Fields } | Extract<ReadResult, { kind: 'refused' }>

/**
 * The signature is over the address as Twilio has it (`publicUrl`, never the Host header: a proxy may stand in front) and the form's fields;
 * over a JSON body by its hash in the query. https://www.twilio.com/docs/usage/webhooks/webhooks-security
 */
export function readRequest({ path, headers, query, body }: Incoming, { authToken, publicUrl }: Pick<TwilioOptions, 'authToken' | 'publicUrl'>): Read {
  const type = (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase()
  const text = new TextDecoder().decode(body)
  const signature = headers['x-twilio-signature'] ?? ''
  const urls = spellings(query).map((spelled) => `${publicUrl}${path}${spelled}`)
  if (type === 'application/x-www-form-urlencoded') {
    const form = new URLSearchParams(text)
    if (!urls.some((url) => twilio.validateRequest(authToken, signature, url, valuesOf(form)))) return notSigned
    return { kind: 'fields', fields: Object.fromEntries(form) }
  }
  if (type === 'application/json') {
    if (!query.has('bodySHA256') || !urls.some((url) => twilio.validateRequestWithBody(authToken, signature, url, text))) return notSigned
    const fields = fieldsOf(text)
    return fields === undefined ? { kind: 'refused', status: 400, reason: 'the body is no JSON object' } : { kind: 'fields', fields }
  }
  return { kind: 'refused', status: 415, reason: 'send a form, or JSON signed by its hash, as Twilio does' }
}

const notSigned: Read = {
  kind: 'refused',
  status: 403,
  reason: 'the signature does not fit: TWILIO_AUTH_TOKEN must be that of the account, and PUBLIC_URL the address Twilio has for us',
}

/** The query as forms spell it and as people do, who leave a slash a slash: what is signed is the spelling set in Twilio's console. */
function spellings(query: URLSearchParams): string[] {
  if (query.size === 0) return ['']
  return [`?${query}`, `?${[...query].map(([name, value]) => encodeURI(`${name}=${value}`)).join('&')}`]
}

/** A name that comes twice is signed with both of its values. */
function valuesOf(form: URLSearchParams): Record<string, string | string[]> {
  return Object.fromEntries(
    [...new Set(form.keys())].map((name) => {
      const [first = '', ...more] = form.getAll(name)
      return [name, more.length === 0 ? first : [first, ...more]]
    }),
  )
}

function fieldsOf(text: string): Fields | undefined {
  try {
    const parsed: unknown = JSON.parse(text)
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return undefined
    return Object.fromEntries(
      Object.entries(parsed).flatMap(([name, value]): [string, string][] =>
        typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? [[name, String(value)]] : [],
      ),
    )
  } catch {
    return undefined
  }
}
