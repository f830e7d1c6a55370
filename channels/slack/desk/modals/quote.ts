// A quote: its lines as they are typed, then what the customer will get. Sending from there is what counts as looking at it.
import type { AnyBlock, ModalView } from '@slack/web-api'
import { digest } from '../../../../src/message.ts'
import { explainQuoteProblem, readQuoteLines, writeQuoteLines, type QuoteResult, type QuoteSheet } from '../../../../src/desk/index.ts'
import { carry, readCarried, readEntered, textInput, type Carried } from '../pages.ts'
import { deedOf, type Press, type Workplace } from '../workplace.ts'
import { mrkdwn, plain, safe, wordBlocks } from '../words.ts'

export async function openQuote({ ticket, key, trigger, ack, tell }: Press, { desk, slack }: Workplace): Promise<void> {
  const sheet = await desk.quote(ticket)
  if (sheet === undefined) {
    await ack()
    return tell('There is no ticket with this number.')
  }
  const begun = { lines: writeQuoteLines(sheet.draft?.lines ?? [], sheet.currency), note: sheet.draft?.note ?? '' }
  await slack.client.views.open({ trigger_id: trigger, view: page({ key, ticket }, sheet, begun) })
  await ack()
}

interface Entered {
  lines: string
  note: string
}

function page(about: Carried, sheet: QuoteSheet, { lines, note }: Entered, received: readonly string[] = []): ModalView {
  return {
    type: 'modal',
    callback_id: 'desk_quote',
    private_metadata: carry(about),
    title: plain(`Quote ${about.ticket}`),
    submit: plain(about.previewed === undefined ? 'Look at it' : 'Send'),
    blocks: [
      ...(sheet.open === null
        ? []
        : [{ type: 'section' as const, text: mrkdwn(`The customer has one of ${safe(sheet.open, 40)} to decide on; this one takes its place.`) }]),
      textInput('lines', `What it costs, in ${sheet.currency}`, {
        lines: true,
        initial: lines,
        hint: 'One a line, such as “2 x Drive belt 45.50”: what the customer pays for one.',
      }),
      textInput('note', 'For the customer', { lines: true, optional: true, max: 2000, initial: note }),
      ...(received.length === 0 ? [] : asReceived(received)),
    ],
  }
}

function asReceived(received: readonly string[]): AnyBlock[] {
  return [
    { type: 'divider' },
    { type: 'context', elements: [mrkdwn('*What the customer gets*')] },
    ...received.flatMap((text) => wordBlocks(text)),
    { type: 'divider' },
  ]
}

export function registerQuote({ app, desk, members }: Workplace): void {
  app.view('desk_quote', members, async ({ ack, body, context, view }) => {
    const about = readCarried(view)
    const entered = readEntered(view)
    const typed: Entered = { lines: entered.get('lines') ?? '', note: entered.get('note') ?? '' }
    const wrong = (text: string) => ack({ response_action: 'errors', errors: { lines: text } })
    const sheet = await desk.quote(about.ticket)
    if (sheet === undefined) return wrong('There is no ticket with this number.')
    const read = readQuoteLines(typed.lines, sheet.currency)
    if (read.kind === 'wrong') return wrong(`Line ${read.wrong} makes no sense: write what it is and what one costs, such as “2 x Drive belt 45.50”.`)
    const content = { lines: read.lines, currency: sheet.currency, note: typed.note === '' ? null : typed.note }
    const shown = digest(JSON.stringify(content))
    if (about.previewed === shown) {
      const sent = await desk.sendQuote(about.ticket, deedOf(context, body.user.id, `${about.key}/send`))
      const why = whyNot(sent)
      return why === undefined ? ack() : wrong(why)
    }
    const drafted = await desk.draftQuote(about.ticket, content, deedOf(context, body.user.id, `${about.key}/${shown}`))
    const why = whyNot(drafted)
    if (why !== undefined) return wrong(why)
    return ack({ response_action: 'update', view: page({ ...about, previewed: shown }, sheet, typed, await desk.previewQuote(about.ticket)) })
  })
}

/** Undefined when it was done, or when the agent has read of it already. */
function whyNot(result: QuoteResult): string | undefined {
  return result.kind !== 'refused' || result.refusal.kind === 'too_late' ? undefined : explainQuoteProblem(result.refusal)
}
