// A day after the customer's last word WhatsApp takes no free words: news goes as a template, what has none goes down the ladder, and nothing is lost.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { startApp } from '../../src/app.ts'
import { contactPointStream } from '../../src/customers/index.ts'
import { silentLog } from '../../src/log.ts'
import { contactPointId } from '../../src/message.ts'
import { systemRandom } from '../../src/random.ts'
import type { App } from '../../src/runtime.ts'
import { readSettings } from '../../src/settings.ts'
import { startTwilio, type TwilioEmulator } from '../emulators/twilio.ts'
import { eventually } from '../support/processes.ts'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

const hour = 3_600_000
const ourNumber = '+14152001331'
const ourWhatsapp = 'whatsapp:+14155238886'
const template = `HX${'0123456789abcdef'.repeat(2)}`
const yaml = `templates:
  - text: ticket.status.accepted
    contentSid: ${template}
    variables: [number, subject]
`

/** One clock for all: Twilio knows how late it is, too. */
async function begin(): Promise<{ twilio: TwilioEmulator; app: App; later(ms: number): void }> {
  let shift = 0
  const clock = { now: () => Date.now() + shift }
  const folder = mkdtempSync(join(tmpdir(), 'mendline-window-'))
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }))
  let port = 0
  const publicUrl = 'https://desk.example'
  const twilio = await startTwilio({
    numbers: [ourNumber, ourWhatsapp],
    webhook: `${publicUrl}/webhooks/sms`,
    door: (url) => url.replace(publicUrl, `http://127.0.0.1:${port}`),
    now: clock.now,
  })
  cleanups.push(() => twilio.goAway())
  const env = {
    TWILIO_ACCOUNT_SID: twilio.accountSid,
    TWILIO_AUTH_TOKEN: twilio.authToken,
    TWILIO_FROM: ourNumber,
    TWILIO_WHATSAPP_FROM: ourWhatsapp,
    TWILIO_API_URL: twilio.url,
    PUBLIC_URL: publicUrl,
    DATA_DIR: folder,
    SMTP_LISTEN_PORT: 'off',
    PORT: '0',
  }
  const settings = readSettings(env, () => yaml)
  const app = await startApp({ settings, adminKey: 'window-key-0123456789', clock, random: systemRandom, log: silentLog, webFolder: folder })
  cleanups.push(() => app.close())
  port = app.port ?? 0
  return { twilio, app, later: (ms) => void (shift += ms) }
}

async function setStatus(app: App, number: string, status: string): Promise<void> {
  const answer = await fetch(`http://127.0.0.1:${app.port}/api/v1/tickets/${number}/status`, {
    method: 'POST',
    headers: { authorization: 'Bearer window-key-0123456789' },
    body: JSON.stringify({ status }),
  })
  expect(answer.status).toBe(200)
}

const state = (app: App, words: string) => async () => {
  const [message] = (await app.core.collections.messages.find({ direction: 'outbound', channel: 'whatsapp' })).filter(({ text }) => text.includes(words))
  return message?.direction === 'outbound' && message.state !== 'queued' && message.state !== 'sending' ? message : undefined
}

describe('WhatsApp’s window', () => {
  it('a day after the last word: news with a template arrives as the template, news without one by text, with the reason kept', async () => {
    const { twilio, app, later } = await begin()
    const anna = twilio.customer('whatsapp:+4915217532498', ourWhatsapp, 'Anna Lind')
    await anna.ask('My washing machine leaks')
    const [ticket] = await app.core.collections.tickets.find({})
    if (ticket === undefined) throw new Error('no ticket')
    // She has written by text before, and was known for the same person.
    const phone = '+4915217532498'
    const known = { type: 'contact_point.known', channel: 'sms', address: phone, customer: ticket.customer.id, name: 'Anna Lind', verified: true } as const
    await app.core.journal.change(contactPointStream, contactPointId('sms', phone), {
      key: 'known by text',
      decide: () => ({ kind: 'entry', actor: { kind: 'system', id: null }, events: [known], effects: [] }),
    })

    later(25 * hour)
    const heard = anna.inbox().length
    await setStatus(app, ticket._id, 'accepted')
    const [news] = (await anna.waitFor(heard + 1)).slice(heard)
    expect(news).toMatchObject({ contentSid: template, body: `[template] ${ticket._id}, ${ticket.subject}` })
    expect(JSON.parse(news?.contentVariables ?? '')).toEqual({ '1': ticket._id, '2': ticket.subject })
    await eventually(state(app, 'is accepted'), 'the template to be taken')

    await setStatus(app, ticket._id, 'in_progress')
    const texts = twilio.customer(phone, ourNumber)
    const [text] = await texts.waitFor(1)
    expect(text).toMatchObject({ from: ourNumber, body: expect.stringContaining(`${ticket._id} (${ticket.subject}) is now being worked on`) })
    expect(await eventually(state(app, 'being worked on'), 'the end of it')).toMatchObject({ state: 'failed', reason: expect.stringContaining('no template') })
    expect(anna.inbox()).toHaveLength(heard + 1)

    // Her next word opens the window again.
    expect(await anna.ask('Any news?')).toContain(ticket._id)
  }, 120_000)

  it('closing on the way: what Twilio refuses late is told by its status, and a person hears of it', async () => {
    const { twilio, app } = await begin()
    const anna = twilio.customer('whatsapp:+4915217532498', ourWhatsapp, 'Anna Lind')
    twilio.destine(anna.address, ['sent', { status: 'failed', code: 63016 }])
    await anna.text('My washing machine leaks')
    const failed = await eventually(state(app, 'we have your request'), 'the refusal')
    await eventually(async () => ((await state(app, 'we have your request')())?.state === 'failed' ? true : undefined), 'the refusal')
    expect(failed?._id).toBeDefined()
    const [task] = await eventually(async () => {
      const tasks = await app.core.collections.tasks.find({ kind: 'undeliverable' })
      return tasks.length > 0 ? tasks : undefined
    }, 'a person to be told')
    expect(task).toMatchObject({ message: failed?._id })
  }, 120_000)
})
