// WhatsApp over Twilio: free words within 24 hours of the customer's last message, templates approved beforehand later.
// What comes in arrives at the webhooks of channels/sms.
import type { Abilities, Channel } from '../../src/channel.ts'
import { accountOf, type TwilioOptions } from '../twilio/account.ts'
import { bodyOf } from '../twilio/body.ts'
import { createClient } from '../twilio/client.ts'
import { fetchMedia } from '../twilio/media.ts'
import { reconcileTexts } from '../twilio/reconcile.ts'
import { findText, sendText, type Sender } from '../twilio/send.ts'

const abilities: Abilities = {
  textLimit: 1600,
  // Buttons stand in templates only, which a company makes itself.
  choices: 'numbers',
  questions: 'one_by_one',
  attachments: true,
  receipts: true,
  gatherMs: { text: 0, media: 2500 },
  storeIsDelivery: false,
  budgeted: false,
  windowMs: 24 * 3_600_000,
  carrierKeywords: true,
}

export function createWhatsappChannel(options: TwilioOptions): Channel {
  const sender: Sender = { client: createClient(options), channel: 'whatsapp', options, setting: 'TWILIO_WHATSAPP_FROM' }
  return {
    name: 'whatsapp',
    abilities,
    ...accountOf(options),
    preview: (message) => ({ texts: [bodyOf(message)] }),
    send: (outgoing) => sendText(sender, outgoing, bodyOf(outgoing.message)),
    find: (message) => findText(sender, message, bodyOf(message)),
    sendIsIdempotent: false,
    fetch: (file) => fetchMedia(file, options),
    reconcile: (since, accept) => reconcileTexts(sender, since, accept),
  }
}
