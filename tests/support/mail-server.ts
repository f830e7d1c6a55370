// Another company's mail server, where our customers have their boxes: real SMTP, keeps all it gets, and may pass it on.
import { SMTPServer } from 'smtp-server'
import { buffer } from 'node:stream/consumers'
import { simpleParser, type ParsedMail } from 'mailparser'
import { freePort } from './processes.ts'

export interface ReceivedMail {
  from: string
  to: string[]
  raw: Buffer
  mail: ParsedMail
  /** Milliseconds since the epoch. */
  at: number
}

export interface MailServer {
  url: string
  /** In the order of arrival. */
  received: ReceivedMail[]
  close(): Promise<void>
}

/** `passOn` is called before the sender hears 250; when it throws the sender hears 451 and tries again. */
export async function startMailServer(passOn: (mail: ReceivedMail) => Promise<void> = async () => {}): Promise<MailServer> {
  const received: ReceivedMail[] = []
  const port = await freePort()
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    async onData(stream, { envelope }, done) {
      try {
        const raw = await buffer(stream)
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address
        const mail = { from, to: envelope.rcptTo.map(({ address }) => address), raw, mail: await simpleParser(raw), at: Date.now() }
        await passOn(mail)
        received.push(mail)
        done()
      } catch (error) {
        done(Object.assign(new Error('try again later', { cause: error }), { responseCode: 451 }))
      }
    },
  })
  // A sender that is killed in mid-mail is everyday life here.
  server.on('error', () => {})
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()))
  return { url: `smtp://127.0.0.1:${port}`, received, close: () => new Promise<void>((resolve) => server.close(() => resolve())) }
}
