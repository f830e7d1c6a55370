// An event of Slack as what it is to us: a customer's message, something for a worker to look at, or none of our business. Pure.
import type { NewMessage } from '../../src/message.ts'
import { readEdit } from './read-edit.ts'
import { readFiles } from './read-files.ts'
import type { EventBody } from './read-request.ts'
import { addressOf, slackMessage, teamOf, whoWeAre, wordsOf, type Ourselves, type SlackMessage } from './slack-message.ts'
import { plainText } from './text.ts'

export type Heard =
  /** `rather`: the thread it belongs to if there is a conversation in it already. */
  | { kind: 'message'; message: NewMessage; rather: string | undefined }
  /** In a thread, without naming us: theirs if they are in conversation with us there. `ownThread`: they began the thread a while ago. */
  | { kind: 'perhaps'; message: NewMessage; ownThread: boolean }
  /** For the conversation in the first of these threads that there is one in. */
  | { kind: 'note'; note: NewMessage; threads: string[] }
  /** Said across Slack Connect without saying from which workspace: who it is must be asked. */
  | { kind: 'unplaced'; user: string }
  | { kind: 'event' }
  | { kind: 'ignored' }

/** What people write, and nothing that Slack writes about what they do. */
const spoken = new Set([undefined, 'file_share', 'thread_broadcast', 'me_message'])

/** So long what was said before can still be on its way: Slack tries for about an hour. */
const lateSeconds = 7_200

/** `knownTeam`: the author's workspace, once it was asked for. */
export function readEvent(body: EventBody, raw: Uint8Array, isInternal: (channel: string) => boolean, knownTeam?: string): Heard {
  const edit = readEdit(body, raw)
  if (edit?.kind === 'none') return { kind: 'ignored' }
  if (edit?.kind === 'now_names_us') return readEvent({ ...body, event: edit.event }, raw, isInternal)
  const read = slackMessage.safeParse(body.event)
  if (!read.success) return { kind: 'event' }
  const event = { ...read.data, ...(knownTeam === undefined ? {} : { user_team: knownTeam }) }
  const { channel, user, ts, thread_ts: thread } = event
  if (channel === undefined) return { kind: 'ignored' }
  if (edit?.kind === 'note') return isInternal(channel) ? { kind: 'event' } : edit
  const we = whoWeAre(body)
  // No bot gets an answer, least of all we ourselves.
  if (user === undefined || user === we.botUser || user === 'USLACKBOT' || event.bot_id || !spoken.has(event.subtype)) return { kind: 'ignored' }
  if (isInternal(channel)) return { kind: 'event' }

  const isReply = thread !== undefined && thread !== ts
  const isDirect = event.channel_type === 'im' || event.channel_type === 'app_home'
  const namesUs = event.type === 'app_mention' || (we.botUser !== undefined && (event.text ?? '').includes(`<@${we.botUser}`))
  if (!isDirect && !namesUs && !isReply) return { kind: 'ignored' }
  // Slack leaves the workspace out of what comes with files.
  if (body.is_ext_shared_channel === true && teamOf(event) === undefined) return { kind: 'unplaced', user }
  const inThread = `${channel}:${thread ?? ts}`
  const root = isReply ? thread : undefined
  const message = toMessage(event, { channel, user, thread: isDirect && !isReply ? channel : inThread, root, we, raw })
  if (isDirect) return { kind: 'message', message, rather: isReply ? channel : undefined }
  return namesUs
    ? { kind: 'message', message, rather: undefined }
    : { kind: 'perhaps', message, ownThread: event.parent_user_id === user && Number(ts) - Number(thread) < lateSeconds }
}

interface About {
  channel: string
  user: string
  /** Where the utterance stands, and where its answer goes. */
  thread: string
  /** The message whose thread it stands in. */
  root: string | undefined
  we: Ourselves
  raw: Uint8Array
}

function toMessage(event: SlackMessage, { channel, user, thread, root, we, raw }: About): NewMessage {
  const { remotes, links } = readFiles(event.files ?? [])
  const text = plainText([...wordsOf(event), ...links].join('\n\n'), we.botUser)
  const name = event.user_profile?.real_name
  return {
    channel: 'slack',
    account: we.team,
    // The same utterance comes as a mention and as a message, with two event ids.
    providerId: `${we.team}:${channel}:${event.ts}`,
    keyWithoutAccount: false,
    from: { address: addressOf(event, user, we.team), ...(name ? { name } : {}) },
    thread,
    hints: { tokens: [], references: [], numbers: [], own: thread },
    text,
    fullText: text,
    ...(root === undefined ? {} : { repliesTo: [`${we.team}:${channel}:${root}`] }),
    author: 'person',
    attachments: [],
    ...(remotes.length === 0 ? {} : { remotes }),
    raw: { name: 'event.json', contentType: 'application/json', content: raw },
  }
}
