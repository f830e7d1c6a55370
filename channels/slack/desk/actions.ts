// The buttons of cards, lists and the home tab: what each press does.
import type { BlockAction, ButtonAction, OverflowAction, SlackActionMiddlewareArgs, AllMiddlewareArgs } from '@slack/bolt'
import { acts } from './acts.ts'
import { publishHome } from './home.ts'
import { openAssign } from './modals/assign.ts'
import { openMerge } from './modals/merge.ts'
import { openNote } from './modals/note.ts'
import { openQuote } from './modals/quote.ts'
import { openResolve } from './modals/resolve.ts'
import { openStatus } from './modals/status.ts'
import { openWords } from './modals/words.ts'
import { pairActs } from './related.ts'
import { agentOf, deedOf, whyNot, type Press, type Workplace } from './workplace.ts'

const presses: Readonly<Record<string, (press: Press, at: Workplace) => Promise<void>>> = {
  desk_claim: claim,
  desk_reply: (press, at) => openWords('reply', press, at),
  desk_ask: (press, at) => openWords('ask', press, at),
  desk_note: openNote,
  desk_quote: openQuote,
  desk_resolve: openResolve,
  desk_assign: openAssign,
  desk_status: openStatus,
  desk_merge: openMerge,
  desk_merge_same: openMerge,
  desk_apart: tellApart,
  desk_return: callBotBack,
  desk_tasks: closeTasks,
}

type Pressed<A extends ButtonAction | OverflowAction> = SlackActionMiddlewareArgs<BlockAction<A>> & AllMiddlewareArgs

export function registerActions(at: Workplace): void {
  for (const { id } of acts)
    at.app.action<BlockAction<ButtonAction>>({ type: 'block_actions', action_id: id }, at.members, (args) => run(id, args.action.value ?? '', args, at))
  at.app.action<BlockAction<OverflowAction>>({ type: 'block_actions', action_id: 'desk_more' }, at.members, (args) => {
    const [id = '', ticket = ''] = args.action.selected_option.value.split(' ')
    return run(id, ticket, args, at)
  })
  for (const id of pairActs)
    at.app.action<BlockAction<ButtonAction>>({ type: 'block_actions', action_id: id }, at.members, (args) => {
      const [ticket = '', other = ''] = (args.action.value ?? '').split(' ')
      return run(id, ticket, args, at, other)
    })
}

async function run<A extends ButtonAction | OverflowAction>(id: string, ticket: string, args: Pressed<A>, at: Workplace, other?: string): Promise<void> {
  const { body, action, context, ack, respond } = args
  const user = body.user.id
  const key = `${user}/${action.action_ts}/${id}/${ticket}`
  await presses[id]?.(
    {
      ticket,
      ...(other === undefined ? {} : { other }),
      agent: await agentOf(at, user),
      trigger: body.trigger_id,
      key,
      deed: deedOf(context, user, key),
      ack: () => ack(),
      async tell(text) {
        if (body.response_url) await respond({ response_type: 'ephemeral', replace_original: false, text })
        else await at.slack.client.chat.postMessage({ channel: user, text })
      },
      onCard: body.message !== undefined && body.container['is_ephemeral'] !== true,
    },
    at,
  )
  if (body.view?.type === 'home') await publishHome(user, at)
}

async function claim({ ticket, agent, deed, ack, tell, onCard }: Press, { desk }: Workplace): Promise<void> {
  const result = await desk.claim(ticket, agent, false, deed)
  await ack()
  const why = whyNot(result)
  if (why !== undefined) return tell(why)
  if (result.kind === 'unchanged') return tell(`You have ${ticket} already.`)
  if (result.kind === 'changed' && !onCard) await tell(`${ticket} is yours now.`)
}

async function tellApart({ ticket, other = '', deed, ack, tell }: Press, { desk }: Workplace): Promise<void> {
  const result = await desk.tellApart(ticket, other, deed)
  await ack()
  const why = whyNot(result)
  if (why !== undefined) await tell(why)
}

async function callBotBack({ ticket, deed, ack, tell }: Press, { desk }: Workplace): Promise<void> {
  const result = await desk.returnToBot(ticket, deed)
  await ack()
  const why = whyNot(result)
  if (why !== undefined) await tell(why)
}

async function closeTasks({ ticket, agent, deed, ack }: Press, { desk }: Workplace): Promise<void> {
  const card = await desk.card(ticket)
  if (deed.mayCommit?.() !== false) for (const { id } of card?.tasks ?? []) await desk.closeTask(id, agent)
  await ack()
}
