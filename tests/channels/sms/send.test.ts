// What goes to Twilio, what its refusals mean, and what is found after a crash.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSmsChannel } from '../../../channels/sms/index.ts'
import type { Channel } from '../../../src/channel.ts'
import { SendError } from '../../../src/errors.ts'
import type { OutboundMessage, Place } from '../../../src/message.ts'
import { eventually } from '../../support/processes.ts'
import { outboundTo, outgoing } from '../../support/outbound.ts'
import { openTwilio, ourNumber, publicUrl, type Opened } from '../twilio.ts'

let open: Opened
beforeEach(async () => void (open = await openTwilio()))
afterEach(() => open.twilio.goAway())

const place: Place = { channel: 'sms', account: ourNumber, address: '+17067815146', thread: '' }
const now = () => new Date().toISOString()
const outbound = (change: Partial<OutboundMessage> = {}) => outboundTo(place, { createdAt: now(), ...change })
const send = (message: OutboundMessage, channel: Channel = open.sms, route: string | null = null) =>
  channel.send({ ...outgoing(message), lastInbound: { at: now(), route } })
const failure = (sending: Promise<unknown>): Promise<SendError> =>
  sending.then(
    () => {
      throw new Error('it was sent')
    },
    (error: unknown) => (error instanceof SendError ? error : Promise.reject(error)),
  )

describe('a text', () => {
  it('goes from the number that the customer wrote to, with its choices as numbers', async () => {
    const receipt = await send(
      outbound({
        text: 'Is everything right?',
        choices: [
          { value: 'confirm', label: 'All correct' },
          { value: 'change', label: 'Change something' },
        ],
      }),
    )
    const [message] = open.twilio.messages
    expect(message).toMatchObject({ from: ourNumber, to: place.address, body: 'Is everything right?\n\n1 All correct\n2 Change something' })
    expect(receipt).toEqual({ providerId: message?.sid, state: 'sent' })
  })

  it('asks Twilio to tell what became of it, naming our message', async () => {
    await send(outbound())
    expect(open.twilio.messages[0]?.statusCallback).toBe(`${publicUrl}/webhooks/sms/status?message=m_01JBRZ4T8C6Q2W9X5V7K3N1M0P`)
  })

  it('names no callback at localhost, for which Twilio would refuse it', async () => {
    await send(outbound(), createSmsChannel({ ...open.options, publicUrl: 'http://localhost:3000' }))
    expect(open.twilio.messages[0]?.statusCallback).toBeNull()
  })

  it('goes through the Messaging Service that brought the customer’s words, or that the settings name', async () => {
    const service = 'MG9752274e9e519418a7406176694466fa'
    await send(outbound(), open.sms, service)
    const relayed = outbound({ place: { ...place, account: 'support@localhost' } })
    await send(relayed, createSmsChannel({ ...open.options, senders: [service] }))
    await send(relayed)
    expect(open.twilio.messages.map(({ messagingServiceSid, from }) => [messagingServiceSid, from])).toEqual([
      [service, ourNumber],
      [service, ourNumber],
      [null, ourNumber],
    ])
  })

  it('has plain quotes where these save a segment', async () => {
    await send(outbound({ text: `We’ll come “tomorrow”. ${'a'.repeat(60)}` }))
    expect(open.twilio.messages[0]?.body).toBe(`We'll come "tomorrow". ${'a'.repeat(60)}`)
  })

  it('is never sent without a number of ours, or with files, and says what to do', async () => {
    const nothing = createSmsChannel({ ...open.options, senders: [] })
    expect(await failure(send(outbound(), nothing))).toMatchObject({ kind: 'never', reason: 'there is no number to send from: set TWILIO_FROM' })
    const file = { file: 'f_1', name: 'plan.pdf', contentType: 'application/pdf', size: 3 }
    expect(await failure(send(outbound({ attachments: [file] })))).toMatchObject({ kind: 'never' })
    expect(open.twilio.messages).toEqual([])
  })
})

