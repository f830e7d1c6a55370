// REST: what a person must look at: tasks, inputs no machine could read, messages that could not be delivered.
import { z } from 'zod'
import type { Core } from '../../core.ts'
import { closeTask, pageOf, replayNeedsReview, retryDeadLetter, viewInbound, viewMessage, viewOutbound, viewTask } from '../../desk/index.ts'
import { errorFields } from '../../log.ts'
import { endpoint, type Endpoint } from '../endpoint.ts'
import { listQuery, pageOfViews, viewPage } from '../list.ts'
import { problem } from '../problem.ts'
import { channel, inboundView, messageView, outboundView, taskKinds, taskView } from '../views.ts'
import { byId, ticketNumber } from './inputs.ts'

const noTask = 'There is no task with this id.'
const noItem = 'There is no needs-review item with this id.'
const noDeadLetter = 'There is no failed message with this id.'
const page = { status: 200, description: 'A page of tasks', view: pageOfViews(taskView) }

export function taskEndpoints(core: Core): Endpoint[] {
  const { tasks, messages } = core.collections
  return [
    endpoint(core, {
      method: 'GET',
      path: '/tasks',
      summary: 'What a person must look at, newest first',
      takes: z.object({
        query: listQuery({ state: z.enum(['open', 'done']).default('open'), kind: taskKinds.optional(), ticket: ticketNumber.optional() }),
      }),
      answers: page,
      async handle({ query: { limit, cursor, ...filter } }) {
        return { view: viewPage(await pageOf(tasks, filter, 'createdAt', { limit, cursor }), viewTask) }
      },
    }),
    endpoint(core, {
      method: 'GET',
      path: '/needs-review',
      summary: 'Inputs no machine could read, newest first',
      takes: z.object({ query: listQuery({ ticket: ticketNumber.optional() }) }),
      answers: page,
      async handle({ query: { limit, cursor, ...filter } }) {
        return { view: viewPage(await pageOf(tasks, { ...filter, kind: 'needs_review', state: 'open' }, 'createdAt', { limit, cursor }), viewTask) }
      },
    }),
    endpoint(core, {
      method: 'POST',
      path: '/tasks/{id}/done',
      summary: 'Say that somebody has looked at it',
      takes: z.object({ params: byId }),
      answers: { status: 200, description: 'The task', view: taskView },
      refuses: { 404: noTask },
      async handle({ params: { id } }, _deed, { actor }) {
        const task = await closeTask(core, id, actor.id)
        return task === undefined ? problem(404, 'Not found', noTask) : { view: viewTask(task) }
      },
    }),
    endpoint(core, {
      method: 'POST',
      path: '/needs-review/{id}/replay',
      summary: 'Give an input its turn again; once, however often it is asked for',
      takes: z.object({ params: byId }),
      answers: {
        status: 200,
        description: 'It went through',
        view: z.strictObject({ task: taskView, message: inboundView.nullable().describe('Null where the input was no message') }),
      },
      refuses: { 404: noItem, 409: 'It failed again, or there is no message to replay.' },
      async handle({ params: { id } }, _deed, { actor }) {
        const result = await replayNeedsReview(core, id, actor.id)
        switch (result.kind) {
          case 'done':
            return { view: { task: viewTask(result.task), message: result.message === null ? null : viewInbound(result.message) } }
          case 'unknown':
            return problem(404, 'Not found', noItem)
          case 'no_message':
            return problem(409, 'Conflict', `This item is no message, so there is nothing to replay. Look at it, then POST /api/v1/tasks/${id}/done.`)
          case 'unreadable':
            return problem(409, 'Conflict', `It still cannot be read: ${result.reason}. Mend webhooks.in of mendline.yaml, have it read again, and replay.`)
          case 'failed':
            core.log.warn('replay failed', errorFields(result.error))
            return problem(409, 'Conflict', 'It failed again and stays in needs-review; the log names the place in the code.')
        }
      },
    }),
    endpoint(core, {
      method: 'GET',
      path: '/dead-letters',
      summary: 'Messages that could not be delivered and were not sent again, newest first',
      takes: z.object({ query: listQuery({ channel: channel.optional(), ticket: ticketNumber.optional() }) }),
      answers: { status: 200, description: 'A page of messages', view: pageOfViews(messageView) },
      async handle({ query: { limit, cursor, ...filter } }) {
        const waiting = { ...filter, direction: 'outbound', state: 'failed', retriedAs: null }
        return { view: viewPage(await pageOf(messages, waiting, 'createdAt', { limit, cursor }), viewMessage) }
      },
    }),
    endpoint(core, {
      method: 'POST',
      path: '/dead-letters/{id}/retry',
      summary: 'Send a message again; once, however often it is asked for',
      takes: z.object({ params: byId }),
      answers: { status: 200, description: 'The new message under the same words; its state says what became of it', view: outboundView },
      refuses: { 404: noDeadLetter },
      async handle({ params: { id } }, _deed, { actor }) {
        const again = await retryDeadLetter(core, id, actor.id)
        return again === undefined ? problem(404, 'Not found', noDeadLetter) : { view: viewOutbound(again) }
      },
    }),
  ]
}
