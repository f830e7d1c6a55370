// REST: how repairs went, in customers' own words.
import { z } from 'zod'
import type { Core } from '../../core.ts'
import { pageOf, viewSurvey } from '../../desk/index.ts'
import { endpoint, type Endpoint } from '../endpoint.ts'
import { listQuery, pageOfViews, viewPage } from '../list.ts'
import { problem } from '../problem.ts'
import { surveyView } from '../views.ts'
import { byId, ticketNumber } from './inputs.ts'

export function surveyEndpoints(core: Core): Endpoint[] {
  const { surveys } = core.collections
  return [
    endpoint(core, {
      method: 'GET',
      path: '/surveys',
      summary: 'Surveys, newest first',
      takes: z.object({ query: listQuery({ state: z.enum(['requested', 'responded', 'expired']).optional(), ticket: ticketNumber.optional() }) }),
      answers: { status: 200, description: 'A page of surveys', view: pageOfViews(surveyView) },
      async handle({ query: { limit, cursor, ...filter } }) {
        return { view: viewPage(await pageOf(surveys, filter, 'requestedAt', { limit, cursor }), viewSurvey) }
      },
    }),
    endpoint(core, {
      method: 'GET',
      path: '/surveys/{id}',
      summary: 'One survey',
      takes: z.object({ params: byId }),
      answers: { status: 200, description: 'The survey', view: surveyView },
      refuses: { 404: 'There is no survey with this id.' },
      async handle({ params: { id } }) {
        const survey = await surveys.get(id)
        return survey === undefined ? problem(404, 'Not found', 'There is no survey with this id.') : { view: viewSurvey(survey) }
      },
    }),
  ]
}
