// A message as Slack tells of it, and whose it is. Pure.
// https://docs.slack.dev/reference/events/message
import { z } from 'zod'
import type { EventBody } from './read-request.ts'

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

export interface Ourselves {
  team: string
  botUser: string | undefined
}

/** The workspace that the event came for, and who we are in it, as the event itself says. */
export function whoWeAre(body: EventBody): Ourselves {
  const [authorization] = body.authorizations ?? []
  return {
    team: authorization?.team_id ?? body.context_team_id ?? body.team_id,
    botUser: authorization?.is_bot === false ? undefined : authorization?.user_id,
  }
}

/** The workspace its author belongs to, where Slack says so. */
export function teamOf(message: SlackMessage): string | undefined {
  return message.user_team ?? message.team ?? message.user_profile?.team
}

/** Ids of people differ from workspace to workspace, so theirs is part of the address; without it it is ours. */
export function addressOf(message: SlackMessage, user: string, team: string): string {
  return `${teamOf(message) ?? team}:${user}`
}

const quoted = z.looseObject({ is_share: z.boolean().optional(), is_msg_unfurl: z.boolean().optional(), text: z.string().optional() })

/** What was said: its own words, and those of messages forwarded with it. Still as Slack writes text. */
export function wordsOf({ text, attachments = [] }: SlackMessage): string[] {
  const forwarded = attachments.flatMap((attachment) => {
    const { data } = quoted.safeParse(attachment)
    return (data?.is_share || data?.is_msg_unfurl) && data.text ? [data.text] : []
  })
  return [...(text ? [text] : []), ...forwarded]
}
