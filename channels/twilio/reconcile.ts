// Asks Twilio's list of messages what its callbacks failed to tell: it does not repeat a webhook that we could not take.
import type { Accept } from '../../src/channel.ts'
import type { NewAttachment } from '../../src/message.ts'
import { apiOrigin, isService } from './account.ts'
import { readAddress, writeAddress } from './address.ts'
import { listMessages, type ListedMessage } from './client.ts'
import { readMessage, remoteFile } from './read-message.ts'
import { receiptOf } from './read-status.ts'
import type { Sender } from './send.ts'

/** A webhook and its fallback have 15 s each, and know more than the list does: a sender's name, a button, a place. They go first. */
const youngestMs = 60_000

/** Accepts what came in, and the statuses of what went out, since then. Messages of others on the same account are left alone. */
export async function reconcileTexts(sender: Sender, since: Date, accept: Accept): Promise<void> {
  const { client, channel, options } = sender
  const until = options.clock.now() - youngestMs
  for (const filter of filtersOf(sender))
    for await (const listed of listMessages(client, { ...filter, dateSentAfter: since })) {
      if (!isOurs(sender, listed)) continue
      if (listed.direction !== 'inbound') {
        const receipt = receiptOf({ sid: listed.sid, to: listed.to, from: listed.from ?? '', status: listed.status, code: listed.errorCode ?? 0 })
        if (receipt !== undefined) await accept({ kind: 'receipt', receipt: { ...receipt, channel }, raw: rawOf(listed) })
      } else if (listed.dateCreated.getTime() <= until) await acceptListed(sender, listed, accept)
    }
}

/** A list for each of our numbers; a Messaging Service's numbers are known to Twilio only, so there it is the whole list. */
function filtersOf({ channel, options: { senders } }: Sender): { to?: string; from?: string }[] {
  if (senders.some(isService)) return [{}]
  return senders.flatMap((number) => [{ to: writeAddress(channel, number) }, { from: writeAddress(channel, number) }])
}

function isOurs({ channel, options: { senders } }: Sender, { to, from, direction, messagingServiceSid }: ListedMessage): boolean {
  const own = readAddress(direction === 'inbound' ? to : (from ?? to))
  return own.channel === channel && (senders.includes(own.address) || (messagingServiceSid !== null && senders.includes(messagingServiceSid)))
}

async function acceptListed({ client }: Sender, listed: ListedMessage, accept: Accept): Promise<void> {
  const message = readMessage(
    {
      MessageSid: listed.sid,
      From: listed.from,
      To: listed.to,
      Body: listed.body ?? '',
      ...(listed.messagingServiceSid ? { MessagingServiceSid: listed.messagingServiceSid } : {}),
    },
    rawOf(listed),
  )
  if (message === undefined) return
  const media = Number(listed.numMedia) > 0 ? await client.messages(listed.sid).media.list() : []
  const remotes = media.map(({ uri, contentType }, n) => remoteFile(`${apiOrigin}${uri.replace(/\.json$/, '')}`, contentType, n))
  await accept({ kind: 'message', message: remotes.length === 0 ? message : { ...message, remotes } })
}

function rawOf(listed: ListedMessage): NewAttachment {
  return { name: 'twilio.json', contentType: 'application/json', content: Buffer.from(JSON.stringify(listed)) }
}
