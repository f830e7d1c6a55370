// Asking for satisfaction and taking the answer.
import { timestamp } from '../clock.ts'
import type { Core } from '../core.ts'
import { awaitsReturn, workOf } from '../dispatch/index.ts'
import type { Consequence, Decision } from '../journal/index.ts'
import { digest } from '../message.ts'
import { linkTo } from '../links.ts'
import { survivorOf, ticketStream } from '../tickets/index.ts'
import { surveyStream, type SurveyAbout } from './survey.ts'

/** Up to here somebody has to look at it. */
const lowScore = 2

/** Asks how the repair went, unless the ticket was reopened since or has been asked about for this resolution. */
export async function requestSurvey(core: Core, ticketNumber: string, resolution: number, key: string): Promise<void> {
  const ticket = await core.journal.load(ticketStream, ticketNumber)
  const { conversation } = ticket
  if (ticket.n === 0 || conversation === null || ticket.resolutions !== resolution || ticket.mergedInto !== null || ticket.spam) return
  if (ticket.status !== 'resolved' && ticket.status !== 'closed') return
  // How it went is asked when the device is back; its return asks again.
  if (await awaitsReturn(core, ticketNumber)) return
  const id = `s_${digest(ticketNumber, String(resolution))}`
  const now = core.clock.now()
  const expiresAt = timestamp(now + core.company().surveyExpiresAfterMs)
  await core.journal.change(surveyStream, id, {
    key,
    decide: (survey) =>
      survey.n > 0
        ? { kind: 'nothing' }
        : {
            kind: 'entry',
            actor: { kind: 'clock', id: null },
            events: [{ type: 'survey.requested', ticket: ticketNumber, conversation, resolution, expiresAt }],
            effects: [
              {
                do: 'arm',
                at: timestamp(now),
                alarm: {
                  kind: 'ask',
                  conversation,
                  flow: 'answer-survey',
                  args: { survey: id, ticket: ticketNumber, subject: ticket.subject, link: linkTo(core, 'survey', id), expiresAt },
                },
              },
              { do: 'arm', at: expiresAt, alarm: { kind: 'survey_expiry', survey: id } },
            ],
          },
  })
}

/** The answer lands on the survey and its ticket. A comment may follow the score; the same answer again is no change. */
export async function answerSurvey(
  core: Core,
  id: string,
  answer: { score: number | null; comment: string | null; channel: SurveyAbout['channel'] },
  customer: string | null,
  key: string,
): Promise<void> {
  await core.journal.change(surveyStream, id, {
    key,
    async decide(survey): Promise<Decision<never>> {
      if (survey.n === 0 || survey.state === 'expired') return { kind: 'nothing' }
      const score = answer.score ?? survey.score
      const comment = answer.comment ?? survey.comment
      if (survey.state === 'responded' && score === survey.score && comment === survey.comment) return { kind: 'nothing' }
      const effects: Consequence[] = score === null ? [] : [{ do: 'rate_ticket', number: survey.ticket, score, comment }]
      // Once per survey, however often the answer is changed.
      if (score !== null && score <= lowScore)
        effects.push({
          do: 'open_task',
          kind: 'low_score',
          ticket: survey.ticket,
          conversation: survey.conversation,
          message: null,
          about: comment === null ? `${score} of 5` : `${score} of 5: ${comment}`,
          once: `low score/${id}`,
        })
      return {
        kind: 'entry',
        actor: { kind: 'customer', id: customer },
        events: [{ type: 'survey.responded', score, comment, about: await aboutOf(core, survey.ticket, answer.channel) }],
        effects,
      }
    },
  })
}

async function aboutOf(core: Core, number: string, channel: SurveyAbout['channel']): Promise<SurveyAbout> {
  const { assignee, fields, failure } = await survivorOf(core, number)
  const work = await workOf(core, number)
  return {
    agent: assignee,
    engineer: work.findLast((order) => order.engineer !== null)?.engineer ?? null,
    product: fields.product ?? null,
    serial: fields.serial ?? null,
    parts: [...new Set([...work.flatMap((order) => order.failure?.parts ?? []), ...(failure?.parts ?? [])].map(({ part }) => part))],
    channel,
  }
}

export async function expireSurvey(core: Core, id: string, key: string): Promise<void> {
  await core.journal.change(surveyStream, id, {
    key,
    decide: (survey) =>
      survey.state === 'requested'
        ? { kind: 'entry', actor: { kind: 'clock', id: null }, events: [{ type: 'survey.expired' }], effects: [] }
        : { kind: 'nothing' },
  })
}
