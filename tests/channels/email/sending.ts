// What the tests of sending share: the channel, a message of ours, a mail server and a folder to send to, each for one test.
import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SMTPServer } from 'smtp-server'
import type { SMTPServerOptions } from 'smtp-server'
import { onTestFinished } from 'vitest'
import { createEmailChannel } from '../../../channels/email/index.ts'
import type { EmailOptions } from '../../../channels/email/index.ts'
import type { Channel } from '../../../src/channel.ts'
import type { OutboundMessage } from '../../../src/message.ts'
import { systemRandom } from '../../../src/random.ts'
import { outboundTo } from '../../support/outbound.ts'

export const noon = Date.parse('2024-03-05T12:00:00Z')

export function outbound(change: Partial<OutboundMessage> = {}): OutboundMessage {
  return outboundTo(
    { channel: 'email', account: 'support@repair.example', address: 'anna@lind.example', thread: 't' },
    {
      text: 'Thank you.',
      fullText: 'Thank you.\n\nWhen may we come?\nSee https://repair.example/s/abc.',
      subject: '[R-4K7Q2MM] Pump',
      providerId: 'm_01JBRZ4T8C6Q2W9X5V7K3N1M0P@repair.example',
      inReplyTo: 'q1@lind.example',
      references: ['q0@lind.example', 'q1@lind.example'],
      ...change,
    },
  )
}

export function channel(options: Partial<EmailOptions>): Channel {
  return createEmailChannel({
    supportAddresses: ['support@repair.example', 'repairs@repair.example'],
    displayName: 'Mendline Repairs',
    clock: { now: () => noon },
    random: systemRandom,
    onProblem: () => {},
    ...options,
  })
}

interface Took {
  from: string
  to: string[]
  raw: string
}

/** A mail server that takes everything, unless the options say otherwise. */
export async function mailServer(options: SMTPServerOptions = {}) {
  const took: Took[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    hideENHANCEDSTATUSCODES: false,
    onData(stream, session, done) {
      const chunks: Uint8Array[] = []
      stream.on('data', (chunk: Uint8Array) => chunks.push(chunk))
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope
        took.push({ from: mailFrom ? mailFrom.address : '', to: rcptTo.map(({ address }) => address), raw: Buffer.concat(chunks).toString() })
        done()
      })
    },
    ...options,
  })
  server.on('error', () => {})
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address: AddressInfo | string | null = server.server.address()
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())))
  return { took, url: `smtp://127.0.0.1:${address === null || typeof address === 'string' ? 0 : address.port}` }
}

/** An empty folder. */
export async function emptyFolder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'mendline-mail-'))
  onTestFinished(() => rm(path, { recursive: true, force: true }))
  return path
}
