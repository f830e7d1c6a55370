// Has the codes on labels read from the photos of messages before their turn. What they say is stored, so that a turn tried again reads the same.
import type { Core } from '../core.ts'
import { largestFile } from '../files/keep.ts'
import { readWhole } from '../files/read-whole.ts'
import type { LabelCode } from '../labels/index.ts'
import type { InboundMessage } from '../message.ts'

/** For all photos of a turn, since the customer waits: milliseconds. The label is among the first ones. */
const patienceMs = 8_000

export async function readLabels(core: Core, burst: readonly InboundMessage[]): Promise<InboundMessage[]> {
  const until = core.clock.now() + patienceMs
  const read: InboundMessage[] = []
  for (const message of burst) read.push(await readLabelsOf(core, message, until))
  return read
}

async function readLabelsOf(core: Core, message: InboundMessage, until: number): Promise<InboundMessage> {
  const { labels } = core
  const photos = message.attachments.filter(({ contentType, size }) => contentType.startsWith('image/') && size <= largestFile)
  if (labels === undefined || message.codes !== undefined || message.author === 'machine' || photos.length === 0) return message
  const codes: LabelCode[] = []
  for (const { file, contentType } of photos) {
    if (core.clock.now() > until) break
    const photo = await readWhole(core.files, file)
    if (photo !== undefined) codes.push(...((await labels.read(photo, contentType)) ?? []))
  }
  // Also when there are none: a photo is not looked at twice.
  await core.collections.messages.update(message._id, { $set: { codes } })
  return { ...message, codes }
}
