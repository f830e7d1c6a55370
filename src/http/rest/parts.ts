// REST: the catalogue of parts, and what products are made of.
import { z } from 'zod'
import { catalogueOf } from '../../assets/index.ts'
import type { Core } from '../../core.ts'
import { pageOf } from '../../desk/index.ts'
import { billId, billStream, chainOf, partId, partNamed, setBill, setPart } from '../../parts/index.ts'
import { endpoint, type Endpoint } from '../endpoint.ts'
import { listQuery, pageOfViews, viewPage } from '../list.ts'
import { billView, partView, viewBill, viewPart } from '../part-views.ts'
import { problem } from '../problem.ts'
import { byId, text } from './inputs.ts'
import { badField, created, doingOf, refusedRecord, stale, withVersion } from './record-replies.ts'

const unknown = 'There is no part with this id.'
const taken = 'There is a part with this number; change that one.'
const noProduct = 'There is no product with this id.'
const supersededBy = text(100).nullable().optional().describe('Number or id of the part that took its place')
const number = text(100).refine((given) => /[\p{L}\p{N}]/u.test(given), 'has at least one letter or digit')

export function partEndpoints(core: Core): Endpoint[] {
  const { parts } = core.collections
  const thePart = { status: 200, description: 'The part as it is now; its version is the ETag', view: partView }
  const theBill = { status: 200, description: 'The bill of material', view: billView }
  const productOf = async (id: string) => (await catalogueOf(core)).find(({ _id }) => _id === id)
  return [
    endpoint(core, {
      method: 'GET',
      path: '/parts',
      summary: 'Parts, newest first; by an old number the part that took its place',
      takes: z.object({ query: listQuery({ number: text(100).optional() }) }),
      answers: { status: 200, description: 'A page of parts', view: pageOfViews(partView) },
      async handle({ query: { limit, cursor, number: given } }) {
        const present = given === undefined ? undefined : (await chainOf(parts, partId(given))).at(-1)
        const filter = given === undefined ? {} : { _id: present?._id ?? '' }
        return { view: viewPage(await pageOf(parts, filter, 'createdAt', { limit, cursor }), viewPart) }
      },
    }),
    endpoint(core, {
      method: 'POST',
      path: '/parts',
      summary: 'Register a part',
      takes: z.object({ body: z.strictObject({ number, name: text(200), supersededBy }) }),
      answers: { status: 201, description: 'The new part', view: partView },
      refuses: { 409: taken },
      async handle({ body: { number: given, name, supersededBy: next } }, deed) {
        const successor = await successorOf(core, partId(given), next)
        if (successor.kind === 'wrong') return badField('supersededBy', successor.why)
        const result = await setPart(core, given, { name, supersededBy: successor.id ?? null }, 'register', doingOf(deed))
        return result.kind === 'refused' ? refusedRecord(result.refusal, { unknown, taken }) : created('parts', viewPart(result.state))
      },
    }),
    endpoint(core, {
      method: 'GET',
      path: '/parts/{id}',
      summary: 'One part, by its id',
      takes: z.object({ params: byId }),
      answers: thePart,
      refuses: { 404: unknown },
      async handle({ params: { id } }) {
        const part = await parts.get(id)
        return part === undefined ? problem(404, 'Not found', unknown) : withVersion(viewPart(part))
      },
    }),
    endpoint(core, {
      method: 'PATCH',
      path: '/parts/{id}',
      summary: 'Change a part, or name the one that took its place',
      takes: z.object({ params: byId, body: z.strictObject({ name: text(200).optional(), supersededBy }) }),
      answers: thePart,
      refuses: { 404: unknown, 412: stale },
      async handle({ params: { id }, body: { name, supersededBy: next } }, deed) {
        const part = await parts.get(id)
        if (part === undefined) return problem(404, 'Not found', unknown)
        const successor = await successorOf(core, id, next)
        if (successor.kind === 'wrong') return badField('supersededBy', successor.why)
        const wish = { ...(name === undefined ? {} : { name }), ...(successor.id === undefined ? {} : { supersededBy: successor.id }) }
        const result = await setPart(core, part.number, wish, 'change', doingOf(deed))
        return result.kind === 'refused' ? refusedRecord(result.refusal, { unknown, taken }) : withVersion(viewPart(result.state))
      },
    }),
    endpoint(core, {
      method: 'GET',
      path: '/products/{id}/bom',
      summary: 'The bill of material of a product',
      takes: z.object({ params: byId }),
      answers: theBill,
      refuses: { 404: noProduct },
      async handle({ params: { id } }) {
        const product = await productOf(id)
        if (product === undefined) return problem(404, 'Not found', noProduct)
        return withVersion(viewBill(await core.journal.load(billStream, billId(product.name)), product.name))
      },
    }),
    endpoint(core, {
      method: 'POST',
      path: '/products/{id}/bom',
      summary: 'Set the bill of material of a product: these lines and no others',
      takes: z.object({
        params: byId,
        body: z.strictObject({ lines: z.array(z.strictObject({ part: text(100).describe('Number or id'), quantity: z.int().min(1).default(1) })).max(2000) }),
      }),
      answers: theBill,
      refuses: { 404: noProduct, 412: stale },
      async handle({ params: { id }, body }, deed) {
        const product = await productOf(id)
        if (product === undefined) return problem(404, 'Not found', noProduct)
        const found = await Promise.all(body.lines.map(async ({ part, quantity }) => ({ part: await givenPart(core, part), quantity })))
        const lost = found.findIndex(({ part }) => part === undefined)
        if (lost >= 0) return badField(`lines.${lost}.part`, 'there is no such part')
        const lines = found.flatMap(({ part, quantity }) => (part === undefined ? [] : [{ part: part._id, quantity }]))
        const result = await setBill(core, product.name, lines, doingOf(deed))
        return result.kind === 'refused' ? refusedRecord(result.refusal, { unknown: noProduct, taken }) : withVersion(viewBill(result.state, product.name))
      },
    }),
  ]
}

/** By id, number, or a name that only one has. */
export async function givenPart(core: Core, given: string) {
  const { parts } = core.collections
  return (await parts.get(given)) ?? (await partNamed(parts, given))
}

type Successor = { kind: 'right'; id: string | null | undefined } | { kind: 'wrong'; why: string }

/** A chain of numbers ends somewhere. */
async function successorOf(core: Core, part: string, given: string | null | undefined): Promise<Successor> {
  if (given == null) return { kind: 'right', id: given }
  const next = await givenPart(core, given)
  if (next === undefined) return { kind: 'wrong', why: 'there is no such part' }
  const circle = (await chainOf(core.collections.parts, next._id)).some(({ _id }) => _id === part)
  return circle ? { kind: 'wrong', why: 'that part was superseded by this one; a chain of parts must not be a circle' } : { kind: 'right', id: next._id }
}
