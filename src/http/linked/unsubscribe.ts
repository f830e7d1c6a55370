// Leaving by one click (RFC 8058): a mail program posts, a person presses a button; looking at the page changes nothing.
import type { HttpReply, HttpRequest, Route } from '../../channel.ts'
import type { Core } from '../../core.ts'
import { contactPointStream, type ContactPoint } from '../../customers/index.ts'
import { recordConsent } from '../../delivery/consent.ts'
import { readLink } from '../../links.ts'
import { html } from './html.ts'
import { page, unknownLink } from './page.ts'

const formLimit = 10_000

export function unsubscribePage(core: Core): Route[] {
  const path = '/unsubscribe/:token'
  return [
    { method: 'GET', path, handle: (request) => withPoint(core, request, async (point) => show(core, request, point)) },
    { method: 'POST', path, handle: (request) => withPoint(core, request, (point) => decide(core, request, point)) },
  ]
}

async function withPoint(core: Core, request: HttpRequest, handle: (point: ContactPoint) => Promise<HttpReply>): Promise<HttpReply> {
  const id = readLink(core, 'unsubscribe', request.params['token'] ?? '')
  const point = id === undefined ? undefined : await core.journal.load(contactPointStream, id)
  return point === undefined || point.n === 0 ? unknownLink(core) : handle(point)
}

/** `List-Unsubscribe=One-Click` as a form or as multipart, which RFC 8058 lets a mail program choose; `resume` comes from our page only. */
async function decide(core: Core, request: HttpRequest, point: ContactPoint): Promise<HttpReply> {
  const bytes = await request.bytes(formLimit)
  const said = bytes === undefined ? '' : new TextDecoder().decode(bytes)
  const wish = /List-Unsubscribe[^]*One-Click/i.test(said) ? 'opt_out' : /^resume=yes$/.test(said) ? 'opt_in' : undefined
  if (wish === undefined) return show(core, request, point, 422)
  // The same click sent again is the same word.
  await recordConsent(core, point._id, { wish, words: 'link' }, { kind: 'customer', id: point.customer }, `unsubscribe/${point._id}/${point.n}/${wish}`)
  // Never a redirect: a mail program follows none.
  return show(core, request, await core.journal.load(contactPointStream, point._id))
}

/** In the company's language: of an address nobody knows which one is spoken there. */
function show(core: Core, request: HttpRequest, { optedOut, address }: ContactPoint, status = 200): HttpReply {
  const { language, company } = core.company().flow
  const said = (key: string): string => core.render(language, key, { address })
  const [text, field, value, label] =
    optedOut === null
      ? [said('page.unsubscribe.ask'), 'List-Unsubscribe', 'One-Click', said('page.unsubscribe.stop')]
      : [said('page.unsubscribe.done'), 'resume', 'yes', said('page.unsubscribe.resume')]
  const body = html`<p role="status">${text}</p>
    <form method="post" action="${request.path}">
      <input type="hidden" name="${field}" value="${value}" />
      <p class="actions"><button type="submit">${label}</button></p>
    </form>`
  return page(status, { language, company, title: said('page.unsubscribe.title') }, body)
}
