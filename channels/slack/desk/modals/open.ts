// A new ticket for a customer who called, came by, or wrote where the bot was not.
import type { ModalView } from '@slack/web-api'
import { z } from 'zod'
import { carry, optionOf, readCarried, readEntered, saidPage, selectInput, textInput } from '../pages.ts'
import { deedOf, type Workplace } from '../workplace.ts'
import { excerpt, plain } from '../words.ts'

interface Begun {
  key: string
  subject?: string
  description?: string
  /** Address of the message it is made of. */
  source?: string
}

const priorities = ['low', 'normal', 'high', 'urgent'] as const
const contact = z.union([
  z.email().transform((email) => ({ email })),
  z
    .string()
    .regex(/^\+?[\d\s()/.-]{5,40}$/)
    .transform((phone) => ({ phone })),
])

export async function openNew({ slack }: Workplace, trigger: string, { key, subject = '', description = '', source }: Begun): Promise<void> {
  const view: ModalView = {
    type: 'modal',
    callback_id: 'desk_open',
    private_metadata: carry({ key, ticket: '', ...(source === undefined ? {} : { source }) }),
    title: plain('Open a ticket'),
    submit: plain('Open'),
    blocks: [
      textInput('customer', 'Customer', { max: 200 }),
      textInput('contact', 'Email address or phone number', { optional: true, max: 320, hint: 'With an email address they are told their number at once.' }),
      textInput('subject', 'What it is about', { max: 300, initial: excerpt(subject, 200) }),
      textInput('description', 'What is wrong', { lines: true, initial: description }),
      textInput('product', 'Product', { optional: true, max: 200 }),
      textInput('serial', 'Serial number', { optional: true, max: 100 }),
      selectInput(
        'priority',
        'Priority',
        priorities.map((each) => optionOf(each)),
        { initial: 'normal' },
      ),
    ],
  }
  await slack.client.views.open({ trigger_id: trigger, view })
}

export function registerOpen(at: Workplace): void {
  const { app, desk, members } = at
  app.action({ type: 'block_actions', action_id: 'desk_open' }, members, async ({ ack, body }) => {
    if (body.type === 'block_actions') await openNew(at, body.trigger_id, { key: `${body.user.id}/${body.trigger_id}` })
    await ack()
  })

  app.view('desk_open', members, async ({ ack, body, context, view }) => {
    const { key, source } = readCarried(view)
    const entered = readEntered(view)
    const reached = contact.safeParse(entered.get('contact') ?? '')
    if (entered.has('contact') && !reached.success)
      return ack({ response_action: 'errors', errors: { contact: 'This is neither an email address nor a phone number.' } })
    const subject = entered.get('subject') ?? ''
    const opened = await desk.open(
      {
        subject,
        description: entered.get('description') ?? subject,
        customer: { name: entered.get('customer') ?? '', ...reached.data },
        asset: { product: entered.get('product'), serial: entered.get('serial') },
        priority: priorities.find((each) => each === entered.get('priority')) ?? 'normal',
        channel: 'api',
      },
      deedOf(context, body.user.id, key),
    )
    if (opened.kind === 'refused') return
    const number = opened.ticket._id
    if (source !== undefined) await desk.note(number, `Opened from ${source}`, { actor: { kind: 'agent', id: body.user.id }, key: `slack/${key}/source` })
    await ack({ response_action: 'update', view: saidPage('Opened', `*${number}* is open. Its card is in the channel of its team.`) })
  })
}
