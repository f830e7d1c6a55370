// A note: for staff only. It appears in the thread under the card.
import type { ModalView } from '@slack/web-api'
import { carry, readCarried, readEntered, textInput } from '../pages.ts'
import { deedOf, plainWhyNot, type Press, type Workplace } from '../workplace.ts'
import { plain } from '../words.ts'

export async function openNote({ ticket, key, trigger, ack }: Press, { slack }: Workplace): Promise<void> {
  const view: ModalView = {
    type: 'modal',
    callback_id: 'desk_note',
    private_metadata: carry({ key, ticket }),
    title: plain(`Note on ${ticket}`),
    submit: plain('Keep'),
    blocks: [textInput('text', 'Note', { lines: true, hint: 'For staff only. The customer never sees it.' })],
  }
  await slack.client.views.open({ trigger_id: trigger, view })
  await ack()
}

export function registerNote({ app, desk, members }: Workplace): void {
  app.view('desk_note', members, async ({ ack, body, context, view }) => {
    const { ticket, key } = readCarried(view)
    const result = await desk.note(ticket, readEntered(view).get('text') ?? '', deedOf(context, body.user.id, key))
    const why = plainWhyNot(result)
    if (why === undefined) await ack()
    else await ack({ response_action: 'errors', errors: { text: why } })
  })
}
