// Socket Mode: the same inputs over a WebSocket that we open. Stored first, then acknowledged; connected again whenever it ends.
// https://docs.slack.dev/apis/events-api/using-socket-mode
import type { App } from '@slack/bolt'
import { SocketModeClient } from '@slack/socket-mode'
import { z } from 'zod'
import type { Door } from '../../src/channel.ts'
import { silentLogger, type SlackContext } from './context.ts'
import { readCommand, readEventRequest, readInteraction, type SlackRequest } from './read-request.ts'
import { takeEvent } from './take-event.ts'
import { takeInteraction } from './take-interaction.ts'

/** Milliseconds: the first wait after a failure, which doubles up to the longest; and how long a connection has to hold to be none. */
const waits = { first: 500, longest: 30_000, held: 60_000 } as const

/** Resolves once connected, or after the first failure, which is reported and tried again for ever. */
export async function listenSocket(app: App, door: Door, context: SlackContext, appToken: string, signal: AbortSignal): Promise<{ done: Promise<void> }> {
  const { onProblem, clock } = context.options
  const began = Promise.withResolvers<void>()
  const work = async (): Promise<void> => {
    let failures = 0
    while (!signal.aborted) {
      const since = clock.now()
      try {
        await connection(app, door, context, appToken, signal, began.resolve)
      } catch (error) {
        if (!signal.aborted) onProblem(new Error('no connection to Slack with SLACK_APP_TOKEN; trying again', { cause: error }))
      }
      began.resolve()
      failures = clock.now() - since < waits.held ? failures + 1 : 0
      if (failures > 0) await pause(Math.min(waits.longest, waits.first * 2 ** (failures - 1)), signal)
    }
  }
  const done = work()
  await began.promise
  return { done }
}

/** One connection, until it ends: Slack refreshes it every few hours. */
async function connection(app: App, door: Door, context: SlackContext, appToken: string, signal: AbortSignal, onOpen: () => void): Promise<void> {
  const { retryConfig, slackApiUrl, timeout, rejectRateLimitedCalls } = context.clientOptions
  const client = new SocketModeClient({
    appToken,
    // The client gives up for good on some failures, in a promise nobody holds: connecting again is done by us.
    autoReconnectEnabled: false,
    clientOptions: { ...(slackApiUrl === undefined ? {} : { slackApiUrl }), retryConfig, timeout, rejectRateLimitedCalls },
    // What it has to say, its promises say, too.
    logger: silentLogger,
  })
  const take = inOrder(app, door, context)
  client.on('slack_event', (envelope: unknown) => take(envelope))
  const ended = new Promise<void>((resolve) => client.once('disconnected', () => resolve()))
  const stop = (): void => void client.disconnect()
  signal.addEventListener('abort', stop, { once: true })
  try {
    await client.start()
    if (signal.aborted) stop()
    else onOpen()
    await ended
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

const envelope = z.object({ type: z.string(), body: z.unknown(), ack: z.custom<(response?: unknown) => Promise<void>>((value) => typeof value === 'function') })

/** Events one after the other, since they are accepted in order of arrival; interactions at once. What is not acknowledged Slack sends again. */
function inOrder(app: App, door: Door, context: SlackContext): (value: unknown) => void {
  let last = Promise.resolve()
  return (value) => {
    const { data } = envelope.safeParse(value)
    const read = data === undefined ? undefined : readEnvelope(data.type, data.body)
    if (data === undefined || read === undefined) return
    const raw = Buffer.from(JSON.stringify(data.body))
    const work = async (): Promise<void> => {
      if (read.kind === 'interaction' || read.kind === 'command') {
        const answer = await takeInteraction(app, door, context, read, { name: 'interaction.json', contentType: 'application/json', content: raw })
        if (answer.kind === 'acknowledged') await data.ack(answer.response)
        return
      }
      if (read.kind === 'event') await takeEvent(read.body, raw, door, context)
      await data.ack()
    }
    const report = (error: unknown): void => context.options.onProblem(new Error('an event of Slack was not taken; Slack sends it again', { cause: error }))
    if (read.kind === 'event') last = last.then(work).catch(report)
    else work().catch(report)
  }
}

function readEnvelope(type: string, body: unknown): SlackRequest | undefined {
  switch (type) {
    case 'events_api':
      return readEventRequest(body)
    case 'interactive':
      return readInteraction(body)
    case 'slash_commands':
      return readCommand(body)
    default:
      return undefined
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(end, milliseconds)
    function end(): void {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    signal.addEventListener('abort', end, { once: true })
    if (signal.aborted) end()
  })
}
