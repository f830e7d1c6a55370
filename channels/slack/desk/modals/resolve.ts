// Resolving: what was found and done, from the company's lists, the parts used, and what the customer is told.
import type { BlockAction, StaticSelectAction } from '@slack/bolt'
import type { AnyBlock, ModalView } from '@slack/web-api'
import { failureFields, otherCode, readParts, type Desk, type FailureField } from '../../../../src/desk/index.ts'
import { carry, optionOf, readCarried, readEntered, selectInput, textInput, type Carried } from '../pages.ts'
import { deedOf, plainWhyNot, type Press, type Workplace } from '../workplace.ts'
import { plain } from '../words.ts'

const labels: Readonly<Record<FailureField, string>> = { component: 'Component', problem: 'Problem', cause: 'Cause', remedy: 'Remedy' }

export async function openResolve({ ticket, key, trigger, ack }: Press, { desk, slack }: Workplace): Promise<void> {
  await slack.client.views.open({ trigger_id: trigger, view: page({ key, ticket }, new Map(), desk) })
  await ack()
}

/** Under a list of which `other` is chosen stands a line for the words. */
function page(about: Carried, entered: ReadonlyMap<string, string>, desk: Desk): ModalView {
  const lists = desk.failureLists()
  const choices = failureFields.flatMap((field): AnyBlock[] => [
    selectInput(
      field,
      labels[field],
      lists[field].map((each) => optionOf(each)),
      { initial: entered.get(field), tells: true },
    ),
    ...(entered.get(field) === otherCode ? [textInput(`${field}_words`, `${labels[field]}: what was it?`, { max: 500 })] : []),
  ])
  return {
    type: 'modal',
    callback_id: 'desk_resolve',
    private_metadata: carry(about),
    title: plain(`Resolve ${about.ticket}`),
    submit: plain('Resolve'),
    blocks: [
      ...choices,
      textInput('parts', 'Parts used', { lines: true, optional: true, hint: 'One a line, such as “2 x seal kit”.' }),
      textInput('note', 'Note', { lines: true, optional: true, hint: 'For staff only.' }),
      textInput('comment', 'For the customer', { lines: true, optional: true, max: 2000, hint: 'They read this with the news that the repair is finished.' }),
    ],
  }
}

export function registerResolve({ app, desk, slack, members }: Workplace): void {
  for (const field of failureFields)
    app.action<BlockAction<StaticSelectAction>>({ type: 'block_actions', action_id: field, block_id: field }, members, async ({ ack, action, body }) => {
      const { view } = body
      if (view?.callback_id === 'desk_resolve') {
        const entered = new Map([...readEntered(view), [field, action.selected_option.value]])
        await slack.client.views.update({ view_id: view.id, hash: view.hash, view: page(readCarried(view), entered, desk) })
      }
      await ack()
    })

  app.view('desk_resolve', members, async ({ ack, body, context, view }) => {
    const { ticket, key } = readCarried(view)
    const entered = readEntered(view)
    const parts = readParts(entered.get('parts') ?? '')
    if (parts === undefined) return ack({ response_action: 'errors', errors: { parts: 'A line makes no sense: write a part, or a quantity, “x” and a part.' } })
    const coded = (field: FailureField) => {
      const code = entered.get(field) ?? ''
      return { code, text: code === otherCode ? (entered.get(`${field}_words`) ?? null) : null }
    }
    const failure = {
      component: coded('component'),
      problem: coded('problem'),
      cause: coded('cause'),
      remedy: coded('remedy'),
      parts,
      note: entered.get('note') ?? null,
    }
    const result = await desk.resolve(ticket, { failure, comment: entered.get('comment') ?? null }, deedOf(context, body.user.id, key))
    const why = plainWhyNot(result)
    if (why === undefined) return ack()
    const field = result.kind === 'refused' && result.refusal.kind === 'bad_record' ? result.refusal.problem.field : 'component'
    return ack({ response_action: 'errors', errors: { [field]: why } })
  })
}
