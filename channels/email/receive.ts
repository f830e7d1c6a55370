// Takes in one mail that streams in: first the untouched bytes into the files, then read, then accepted. The order is the promise "received means stored".
import { createHash, type Hash } from 'node:crypto'
import type { Door } from '../../src/channel.ts'
import type { OwnAddresses } from './addresses.ts'
import type { Keep } from './parse-mime.ts'
import { readMail } from './read-mail.ts'
import type { Envelope } from './read-mail.ts'

export type Received = { kind: 'accepted' } | { kind: 'refused'; reason: string }

/** Resolves once the mail is stored for good or refused. Throws when it could not be stored, and the sender must try again. */
export type Receive = (content: AsyncIterable<Uint8Array>, envelope?: Envelope) => Promise<Received>

export function receiver(own: OwnAddresses, door: Door): Receive {
  return async (content, envelope) => {
    const raw = await door.files.write(content, { name: 'mail.eml', contentType: 'message/rfc822' })
    const attachments: string[] = []
    const keep: Keep = async (part, about) => {
      // Of the part as it was sent: it tells mails apart, and must be the same whatever is taken out of a photo.
      const hash = createHash('sha256')
      const attachment = await door.keep(hashed(part, hash), about)
      attachments.push(attachment.file)
      return { attachment, sha256: hash.digest('hex') }
    }
    const open = async () => {
      const stored = await door.files.read(raw.id)
      if (stored === undefined) throw new Error('a mail written a moment ago is not in the files')
      return stored.content
    }
    const drop = async (...files: string[]) => {
      for (const file of files) await door.files.remove(file)
    }
    const rawFile = { name: raw.name, contentType: raw.contentType, file: raw.id, size: raw.size }
    // Until the mail is accepted nothing names these files, and the sender keeps it and comes again.
    const read = await readMail({ raw: rawFile, open, keep, ...(envelope ? { envelope } : {}) }, own).catch(async (error: unknown) => {
      await drop(raw.id, ...attachments)
      throw error
    })
    if (read.kind === 'refused') {
      await drop(raw.id, ...attachments)
      return read
    }
    // When this throws the mail may be stored all the same (an answer lost on the way), so its files stay.
    const accepted = await door.accept(read.event)
    if (accepted.kind === 'duplicate') await drop(raw.id, ...attachments)
    else if (read.event.kind === 'receipt') await drop(...attachments)
    return { kind: 'accepted' }
  }
}

async function* hashed(content: AsyncIterable<Uint8Array>, hash: Hash): AsyncGenerator<Uint8Array> {
  for await (const chunk of content) {
    hash.update(chunk)
    yield chunk
  }
}
