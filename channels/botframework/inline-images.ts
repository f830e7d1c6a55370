// Files we send: pictures travel inside the activity, which is the one way that every client takes without asking the customer first.
import type { Attachment } from 'botbuilder'
import { SendError } from '../../src/errors.ts'
import type { Files } from '../../src/files/files.ts'
import type { OutboundMessage } from '../../src/message.ts'

/** Bytes, as Teams takes them: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/bots-filesv4 */
const imageLimit = 1024 * 1024
const imageTypes = ['image/png', 'image/jpeg', 'image/gif']

/** @throws SendError `never` for what cannot be shown here, so that it goes another way to the customer. */
export async function inlineImages({ attachments }: Pick<OutboundMessage, 'attachments'>, files: Files): Promise<Attachment[]> {
  const images: Attachment[] = []
  for (const { file, name, contentType, size } of attachments) {
    if (!imageTypes.includes(contentType) || size > imageLimit)
      throw new SendError('never', 'only PNG, JPEG and GIF pictures of at most 1 MB can be sent through the Bot Framework')
    const stored = await files.read(file)
    if (stored === undefined) throw new SendError('never', 'an attachment is no longer in the files')
    const chunks: Uint8Array[] = []
    for await (const chunk of stored.content) if (chunk instanceof Uint8Array) chunks.push(chunk)
    images.push({ name, contentType, contentUrl: `data:${contentType};base64,${Buffer.concat(chunks).toString('base64')}` })
  }
  return images
}
