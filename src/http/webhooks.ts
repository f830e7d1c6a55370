// Pushed inputs: verify, parse, store, and only then say "accepted".
import type { Accept, Route, Webhook } from '../channel.ts'
import { problem } from './problem.ts'

export function webhookRoute(webhook: Webhook, accept: Accept): Route {
  return {
    method: 'POST',
    path: webhook.path,
    async handle(request) {
      const body = await request.bytes(webhook.limit)
      if (body === undefined) return problem(413, 'Content too large', `At most ${webhook.limit} bytes are taken here.`)
      const read = await webhook.read({ headers: request.headers, query: request.query, params: request.params, body })
      if (read.kind === 'refused') return problem(read.status, 'Refused', read.reason)
      for (const event of read.events) await accept(event)
      return read.reply
    },
  }
}
