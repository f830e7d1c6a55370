// The pool in Slack: a visit that nobody took, in the channel of its team, with a button for whoever can do it.
import type { BlockAction, ButtonAction } from '@slack/bolt'
import type { AnyBlock } from '@slack/web-api'
import type { Door } from '../../../src/channel.ts'
import type { PoolCard } from '../../../src/desk/index.ts'
import type { SlackContext } from '../context.ts'
import { deadlineOf } from '../deadline.ts'
import { findPost, poolEvent } from './find-posted.ts'
import { agentOf, deedOf, type Workplace } from './workplace.ts'
import { mrkdwn, plain, safe, when, who } from './words.ts'

/** Throws as the client does. */
export async function showWork(id: string, { desk }: Pick<Door, 'desk'>, context: SlackContext): Promise<void> {
  const card = await desk.pool(id)
  const channel = card?.slackChannel ?? context.options.triageChannel
  if (card === undefined || channel === undefined) return
  const isThis = (payload: Readonly<Record<string, unknown>>): boolean => payload['work'] === id && payload['since'] === card.since
  if ((await findPost(context, channel, card.since, poolEvent, isThis)) !== undefined) return
  await context.client.chat.postMessage({
    channel,
    text: `A visit for ${card.ticket} is to be had`,
    blocks: [
      section(card),
      { type: 'actions', elements: [{ type: 'button', action_id: 'field_claim', style: 'primary', text: plain('I take it'), value: id }] },
    ],
    metadata: { event_type: poolEvent, event_payload: { work: id, since: card.since } },
    parse: 'none',
    link_names: false,
    unfurl_links: false,
    unfurl_media: false,
  })
}

function section({ ticket, subject, address, from, duration, skills }: PoolCard): AnyBlock {
  const about = [
    `:wrench: *A visit is to be had* · ${ticket} · ${when(from)}, ${Math.round(duration / 60_000)} minutes`,
    safe(subject, 300),
    ...(address === null ? [] : [safe(address, 300)]),
    ...(skills.length === 0 ? [] : [`takes ${safe(skills.join(', '), 300)}`]),
  ]
  return { type: 'section', text: mrkdwn(about.join('\n')) }
}

export function registerPool(at: Workplace): void {
  const { app, desk, slack, members } = at
  app.action<BlockAction<ButtonAction>>({ type: 'block_actions', action_id: 'field_claim' }, members, async ({ ack, action, body, context, respond }) => {
    const [id, agent] = [action.value ?? '', await agentOf(at, body.user.id)]
    if (!deadlineOf(context).claim()) return
    const card = await desk.pool(id)
    const result = await desk.claimWork(id, body.user.id, deedOf(context, agent.id, `${agent.id}/${action.action_ts}/claim/${id}`))
    await ack()
    if (result.kind === 'refused') return void (await respond({ response_type: 'ephemeral', replace_original: false, text: result.why }))
    const { channel, message } = body
    if (card === undefined || channel === undefined || message === undefined) return
    const taken = `${who(agent.id, agent.name)} takes it`
    await slack.client.chat.update({
      channel: channel.id,
      ts: message.ts,
      text: taken,
      blocks: [section(card), { type: 'context', elements: [mrkdwn(taken)] }],
    })
  })
}
