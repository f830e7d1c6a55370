// Who may work at the desk in Slack: those staff who are in a channel of it. And what they are called.
import type { Door } from '../../../src/channel.ts'
import type { SlackContext } from '../context.ts'

/** So long a list of members is believed; somebody who is not on it may have joined since, so for them it is asked for again much sooner. Milliseconds. */
const believedMs = 300_000
const doubtedMs = 5_000

export interface Agents {
  /** Undefined: they may. Else why not, for them to read. Rejects when Slack cannot be asked. */
  check(user: string): Promise<string | undefined>
  /** As customers read it. */
  nameOf(user: string): Promise<string>
}

export function createAgents(context: SlackContext, door: Pick<Door, 'desk'>): Agents {
  const { client, options } = context
  const members = new Map<string, { users: Set<string>; at: number }>()
  const names = new Map<string, { name: string; at: number }>()
  const age = (at: number): number => options.clock.now() - at

  async function isMember(channel: string, user: string): Promise<boolean> {
    const known = members.get(channel)
    if (known !== undefined && age(known.at) < (known.users.has(user) ? believedMs : doubtedMs)) return known.users.has(user)
    const users = new Set<string>()
    let cursor: string | undefined
    while (cursor !== '') {
      const page = await client.conversations.members({ channel, limit: 1000, ...(cursor === undefined ? {} : { cursor }) })
      for (const each of page.members ?? []) users.add(each)
      cursor = page.response_metadata?.next_cursor ?? ''
    }
    members.set(channel, { users, at: options.clock.now() })
    return users.has(user)
  }

  return {
    async check(user) {
      const channels = deskChannels(context, door)
      if (channels.length === 0) return 'There is no desk here yet: set SLACK_TRIAGE_CHANNEL to the id of its channel.'
      for (const channel of channels) if (await isMember(channel, user)) return undefined
      return `The desk is for members of ${channels.map((channel) => `<#${channel}>`).join(', ')}. Join, or ask somebody there to invite you.`
    },
    async nameOf(user) {
      const known = names.get(user)
      if (known !== undefined && age(known.at) < believedMs) return known.name
      const { user: found } = await client.users.info({ user })
      const name = found?.profile?.real_name || found?.real_name || found?.name || 'Support'
      names.set(user, { name, at: options.clock.now() })
      return name
    },
  }
}

/** The triage channel and those of the teams. */
function deskChannels({ options }: SlackContext, { desk }: Pick<Door, 'desk'>): string[] {
  return [...new Set([options.triageChannel, ...desk.teams().map(({ slackChannel }) => slackChannel)].filter((channel) => channel !== undefined))]
}
