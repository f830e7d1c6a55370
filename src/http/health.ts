// Is it alive, can it work, and how is it doing.
import type { Route } from '../channel.ts'
import type { Core } from '../core.ts'
import { oldestUnhandledSeconds } from '../intake/recover.ts'
import { json } from './problem.ts'

export function healthRoutes(core: Core, ping: () => Promise<void>): Route[] {
  const readiness = async (check: () => Promise<void>): Promise<'ok' | 'away'> => {
    try {
      await check()
      return 'ok'
    } catch {
      return 'away'
    }
  }
  return [
    { method: 'GET', path: '/healthz', handle: async () => json(200, { status: 'ok' }) },
    {
      method: 'GET',
      path: '/readyz',
      async handle() {
        const [storage, queue] = await Promise.all([readiness(ping), readiness(() => core.queues.ping())])
        return json(storage === 'ok' && queue === 'ok' ? 200 : 503, { storage, queue }, { 'cache-control': 'no-store' })
      },
    },
    {
      method: 'GET',
      path: '/metrics',
      async handle() {
        const { metrics } = core
        metrics.oldestUnhandled.set(await oldestUnhandledSeconds(core))
        for (const [queue, depth] of Object.entries(await core.queues.depths()))
          for (const [state, count] of Object.entries(depth)) metrics.queueDepth.set({ queue, state }, count)
        return { status: 200, headers: { 'content-type': metrics.registry.contentType }, body: await metrics.registry.metrics() }
      },
    },
  ]
}
