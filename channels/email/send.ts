// Sends one mail by SMTP, or writes it into a folder where there is no server, and says what a failure means for the next try.
import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createTransport } from 'nodemailer'
import type { SendMailOptions } from 'nodemailer'
import type { Outgoing, Receipt } from '../../src/channel.ts'
import type { Clock } from '../../src/clock.ts'
import { SendError } from '../../src/errors.ts'
import type { Files } from '../../src/files/files.ts'
import type { OutboundMessage } from '../../src/message.ts'
import { randomText } from '../../src/random.ts'
import type { Random } from '../../src/random.ts'
import type { OwnAddresses } from './addresses.ts'
import { attachmentType } from './attachment-name.ts'
import { composeMail } from './compose.ts'
import { sendErrorOf } from './send-error.ts'

export type Way = { kind: 'smtp'; url: string } | { kind: 'folder'; path: string }

export interface SendContext {
  own: OwnAddresses
  displayName: string
  clock: Clock
  random: Random
}

/** @throws SendError */
export async function sendMail({ message, files, unsubscribe }: Outgoing, way: Way | undefined, context: SendContext): Promise<Receipt> {
  if (way === undefined) throw new SendError('later', 'no way to send mail: set SMTP_URL')
  const { providerId, ...mail } = composeMail(message, context.own, context.displayName, context.clock.now(), unsubscribe)
  const attachments = await openAttachments(message, files)
  const options: SendMailOptions = {
    ...mail,
    disableFileAccess: true,
    disableUrlAccess: true,
    attachments: attachments.map(({ name, contentType, content }) => ({ filename: name, contentType: attachmentType(contentType), content })),
  }
  try {
    if (way.kind === 'smtp') await bySmtp(way.url, options)
    else await intoFolder(way.path, providerId, options, context.random)
  } catch (error) {
    throw sendErrorOf(error)
  } finally {
    for (const { content } of attachments) content.destroy()
  }
  return { providerId, state: 'sent' }
}

async function openAttachments(message: OutboundMessage, files: Files): Promise<{ name: string; contentType: string; content: Readable }[]> {
  const opened: { name: string; contentType: string; content: Readable }[] = []
  try {
    for (const { file, name, contentType } of message.attachments) {
      const stored = await files.read(file)
      if (stored === undefined) throw new SendError('never', 'an attachment is no longer in the files')
      opened.push({ name, contentType, content: stored.content })
    }
  } catch (error) {
    for (const { content } of opened) content.destroy()
    throw error instanceof SendError ? error : new SendError('later', 'the files cannot be read', { cause: error })
  }
  return opened
}

async function bySmtp(url: string, options: SendMailOptions): Promise<void> {
  // A connection for each mail: a server that is restarted, or closes idle connections, leaves nothing behind to trip over.
  const transport = createTransport({
    url,
    connectionTimeout: 20_000,
    greetingTimeout: 20_000,
    socketTimeout: 120_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  try {
    await transport.sendMail(options)
  } finally {
    transport.close()
  }
}

/** `<providerId>.eml`, whole or not at all; written again it is the same file. */
async function intoFolder(folder: string, providerId: string, options: SendMailOptions, random: Random): Promise<void> {
  await mkdir(folder, { recursive: true })
  const name = `${providerId.replace(/[^\w@.+-]/g, '_').slice(0, 200)}.eml`
  const unfinished = join(folder, `.${name}.${randomText(random, 8)}`)
  try {
    const { message } = await createTransport({ streamTransport: true, newline: 'windows' }).sendMail(options)
    // Flushed before it is closed: a mail that has its name is on disk.
    await pipeline(message, createWriteStream(unfinished, { flush: true }))
    await rename(unfinished, join(folder, name))
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  }
}
