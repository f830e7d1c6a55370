// REST: what a person must look at, and the untouched inputs.
import type { Route } from '../channel.ts'
import type { Core } from '../core.ts'
import { pageOf, replayDeadLetter, replayNeedsReview, viewMessage, viewTask } from '../desk/index.ts'
import { errorFields } from '../log.ts'
import { badPage, readPage } from './api.ts'
import { json, problem } from './problem.ts'

export function staffRoutes(core: Core): Route[] {
  const { tasks, messages } = core.collections
  return [
    {
      method: 'GET',
      path: '/api/v1/tasks',
      async handle(request) {
        const page = readPage(request)
        if (page === undefined) return badPage()
        const found = await pageOf(tasks, { state: request.query.get('state') ?? 'open' }, page)
        return json(200, { data: found.data.map(viewTask), nextCursor: found.nextCursor })
      },
    },
    {
      method: 'GET',
      path: '/api/v1/needs-review',
      async handle(request) {
        const page = readPage(request)
        if (page === undefined) return badPage()
        const found = await pageOf(tasks, { kind: 'needs_review', state: 'open' }, page)
        return json(200, { data: found.data.map(viewTask), nextCursor: found.nextCursor })
      },
    },
    {
      method: 'POST',
      path: '/api/v1/needs-review/:id/replay',
      async handle(request) {
        const result = await replayNeedsReview(core, request.params['id'] ?? '', 'admin')
        switch (result.kind) {
          case 'done':
            return json(200, { state: 'done' })
          case 'unknown':
            return problem(404, 'Not found', 'There is no open needs-review item with this id.')
          case 'failed':
            core.log.warn('replay failed', errorFields(result.error))
            return problem(409, 'Conflict', 'It failed again and stays in needs-review; the log names the place in the code.')
        }
      },
    },
    {
      method: 'GET',
      path: '/api/v1/dead-letters',
      async handle(request) {
        const page = readPage(request)
        if (page === undefined) return badPage()
        const found = await pageOf(messages, { direction: 'outbound', state: 'failed' }, page)
        return json(200, { data: found.data.map(viewMessage), nextCursor: found.nextCursor })
      },
    },
    {
      method: 'POST',
      path: '/api/v1/dead-letters/:id/replay',
      async handle(request) {
        const again = await replayDeadLetter(core, request.params['id'] ?? '')
        return again === undefined ? problem(404, 'Not found', 'There is no failed message with this id.') : json(202, viewMessage(again))
      },
    },
    {
      method: 'GET',
      path: '/api/v1/messages/:id/raw',
      async handle(request) {
        const message = await messages.get(request.params['id'] ?? '')
        const file = message?.direction === 'inbound' ? await core.files.read(message.raw) : undefined
        if (file === undefined) return problem(404, 'Not found', 'There is no received message with this id.')
        // Never shown in a browser: it is what a stranger sent.
        return {
          status: 200,
          headers: {
            'content-type': 'application/octet-stream',
            'content-disposition': 'attachment',
            'x-content-type-options': 'nosniff',
            'content-length': String(file.info.size),
          },
          body: file.content,
        }
      },
    },
  ]
}
