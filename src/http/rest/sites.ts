// REST: sites, the places where assets stand.
import { z } from 'zod'
import { setSite } from '../../assets/index.ts'
import type { Core } from '../../core.ts'
import { pageOf } from '../../desk/index.ts'
import { isTimeZone } from '../../hours/index.ts'
import { siteView, viewSite } from '../asset-views.ts'
import { endpoint, type Endpoint } from '../endpoint.ts'
import { listQuery, pageOfViews, viewPage } from '../list.ts'
import { problem } from '../problem.ts'
import { byId, text } from './inputs.ts'
import { badField, created, doingOf, refusedRecord, stale, withVersion } from './record-replies.ts'

const unknown = 'There is no site with this id.'
const taken = 'This customer has a site of this name; change that one.'
const fields = {
  address: text(500).nullable().optional(),
  timeZone: text(60).refine(isTimeZone, 'is no time zone; use an IANA name such as Europe/Berlin').nullable().optional(),
}

export function siteEndpoints(core: Core): Endpoint[] {
  const { sites, customers } = core.collections
  const theSite = { status: 200, description: 'The site as it is now; its version is the ETag', view: siteView }
  return [
    endpoint(core, {
      method: 'GET',
      path: '/sites',
      summary: 'Sites, newest first',
      takes: z.object({ query: listQuery({ customer: text(100).optional() }) }),
      answers: { status: 200, description: 'A page of sites', view: pageOfViews(siteView) },
      handle: async ({ query: { limit, cursor, ...filter } }) => ({ view: viewPage(await pageOf(sites, filter, 'createdAt', { limit, cursor }), viewSite) }),
    }),
    endpoint(core, {
      method: 'POST',
      path: '/sites',
      summary: 'Register a site',
      takes: z.object({ body: z.strictObject({ name: text(200), customer: text(100).nullable().default(null), ...fields }) }),
      answers: { status: 201, description: 'The new site', view: siteView },
      refuses: { 409: taken },
      async handle({ body: { name, customer, ...rest } }, deed) {
        if (customer !== null && (await customers.get(customer)) === undefined) return badField('customer', 'there is no customer with this id')
        const result = await setSite(core, name, customer, rest, 'register', doingOf(deed))
        return result.kind === 'refused' ? refusedRecord(result.refusal, { unknown, taken }) : created('sites', viewSite(result.state))
      },
    }),
    endpoint(core, {
      method: 'GET',
      path: '/sites/{id}',
      summary: 'One site, by its id',
      takes: z.object({ params: byId }),
      answers: theSite,
      refuses: { 404: unknown },
      async handle({ params: { id } }) {
        const site = await sites.get(id)
        return site === undefined ? problem(404, 'Not found', unknown) : withVersion(viewSite(site))
      },
    }),
    endpoint(core, {
      method: 'PATCH',
      path: '/sites/{id}',
      summary: "Change a site's address or time zone",
      takes: z.object({ params: byId, body: z.strictObject(fields) }),
      answers: theSite,
      refuses: { 404: unknown, 412: stale },
      async handle({ params: { id }, body }, deed) {
        const site = await sites.get(id)
        if (site === undefined) return problem(404, 'Not found', unknown)
        const result = await setSite(core, site.name, site.customer, body, 'change', doingOf(deed))
        return result.kind === 'refused' ? refusedRecord(result.refusal, { unknown, taken }) : withVersion(viewSite(result.state))
      },
    }),
  ]
}
