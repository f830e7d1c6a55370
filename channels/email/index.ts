// The mail channel: reads from SMTP, IMAP and a webhook through one reader, sends by SMTP or into a folder.
import type { Channel, Door } from '../../src/channel.ts'
import type { Clock } from '../../src/clock.ts'
import type { Random } from '../../src/random.ts'
import { ownAddresses } from './addresses.ts'
import { imapConnection, smtpConnection } from './connections.ts'
import { composeMail } from './compose.ts'
import { listenImap } from './imap.ts'
import type { ImapOptions } from './imap.ts'
import { receiver } from './receive.ts'
import { sendMail } from './send.ts'
import type { Way } from './send.ts'
import { listenSmtp } from './smtp-listener.ts'
import type { SmtpListenOptions } from './smtp-listener.ts'
import { mailWebhook } from './webhook.ts'

export interface EmailOptions {
  /** Our own addresses; the first is the From of everything we send, the others are received for too. */
  supportAddresses: readonly string[]
  /** Beside the address in From, e.g. the company's name. */
  displayName: string
  smtpListen?: SmtpListenOptions
  imap?: ImapOptions
  /** `smtp://user:password@host:587` or `smtps://…`. */
  smtp?: { url: string }
  /** Without `smtp`: where outgoing mail is written as `.eml` files. */
  mailFolder?: string
  /** Without it there is no webhook. */
  webhookSecret?: string
  clock: Clock
  random: Random
  /** What a person running this should know; holds no text and no customer's address of its own. */
  onProblem(error: Error): void
}

export function createEmailChannel(options: EmailOptions): Channel {
  const own = ownAddresses(options.supportAddresses)
  const { smtpListen, imap, smtp, mailFolder, webhookSecret, clock, random, onProblem, displayName } = options
  const way: Way | undefined = smtp ? { kind: 'smtp', url: smtp.url } : mailFolder ? { kind: 'folder', path: mailFolder } : undefined
  const listen = async (door: Door, signal: AbortSignal) => {
    const receive = receiver(own, door)
    const listening = [
      ...(smtpListen ? [await listenSmtp(smtpListen, own, receive, onProblem, signal)] : []),
      ...(imap ? [await listenImap(imap, { clock, random }, receive, onProblem, signal)] : []),
    ]
    return { done: Promise.all(listening.map(({ done }) => done)).then(() => {}) }
  }
  return {
    name: 'email',
    abilities: {
      textLimit: 200_000,
      choices: 'numbers',
      questions: 'all_at_once',
      attachments: true,
      receipts: true,
      gatherMs: { text: 0, media: 0 },
      storeIsDelivery: false,
      budgeted: true,
      windowMs: null,
      carrierKeywords: false,
    },
    ...(webhookSecret ? { webhooks: [mailWebhook(webhookSecret, own)] } : {}),
    ...(smtpListen || imap ? { listen } : {}),
    connections: [...(smtp ? [smtpConnection(smtp.url)] : []), ...(imap ? [imapConnection(imap.url)] : [])],
    preview(message) {
      const { subject, text } = composeMail(message, own, displayName, clock.now())
      return { subject, texts: [text.trim()] }
    },
    send: (outgoing) => sendMail(outgoing, way, { own, displayName, clock, random }),
    // The Message-ID follows from the message, so mailboxes and threads show one mail however often it is sent.
    sendIsIdempotent: true,
  }
}
