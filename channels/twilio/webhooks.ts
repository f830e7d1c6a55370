// Where Twilio brings messages and statuses. Both read both: a status callback set by hand may come to the first.
import type { ChannelEvent, NewAttachment } from '../../src/message.ts'
import type { ReadResult, Webhook } from '../../src/channel.ts'
import type { TwilioOptions } from './account.ts'
import { readMessage } from './read-message.ts'
import { readRequest, type Incoming } from './read-request.ts'
import { isStatus, readStatus } from './read-status.ts'

export const inboundPath = '/webhooks/sms'
export const statusPath = '/webhooks/sms/status'

/** Many times what Twilio sends. */
const limit = 128 * 1024

/** One address for texts, MMS and WhatsApp: what a message is stands in it. */
export function twilioWebhooks(options: Pick<TwilioOptions, 'authToken' | 'publicUrl'>): Webhook[] {
  return [inboundPath, statusPath].map((path) => ({ path, limit, read: async (request) => read({ path, ...request }, options) }))
}

function read(request: Incoming, options: Pick<TwilioOptions, 'authToken' | 'publicUrl'>): ReadResult {
  const signed = readRequest(request, options)
  if (signed.kind === 'refused') return signed
  const { fields } = signed
  const contentType = (request.headers['content-type'] ?? '').split(';')[0]?.trim() ?? ''
  const raw: NewAttachment = { name: contentType.endsWith('json') ? 'twilio.json' : 'twilio.form', contentType, content: request.body }
  if (isStatus(fields)) {
    const receipt = readStatus(fields, request.query)
    if (receipt === undefined) return { kind: 'refused', status: 400, reason: 'the callback has a status but no MessageSid' }
    return accepted(receipt === 'nothing' ? [] : [{ kind: 'receipt', receipt, raw }])
  }
  const message = readMessage(fields, raw)
  if (message === undefined) return { kind: 'refused', status: 400, reason: 'the message has no MessageSid, From or To' }
  return accepted([{ kind: 'message', message }])
}

/** TwiML that says nothing: answers go out by the API, once they are decided. */
function accepted(events: ChannelEvent[]): ReadResult {
  return {
    kind: 'accepted',
    events,
    reply: { status: 200, headers: { 'content-type': 'text/xml' }, body: '<?xml version="1.0" encoding="UTF-8"?><Response/>' },
  }
}
