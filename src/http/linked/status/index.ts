// The page of a repair, behind a link that its customer has: looking at it changes nothing, and every form on it counts once.
import type { HttpReply, HttpRequest, Route } from '../../../channel.ts'
import type { Core } from '../../../core.ts'
import { readLink } from '../../../links.ts'
import { html } from '../html.ts'
import { backTo, hereAgain, languageOn, page, readForm, unknownLink } from '../page.ts'
import { askForCode, codeAddress, tryCode } from './code.ts'
import { readKnown, type Known } from './known.ts'
import { servePhoto } from './photo.ts'
import { openPrivate } from './private.ts'
import { longestMessage, sayHere } from './say.ts'
import { showStatus } from './show.ts'

export function statusPage(core: Core): Route[] {
  const path = '/s/:token'
  return [
    { method: 'GET', path, handle: (request) => withKnown(core, request, (known) => showStatus(core, request, known)) },
    { method: 'POST', path, handle: (request) => withKnown(core, request, (known) => act(core, request, known)) },
    {
      method: 'GET',
      path: `${path}/photos/:photo`,
      handle: (request) => withKnown(core, request, (known) => servePhoto(core, known, request.params['photo'] ?? '')),
    },
  ]
}

async function withKnown(core: Core, request: HttpRequest, handle: (known: Known) => Promise<HttpReply>): Promise<HttpReply> {
  const known = await readKnown(core, request.params['token'] ?? '')
  if (known === undefined) return unknownLink(core)
  return known === 'over' ? over(core, request) : handle(known)
}

function over(core: Core, request: HttpRequest): HttpReply {
  const { company, language: usual } = core.company().flow
  const language = languageOn(request, usual)
  const frame = { language, company, title: core.render(language, 'page.status.over_title', {}), path: request.path }
  return page(410, frame, html`<p>${core.render(language, 'page.status.over', {})}</p>`)
}

async function act(core: Core, request: HttpRequest, known: Known): Promise<HttpReply> {
  const form = await readForm(request)
  const look = readLink(core, 'form', form?.get('form') ?? '')
  const ours = look?.startsWith(`${known.number}.`) === true ? look : undefined
  switch (form?.get('act')) {
    case 'code':
      return sendCode(core, request, known, ours)
    case 'open':
      return open(core, request, known, ours, form.get('code') ?? '')
    default:
      return say(core, request, known, ours, form?.get('message') ?? '')
  }
}

async function say(core: Core, request: HttpRequest, known: Known, form: string | undefined, written: string): Promise<HttpReply> {
  const text = written.replaceAll('\r\n', '\n').trim().slice(0, longestMessage).toWellFormed()
  if (text === '') return showStatus(core, request, known, { about: 'message', key: 'empty' })
  if (form === undefined || !(await sayHere(core, known, text, form))) return showStatus(core, request, known, { about: 'message', key: 'again', text })
  const here = hereAgain(request)
  return backTo(`${here}${here.includes('?') ? '&' : '?'}sent`)
}

async function sendCode(core: Core, request: HttpRequest, known: Known, form: string | undefined): Promise<HttpReply> {
  const to = await codeAddress(core, known)
  if (form === undefined || to === undefined) return showStatus(core, request, known, { about: 'code', key: 'again' })
  const sent = await askForCode(core, known, to, languageOn(request, known.ticket.language), form)
  return sent ? backTo(hereAgain(request)) : showStatus(core, request, known, { about: 'code', key: 'too_often' })
}

async function open(core: Core, request: HttpRequest, known: Known, form: string | undefined, typed: string): Promise<HttpReply> {
  if (form === undefined) return showStatus(core, request, known, { about: 'code', key: 'again' })
  const code = typed.normalize('NFKC').replaceAll(/\D/g, '')
  const verdict = await tryCode(core, known, code, `${form}/${code}`)
  if (verdict !== 'right') return showStatus(core, request, known, { about: 'code', key: verdict })
  const back = backTo(hereAgain(request))
  return { ...back, headers: { ...back.headers, 'set-cookie': openPrivate(core, request.path, known.number) } }
}
