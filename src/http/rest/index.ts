// The REST API: every route of it, in one list.
import type { Right } from '../../access/index.ts'
import type { Route } from '../../channel.ts'
import type { Core } from '../../core.ts'
import type { Endpoint } from '../endpoint.ts'
import { createGuard } from '../access/guard.ts'
import { withinTeam } from '../access/team.ts'
import { documentRoute } from '../openapi/route.ts'
import { problem } from '../problem.ts'
import { apiKeyEndpoints } from './api-keys.ts'
import { assetEndpoints } from './assets.ts'
import { conversationActEndpoints } from './conversation-acts.ts'
import { conversationEndpoints } from './conversations.ts'
import { customerEndpoints } from './customers.ts'
import { deviceFaultEndpoints } from './device-faults.ts'
import { dispatchEndpoints } from './dispatch.ts'
import { engineerEndpoints } from './engineers.ts'
import { importEndpoints } from './imports.ts'
import { inspectionEndpoints } from './inspections.ts'
import { maintenancePlanEndpoints } from './maintenance-plans.ts'
import { mergeEndpoints } from './merge.ts'
import { messageEndpoints } from './messages.ts'
import { opportunityEndpoints } from './opportunities.ts'
import { partEndpoints } from './parts.ts'
import { partForecastEndpoints } from './part-forecast.ts'
import { partRequestEndpoints } from './part-requests.ts'
import { productEndpoints } from './products.ts'
import { reportEndpoints } from './reports.ts'
import { siteEndpoints } from './sites.ts'
import { stockEndpoints } from './stock.ts'
import { qualitySignalEndpoints } from './quality-signals.ts'
import { quoteEndpoints } from './quotes.ts'
import { surveyEndpoints } from './surveys.ts'
import { taskEndpoints } from './tasks.ts'
import { ticketActEndpoints } from './ticket-acts.ts'
import { ticketEndpoints } from './tickets.ts'
import { webhookDeliveryEndpoints } from './webhook-deliveries.ts'
import { webhookEndpointEndpoints } from './webhook-endpoints.ts'
import { workOrderEndpoints } from './work-orders.ts'

export function restEndpoints(core: Core): Endpoint[] {
  return [
    ...ticketEndpoints(core),
    ...ticketActEndpoints(core),
    ...mergeEndpoints(core),
    ...customerEndpoints(core),
    ...conversationEndpoints(core),
    ...conversationActEndpoints(core),
    ...productEndpoints(core),
    ...siteEndpoints(core),
    ...assetEndpoints(core),
    ...engineerEndpoints(core),
    ...workOrderEndpoints(core),
    ...partEndpoints(core),
    ...partForecastEndpoints(core),
    ...importEndpoints(core),
    ...stockEndpoints(core),
    ...partRequestEndpoints(core),
    ...dispatchEndpoints(core),
    ...maintenancePlanEndpoints(core),
    ...inspectionEndpoints(core),
    ...surveyEndpoints(core),
    ...quoteEndpoints(core),
    ...reportEndpoints(core),
    ...qualitySignalEndpoints(core),
    ...opportunityEndpoints(core),
    ...taskEndpoints(core),
    ...messageEndpoints(core),
    ...deviceFaultEndpoints(core),
    ...webhookEndpointEndpoints(core),
    ...webhookDeliveryEndpoints(core),
    ...apiKeyEndpoints(core),
  ]
}

/** All of them behind a key. A path of ours with a method that is none of its own says which it has. */
export function restRoutes(core: Core, adminKey: string): Route[] {
  const guard = createGuard(core, adminKey)
  const endpoints = restEndpoints(core)
  const paths = new Map<string, string[]>()
  for (const { path, method } of endpoints) paths.set(path, [...(paths.get(path) ?? []), method])
  // Those without parameters first, or /assets/import would be taken for an asset.
  const others = [...paths]
    .toSorted(([one], [other]) => one.split('{').length - other.split('{').length)
    .flatMap(([path, methods]) =>
      (['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const)
        .filter((method) => !methods.includes(method))
        .map((method): Route => ({ method, path: mounted(path), handle: guard(rightOf(path, 'GET'), async () => notAllowed(methods)) })),
    )
  return [
    documentRoute(core, endpoints),
    ...endpoints.map(({ method, path, handle }): Route => ({ method, path: mounted(path), handle: guard(rightOf(path, method), withinTeam(core, handle)) })),
    ...others,
  ]
}

/** What a key must be for: the first part of the path, to be read or written. */
export function rightOf(path: string, method: string): Right {
  return { resource: path.split('/')[1] ?? '', access: method === 'GET' ? 'read' : 'write' }
}

/** Below `/api/v1`, as the server reads paths. */
function mounted(path: string): string {
  return `/api/v1${path.replace(/\{(\w+)\}/g, ':$1')}`
}

function notAllowed(methods: readonly string[]) {
  const reply = problem(405, 'Method not allowed', `Here you can ${methods.join(' or ')}.`)
  return { ...reply, headers: { ...reply.headers, allow: methods.join(', ') } }
}
