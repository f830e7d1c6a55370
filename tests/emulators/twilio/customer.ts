// Somebody with a phone: texts and photos in, as Twilio's webhooks bring them; what was sent to them out.
import { sid, type Medium, type Message } from './account.ts'
import type { Called } from './callbacks.ts'

export interface Customer {
  address: string
  /** Resolves with what the webhook answered. */
  text(body: string, more?: Sending): Promise<Called>
  /** One message with one photo. */
  photo(content: Buffer, more?: Sending & { contentType?: string; missing?: number }): Promise<Called>
  /** All that was sent to them from the number, oldest first. */
  inbox(): Message[]
  /** Resolves with the inbox once it holds so many. */
  waitFor(count: number, seconds?: number): Promise<Message[]>
  /** Says it and resolves with the first answer. */
  ask(body: string, seconds?: number): Promise<string>
}

export interface Sending {
  /** Instead of what the number's webhook would get beside the usual. */
  fields?: Readonly<Record<string, string>>
  /** Twilio has it, but its webhook never comes. */
  lost?: boolean
  /** When it was sent, if not now. */
  at?: Date
}

export interface World {
  accountSid: string
  messages: Message[]
  now(): number
  /** Takes it in and calls the number's webhook; `lost` ones are only taken in. */
  arrive(message: Message, fields: Readonly<Record<string, string>>, lost: boolean): Promise<Called>
}

export function createCustomer(world: World, address: string, number: string, name: string): Customer {
  const send = async (body: string, media: Medium[], { fields = {}, lost = false, at = new Date(world.now()) }: Sending): Promise<Called> => {
    const message: Message = {
      sid: sid(media.length > 0 ? 'MM' : 'SM'),
      direction: 'inbound',
      from: address,
      to: number,
      body,
      status: 'received',
      errorCode: null,
      messagingServiceSid: null,
      statusCallback: null,
      contentSid: null,
      contentVariables: null,
      media,
      created: at,
    }
    return world.arrive(message, { ...fieldsOf(world.accountSid, message, name), ...fields }, lost)
  }
  const inbox = () => world.messages.filter(({ direction, to, from }) => direction !== 'inbound' && to === address && (from === number || from === ''))
  const customer: Customer = {
    address,
    text: (body, more = {}) => send(body, [], more),
    photo: (content, { contentType = 'image/jpeg', missing = 0, ...more } = {}) => send('', [{ sid: sid('ME'), contentType, content, missing }], more),
    inbox,
    async waitFor(count, seconds = 60) {
      const end = Date.now() + seconds * 1000
      while (inbox().length < count) {
        if (Date.now() > end) throw new Error(`${count} messages were awaited, ${inbox().length} came: ${JSON.stringify(inbox().map(({ body }) => body))}`)
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
      return inbox()
    },
    async ask(body, seconds) {
      const before = inbox().length
      await customer.text(body)
      return (await customer.waitFor(before + 1, seconds)).at(before)?.body ?? ''
    },
  }
  return customer
}

/** What stands in a webhook. https://www.twilio.com/docs/messaging/guides/webhook-request */
function fieldsOf(account: string, message: Message, name: string): Record<string, string> {
  const files = message.media.flatMap((medium, n): [string, string][] => [
    [`MediaContentType${n}`, medium.contentType],
    [`MediaUrl${n}`, `https://api.twilio.com/2010-04-01/Accounts/${account}/Messages/${message.sid}/Media/${medium.sid}`],
  ])
  const common = {
    SmsMessageSid: message.sid,
    NumMedia: String(message.media.length),
    SmsSid: message.sid,
    SmsStatus: 'received',
    Body: message.body,
    To: message.to,
    NumSegments: '1',
    MessageSid: message.sid,
    AccountSid: account,
    From: message.from,
    ApiVersion: '2010-04-01',
    ...Object.fromEntries(files),
  }
  return message.from.startsWith('whatsapp:')
    ? { ...common, ProfileName: name, MessageType: message.media.length > 0 ? 'image' : 'text', WaId: message.from.replace(/\D/g, ''), ReferralNumMedia: '0' }
    : { ...common, ToCountry: 'US', ToState: 'CA', ToCity: '', ToZip: '', FromCountry: 'US', FromState: 'NY', FromCity: 'NEW YORK', FromZip: '10001' }
}
