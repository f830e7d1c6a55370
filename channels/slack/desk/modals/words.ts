// Writing to the customer: the words, then exactly what the customer will get of them and where, then sending. A question lets the ticket wait.
import type { BlockAction, StaticSelectAction } from '@slack/bolt'
import type { AnyBlock, ModalView } from '@slack/web-api'
import { digest } from '../../../../src/message.ts'
import type { Desk } from '../../../../src/desk/index.ts'
import { carry, optionOf, readCarried, readEntered, textInput, type Carried } from '../pages.ts'
import { agentOf, deedOf, plainWhyNot, whyNot, type Press, type Workplace } from '../workplace.ts'
import { channelNames, excerpt, languageNames, mrkdwn, plain, safe, when, wordBlocks } from '../words.ts'

type Kind = 'reply' | 'ask'
type Preview = Extract<Awaited<ReturnType<Desk['previewReply']>>, { kind: 'preview' }>['preview']

const titles: Readonly<Record<Kind, string>> = { reply: 'Reply', ask: 'Ask for information' }
const hints: Readonly<Record<Kind, string>> = {
  reply: 'The customer reads this. Next you see it as they will.',
  ask: 'The customer reads this, and the ticket waits for their answer. Next you see it as they will.',
}

export async function openWords(kind: Kind, { ticket, key, trigger, agent, ack, tell }: Press, { desk, slack }: Workplace): Promise<void> {
  const result = await desk.previewReply(ticket, '', agent)
  if (result.kind === 'refused') {
    await ack()
    return tell(whyNot(result) ?? '')
  }
  const { preview } = result
  const canned = await desk.cannedReplies(ticket)
  await slack.client.views.open({ trigger_id: trigger, view: page(kind, { key, ticket, seen: preview.seen }, preview, { canned }) })
  await ack()
}

interface Filled {
  canned: Awaited<ReturnType<Desk['cannedReplies']>>
  /** Words to begin with, under a block name of their own: Slack keeps what was typed under the old one. */
  begun?: { text: string; block: string }
  block?: string
  text?: string
  /** Words of another agent that this one has not seen. */
  newer?: string
}

function page(kind: Kind, about: Carried, preview: Preview, { canned, begun, block, text, newer }: Filled): ModalView {
  const shown = about.previewed !== undefined
  return {
    type: 'modal',
    callback_id: `desk_${kind}`,
    private_metadata: carry(about),
    title: plain(titles[kind]),
    submit: plain(shown ? 'Send' : 'Preview'),
    blocks: [
      { type: 'context', elements: [mrkdwn(`${about.ticket} · ${toWhom(preview)}`)] },
      ...trouble(preview),
      ...(newer === undefined ? [] : [{ type: 'section' as const, text: mrkdwn(`:warning: ${newer}`) }]),
      ...(shown ? asReceived(preview) : []),
      textInput('text', 'Words', { lines: true, initial: begun?.text ?? text, hint: hints[kind], block: begun?.block ?? block ?? 'words' }),
      ...(canned.length === 0 || shown ? [] : [cannedMenu(canned)]),
    ],
  }
}

function toWhom({ channel, address, language, windowUntil }: Preview): string {
  const until = windowUntil === null ? '' : ` · free words until ${when(windowUntil)}`
  return `to the customer by *${channelNames[channel]}*, ${safe(address, 80)} · they write ${languageNames[language]}${until}`
}

/** What will happen instead of plain delivery. */
function trouble({ way }: Preview): AnyBlock[] {
  const warn = (text: string): AnyBlock[] => [{ type: 'section', text: mrkdwn(`:warning: ${text}`) }]
  switch (way.kind) {
    case 'direct':
      return []
    case 'template':
      return warn('It is too late for free words here: these go into the template that was approved for it.')
    case 'fallback':
      return warn(`This address takes nothing now, so it goes by *${channelNames[way.channel]}* to ${safe(way.address, 80)}.`)
    case 'nowhere':
      return warn(
        {
          opted_out: 'The customer wants no messages here, and has no other address: it will not be sent.',
          window_closed: 'It is too late for free words here, and the customer has no other address: it will not be delivered.',
          bad_address: 'This address is dead, and the customer has no other one: it will not be delivered.',
        }[way.why],
      )
  }
}

