// Text messages over Twilio. Its webhooks take WhatsApp in as well: Twilio brings both to one address.
import type { Abilities, Channel } from '../../src/channel.ts'
import type { OutboundMessage } from '../../src/message.ts'
import { accountOf, type TwilioOptions } from '../twilio/account.ts'
import { bodyOf } from '../twilio/body.ts'
import { createClient } from '../twilio/client.ts'
import { twilioConnection } from '../twilio/connection.ts'
import { fetchMedia } from '../twilio/media.ts'
import { reconcileTexts } from '../twilio/reconcile.ts'
import { findText, sendText, type Sender } from '../twilio/send.ts'
import { twilioWebhooks } from '../twilio/webhooks.ts'
import { thrifty } from './segments.ts'

const abilities: Abilities = {
  textLimit: 1600,
  choices: 'numbers',
  questions: 'one_by_one',
  attachments: true,
  receipts: true,
  gatherMs: { text: 0, media: 2500 },
  storeIsDelivery: false,
  budgeted: false,
  windowMs: null,
  carrierKeywords: true,
}

export function createSmsChannel(options: TwilioOptions): Channel {
  const client = createClient(options)
  const sender: Sender = { client, channel: 'sms', options, setting: 'TWILIO_FROM' }
  const wordsOf = (message: OutboundMessage) => thrifty(bodyOf(message), abilities.textLimit)
  return {
    name: 'sms',
    abilities,
    ...accountOf(options),
    // One account is behind texts and WhatsApp.
    connections: [twilioConnection(client, options)],
    webhooks: twilioWebhooks(options),
    preview: (message) => ({ texts: [wordsOf(message)] }),
    send: (outgoing) => sendText(sender, outgoing, wordsOf(outgoing.message)),
    find: (message) => findText(sender, message, wordsOf(message)),
    sendIsIdempotent: false,
    fetch: (file) => fetchMedia(file, options),
    reconcile: (since, accept) => reconcileTexts(sender, since, accept),
  }
}
