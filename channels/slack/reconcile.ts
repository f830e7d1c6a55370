// After an outage: what people wrote to us directly meanwhile. Slack gives an event up after some minutes, and keeps the message.
import { WebAPIRateLimitedError } from '@slack/web-api'
import type { Accept } from '../../src/channel.ts'
import type { SlackContext } from './context.ts'
import { readEvent } from './read-event.ts'
import type { EventBody } from './read-request.ts'
import { slackMessage } from './slack-message.ts'

/** A gap that is no outage: Mendline looks back so far every few minutes, and Slack itself tries again for so long. */
const ordinaryMs = 25 * 60_000

/** Throws as the client does. */
export async function reconcile(since: Date, accept: Accept, context: SlackContext): Promise<void> {
  if (context.options.clock.now() - since.getTime() < ordinaryMs) return
  const { client } = context
  for (let cursor: string | undefined; cursor !== '';) {
    const page = await unhurried(() => client.users.conversations({ types: 'im', limit: 200, ...(cursor === undefined ? {} : { cursor }) }))
    for (const { id } of page.channels ?? []) if (id !== undefined) await hearAgain(id, since, accept, context)
    cursor = page.response_metadata?.next_cursor ?? ''
  }
}

/** What is stored already is told apart by its id. Replies in threads are not among what Slack lists here. */
async function hearAgain(channel: string, since: Date, accept: Accept, { client, identity }: SlackContext): Promise<void> {
  const { team, botUser } = await identity()
  const oldest = String(since.getTime() / 1000)
  const found: unknown[] = []
  for (let cursor: string | undefined; cursor !== '';) {
    const page = await unhurried(() => client.conversations.history({ channel, oldest, limit: 200, ...(cursor === undefined ? {} : { cursor }) }))
    found.push(...(page.messages ?? []))
    cursor = page.response_metadata?.next_cursor ?? ''
  }
  // The newest come first; they take effect in the order in which they were written.
  for (const message of found.toReversed()) {
    const { data } = slackMessage.safeParse(message)
    if (data === undefined) continue
    const body: EventBody = {
      type: 'event_callback',
      team_id: team,
      event_id: 'reconcile',
      authorizations: [{ team_id: team, user_id: botUser, is_bot: true }],
      event: { ...data, type: 'message', channel, channel_type: 'im' },
    }
    const heard = readEvent(body, Buffer.from(JSON.stringify(body)), () => false)
    if (heard.kind === 'message') await accept({ kind: 'message', message: heard.message })
  }
}

/** Waits as long as Slack asks for, instead of beginning anew. */
async function unhurried<T>(call: () => Promise<T>): Promise<T> {
  for (;;)
    try {
      return await call()
    } catch (error) {
      if (!(error instanceof WebAPIRateLimitedError)) throw error
      await new Promise((resolve) => setTimeout(resolve, error.retryAfter * 1000))
    }
}
