// Moving a ticket, with the reason; only where the status table lets it go.
import type { ModalView } from '@slack/web-api'
import { carry, optionOf, readCarried, readEntered, saidPage, selectInput, textInput } from '../pages.ts'
import { deedOf, plainWhyNot, type Press, type Workplace } from '../workplace.ts'
import { plain, statusNames } from '../words.ts'

export async function openStatus({ ticket, key, trigger, ack, tell }: Press, { desk, slack }: Workplace): Promise<void> {
  const card = await desk.card(ticket)
  if (card === undefined || card.next.length === 0) {
    await ack()
    return tell(`${ticket} can be moved nowhere.`)
  }
  const view: ModalView = {
    type: 'modal',
    callback_id: 'desk_status',
    private_metadata: carry({ key, ticket }),
    title: plain(`Status of ${ticket}`),
    submit: plain('Move'),
    blocks: [
      selectInput(
        'to',
        `From “${statusNames[card.ticket.status]}” to`,
        card.next.map((status) => optionOf(status, statusNames[status])),
      ),
      textInput('reason', 'Reason', { lines: true, optional: true, max: 2000, hint: 'If the customer is told, they read it too.' }),
      {
        type: 'input',
        block_id: 'tell',
        optional: true,
        label: plain('The customer'),
        element: { type: 'checkboxes', action_id: 'tell', options: [told], initial_options: [told] },
      },
    ],
  }
  await slack.client.views.open({ trigger_id: trigger, view })
  await ack()
}

const told = optionOf('tell', 'is told')

export function registerStatus({ app, desk, members }: Workplace): void {
  app.view('desk_status', members, async ({ ack, body, context, view }) => {
    const { ticket, key } = readCarried(view)
    const entered = readEntered(view)
    // What was offered may be out of date; the table decides.
    const to = (await desk.card(ticket))?.next.find((status) => status === entered.get('to'))
    if (to === undefined)
      return ack({ response_action: 'update', view: saidPage('Not moved', `${ticket} has been moved meanwhile. Close this, and look at its card.`) })
    const change = { to, comment: entered.get('reason') ?? null, tell: entered.get('tell') === 'tell' }
    const why = plainWhyNot(await desk.status(ticket, change, deedOf(context, body.user.id, key)))
    return why === undefined ? ack() : ack({ response_action: 'errors', errors: { to: why } })
  })
}
