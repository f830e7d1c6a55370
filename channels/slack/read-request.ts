// What Slack sends, told apart: the handshake, events, and interactions that want an answer. Parsing only; the signature comes first.
import { z } from 'zod'

const eventBody = z.looseObject({
  type: z.literal('event_callback'),
  team_id: z.string().min(1),
  context_team_id: z.string().nullish(),
  event_id: z.string().min(1),
  is_ext_shared_channel: z.boolean().nullish(),
  authorizations: z.array(z.looseObject({ team_id: z.string().nullish(), user_id: z.string(), is_bot: z.boolean().optional() })).optional(),
  event: z.looseObject({ type: z.string() }),
})
/** An event in its wrapper. https://docs.slack.dev/apis/events-api#callback-field */
export type EventBody = z.output<typeof eventBody>

const person = z.looseObject({ id: z.string().min(1), team_id: z.string().nullish() })
const interaction = z.looseObject({
  type: z.enum(['block_actions', 'view_submission', 'view_closed', 'message_action', 'shortcut', 'block_suggestion']),
  user: person,
  team: z.looseObject({ id: z.string() }).nullish(),
  response_url: z.string().optional(),
  view: z.looseObject({ id: z.string(), blocks: z.array(z.looseObject({ type: z.string(), block_id: z.string().optional() })).optional() }).optional(),
})
/** A press, a submission, a shortcut. https://docs.slack.dev/reference/interaction-payloads */
export type Interaction = z.output<typeof interaction>

const command = z.looseObject({
  command: z.string().startsWith('/'),
  user_id: z.string().min(1),
  team_id: z.string().min(1),
  response_url: z.string().optional(),
})
/** A slash command, whose fields are all text. */
export type Command = z.output<typeof command>

export type SlackRequest =
  | { kind: 'challenge'; challenge: string }
  /** Slack looks whether anybody is there, or says that it dropped events of a minute. */
  | { kind: 'probe' }
  | { kind: 'rate_limited' }
  | { kind: 'event'; body: EventBody }
  | { kind: 'interaction'; body: Interaction }
  | { kind: 'command'; body: Command }
  | { kind: 'malformed'; status: 400 | 415; reason: string }

const challenge = z.looseObject({ type: z.literal('url_verification'), challenge: z.string() })

export function readRequest(contentType: string, body: Uint8Array): SlackRequest {
  const text = Buffer.from(body).toString('utf8')
  switch (contentType.split(';')[0]?.trim().toLowerCase()) {
    case 'application/json':
      return readEventRequest(parse(text))
    case 'application/x-www-form-urlencoded': {
      const form = new URLSearchParams(text)
      if (form.get('ssl_check') === '1') return { kind: 'probe' }
      const payload = form.get('payload')
      return payload === null ? readCommand(Object.fromEntries(form)) : readInteraction(parse(payload))
    }
    default:
      return { kind: 'malformed', status: 415, reason: 'events come as application/json, interactions as application/x-www-form-urlencoded' }
  }
}

/** As it comes over either way, once it is parsed. */
export function readEventRequest(value: unknown): SlackRequest {
  const handshake = challenge.safeParse(value)
  if (handshake.success) return { kind: 'challenge', challenge: handshake.data.challenge }
  if (z.looseObject({ type: z.literal('app_rate_limited') }).safeParse(value).success) return { kind: 'rate_limited' }
  const event = eventBody.safeParse(value)
  return event.success ? { kind: 'event', body: event.data } : malformed
}

export function readInteraction(value: unknown): SlackRequest {
  const read = interaction.safeParse(value)
  return read.success ? { kind: 'interaction', body: read.data } : malformed
}

export function readCommand(value: unknown): SlackRequest {
  const read = command.safeParse(value)
  return read.success ? { kind: 'command', body: read.data } : malformed
}

/** As it was stored, by its own look: JSON, or the form around it. */
export function readStored(raw: Uint8Array): SlackRequest {
  const text = Buffer.from(raw).toString('utf8')
  if (!text.startsWith('{')) return readRequest('application/x-www-form-urlencoded', raw)
  const value = parse(text)
  const read = readEventRequest(value)
  return read.kind === 'malformed' ? readInteraction(value) : read
}

const malformed = { kind: 'malformed', status: 400, reason: 'this is no event, interaction or command of Slack' } as const

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
