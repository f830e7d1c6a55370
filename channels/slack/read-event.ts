// An event of Slack as what it is to us: a customer's message, something for a worker to look at, or none of our business. Pure.
import { z } from 'zod'
import type { NewMessage, RemoteFile } from '../../src/message.ts'
import { readFiles } from './read-files.ts'
import type { EventBody } from './read-request.ts'
import { plainText } from './text.ts'

/** A message as it was written, or as it is after an edit. https://docs.slack.dev/reference/events/message */
export const slackMessage = z.looseObject({
  type: z.enum(['message', 'app_mention']),
  subtype: z.string().optional(),
  channel: z.string().optional(),
  channel_type: z.string().optional(),
  user: z.string().optional(),
  bot_id: z.string().nullish(),
  ts: z.string(),
  thread_ts: z.string().optional(),
  parent_user_id: z.string().optional(),
  text: z.string().nullish(),
  team: z.string().nullish(),
  user_team: z.string().nullish(),
  user_profile: z.looseObject({ real_name: z.string().optional(), team: z.string().optional() }).nullish(),
  files: z.array(z.unknown()).optional(),
  attachments: z.array(z.unknown()).optional(),
})
export type SlackMessage = z.output<typeof slackMessage>

export type Heard =
  /** `rather`: the thread it belongs to if there is a conversation in it already. */
  | { kind: 'message'; message: NewMessage; rather: string | undefined }
  /** In a thread, without naming us: theirs if they are in conversation with us there. `ownThread`: they began the thread. */
  | { kind: 'perhaps'; message: NewMessage; ownThread: boolean }
  /** Said across Slack Connect without saying from which workspace: who it is must be asked. */
  | { kind: 'unplaced'; user: string }
  | { kind: 'event' }
  | { kind: 'ignored' }

/** What people write, and nothing that Slack writes about what they do. */
const spoken = new Set([undefined, 'file_share', 'thread_broadcast', 'me_message'])

/** `knownTeam`: the author's workspace, once it was asked for. */
export function readEvent(body: EventBody, raw: Uint8Array, isInternal: (channel: string) => boolean, knownTeam?: string): Heard {
  const read = slackMessage.safeParse(body.event)
  if (!read.success) return { kind: 'event' }
  const event = { ...read.data, ...(knownTeam === undefined ? {} : { user_team: knownTeam }) }
  const { channel, user, ts, thread_ts: thread } = event
  if (channel === undefined) return { kind: 'ignored' }
  if (event.subtype === 'message_changed' || event.subtype === 'message_deleted') return { kind: 'event' }
  const we = whoWeAre(body)
  // No bot gets an answer, least of all we ourselves.
  if (user === undefined || user === we.botUser || event.bot_id || !spoken.has(event.subtype)) return { kind: 'ignored' }
  if (isInternal(channel)) return { kind: 'event' }
  const isReply = thread !== undefined && thread !== ts
  const isDirect = event.channel_type === 'im'
  const namesUs = event.type === 'app_mention' || (we.botUser !== undefined && (event.text ?? '').includes(`<@${we.botUser}`))
  if (!isDirect && !namesUs && !isReply) return { kind: 'ignored' }
  // Slack leaves the workspace out of what comes with files.
  if (body.is_ext_shared_channel === true && teamOf(event) === undefined) return { kind: 'unplaced', user }
  const place = (where: string): NewMessage => toMessage(event, { channel, user, thread: where, we, raw })
  if (isDirect)
    return isReply
      ? { kind: 'message', message: place(`${channel}:${thread}`), rather: channel }
      : { kind: 'message', message: place(channel), rather: undefined }
  const where = `${channel}:${thread ?? ts}`
  if (namesUs) return { kind: 'message', message: place(where), rather: undefined }
  return { kind: 'perhaps', message: place(where), ownThread: event.parent_user_id === user }
}

/** The workspace that the event came for, and who we are in it, as the event itself says. */
export function whoWeAre(body: EventBody): { team: string; botUser: string | undefined } {
  const [authorization] = body.authorizations ?? []
  return {
    team: authorization?.team_id ?? body.context_team_id ?? body.team_id,
    botUser: authorization?.is_bot === false ? undefined : authorization?.user_id,
  }
}

/** Ids of people differ from workspace to workspace, so theirs is part of the address. */
export function addressOf(message: SlackMessage, user: string, team: string): string {
  return `${teamOf(message) ?? team}:${user}`
}

function teamOf(message: SlackMessage): string | undefined {
  return message.user_team ?? message.team ?? message.user_profile?.team
}

interface About {
  channel: string
  user: string
  thread: string
  we: { team: string; botUser: string | undefined }
  raw: Uint8Array
}

function toMessage(event: SlackMessage, { channel, user, thread, we, raw }: About): NewMessage {
  const { remotes, links } = readFiles(event.files ?? [])
  const text = plainText([event.text ?? '', ...shared(event.attachments ?? []), ...links].filter((part) => part !== '').join('\n\n'), we.botUser)
  const name = event.user_profile?.real_name
  return {
    channel: 'slack',
    account: we.team,
    // The same utterance comes as a mention and as a message, with two event ids.
    providerId: `${we.team}:${channel}:${event.ts}`,
    keyWithoutAccount: false,
    from: { address: addressOf(event, user, we.team), ...(name ? { name } : {}) },
    thread,
    // Where an answer goes: into the thread in which it was asked.
    hints: {
      tokens: [],
      references: [],
      numbers: [],
      own: event.thread_ts === undefined && event.channel_type === 'im' ? channel : `${channel}:${event.thread_ts ?? event.ts}`,
    },
    text,
    fullText: text,
    author: 'person',
    attachments: [],
    ...(remotes.length === 0 ? {} : { remotes: remotes satisfies readonly RemoteFile[] }),
    raw: { name: 'event.json', contentType: 'application/json', content: raw },
  }
}

const quoted = z.looseObject({ is_share: z.boolean().optional(), is_msg_unfurl: z.boolean().optional(), text: z.string().optional() })

/** Words of messages that were forwarded with this one. */
function shared(attachments: readonly unknown[]): string[] {
  return attachments.flatMap((attachment) => {
    const { data } = quoted.safeParse(attachment)
    return (data?.is_share || data?.is_msg_unfurl) && data.text ? [data.text] : []
  })
}
