// What Twilio's list knows and its webhooks failed to tell.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSmsChannel } from '../../../channels/sms/index.ts'
import type { Channel } from '../../../src/channel.ts'
import type { ChannelEvent, NewMessage, NewReceipt } from '../../../src/message.ts'
import { outboundTo, outgoing } from '../../support/outbound.ts'
import { eventually } from '../../support/processes.ts'
import { openTwilio, ourNumber, ourWhatsapp, type Opened } from '../twilio.ts'

let open: Opened
beforeEach(async () => void (open = await openTwilio()))
afterEach(() => open.twilio.goAway())

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000)
const lost = (minutes: number) => ({ lost: true, at: minutesAgo(minutes) })
const ann = (number = ourNumber) => open.twilio.customer('+17067815146', number)

async function reconcile(channel: Channel, minutes = 30): Promise<{ messages: NewMessage[]; receipts: NewReceipt[] }> {
  const events: ChannelEvent[] = []
  await channel.reconcile?.(minutesAgo(minutes), async (event) => (events.push(event), { kind: 'noted' }))
  return {
    messages: events.flatMap((event) => (event.kind === 'message' ? [event.message] : [])),
    receipts: events.flatMap((event) => (event.kind === 'receipt' ? [event.receipt] : [])),
  }
}

describe('reconciling', () => {
  it('brings in every text to our number since then, page by page, under the SID its webhook would have had', async () => {
    for (let n = 0; n < 11; n++) await ann().text(`Text ${n}`, lost(10))
    const { messages } = await reconcile(open.sms)
    expect(new Set(messages.map(({ text }) => text)).size).toBe(11)
    expect(messages[0]).toMatchObject({ channel: 'sms', account: ourNumber, from: { address: '+17067815146' }, author: 'person' })
    expect(messages.map(({ providerId }) => providerId).toSorted()).toEqual(open.twilio.messages.map(({ sid }) => sid).toSorted())
  })

  it('brings photos by reference, from the list of the message’s media', async () => {
    const called = await ann().photo(Buffer.from('photo'), lost(10))
    const { messages } = await reconcile(open.sms)
    expect(messages[0]?.remotes).toEqual([{ remote: called.fields['MediaUrl0'], name: 'file-1', contentType: 'image/jpeg' }])
  })

  it('leaves alone what is older, what is so young that its webhook may be on its way, and what went to numbers of others', async () => {
    await ann().text('old', lost(50))
    await ann().text('young', lost(0))
    await open.twilio.customer('+17067815146', '+14150009999').text('not ours', lost(10))
    expect(await reconcile(open.sms)).toEqual({ messages: [], receipts: [] })
  })

  it('keeps to its own channel', async () => {
    await ann().text('by text', lost(10))
    await open.twilio.customer('whatsapp:+4915217532498', `whatsapp:${ourWhatsapp}`).text('by WhatsApp', lost(10))
    expect((await reconcile(open.sms)).messages.map(({ text }) => text)).toEqual(['by text'])
    const { messages } = await reconcile(open.whatsapp)
    expect(messages).toMatchObject([{ channel: 'whatsapp', account: ourWhatsapp, from: { address: '+4915217532498' }, text: 'by WhatsApp' }])
  })

  it('tells what became of messages whose callbacks never came', async () => {
    open.twilio.destine('+17067815146', ['sent', { status: 'undelivered', code: 30006 }])
    const place = { channel: 'sms', account: ourNumber, address: '+17067815146', thread: '' } as const
    const unheard = createSmsChannel({ ...open.options, publicUrl: 'http://localhost:3000' })
    const { providerId } = await unheard.send(outgoing(outboundTo(place)))
    await eventually(async () => (open.twilio.messages[0]?.status === 'undelivered' ? true : undefined), 'its fate')
    expect((await reconcile(open.sms)).receipts).toEqual([
      { channel: 'sms', providerId, state: 'failed', reason: expect.stringContaining('30006'), addressIsBad: true },
    ])
  })

  it('knows the numbers of a Messaging Service by the service', async () => {
    const service = 'MG9752274e9e519418a7406176694466fa'
    await ann('+19253920364').text('through the service', lost(10))
    await ann('+14150009999').text('not ours', lost(10))
    const [mine] = open.twilio.messages
    if (mine !== undefined) mine.messagingServiceSid = service
    const channel = createSmsChannel({ ...open.options, senders: [service] })
    expect((await reconcile(channel)).messages).toMatchObject([{ account: '+19253920364', text: 'through the service', route: service }])
  })

  it('fails while Twilio is away, so that it is tried again', async () => {
    await open.twilio.goAway()
    await expect(reconcile(open.sms)).rejects.toThrow()
  })
})
