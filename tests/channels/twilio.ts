// What the tests of the text and the WhatsApp channel share: an emulated Twilio, a channel of it, and payloads signed as Twilio signs them.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createSmsChannel } from '../../channels/sms/index.ts'
import { createWhatsappChannel } from '../../channels/whatsapp/index.ts'
import type { TwilioOptions } from '../../channels/twilio/account.ts'
import type { Channel } from '../../src/channel.ts'
import { systemClock } from '../../src/clock.ts'
import { startTwilio, type TwilioEmulator } from '../emulators/twilio.ts'
import { signatureOf } from '../emulators/twilio/callbacks.ts'
import type { ChannelFixture, Credentials, OpenChannel } from './fixture.ts'
import { throughWebhook } from './through-webhook.ts'

/** Nobody listens there: a proxy brings it to the desk. */
export const publicUrl = 'https://desk.example'
export const ourNumber = '+14152001331'
export const ourWhatsapp = '+14155238886'

export interface Opened {
  twilio: TwilioEmulator
  options: TwilioOptions
  sms: Channel
  whatsapp: Channel
}

export async function openTwilio(change: Partial<TwilioOptions> = {}): Promise<Opened> {
  const twilio = await startTwilio({ numbers: [ourNumber, `whatsapp:${ourWhatsapp}`] })
  const { accountSid, authToken, url } = twilio
  const options = { accountSid, authToken, apiUrl: url, publicUrl, clock: systemClock, network: fetch, senders: [ourNumber], ...change }
  return { twilio, options, sms: createSmsChannel(options), whatsapp: createWhatsappChannel({ ...options, senders: [ourWhatsapp] }) }
}

/** As Twilio would bring this body to the address: a form signed with its fields, JSON signed by its hash. */
export function signed(authToken: string, path: string, body: Buffer, query = ''): Credentials {
  const isJson = body.toString().startsWith('{')
  const whole = isJson ? [query, `bodySHA256=${createHash('sha256').update(body).digest('hex')}`].filter(Boolean).join('&') : query
  const url = `${publicUrl}${path}${whole === '' ? '' : `?${whole}`}`
  const fields = isJson ? {} : Object.fromEntries(new URLSearchParams(body.toString()))
  return {
    headers: {
      'content-type': isJson ? 'application/json' : 'application/x-www-form-urlencoded; charset=UTF-8',
      'x-twilio-signature': signatureOf(authToken, url, fields),
    },
    query: whole,
  }
}

export function payload(channel: 'sms' | 'whatsapp', name: string): Buffer {
  return readFileSync(join(import.meta.dirname, channel, 'payloads', name))
}

export const pathOf = (name: string): string => (name.startsWith('status') ? '/webhooks/sms/status' : '/webhooks/sms')

/** For the contract suite. WhatsApp comes in through the webhooks of texts, so it has none of its own. */
export function twilioFixture(name: 'sms' | 'whatsapp'): ChannelFixture {
  return {
    async open(): Promise<OpenChannel> {
      const { twilio, sms, whatsapp } = await openTwilio()
      const place = { thread: '', ...(name === 'sms' ? { account: ourNumber, address: '+17067815146' } : { account: ourWhatsapp, address: '+4915217532498' }) }
      const prefix = name === 'sms' ? '' : 'whatsapp:'
      const writtenTo = { customer: `${prefix}${place.address}`, us: `${prefix}${place.account}` }
      await twilio.customer(writtenTo.customer, writtenTo.us).text('Hello', { lost: true })
      return {
        channel: name === 'sms' ? sms : whatsapp,
        deliver: ({ name: file, body }, door) => throughWebhook(sms, pathOf(file), body, signed(twilio.authToken, pathOf(file), body), door),
        ...(name === 'sms'
          ? {
              webhooks: {
                valid: async ({ path }) => payload('sms', path.endsWith('status') ? 'status-delivered.form' : 'text.form'),
                sign: ({ path }, body) => signed(twilio.authToken, path, body),
                bindsBody: true,
              },
            }
          : {}),
        provider: {
          refuseRecipient: () => twilio.refuse(writtenTo.customer, 21211),
          goAway: () => twilio.goAway(),
        },
        place: { channel: name, ...place },
        close: () => twilio.goAway(),
      }
    },
  }
}