function asReceived({ texts, subject }: Preview): AnyBlock[] {
  return [
    { type: 'divider' },
    { type: 'context', elements: [mrkdwn(`*What the customer gets*${texts.length > 1 ? `, in ${texts.length} messages` : ''}`)] },
    ...(subject === null ? [] : [{ type: 'context' as const, elements: [plain(`Subject: ${excerpt(subject, 300)}`)] }]),
    ...texts.slice(0, 10).flatMap((text) => wordBlocks(text)),
    { type: 'divider' },
  ]
}

function cannedMenu(canned: Filled['canned']): AnyBlock {
  return {
    type: 'section',
    block_id: 'canned',
    text: plain('Begin with'),
    accessory: { type: 'static_select', action_id: 'desk_canned', placeholder: plain('a canned reply'), options: canned.map(({ name }) => optionOf(name)) },
  }
}

export function registerWords(at: Workplace): void {
  const { app, desk, slack, members } = at
  app.action<BlockAction<StaticSelectAction>>({ type: 'block_actions', action_id: 'desk_canned' }, members, async ({ ack, action, body }) => {
    const { view } = body
    if (view !== undefined) {
      const about = readCarried(view)
      const canned = await desk.cannedReplies(about.ticket)
      const chosen = canned.find(({ name }) => optionOf(name).value === action.selected_option.value)
      const preview = await desk.previewReply(about.ticket, '', await agentOf(at, body.user.id))
      if (chosen !== undefined && preview.kind === 'preview') {
        const begun = { text: chosen.text, block: `words ${action.action_ts}` }
        await slack.client.views.update({ view_id: view.id, hash: view.hash, view: page(kindOf(view.callback_id), about, preview.preview, { canned, begun }) })
      }
    }
    await ack()
  })

  for (const kind of ['reply', 'ask'] as const)
    app.view(`desk_${kind}`, members, async ({ ack, body, context, view }) => {
      const about = readCarried(view)
      const block = view.blocks.find(({ type }) => type === 'input')?.block_id ?? 'words'
      const text = readEntered(view).get('text') ?? ''
      const agent = await agentOf(at, body.user.id)
      const again = async (changed: Partial<Carried>, newer?: string): Promise<void> => {
        const result = await desk.previewReply(about.ticket, text, agent)
        if (result.kind === 'refused') return ack({ response_action: 'errors', errors: { [block]: plainWhyNot(result) ?? '' } })
        const next = { ...about, ...changed, ...(newer === undefined ? {} : { seen: result.preview.seen }) }
        return ack({
          response_action: 'update',
          view: page(kind, next, result.preview, { canned: [], block, text, ...(newer === undefined ? {} : { newer }) }),
        })
      }
      // Only what was shown as the customer will get it is sent.
      if (about.previewed !== digest(text)) return again({ previewed: digest(text) })
      const words = { text, agent, seen: about.seen }
      const deed = deedOf(context, agent.id, about.key)
      const result = kind === 'reply' ? await desk.reply(about.ticket, words, deed) : await desk.ask(about.ticket, words, deed)
      if (result.kind !== 'refused') return ack()
      const { refusal } = result
      if (refusal.kind === 'overtaken') return again({}, `${whyNot(result)}\n>${safe(refusal.text, 300)}`)
      const why = plainWhyNot(result)
      if (why !== undefined) await ack({ response_action: 'errors', errors: { [block]: why } })
    })
}

function kindOf(callback: string): Kind {
  return callback === 'desk_ask' ? 'ask' : 'reply'
}
