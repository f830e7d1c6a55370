// The page of a repair as HTML: how it stands, what comes next, and a box to write in.
import type { HttpReply, HttpRequest } from '../../../channel.ts'
import type { Core } from '../../../core.ts'
import { maskAddress } from '../../../desk/mask.ts'
import { sayDate, sayHour, sayWhen } from '../../../hours/say-when.ts'
import { pathTo, tokenFor } from '../../../links.ts'
import type { Language } from '../../../message.ts'
import { randomText } from '../../../random.ts'
import { phaseOf } from '../../../tickets/index.ts'
import { html, type Html } from '../html.ts'
import { hereAgain, languageOn, page, tags } from '../page.ts'
import { codeAddress, codeUnderWay } from './code.ts'
import type { Known } from './known.ts'
import { photoPath } from './photo.ts'
import { hider, isOpen, privateFields } from './private.ts'
import { longestMessage } from './say.ts'

/** What became of a form that was not taken. */
export interface Problem {
  about: 'message' | 'code'
  /** Of `page.status.problem` in the texts. */
  key: 'empty' | 'again' | 'wrong' | 'expired' | 'too_often'
  /** What they had written. */
  text?: string
}

const statusOf: Readonly<Record<Problem['key'], number>> = { empty: 422, again: 422, wrong: 422, expired: 410, too_often: 429 }

/** How a sentence reads in the language of the page. */
type Say = (key: string, values?: Readonly<Record<string, string | number>>) => string

interface Shown {
  core: Core
  request: HttpRequest
  known: Known
  language: Language
  said: Say
  open: boolean
  problem: Problem | undefined
  /** What makes a form of this look at the page one of its own. */
  form: string
}

export async function showStatus(core: Core, request: HttpRequest, known: Known, problem?: Problem): Promise<HttpReply> {
  const language = languageOn(request, known.ticket.language)
  const said: Say = (key, values = {}) => core.render(language, key, values)
  const form = tokenFor(core, 'form', `${known.number}.${randomText(core.random, 16)}`)
  const shown: Shown = { core, request, known, language, said, problem, form, open: isOpen(core, request, known.number) }
  const { ticket, number } = known
  const frame = { language, company: core.company().flow.company, title: said('page.status.title', { number: ticket._id }), path: request.path }
  const body = html`<p>${ticket.subject}</p>
    ${number === ticket._id ? null : html`<p class="sheet">${said('page.status.merged', { number, into: ticket._id })}</p>`}
    ${request.query.has('sent') && problem === undefined ? html`<p class="sheet" role="status">${said('page.status.sent')}</p>` : null} ${stage(shown)}
    ${quote(shown)} ${device(shown)} ${await privately(shown)} ${photos(shown)} ${words(shown)} ${box(shown)}`
  return page(problem === undefined ? 200 : statusOf[problem.key], frame, body)
}

const phases = ['acceptance', 'handling', 'closing'] as const

function stage({ core, known: { ticket, work }, said, language }: Shown): Html {
  const { timeZone } = core.company().flow
  const stage = ticket.incomplete && ticket.status === 'new' ? 'incomplete' : ticket.status
  const now = phaseOf(ticket.status, ticket.before)
  const steps = phases.map((phase): Html => html`<li ${phase === now ? html`aria-current="step"` : null}>${said(`page.status.phase.${phase}`)}</li>`)
  const at = work?.appointment
  const from = at ? Date.parse(at.from) : 0
  const visit =
    at && work
      ? html`<h2>${said('page.status.visit')}</h2>
          <p class="sheet">
            <strong><time datetime="${at.from}">${sayWhen(from, language, timeZone)}</time> – ${sayHour(Date.parse(at.until), language, timeZone)}</strong>
            ${work.engineerName === null ? null : html`<br />${said('page.status.engineer', { engineer: work.engineerName })}`}
          </p>`
      : null
  const whereabouts = work?.status
  return html`<ol class="steps" aria-label="${said('page.status.phases')}">
      ${steps}
    </ol>
    <div class="sheet">
      <p>
        <strong>${said(`page.status.stage.${stage}`)}</strong>
        <span class="quiet">${said('page.status.since', { since: sayDate(Date.parse(ticket.statusSince), language, timeZone) })}</span>
      </p>
      <p>${said(`page.status.next.${stage}`)}</p>
      ${whereabouts !== undefined && isWhereabouts(whereabouts) ? html`<p>${said(`status.work.${whereabouts}`)}</p>` : null}
    </div>
    ${visit}`
}

function isWhereabouts(status: string): boolean {
  return ['en_route', 'on_site', 'awaiting_item', 'received', 'in_repair', 'ready'].includes(status)
}

function quote({ core, known, said, request }: Shown): Html | null {
  if (known.quote === undefined) return null
  const lang = request.query.get('lang')
  const path = pathTo(core, 'quote', known.quote)
  return html`<div class="sheet">
    <p><strong>${said('page.status.quote')}</strong></p>
    <p class="actions"><a class="button" href="${lang === null ? path : `${path}?lang=${encodeURIComponent(lang)}`}">${said('page.status.quote_open')}</a></p>
  </div>`
}

