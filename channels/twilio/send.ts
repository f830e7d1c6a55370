// Hands one message to Twilio, and finds out after a crash whether it was handed over.
import type { Outgoing, Receipt } from '../../src/channel.ts'
import { SendError } from '../../src/errors.ts'
import type { OutboundMessage } from '../../src/message.ts'
import { isService, type TwilioOptions } from './account.ts'
import { readAddress, writeAddress, type TwilioChannel } from './address.ts'
import { listMessages, type Client } from './client.ts'
import { meaningOf, sendErrorOf } from './error-meaning.ts'
import { messageParameter } from './read-status.ts'
import { statusPath } from './webhooks.ts'

export interface Sender {
  client: Client
  channel: TwilioChannel
  options: TwilioOptions
  /** What to set where there is nothing to send from. */
  setting: string
}

/** @throws SendError */
export async function sendText({ client, channel, options, setting }: Sender, { message, lastInbound, template }: Outgoing, body: string): Promise<Receipt> {
  if (options.senders.length === 0) throw new SendError('never', `there is no number to send from: set ${setting}`)
  if (message.attachments.length > 0) throw new SendError('never', 'files are not sent by text or WhatsApp')
  const callback = callbackFor(message, options.publicUrl)
  try {
    const taken = await client.messages.create({
      ...from(channel, message.place.account, lastInbound?.route ?? null, options.senders),
      to: writeAddress(channel, message.place.address),
      ...(template === null ? { body } : { contentSid: template.id, contentVariables: JSON.stringify(template.variables) }),
      ...(callback === undefined ? {} : { statusCallback: callback }),
    })
    if (taken.status === 'failed') {
      const { kind, reason } = meaningOf(taken.errorCode ?? 0)
      throw new SendError(kind, reason)
    }
    return { providerId: taken.sid, state: 'sent' }
  } catch (error) {
    throw sendErrorOf(error)
  }
}

/** The number that the customer wrote to, through its Messaging Service where it has one; else the first we have. */
function from(channel: TwilioChannel, account: string, route: string | null, senders: readonly string[]): { from?: string; messagingServiceSid?: string } {
  const service = route !== null && isService(route) ? { messagingServiceSid: route } : {}
  if (/^\+?\d{3,15}$/.test(account)) return { ...service, from: writeAddress(channel, account) }
  const [first = ''] = senders
  return isService(first) ? { messagingServiceSid: first } : { from: writeAddress(channel, first) }
}

/** Twilio refuses a message whose callback is at `localhost`; its status is then asked for by `reconcile`. */
function callbackFor(message: OutboundMessage, publicUrl: string): string | undefined {
  return new URL(publicUrl).hostname === 'localhost' ? undefined : `${publicUrl}${statusPath}?${new URLSearchParams({ [messageParameter]: message._id })}`
}

/** Clocks differ, and Twilio's lists count in seconds. */
const slackMs = 60_000

/** The newest message to this address, since ours was made, that says the same. Of two that say the same the core knows which is another's. */
export async function findText({ client, channel }: Sender, message: OutboundMessage, body: string): Promise<Receipt | undefined> {
  const since = Date.parse(message.createdAt) - slackMs
  try {
    for await (const listed of listMessages(client, { to: writeAddress(channel, message.place.address) })) {
      if (listed.dateCreated.getTime() < since) return undefined
      if (listed.direction === 'inbound' || readAddress(listed.to).channel !== channel) continue
      if (!isSame(listed.body, body) && !isTemplateOf(message, listed.body)) continue
      return { providerId: listed.sid, state: listed.status === 'delivered' || listed.status === 'read' ? 'delivered' : 'sent' }
    }
  } catch (error) {
    throw sendErrorOf(error)
  }
  return undefined
}

/** Twilio may trim a message, and spell its typographic characters plainly. */
function isSame(listed: string, sent: string): boolean {
  return listed.trim() === sent.trim() || (plain(sent) !== '' && plain(listed) === plain(sent))
}

function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** A template has words of its own around our values: a ticket's number among them is enough. */
function isTemplateOf({ utterances }: OutboundMessage, body: string): boolean {
  const [said, ...more] = utterances
  const values = said === undefined || more.length > 0 ? [] : Object.values(said.with).map(String)
  return values.some((value) => /^R-[0-9A-Z]{7}$/.test(value)) && values.every((value) => plain(body).includes(plain(value)))
}
