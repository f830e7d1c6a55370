// REST: the products we service, with their warranty terms.
import { z } from 'zod'
import { catalogueOf, productId, setProduct, termSchema } from '../../assets/index.ts'
import type { Core } from '../../core.ts'
import { productView, viewProduct } from '../asset-views.ts'
import { endpoint, type Endpoint } from '../endpoint.ts'
import { listQuery, pageOfViews, pageOfWhole, viewPage } from '../list.ts'
import { problem } from '../problem.ts'
import { byId, text } from './inputs.ts'
import { created, doingOf, refusedRecord, stale, withVersion } from './record-replies.ts'

const unknown = 'There is no product with this id.'
const taken = 'There is a product of this name; change that one.'
const term = termSchema.nullable().default(null)
const fields = {
  aliases: z.array(text(200)).max(50).optional(),
  warranty: z.strictObject({ labour: term, parts: term }).optional(),
  served: z.boolean().nullable().optional().describe('False: customers are told that it is not repaired here'),
}

export function productEndpoints(core: Core): Endpoint[] {
  const find = async (id: string) => (await catalogueOf(core)).find(({ _id }) => _id === id)
  const theProduct = { status: 200, description: 'The product as it is now; its version is the ETag', view: productView }
  return [
    endpoint(core, {
      method: 'GET',
      path: '/products',
      summary: 'Products: those of mendline.yaml and those that were registered',
      takes: z.object({ query: listQuery({}) }),
      answers: { status: 200, description: 'A page of products', view: pageOfViews(productView) },
      handle: async ({ query }) => ({
        view: viewPage(
          pageOfWhole(await catalogueOf(core), ({ _id }) => _id, query),
          viewProduct,
        ),
      }),
    }),
    endpoint(core, {
      method: 'POST',
      path: '/products',
      summary: 'Register a product; customers may call it by its name and aliases',
      takes: z.object({ body: z.strictObject({ name: text(200), ...fields }) }),
      answers: { status: 201, description: 'The new product', view: productView },
      refuses: { 409: taken },
      async handle({ body: { name, ...rest } }, deed) {
        if ((await find(productId(name)))?.n === 0) return problem(409, 'Conflict', taken)
        const result = await setProduct(core, name, rest, 'register', doingOf(deed))
        if (result.kind === 'refused') return refusedRecord(result.refusal, { unknown, taken })
        const product = await find(productId(name))
        return product === undefined ? problem(404, 'Not found', unknown) : created('products', viewProduct(product))
      },
    }),
    endpoint(core, {
      method: 'GET',
      path: '/products/{id}',
      summary: 'One product',
      takes: z.object({ params: byId }),
      answers: theProduct,
      refuses: { 404: unknown },
      async handle({ params: { id } }) {
        const product = await find(id)
        return product === undefined ? problem(404, 'Not found', unknown) : withVersion(viewProduct(product))
      },
    }),
    endpoint(core, {
      method: 'PATCH',
      path: '/products/{id}',
      summary: 'Change a product; what is said here counts more than mendline.yaml',
      takes: z.object({ params: byId, body: z.strictObject(fields) }),
      answers: theProduct,
      refuses: { 404: unknown, 412: stale },
      async handle({ params: { id }, body }, deed) {
        const known = await find(id)
        if (known === undefined) return problem(404, 'Not found', unknown)
        const result = await setProduct(core, known.name, body, 'either', doingOf(deed))
        if (result.kind === 'refused') return refusedRecord(result.refusal, { unknown, taken })
        return withVersion(viewProduct((await find(id)) ?? known))
      },
    }),
  ]
}
