// The page of a quote: what it says in the conversation, and two buttons. Looking at it decides nothing.
import type { HttpReply, HttpRequest, Route } from '../../channel.ts'
import { timestamp } from '../../clock.ts'
import type { Core } from '../../core.ts'
import { sayDay } from '../../hours/say-when.ts'
import { readLink } from '../../links.ts'
import { digest } from '../../message.ts'
import { decideQuote, money, quoteStream, totalOf, type Quote, type QuoteDecision, type QuoteVersion } from '../../quotes/index.ts'
import { survivorOf, type Ticket } from '../../tickets/index.ts'
import { html, type Html } from './html.ts'
import { backTo, hereAgain, languageOn, longestComment, page, readComment, readForm, unknownLink } from './page.ts'

interface Shown {
  quote: Quote
  version: QuoteVersion
  ticket: Ticket
}

export function quotePage(core: Core): Route[] {
  return [
    { method: 'GET', path: '/quote/:token', handle: (request) => withQuote(core, request, async (shown) => show(core, request, shown)) },
    { method: 'POST', path: '/quote/:token', handle: (request) => withQuote(core, request, (shown) => decide(core, request, shown)) },
  ]
}

async function withQuote(core: Core, request: HttpRequest, handle: (shown: Shown) => Promise<HttpReply>): Promise<HttpReply> {
  const [id, number] = readLink(core, 'quote', request.params['token'] ?? '')?.split('.') ?? []
  if (id === undefined) return unknownLink(core)
  const quote = await core.journal.load(quoteStream, id)
  const version = quote.versions.find((each) => each.version === Number(number))
  return version === undefined ? unknownLink(core) : handle({ quote, version, ticket: await survivorOf(core, quote.ticket) })
}

function show(core: Core, request: HttpRequest, { version, ticket }: Shown, missing = false): HttpReply {
  const { subject, _id: number } = ticket
  const language = languageOn(request, ticket.language)
  const { company, timeZone } = core.company().flow
  const said = (key: string, values: Readonly<Record<string, string | number>> = {}) => core.render(language, key, values)
  const price = (amount: number) => money(amount, version.currency, language)
  const over = version.state === 'sent' && (version.validUntil ?? '') <= timestamp(core.clock.now())
  const state = over ? 'expired' : version.state
  const until = version.validUntil === null ? '' : sayDay(Date.parse(version.validUntil), language, timeZone)
  const rows = version.lines.map(
    ({ description, quantity, unitPrice }): Html =>
      html`<tr>
        <td>${quantity === 1 ? '' : `${quantity} × `}${description}</td>
        <td class="amount">${price(quantity * unitPrice)}</td>
      </tr>`,
  )
  const body = html`<p>${said('page.quote.about', { number, subject })}</p>
    ${state === 'sent' ? null : html`<p class="sheet" role="status">${said(`page.quote.${state}`)}</p>`}
    ${missing ? html`<p class="sheet" role="alert">${said('page.quote.choose')}</p>` : null}
    <div class="sheet">
      <table>
        <thead>
          <tr>
            <th scope="col">${said('page.quote.item')}</th>
            <th scope="col" class="amount">${said('page.quote.price')}</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">${said('page.quote.total')}</th>
            <td class="amount">${price(totalOf(version))}</td>
          </tr>
        </tfoot>
      </table>
      ${version.note === null ? null : html`<p>${version.note}</p>`}
    </div>
    ${state === 'sent' ? form(request, until, said) : null}`
  return page(missing ? 422 : 200, { language, company, title: said('page.quote.title'), path: request.path }, body)
}

function form(request: HttpRequest, until: string, said: (key: string, values?: Readonly<Record<string, string | number>>) => string): Html {
  return html`<form method="post" action="${hereAgain(request)}">
    <p class="quiet">${said('page.quote.until', { until })}</p>
    <label class="label" for="comment">${said('page.quote.comment')}</label>
    <textarea id="comment" name="comment" maxlength="${longestComment}"></textarea>
    <p class="actions">
      <button type="submit" name="decision" value="approved">${said('quote.approve')}</button>
      <button type="submit" name="decision" value="declined" class="second">${said('quote.decline')}</button>
    </p>
  </form>`
}

async function decide(core: Core, request: HttpRequest, shown: Shown): Promise<HttpReply> {
  const { quote, version, ticket } = shown
  const form = await readForm(request)
  const decision = readDecision(form?.get('decision'))
  if (decision === undefined) return show(core, request, shown, true)
  const label = core.render(languageOn(request, ticket.language), decision === 'approved' ? 'quote.approve' : 'quote.decline', {})
  const comment = readComment(form)
  const evidence = {
    at: timestamp(core.clock.now()),
    by: { kind: 'customer', id: ticket.customer.id },
    onBehalf: false,
    where: 'page',
    address: request.ip,
    message: null,
    text: comment === '' ? label : `${label}\n${comment}`,
  } as const
  const key = `quote page/${digest(quote._id, String(version.version), decision)}`
  await decideQuote(core, { quote: quote._id, version: version.version, decision, evidence }, key, { tell: true, look: comment !== '' })
  return backTo(hereAgain(request))
}

function readDecision(given: string | null | undefined): QuoteDecision | undefined {
  return given === 'approved' || given === 'declined' ? given : undefined
}
