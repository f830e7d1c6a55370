// Moving part requests: asking, claiming at the source, receiving, cancelling. A request changes first and the stock follows from it; only
// the claim is decided at the stock, and a due document brings what was begun to its end.
import { arm } from '../alarms/arm.ts'
import type { Doing } from '../assets/index.ts'
import { timestamp } from '../clock.ts'
import type { Core } from '../core.ts'
import { edit, type Changed, type Consequence, type EditRefusal } from '../journal/index.ts'
import { digest } from '../message.ts'
import { changeStock } from './change-stock.ts'
import { mayBecome, requestStream, type PartRequest, type RequestFields, type RequestStatus } from './request.ts'

/** `unnamed`: nobody has said yet which part it is. */
export type RequestRefusal = { kind: 'not_allowed'; from: RequestStatus } | { kind: 'unnamed' } | EditRefusal
export type RequestChanged = Changed<PartRequest, RequestRefusal>

export function requestId(key: string): string {
  return `pr_${digest('part request', key)}`
}

/** Asks for parts, and claims them at their source if they are there. */
export async function requestParts(core: Core, fields: RequestFields, doing: Doing): Promise<PartRequest> {
  const id = requestId(doing.key)
  const at = timestamp(core.clock.now())
  await edit<PartRequest>(core.journal, requestStream, id, {
    actor: doing.actor,
    key: doing.key,
    orBegin: true,
    act(request) {
      if (request.n > 0) return undefined
      const claim: Consequence[] = fields.from === null ? [] : [{ do: 'arm', at, alarm: { kind: 'claim_parts', request: id }, id: `claim/${id}` }]
      return { events: [{ type: 'part_request.changed', from: null, to: 'requested', request: fields }], effects: claim }
    },
  })
  await claimParts(core, id)
  return core.journal.load(requestStream, id)
}

/** Claims at the source what is requested, if there is as much; else it waits until there is. May be repeated. */
export async function claimParts(core: Core, id: string): Promise<void> {
  const request = await core.journal.load(requestStream, id)
  const { from, part, quantity, status } = request
  if (request.n === 0 || from === null) return
  const actor = { kind: 'system', id: null } as const
  if (status === 'requested') {
    const claimed = await changeStock(core, from, part, { act: 'reserve', request: id, quantity }, { actor, key: `${id}/claim` })
    if (claimed.kind === 'refused') return
    await moveRequest(core, id, 'allocated', { actor, key: `${id}/allocated` })
  }
  // Cancelled while it was being claimed.
  if ((await core.journal.load(requestStream, id)).status === 'cancelled')
    await changeStock(core, from, part, { act: 'release', request: id }, { actor, key: `${id}/unclaim` })
}

/** `used`: how many of an allocation the repair took; all of them when left out. */
export function moveRequest(core: Core, id: string, to: RequestStatus, doing: Doing, used?: number): Promise<RequestChanged> {
  return edit<PartRequest, Exclude<RequestRefusal, EditRefusal>>(core.journal, requestStream, id, {
    ...doing,
    act(request) {
      if (request.status === to) return undefined
      if (!mayBecome(request, to)) return { refusal: { kind: 'not_allowed', from: request.status } }
      if (to === 'received' && request.part === '') return { refusal: { kind: 'unnamed' } }
      const taken = Math.min(used ?? request.quantity, request.quantity)
      const told = request.kind === 'allocation' && to === 'received' ? { used: taken } : {}
      return { events: [{ type: 'part_request.changed', from: request.status, to, ...told }], effects: stockOf(request, to, taken) }
    },
  })
}

/** Says which part of the catalogue it is that was asked for in words; one that is named already is another request. */
export function nameRequest(core: Core, id: string, part: string, doing: Doing): Promise<RequestChanged> {
  return edit<PartRequest, Exclude<RequestRefusal, EditRefusal>>(core.journal, requestStream, id, {
    ...doing,
    act(request) {
      if (request.part === part) return undefined
      return request.part === '' && request.status === 'requested'
        ? { events: [{ type: 'part_request.named', part }] }
        : { refusal: { kind: 'not_allowed', from: request.status } }
    },
  })
}

/** None of these can be refused: what was claimed is kept for the request. */
function stockOf({ _id, kind, part, quantity, from, to, ticket }: PartRequest, status: RequestStatus, taken: number): Consequence[] {
  const source = (act: Extract<Consequence, { do: 'stock' }>['act']): Consequence[] => (from === null ? [] : [{ do: 'stock', location: from, part, act }])
  if (status === 'cancelled') return source({ act: 'release', request: _id })
  if (status !== 'received') return []
  const arrives: Consequence[] = to === null || kind === 'allocation' ? [] : [{ do: 'stock', location: to, part, act: { act: 'receive', quantity } }]
  return [...source({ act: 'take_claimed', request: _id, quantity: kind === 'allocation' ? taken : quantity, ticket }), ...arrives]
}

/** More came in, or a claim was given up: the oldest requests that wait there are tried again. */
export async function meetRequests(core: Core, location: string, part: string, cause: string): Promise<void> {
  const waiting = await core.collections.partRequests.find({ from: location, part, status: 'requested' }, { sort: { createdAt: 1 }, limit: 50 })
  const now = timestamp(core.clock.now())
  for (const { _id } of waiting) await arm(core, digest('claim', _id, cause), now, { kind: 'claim_parts', request: _id }, true)
}
