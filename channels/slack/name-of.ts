// The name a customer goes by in Slack.
import type { SlackContext } from './context.ts'

/** Throws as the client does. */
export async function nameOf(address: string, { client }: SlackContext): Promise<string | undefined> {
  const { user } = await client.users.info({ user: address.slice(address.indexOf(':') + 1) })
  return user?.profile?.real_name || user?.real_name || user?.name || undefined
}
