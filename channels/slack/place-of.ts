// Where to write to a person in our workspace: the direct messages between them and the bot.
import { SendError } from '../../src/errors.ts'
import type { Place } from '../../src/message.ts'
import type { SlackContext } from './context.ts'
import { sendErrorOf } from './send-error.ts'

/** Throws `SendError`. */
export async function placeOf(user: string, { client, identity }: SlackContext): Promise<Place> {
  try {
    const [{ team }, { channel }] = await Promise.all([identity(), client.conversations.open({ users: user })])
    if (channel?.id === undefined) throw new SendError('never', 'Slack opened no conversation')
    return { channel: 'slack', account: team, address: `${team}:${user}`, thread: channel.id }
  } catch (error) {
    throw sendErrorOf(error)
  }
}
