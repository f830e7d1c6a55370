// Merging: this ticket lives on in another, found by number or by words.
import type { ModalView } from '@slack/web-api'
import type { Desk } from '../../../../src/desk/index.ts'
import { carry, optionOf, readCarried, readEntered, selectInput, textInput, type Carried } from '../pages.ts'
import { deedOf, plainWhyNot, type Press, type Workplace } from '../workplace.ts'
import { excerpt, plain, statusNames } from '../words.ts'

type Line = Awaited<ReturnType<Desk['find']>>['lines'][number]

/** With the other one entered, where it is known. */
export async function openMerge({ ticket, other, key, trigger, ack }: Press, { slack }: Workplace): Promise<void> {
  await slack.client.views.open({ trigger_id: trigger, view: page({ key, ticket }, [], other) })
  await ack()
}

/** With several found, one of them is to be chosen. */
function page(about: Carried, found: readonly Line[] = [], into?: string): ModalView {
  const which = found.map(({ number, subject, status }) => optionOf(number, excerpt(`${number} · ${statusNames[status]} · ${subject}`, 75)))
  return {
    type: 'modal',
    callback_id: 'desk_merge',
    private_metadata: carry(about),
    title: plain(`Merge ${about.ticket}`),
    submit: plain('Merge'),
    blocks: [
      textInput('into', 'Into which ticket', {
        max: 200,
        initial: into,
        hint: 'Its number, or words of its subject, customer or device. Everything goes on there.',
      }),
      ...(which.length === 0 ? [] : [selectInput('chosen', 'Found', which)]),
      textInput('comment', 'For the customer', { lines: true, optional: true, max: 2000, hint: 'They read this with the news.' }),
    ],
  }
}

export function registerMerge({ app, desk, members }: Workplace): void {
  app.view('desk_merge', members, async ({ ack, body, context, view }) => {
    const about = readCarried(view)
    const entered = readEntered(view)
    const found = (await desk.find(entered.get('into') ?? '')).lines.filter(({ number }) => number !== about.ticket)
    const into = found.length === 1 ? found[0] : found.find(({ number }) => number === entered.get('chosen'))
    if (into === undefined) {
      if (found.length === 0) return ack({ response_action: 'errors', errors: { into: 'No other ticket found.' } })
      return ack({ response_action: 'update', view: page(about, found) })
    }
    const why = plainWhyNot(await desk.merge(about.ticket, into.number, entered.get('comment') ?? null, deedOf(context, body.user.id, about.key)))
    return why === undefined ? ack() : ack({ response_action: 'errors', errors: { into: why } })
  })
}
