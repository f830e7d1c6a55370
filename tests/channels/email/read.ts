// Reads a mail for a test the way the webhook does: from bytes, attachments in memory.
import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { ownAddresses } from '../../../channels/email/addresses.ts'
import { readMail } from '../../../channels/email/read-mail.ts'
import type { Envelope, ReadMail } from '../../../channels/email/read-mail.ts'
import type { NewMessage } from '../../../src/message.ts'
import { mailPayload } from '../../support/mail-door.ts'

export const own = ownAddresses(['support@repair.example', 'repairs@repair.example'])

/** The message of ours that the recorded answers and bounces are about. */
export const ourId = 'm_01JBRZ4T8C6Q2W9X5V7K3N1M0P@repair.example'

export async function read(mail: Uint8Array | string, envelope?: Envelope): Promise<ReadMail> {
  const bytes = Buffer.from(mail)
  return readMail(
    {
      raw: { name: 'mail.eml', contentType: 'message/rfc822', content: bytes },
      open: async () => Readable.from(pieces(bytes), { objectMode: false }),
      async keep(part, about) {
        const chunks: Uint8Array[] = []
        for await (const chunk of part) chunks.push(chunk)
        const content = Buffer.concat(chunks)
        return { attachment: { ...about, content }, sha256: createHash('sha256').update(content).digest('hex') }
      },
      ...(envelope ? { envelope } : {}),
    },
    own,
  )
}

function* pieces(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 16_384) yield bytes.subarray(at, at + 16_384)
}

/** The message a mail becomes; fails the test when it becomes something else. */
export async function readMessage(mail: Uint8Array | string, envelope?: Envelope): Promise<NewMessage> {
  const result = await read(mail, envelope)
  if (result.kind !== 'event' || result.event.kind !== 'message') throw new Error(`no message but ${JSON.stringify(result).slice(0, 200)}`)
  return result.event.message
}

export const payload = async (name: string) => readMessage(await mailPayload(name))