describe('a refusal', () => {
  it.each([
    [21610, 'opted_out'],
    [63016, 'window_closed'],
    [21211, 'never'],
    [21614, 'never'],
    [21408, 'never'],
    [21606, 'never'],
    [30001, 'later'],
    [14107, 'later'],
    [99999, 'never'],
  ] as const)('with %i means %s', async (code, kind) => {
    open.twilio.refuse(place.address, code)
    expect(await failure(send(outbound()))).toMatchObject({ kind, reason: expect.stringContaining(String(code)) })
  })

  it.each([500, 502, 504])('with status %i is tried again', async (status) => {
    open.twilio.refuse(place.address, 20500, status)
    expect(await failure(send(outbound()))).toMatchObject({ kind: 'later' })
  })

  it('for too many requests waits as long as Twilio asks', async () => {
    open.twilio.busy(1, 7)
    expect(await failure(send(outbound()))).toMatchObject({ kind: 'later', retryAfterMs: 7000 })
    await send(outbound())
  })

  it('of our password is tried again, since somebody can mend it, and says which setting', async () => {
    const stranger = createSmsChannel({ ...open.options, authToken: 'wrong' })
    expect(await failure(send(outbound(), stranger))).toMatchObject({ kind: 'later', reason: expect.stringContaining('TWILIO_AUTH_TOKEN') })
    expect(open.twilio.strangers).toBe(1)
  })

  it('never names the customer’s number', async () => {
    for (const code of [21211, 21610, 99999]) {
      open.twilio.refuse(place.address, code)
      expect((await failure(send(outbound()))).reason).not.toContain(place.address)
    }
  })
})

describe('after a crash', () => {
  it('a message that Twilio took, though it could not say so, is found', async () => {
    open.twilio.hangUp(1)
    const message = outbound({ text: 'When may we come?' })
    expect(await failure(send(message))).toMatchObject({ kind: 'later' })
    expect(await open.sms.find?.(message)).toEqual({ providerId: open.twilio.messages[0]?.sid, state: expect.stringMatching(/sent|delivered/) })
  })

  it('one that did not arrive there is not taken for another, older, with other words, or of the customer’s own', async () => {
    const message = outbound({ text: 'When may we come?' })
    await open.twilio.customer(place.address, ourNumber).text('When may we come?', { lost: true })
    await send(outbound({ text: 'When may we go?' }))
    const [, other] = open.twilio.messages
    expect(await open.sms.find?.(message)).toBeUndefined()
    if (other === undefined) throw new Error('nothing was sent')
    Object.assign(other, { body: message.text, created: new Date(Date.now() - 3_600_000) })
    expect(await open.sms.find?.(message)).toBeUndefined()
  })

  it('one is found behind pages of later ones, and with its typography changed on the way', async () => {
    const message = outbound({ text: 'We’ll come at 5 — is that right?' })
    await send(message)
    for (let n = 0; n < 9; n++) await send(outbound({ text: `News ${n}` }))
    const [first] = open.twilio.messages
    if (first !== undefined) first.body = "We'll come at 5 - is that right?"
    expect(await open.sms.find?.(message)).toMatchObject({ providerId: first?.sid })
  })

  it('a Twilio that does not answer is no "it was not sent"', async () => {
    await open.twilio.goAway()
    await expect(open.sms.find?.(outbound())).rejects.toMatchObject({ kind: 'later' })
  })
})

describe('the connection', () => {
  const tried = (channel: Channel) => Promise.all((channel.connections ?? []).map((connection) => connection.try()))

  it('says that Twilio knows us', async () => {
    expect(await tried(open.sms)).toEqual(['Twilio knows the account and its token'])
  })

  it('says what to do where it does not, or does not answer', async () => {
    await expect(tried(createSmsChannel({ ...open.options, authToken: 'wrong' }))).rejects.toMatchObject({
      problems: [expect.stringContaining('TWILIO_AUTH_TOKEN')],
    })
    await open.twilio.goAway()
    await expect(tried(open.sms)).rejects.toMatchObject({ problems: [expect.stringMatching(/^TWILIO_ACCOUNT_SID: no answer from Twilio/)] })
  })
})

describe('what became of it', () => {
  it('is told by callbacks that a proxy brings to us', async () => {
    await send(outbound())
    await eventually(async () => (open.twilio.called.length === 2 ? true : undefined), 'two callbacks')
    expect(open.twilio.called.map(({ fields }) => fields['MessageStatus'])).toEqual(['sent', 'delivered'])
  })
})
