// A photo of the rating plate, taken at home, through every door: web chat, mail, MMS, WhatsApp, Slack and Teams. What is stored does not tell where it was
// taken, and what the label says is on the ticket.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startApp } from '../../src/app.ts'
import { systemClock } from '../../src/clock.ts'
import { readWhole } from '../../src/files/read-whole.ts'
import { silentLog } from '../../src/log.ts'
import type { InboundMessage } from '../../src/message.ts'
import { systemRandom } from '../../src/random.ts'
import type { App } from '../../src/runtime.ts'
import { readSettings } from '../../src/settings.ts'
import { startMicrosoft, type Microsoft } from '../emulators/microsoft.ts'
import { teamsUser } from '../emulators/microsoft/teams-user.ts'
import { startSlack, type Slack } from '../emulators/slack.ts'
import { startTwilio, type TwilioEmulator } from '../emulators/twilio.ts'
import { orientation, orientationsIn, positionIn, withPosition } from '../support/photos.ts'
import { eventually, freePort } from '../support/processes.ts'
import { openChat } from '../support/visitor.ts'

const ourNumber = '+14152001331'
const ourWhatsapp = 'whatsapp:+14155238886'
const photo = withPosition(readFileSync(join(import.meta.dirname, '../labels/photos/qr-link.jpg')))

let app: App
let url: string
let twilio: TwilioEmulator
let slack: Slack
let microsoft: Microsoft
let smtpPort: number
const folder = mkdtempSync(join(tmpdir(), 'mendline-photos-'))

beforeAll(async () => {
  expect(positionIn(photo).length).toBeGreaterThan(2)
  const port = await freePort()
  url = `http://127.0.0.1:${port}`
  smtpPort = await freePort()
  twilio = await startTwilio({ numbers: [ourNumber, ourWhatsapp], webhook: `${url}/webhooks/sms`, door: (address) => address })
  slack = await startSlack()
  microsoft = await startMicrosoft()
  const yaml = 'products:\n  - { name: T5 treadmill, aliases: [T5], serial: "KP-\\\\d{5}" }\n'
  const settings = readSettings(
    {
      PORT: String(port),
      PUBLIC_URL: url,
      DATA_DIR: folder,
      SMTP_LISTEN_PORT: String(smtpPort),
      TWILIO_ACCOUNT_SID: twilio.accountSid,
      TWILIO_AUTH_TOKEN: twilio.authToken,
      TWILIO_FROM: ourNumber,
      TWILIO_WHATSAPP_FROM: ourWhatsapp,
      TWILIO_API_URL: twilio.url,
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_SIGNING_SECRET: slack.signingSecret,
      SLACK_API_URL: slack.apiUrl,
      MICROSOFT_APP_ID: microsoft.appId,
      MICROSOFT_APP_PASSWORD: microsoft.appPassword,
      MICROSOFT_OPENID_URL: microsoft.openIdUrl,
      MICROSOFT_LOGIN_URL: microsoft.loginUrl,
    },
    () => yaml,
  )
  app = await startApp({ settings, adminKey: 'test-key-0123456789', clock: systemClock, random: systemRandom, log: silentLog, webFolder: folder })
  slack.delivery.requestUrl = `${url}/webhooks/slack`
})
afterAll(async () => {
  await app.close()
  await twilio.goAway()
  await slack.close()
  await microsoft.close()
  rmSync(folder, { recursive: true, force: true })
})

const doors: readonly [channel: string, send: () => Promise<unknown>][] = [
  [
    'webchat',
    async () => {
      const visitor = await openChat(() => [url])
      await visitor.upload(photo, 'plate.jpg')
    },
  ],
  [
    'email',
    async () => {
      const transport = createTransport({ host: '127.0.0.1', port: smtpPort })
      await transport.sendMail({
        from: 'ann@example.org',
        to: 'support@localhost',
        subject: 'Treadmill T5',
        text: 'It stops after ten minutes.',
        attachments: [{ filename: 'plate.jpg', content: photo }],
      })
      transport.close()
    },
  ],
  ['sms', () => twilio.customer('+17067815146', ourNumber).photo(photo)],
  ['whatsapp', () => twilio.customer('whatsapp:+4915217532498', ourWhatsapp, 'Anna Lind').photo(photo)],
  [
    'slack',
    async () => {
      const ann = slack.person({ name: 'ann' })
      await ann.say(ann.im, 'My treadmill is broken', { files: [{ name: 'plate.jpg', mimetype: 'image/jpeg', content: photo }] })
    },
  ],
  ['botframework', () => teamsUser(microsoft, url, 'Ann Lee').paste('My treadmill is broken', photo, 'image/jpeg')],
]

async function handled(channel: string): Promise<InboundMessage> {
  return eventually(async () => {
    const found = await app.core.collections.messages.find({ direction: 'inbound', state: 'handled' })
    return found.find((message): message is InboundMessage => message.direction === 'inbound' && message.channel === channel && message.attachments.length > 0)
  }, `the message from ${channel} to be handled`)
}

it.each(doors)('by %s', async (channel, send) => {
  await send()
  const { attachments, ticket, codes, raw } = await handled(channel)
  expect(attachments).toMatchObject([{ contentType: 'image/jpeg', size: photo.length }])
  const stored = Buffer.from((await readWhole(app.core.files, attachments[0]?.file ?? '')) ?? [])
  expect(positionIn(stored)).toEqual([])
  expect(orientationsIn(stored)).toEqual([orientation])
  // But for that it is the photo as it was sent.
  expect(stored.subarray(-15_000)).toEqual(photo.subarray(-15_000))

  expect(codes).toEqual([{ format: 'QRCode', text: 'https://mendwell.example/register?model=T5&sn=KP-20391' }])
  const opened = await eventually(async () => app.core.collections.tickets.get(ticket ?? ''), 'the ticket')
  expect(opened.fields).toMatchObject({ serial: 'KP-20391', photos: [attachments[0]?.file] })

  // The input itself is kept as it came.
  if (channel === 'email')
    expect(positionIn(Buffer.from(unwrapped((await readWhole(app.core.files, raw)) ?? Buffer.alloc(0)), 'base64')).length).toBeGreaterThan(2)
})

/** The attachment of a mail, still in base64. */
function unwrapped(mail: Uint8Array): string {
  return /base64\r?\n(?:[^\r\n]+\r?\n)*?\r?\n([A-Za-z0-9+/=\r\n]{10000,})/.exec(Buffer.from(mail).toString('latin1'))?.[1] ?? ''
}
