// Webhooks in: other systems and machines tell of repairs and faults. It only listens: what is to be done is in the mapping of each source.
import { createHash } from 'node:crypto'
import type { Abilities, Channel, Door, ReadResult } from '../../src/channel.ts'
import type { Clock } from '../../src/clock.ts'
import { SendError, Unreadable } from '../../src/errors.ts'
import { newId, type Random } from '../../src/random.ts'
import type { RequestRead, Source } from '../../src/sources/index.ts'
import { parseBody } from './parse-body.ts'
import { refusalOf } from './verify.ts'

export interface WebhookChannelParts {
  /** As the settings are now. */
  sources(): readonly Source[]
  clock: Clock
  random: Random
}

const limit = 1024 * 1024

/** Nobody is talked to here. */
const abilities: Abilities = {
  textLimit: 10_000,
  choices: 'numbers',
  questions: 'all_at_once',
  attachments: false,
  receipts: false,
  gatherMs: { text: 0, media: 0 },
  storeIsDelivery: false,
  budgeted: false,
  windowMs: null,
  carrierKeywords: false,
}

export function createWebhookChannel(parts: WebhookChannelParts): Channel {
  const sourceOf = (name: string | undefined): Source | undefined => parts.sources().find((source) => source.name === name)
  return {
    name: 'webhook',
    abilities,
    sendIsIdempotent: true,
    webhooks: [
      {
        path: '/webhooks/in/:source',
        limit,
        async read({ headers, params, body }): Promise<ReadResult> {
          const source = sourceOf(params['source'])
          if (source === undefined) return { kind: 'refused', status: 404, reason: 'There is no source of this name; webhooks.in of mendline.yaml names them.' }
          const refusal = refusalOf(source, headers, body, parts.clock.now())
          if (refusal !== undefined) return { kind: 'refused', status: 401, reason: refusal }
          const parsed = parseBody(headers['content-type'] ?? '', body)
          if (parsed.kind === 'refused') return parsed
          const id =
            headers['webhook-id'] ?? (source.idHeader === undefined ? undefined : headers[source.idHeader]) ?? idWithin(source, parsed.json, body, parts)
          return {
            kind: 'accepted',
            events: [
              { kind: 'event', channel: 'webhook', id: `${source.name}/${id}`, raw: { name: 'webhook.json', contentType: 'application/json', content: body } },
            ],
            reply: { status: 200 },
          }
        },
      },
    ],
    async send() {
      throw new SendError('never', 'a webhook source is not written to')
    },
    async process({ id, body }, door) {
      const name = id.slice(0, id.indexOf('/'))
      const source = sourceOf(name)
      if (source === undefined) throw new Unreadable(`${name}: no longer a source of mendline.yaml`)
      await take(source, id, body, door)
    },
  }
}

/**
 * Where the sender gives no id, the same body is the same report; but a machine says the same words each time it fails, so its reports are told
 * apart by what the mapping calls their id, or not at all: to say twice that a fault is there opens nothing twice.
 */
function idWithin({ read }: Source, json: Parameters<Source['read']>[0], body: Uint8Array, { clock, random }: WebhookChannelParts): string {
  const reading = read(json)
  if (reading.kind === 'fault') return reading.fault.id ?? newId('report', clock, random)
  return createHash('sha256').update(body).digest('hex')
}

async function take({ name, read }: Source, event: string, body: Uint8Array, { desk }: Door): Promise<void> {
  const parsed = parseBody('application/json', body)
  const reading = parsed.kind === 'refused' ? ({ kind: 'unreadable', reason: 'no JSON' } as const) : read(parsed.json)
  const actor = { kind: 'api', id: name } as const
  switch (reading.kind) {
    case 'ignored':
      return
    case 'unreadable':
      throw new Unreadable(`${name}: ${reading.reason}`)
    case 'fault':
      return desk.reportFault({ ...reading.fault, source: name }, { actor, key: `webhook/${event}` })
    case 'request': {
      const { id, ...wanted } = reading.request
      const opened = await desk.open({ ...wanted, channel: 'webhook' }, { actor, key: `webhook/${name}/${id === undefined ? `event/${event}` : `case/${id}`}` })
      // The same case told again in other words: nothing of it is lost.
      if (opened.kind === 'opened' && isOther(opened.ticket, wanted))
        await desk.note(opened.ticket._id, `${name} says now: ${wanted.subject}\n${wanted.description}`, { actor, key: `webhook/${event}/note` })
    }
  }
}

function isOther(ticket: { subject: string; description: string }, { subject, description }: Pick<RequestRead, 'subject' | 'description'>): boolean {
  return ticket.subject !== subject || ticket.description !== description
}
