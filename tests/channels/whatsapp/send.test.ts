// WhatsApp outwards: free words, templates, and what is found after a crash.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createWhatsappChannel } from '../../../channels/whatsapp/index.ts'
import type { OutboundMessage, Place } from '../../../src/message.ts'
import { outboundTo, outgoing } from '../../support/outbound.ts'
import { eventually } from '../../support/processes.ts'
import { openTwilio, ourWhatsapp, type Opened } from '../twilio.ts'

let open: Opened
beforeEach(async () => void (open = await openTwilio()))
afterEach(() => open.twilio.goAway())

const place: Place = { channel: 'whatsapp', account: ourWhatsapp, address: '+4915217532498', thread: '' }
const outbound = (change: Partial<OutboundMessage> = {}) => outboundTo(place, { createdAt: new Date().toISOString(), ...change })
const template = { id: `HX${'a'.repeat(32)}`, variables: { '1': 'R-4K7Q2MM', '2': 'the treadmill' } }
const ticketNews = {
  text: 'Your repair R-4K7Q2MM (the treadmill) is accepted.',
  utterances: [{ text: 'ticket.status.accepted', with: { number: 'R-4K7Q2MM', subject: 'the treadmill' } }],
}

describe('a WhatsApp message', () => {
  it('goes from our WhatsApp number to theirs', async () => {
    await open.whatsapp.send(outgoing(outbound({ text: 'When may we come?' })))
    expect(open.twilio.messages[0]).toMatchObject({ from: 'whatsapp:+14155238886', to: 'whatsapp:+4915217532498', body: 'When may we come?' })
  })

  it('after the window goes as the template with its values, and without words of its own', async () => {
    await open.whatsapp.send({ ...outgoing(outbound(ticketNews)), template })
    const [message] = open.twilio.messages
    expect(message).toMatchObject({ contentSid: template.id, body: '[template] R-4K7Q2MM, the treadmill' })
    expect(JSON.parse(message?.contentVariables ?? '')).toEqual(template.variables)
  })

  it('that comes too late after all is told by its status, with what happens next', async () => {
    await open.whatsapp.send(outgoing(outbound()))
    const [called] = await eventually(async () => (open.twilio.called.length > 0 ? open.twilio.called : undefined), 'the callback')
    expect(called?.fields).toMatchObject({ MessageStatus: 'failed', ErrorCode: '63016', ChannelPrefix: 'whatsapp' })
  })

  it('without a number of ours is never sent, and says which setting is missing', async () => {
    const none = createWhatsappChannel({ ...open.options, senders: [] })
    await expect(none.send(outgoing(outbound()))).rejects.toMatchObject({ kind: 'never', reason: expect.stringContaining('TWILIO_WHATSAPP_FROM') })
  })

  it('that went as a template is found by its values, though the words are the template’s', async () => {
    const message = outbound(ticketNews)
    expect(await open.whatsapp.find?.(message)).toBeUndefined()
    await open.whatsapp.send({ ...outgoing(message), template })
    expect(await open.whatsapp.find?.(message)).toMatchObject({ providerId: open.twilio.messages[0]?.sid })
    const ofAnother = outbound({ text: 'Your repair R-0000000 is accepted.', utterances: [{ text: 'ticket.status.accepted', with: { number: 'R-0000000' } }] })
    expect(await open.whatsapp.find?.(ofAnother)).toBeUndefined()
  })

  it('knows its window: 24 hours, and free words in it', () => {
    expect(open.whatsapp.abilities).toMatchObject({ windowMs: 86_400_000, carrierKeywords: true, choices: 'numbers' })
  })
})
