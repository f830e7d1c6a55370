// The page of a survey: the same question as in the conversation. Looking at it says nothing; only its form does.
import type { HttpReply, HttpRequest, Route } from '../../channel.ts'
import { timestamp } from '../../clock.ts'
import type { Core } from '../../core.ts'
import { readLink } from '../../links.ts'
import { digest } from '../../message.ts'
import { answerSurvey, surveyStream, type Survey } from '../../surveys/index.ts'
import { survivorOf, type Ticket } from '../../tickets/index.ts'
import { html, type Html } from './html.ts'
import { backTo, hereAgain, languageOn, longestComment, page, readComment, readForm, unknownLink } from './page.ts'

export function surveyPage(core: Core): Route[] {
  return [
    { method: 'GET', path: '/survey/:token', handle: (request) => withSurvey(core, request, async (survey, ticket) => show(core, request, survey, ticket)) },
    { method: 'POST', path: '/survey/:token', handle: (request) => withSurvey(core, request, (survey, ticket) => answer(core, request, survey, ticket)) },
  ]
}

async function withSurvey(core: Core, request: HttpRequest, handle: (survey: Survey, ticket: Ticket) => Promise<HttpReply>): Promise<HttpReply> {
  const id = readLink(core, 'survey', request.params['token'] ?? '')
  const survey = id === undefined ? undefined : await core.journal.load(surveyStream, id)
  return survey === undefined || survey.n === 0 ? unknownLink(core) : handle(survey, await survivorOf(core, survey.ticket))
}

function isOver(core: Core, { state, expiresAt }: Survey): boolean {
  return state === 'expired' || expiresAt <= timestamp(core.clock.now())
}

function show(core: Core, request: HttpRequest, survey: Survey, ticket: Ticket, missing = false): HttpReply {
  const { subject, _id: number } = ticket
  const language = languageOn(request, ticket.language)
  const said = (key: string, values: Readonly<Record<string, string | number>> = {}) => core.render(language, key, values)
  const frame = { language, company: core.company().flow.company, title: said('page.survey.title'), path: request.path }
  if (isOver(core, survey))
    return page(410, { ...frame, title: said('page.survey.expired_title') }, html`<p>${said('page.survey.expired', { number, subject })}</p>`)
  const answered = survey.state === 'responded'
  const rows = [5, 4, 3, 2, 1].map(
    (score): Html =>
      html`<label
        ><input type="radio" name="score" value="${score}" required ${survey.score === score ? html`checked` : null} /><b>${score}</b
        ><span>${said(`survey.rating.${score}`)}</span></label
      >`,
  )
  const body = html`${answered ? html`<p class="sheet" role="status">${said('page.survey.thanks')}</p>` : null}
    ${missing ? html`<p class="sheet" role="alert">${said('page.survey.choose')}</p>` : null}
    <form method="post" action="${hereAgain(request)}">
      <fieldset>
        <legend>${said('survey.ask', { number, subject })}</legend>
        <div class="scores">${rows}</div>
      </fieldset>
      <label class="label" for="comment">${said('page.survey.comment')}</label>
      <textarea id="comment" name="comment" maxlength="${longestComment}">${survey.comment ?? ''}</textarea>
      <p class="actions"><button type="submit">${said(answered ? 'page.survey.change' : 'page.survey.send')}</button></p>
    </form>`
  return page(missing ? 422 : 200, frame, body)
}

async function answer(core: Core, request: HttpRequest, survey: Survey, ticket: Ticket): Promise<HttpReply> {
  if (isOver(core, survey)) return show(core, request, survey, ticket)
  const form = await readForm(request)
  const score = Number(form?.get('score'))
  if (!Number.isInteger(score) || score < 1 || score > 5) return show(core, request, survey, ticket, true)
  const comment = readComment(form)
  const word = { score, comment: comment === '' ? null : comment, channel: 'page' } as const
  // The same form sent twice is one answer; after another answer in between it counts again.
  await answerSurvey(core, survey._id, word, ticket.customer.id, `survey page/${digest(survey._id, String(survey.n), JSON.stringify(word))}`)
  return backTo(hereAgain(request))
}
