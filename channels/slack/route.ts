// POST /webhooks/slack: events, interactivity and commands. Verified first, then parsed, then stored or done, then answered.
import type { App } from '@slack/bolt'
import type { Door, HttpReply, Route } from '../../src/channel.ts'
import type { SlackContext } from './context.ts'
import { readRequest } from './read-request.ts'
import { takeEvent } from './take-event.ts'
import { takeInteraction } from './take-interaction.ts'
import { checkSignature } from './verify.ts'

/** Largest body, bytes: Slack's own limit of a modal's state is far below. */
const limit = 2 * 1024 * 1024

export function slackRoute(app: App, door: Door, context: SlackContext, signingSecret: string): Route {
  return {
    method: 'POST',
    path: '/webhooks/slack',
    async handle(request) {
      const raw = await request.bytes(limit)
      if (raw === undefined) return refused(413, `at most ${limit} bytes are taken here`)
      const wrong = checkSignature(signingSecret, request.headers, raw, context.options.clock.now())
      if (wrong !== undefined) return refused(401, wrong)
      const read = readRequest(request.headers['content-type'] ?? '', raw)
      switch (read.kind) {
        case 'malformed':
          return refused(read.status, read.reason)
        case 'challenge':
          return json(200, { challenge: read.challenge })
        case 'rate_limited':
          context.options.onProblem(new Error('Slack dropped events of a minute in which there were too many'))
          return { status: 200 }
        case 'probe':
          return { status: 200 }
        case 'event':
          await takeEvent(read.body, raw, door, context)
          return { status: 200 }
        case 'interaction':
        case 'command':
          return replyOf(
            await takeInteraction(app, door, context, read, { name: 'interaction.form', contentType: 'application/x-www-form-urlencoded', content: raw }),
          )
      }
    },
  }
}

function replyOf(answer: Awaited<ReturnType<typeof takeInteraction>>): HttpReply {
  if (answer.kind === 'failed') return refused(500, 'it was not done; try again')
  const { response } = answer
  if (response === undefined || response === null || response === '') return { status: 200 }
  return typeof response === 'string' ? { status: 200, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: response } : json(200, response)
}

function refused(status: number, detail: string): HttpReply {
  return json(status, { title: 'Refused', status, detail })
}

function json(status: number, body: unknown): HttpReply {
  return { status, headers: { 'content-type': 'application/json; charset=utf-8' }, body: JSON.stringify(body) }
}
