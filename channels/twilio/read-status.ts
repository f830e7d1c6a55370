// From a status, as a callback or a list tells it, to a receipt. https://www.twilio.com/docs/messaging/api/message-resource#message-status-values
import type { NewReceipt } from '../../src/message.ts'
import { readAddress } from './address.ts'
import { meaningOf } from './error-meaning.ts'
import type { Fields } from './read-request.ts'

/** In the address of status callbacks: our message's id, so that a receipt finds its message even when we never heard its SID. */
export const messageParameter = 'message'

/** Messages of others' making are `received`; everything else is news of ours. */
export function isStatus(fields: Fields): boolean {
  const status = fields['MessageStatus']?.toLowerCase()
  return status !== undefined && status !== 'received' && status !== 'receiving'
}

/** `nothing` while the message is still on its way; undefined where the callback names no message. */
export function readStatus(fields: Fields, query: URLSearchParams): NewReceipt | 'nothing' | undefined {
  const sid = fields['MessageSid'] ?? fields['SmsSid'] ?? ''
  if (!/^[A-Z]{2}\w{8,62}$/i.test(sid)) return undefined
  const messageId = query.get(messageParameter) ?? ''
  const receipt = receiptOf({
    sid,
    to: fields['To'] ?? '',
    from: fields['From'] ?? '',
    status: fields['MessageStatus'] ?? '',
    code: Number(fields['ErrorCode'] ?? 0),
  })
  if (receipt === undefined) return 'nothing'
  return { ...receipt, ...(/^m_\w{1,80}$/.test(messageId) ? { messageId } : {}) }
}

/** Undefined for a status that changes nothing for us. */
export function receiptOf({ sid, to, from, status, code }: { sid: string; to: string; from: string; status: string; code: number }): NewReceipt | undefined {
  const about = { channel: [to, from].some((each) => readAddress(each).channel === 'whatsapp') ? 'whatsapp' : 'sms', providerId: sid } as const
  switch (status.toLowerCase()) {
    case 'sent':
    case 'partially_delivered':
      return { ...about, state: 'sent' }
    case 'delivered':
      return { ...about, state: 'delivered' }
    case 'read':
      return { ...about, state: 'read' }
    case 'failed':
    case 'undelivered':
    case 'canceled': {
      const { kind, reason, addressIsBad } = meaningOf(Number.isInteger(code) ? code : 0)
      return { ...about, state: 'failed', reason, ...(addressIsBad ? { addressIsBad } : {}), ...(kind === 'opted_out' ? { optedOut: true } : {}) }
    }
    default:
      return undefined
  }
}
