// Files that came by reference are fetched before their message has its turn. What cannot be had goes to a person; the words go on.
import type { Channel } from '../channel.ts'
import type { Core } from '../core.ts'
import { FetchError } from '../errors.ts'
import { FileRefused, largestFile } from '../files/keep.ts'
import { errorFields } from '../log.ts'
import type { Attachment, InboundMessage } from '../message.ts'
import { raiseTask } from '../tasks/index.ts'

const triesMax = 4

/** The same messages with their files; `later` when a fetch is to be tried again, which is queued. */
export async function fetchFiles(core: Core, channel: Channel, burst: readonly InboundMessage[]): Promise<InboundMessage[] | 'later'> {
  const whole: InboundMessage[] = []
  for (const message of burst) {
    const fetched = await fetchOf(core, channel, message)
    if (fetched === 'later') return 'later'
    whole.push(fetched)
  }
  return whole
}

async function fetchOf(core: Core, channel: Channel, message: InboundMessage): Promise<InboundMessage | 'later'> {
  const left = [...(message.remotes ?? [])]
  const attachments: Attachment[] = [...message.attachments]
  for (let next = left[0]; next !== undefined; next = left[0]) {
    try {
      if (channel.fetch === undefined) throw new FetchError('never', 'the channel fetches no files')
      const { content, name = next.name, contentType = next.contentType, size } = await channel.fetch(next)
      attachments.push(await core.keep(content, { name, contentType, size }, { size: largestFile }))
    } catch (error) {
      const failures = (message.fetchFailures ?? 0) + 1
      core.log.warn('file not fetched', { message: message._id, channel: message.channel, count: failures, ...errorFields(error) })
      const final = error instanceof FileRefused || (error instanceof FetchError && error.kind === 'never') || failures >= triesMax
      if (!final) {
        await core.collections.messages.update(message._id, { $set: { attachments, remotes: left, fetchFailures: failures } })
        await core.queues.add('turn', { conversation: message.conversation }, { key: message.conversation, delayMs: 1000 * 2 ** failures })
        return 'later'
      }
      await raiseTask(core, `t_file_${message._id}`, { kind: 'file_missing', ticket: null, conversation: message.conversation, message: message._id })
    }
    left.shift()
    await core.collections.messages.update(message._id, { $set: { attachments, remotes: left } })
  }
  return { ...message, attachments, remotes: [] }
}
