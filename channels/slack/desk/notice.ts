// A task that belongs to no ticket, as a notice in the triage channel: a customer without a repair who wants a person, an input nobody could read.
import type { BlockAction, ButtonAction } from '@slack/bolt'
import type { AnyBlock } from '@slack/web-api'
import type { Door } from '../../../src/channel.ts'
import type { TaskCard } from '../../../src/desk/index.ts'
import type { SlackContext } from '../context.ts'
import { deadlineOf } from '../deadline.ts'
import { findPost, noticeEvent } from './find-posted.ts'
import { agentOf, deedOf, whyNot, type Workplace } from './workplace.ts'
import { channelNames, excerpt, mrkdwn, plain, safe, taskNames, when, who, wordBlocks } from './words.ts'

/** Throws as the client does. */
export async function showTask(id: string, { desk }: Pick<Door, 'desk'>, context: SlackContext): Promise<void> {
  const { triageChannel: channel } = context.options
  const task = await desk.task(id)
  if (task === undefined || task.state === 'done' || channel === undefined) return
  if ((await findPost(context, channel, task.since, noticeEvent, (payload) => payload['task'] === id)) !== undefined) return
  await context.client.chat.postMessage({
    channel,
    ...drawNotice(task),
    metadata: { event_type: noticeEvent, event_payload: { task: id } },
    parse: 'none',
    link_names: false,
    unfurl_links: false,
    unfurl_media: false,
  })
}

/** With what became of it in place of its buttons, once something did. */
function drawNotice(task: TaskCard, outcome?: string): { text: string; blocks: AnyBlock[] } {
  const { kind, since, about, customer } = task
  const from = customer === null ? '' : ` · ${safe(customer.name ?? 'a customer', 80)} by ${channelNames[customer.channel]} ${safe(customer.address, 80)}`
  const head = `:bell: ${taskNames[kind]}${about === null ? '' : `: ${safe(about, 300)}`}${from} · ${when(since)}`
  return {
    text: `:bell: ${taskNames[kind]}`,
    blocks: [
      { type: 'section', text: mrkdwn(head) },
      ...(customer === null || customer.lastWords.trim() === '' ? [] : wordBlocks(excerpt(customer.lastWords, 600), 1)),
      outcome === undefined ? buttons(task) : { type: 'context', elements: [mrkdwn(outcome)] },
    ],
  }
}

function buttons({ id, customer }: TaskCard): AnyBlock {
  return {
    type: 'actions',
    elements: [
      ...(customer === null ? [] : [{ type: 'button' as const, action_id: 'desk_take', style: 'primary' as const, text: plain('Take it'), value: id }]),
      { type: 'button', action_id: 'desk_seen', text: plain('Looked at it'), value: id },
    ],
  }
}

export function registerNotice(at: Workplace): void {
  const { app, desk, slack, members } = at
  const settle = async (body: BlockAction, id: string, outcome: string): Promise<void> => {
    const task = await desk.task(id)
    const { channel, message } = body
    if (task !== undefined && channel !== undefined && message !== undefined)
      await slack.client.chat.update({ channel: channel.id, ts: message.ts, ...drawNotice(task, outcome) })
  }

  app.action<BlockAction<ButtonAction>>({ type: 'block_actions', action_id: 'desk_take' }, members, async ({ ack, action, body, context, respond }) => {
    const [id, agent] = [action.value ?? '', await agentOf(at, body.user.id)]
    const result = await desk.takeTask(id, agent, deedOf(context, agent.id, `${agent.id}/${action.action_ts}/take/${id}`))
    await ack()
    const why = whyNot(result)
    if (why !== undefined) return void (await respond({ response_type: 'ephemeral', replace_original: false, text: why }))
    if (result.kind === 'taken') await settle(body, id, `${who(agent.id, agent.name)} took it: ${result.ticket}`)
  })

  app.action<BlockAction<ButtonAction>>({ type: 'block_actions', action_id: 'desk_seen' }, members, async ({ ack, action, body, context }) => {
    const [id, agent] = [action.value ?? '', await agentOf(at, body.user.id)]
    if (!deadlineOf(context).claim()) return
    const task = await desk.closeTask(id, agent)
    await ack()
    await settle(body, id, `${who(task?.doneBy ?? agent.id, agent.name)} has looked at it`)
  })
}
