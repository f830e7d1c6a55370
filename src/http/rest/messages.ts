// REST: the untouched inputs.
import { z } from 'zod'
import type { Core } from '../../core.ts'
import { endpoint, type Endpoint } from '../endpoint.ts'
import { problem } from '../problem.ts'
import { byId } from './inputs.ts'

export function messageEndpoints(core: Core): Endpoint[] {
  return [
    endpoint(core, {
      method: 'GET',
      path: '/messages/{id}/raw',
      summary: 'A received message exactly as it came',
      takes: z.object({ params: byId }),
      answers: { status: 200, description: 'The bytes, to be saved', content: 'application/octet-stream' },
      refuses: { 404: 'There is no received message with this id.' },
      async handle({ params: { id } }) {
        const message = await core.collections.messages.get(id)
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
    }),
  ]
}
