// REST: the untouched inputs.
import { z } from 'zod'
import type { HttpReply } from '../../channel.ts'
import type { Core } from '../../core.ts'
import { endpoint, type Endpoint } from '../endpoint.ts'
import { problem } from '../problem.ts'
import { byId } from './inputs.ts'

const noMessage = 'There is no received message with this id.'
const noItem = 'There is no needs-review item with an input under this id.'

export function messageEndpoints(core: Core): Endpoint[] {
  return [
    endpoint(core, {
      method: 'GET',
      path: '/messages/{id}/raw',
      summary: 'A received message exactly as it came',
      takes: z.object({ params: byId }),
      answers: { status: 200, description: 'The bytes, to be saved', content: 'application/octet-stream' },
      refuses: { 404: noMessage },
      async handle({ params: { id } }) {
        const message = await core.collections.messages.get(id)
        return untouched(core, message?.direction === 'inbound' ? message.raw : undefined, noMessage)
      },
    }),
    endpoint(core, {
      method: 'GET',
      path: '/needs-review/{id}/raw',
      summary: 'An input that no machine could read, exactly as it came',
      takes: z.object({ params: byId }),
      answers: { status: 200, description: 'The bytes, to be saved', content: 'application/octet-stream' },
      refuses: { 404: noItem },
      async handle({ params: { id } }) {
        const { tasks, messages, due } = core.collections
        const task = await tasks.get(id)
        const message = task?.message ? await messages.get(task.message) : undefined
        const alarm = task?.due === undefined ? undefined : (await due.get(task.due))?.alarm
        const raw = message?.direction === 'inbound' ? message.raw : alarm?.kind === 'provider_event' ? alarm.file : undefined
        return untouched(core, task?.kind === 'needs_review' ? raw : undefined, noItem)
      },
    }),
  ]
}

/** Never shown in a browser: it is what a stranger sent. */
async function untouched(core: Core, raw: string | undefined, unknown: string): Promise<HttpReply> {
  const file = raw === undefined ? undefined : await core.files.read(raw)
  if (file === undefined) return problem(404, 'Not found', unknown)
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
}
