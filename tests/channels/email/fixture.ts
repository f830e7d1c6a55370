// The mail channel for the contract suite: webhook and SMTP listener on, and a mail server to send to.
import { SMTPServer } from 'smtp-server'
import { createEmailChannel } from '../../../channels/email/index.ts'
import { systemClock } from '../../../src/clock.ts'
import { systemRandom } from '../../../src/random.ts'
import { freePort, mailPayload } from '../../support/mail-door.ts'
import type { ChannelFixture } from '../fixture.ts'
import { throughWebhook } from '../through-webhook.ts'

const webhookSecret = 'a-secret-of-the-contract'

export const emailFixture: ChannelFixture = {
  async open() {
    let refuses = false
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      logger: false,
      onRcptTo: (_address, _session, done) => (refuses ? done(Object.assign(new Error('5.1.1 no such user'), { responseCode: 550 })) : done()),
      onData: (stream, _session, done) => void stream.resume().on('end', () => done()),
    })
    const port = await freePort()
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
    const stop = () => new Promise<void>((resolve) => server.close(resolve))
    const channel = createEmailChannel({
      supportAddresses: ['support@repair.example', 'repairs@repair.example'],
      displayName: 'Mendline',
      smtpListen: { port: await freePort(), host: '127.0.0.1' },
      smtp: { url: `smtp://127.0.0.1:${port}` },
      webhookSecret,
      clock: systemClock,
      random: systemRandom,
      onProblem: () => {},
    })
    const sign = () => ({ headers: { 'content-type': 'message/rfc822', authorization: `Bearer ${webhookSecret}` }, query: '' })
    return {
      channel,
      deliver: (payload, door) => throughWebhook(channel, '/webhooks/email', payload.body, sign(), door),
      webhooks: { valid: () => mailPayload('gmail-new'), sign, bindsBody: false },
      provider: { refuseRecipient: () => void (refuses = true), goAway: stop },
      place: { channel: 'email', account: 'support@repair.example', address: 'anna@lind.example', thread: 't' },
      close: stop,
    }
  },
}