function device({ known: { fields }, said }: Shown): Html | null {
  if (fields.product === undefined && fields.errorCode === undefined) return null
  return html`<h2>${said('page.status.device')}</h2>
    <dl class="sheet">
      ${fields.product === undefined ? null : row(said('page.status.field.product'), fields.product)}
      ${fields.errorCode === undefined ? null : row(said('page.status.field.error_code'), fields.errorCode)}
    </dl>`
}

function row(name: string, value: string): Html {
  return html`<div>
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div>`
}

async function privately(shown: Shown): Promise<Html | null> {
  const { known, said, open } = shown
  const fields = privateFields(known.fields, open)
  if (fields.length === 0) return null
  return html`<h2>${said('page.status.private')}</h2>
    <dl class="sheet">${fields.map(({ field, value }) => row(said(`page.status.field.${field}`), value))}</dl>
    ${open ? html`<p class="quiet">${said('page.status.open')}</p>` : await codeForm(shown)}`
}

async function codeForm({ core, known, said, request, form, problem }: Shown): Promise<Html> {
  const alert = problem?.about === 'code' ? html`<p class="sheet" role="alert">${said(`page.status.problem.${problem.key}`)}</p>` : null
  const sentTo = await codeUnderWay(core, known.number)
  const to = sentTo ?? (await codeAddress(core, known))?.address
  if (to === undefined) return html`<p class="quiet">${said('page.status.no_code')}</p>`
  const address = maskAddress(to)
  const ask = html`<form method="post" action="${hereAgain(request)}">
    <input type="hidden" name="form" value="${form}" />
    <p class="actions">
      <button type="submit" name="act" value="code" class="second">
        ${said(sentTo === undefined ? 'page.status.send_code' : 'page.status.send_new_code')}
      </button>
    </p>
  </form>`
  if (sentTo === undefined)
    return html`${alert}
      <p class="quiet">${said('page.status.hidden', { address })}</p>
      ${ask}`
  return html`${alert}
    <form method="post" action="${hereAgain(request)}">
      <input type="hidden" name="form" value="${form}" />
      <label class="label" for="code">${said('page.status.code', { address })}</label>
      <input id="code" name="code" type="text" inputmode="numeric" autocomplete="one-time-code" maxlength="12" required />
      <p class="actions"><button type="submit" name="act" value="open">${said('page.status.show')}</button></p>
    </form>
    ${ask}`
}

function photos({ core, known, said, request }: Shown): Html | null {
  if (known.photos.length === 0) return null
  const all = known.photos.map((photo, index): Html => {
    const path = photoPath(core, request.path, known.number, photo.file)
    const alt = said('page.status.photo', { count: index + 1 })
    return html`<li>
      <a href="${path}"><img src="${path}" alt="${alt}" loading="lazy" /></a>
    </li>`
  })
  return html`<h2>${said('page.status.photos')}</h2>
    <ul class="photos">
      ${all}
    </ul>`
}

function words({ core, known, said, language, open }: Shown): Html | null {
  const spoken = known.said.filter(({ text }) => text.trim() !== '')
  if (spoken.length === 0) return null
  const { company, timeZone } = core.company().flow
  const hide = open ? (text: string) => text : hider(known.fields, known.said)
  const all = spoken.map((message): Html => {
    const at = Date.parse(message.createdAt)
    const who = message.direction === 'inbound' ? said('page.status.you') : message.speaker === 'bot' ? company : message.speaker
    return html`<li class="${message.direction === 'inbound' ? 'said theirs' : 'said'}">
      <p class="quiet">${who} · <time datetime="${message.createdAt}">${sayDate(at, language, timeZone)} ${sayHour(at, language, timeZone)}</time></p>
      <p class="words" ${message.direction === 'outbound' ? html`lang="${tags[message.language]}"` : null}>${hide(message.text)}</p>
    </li>`
  })
  return html`<h2>${said('page.status.messages')}</h2>
    <ol class="talk">
      ${all}
    </ol>`
}

function box({ known, said, request, form, problem }: Shown): Html {
  if (known.conversation === undefined) return html`<p class="quiet">${said('page.status.no_box')}</p>`
  const alert = problem?.about === 'message' ? html`<p class="sheet" role="alert">${said(`page.status.problem.${problem.key}`)}</p>` : null
  return html`${alert}
    <form method="post" action="${hereAgain(request)}">
      <input type="hidden" name="form" value="${form}" />
      <label class="label" for="message">${said('page.status.write')}</label>
      <textarea id="message" name="message" maxlength="${longestMessage}" required aria-describedby="answered">${problem?.text ?? ''}</textarea>
      <p class="quiet" id="answered">${said('page.status.answered')}</p>
      <p class="actions"><button type="submit" name="act" value="say">${said('page.survey.send')}</button></p>
    </form>`
}
