// Is it alive, can it work, and how is it doing.
import type { Route } from '../channel.ts'
import type { Core } from '../core.ts'
import { oldestUnhandledSeconds } from '../intake/recover.ts'
import { json } from './problem.ts'

export function healthRoutes(core: Core, { ping, deskId }: { ping(): Promise<void>; deskId: string }): Route[] {
  const parts = async () => {
    const [storage, queue] = await Promise.all([answers(ping), answers(() => core.queues.ping())])
    return { storage, queue }
  }
  return [
    { method: 'GET', path: '/healthz', handle: async () => json(200, { status: 'ok', desk: deskId }, { 'cache-control': 'no-store' }) },
    {
      method: 'GET',
      path: '/readyz',
      async handle() {
        const { storage, queue } = await parts()
        const shown = { storage: storage ? 'ok' : 'away', queue: queue ? 'ok' : 'away' }
        return json(storage && queue ? 200 : 503, shown, { 'cache-control': 'no-store' })
      },
    },
    {
      method: 'GET',
      path: '/metrics',
      async handle() {
        const { metrics } = core
        const { storage, queue } = await parts()
        metrics.up.set({ part: 'storage' }, Number(storage))
        metrics.up.set({ part: 'queue' }, Number(queue))
        // What cannot be asked just now is left out, not kept as it was; the rest is told all the same.
        metrics.oldestUnhandled.remove()
        metrics.queueDepth.reset()
        if (storage) metrics.oldestUnhandled.set(await oldestUnhandledSeconds(core))
        if (queue)
          for (const [name, depth] of Object.entries(await core.queues.depths()))
            for (const [state, count] of Object.entries(depth)) metrics.queueDepth.set({ queue: name, state }, count)
        return { status: 200, headers: { 'content-type': metrics.registry.contentType }, body: await metrics.registry.metrics() }
      },
    },
  ]
}

async function answers(ask: () => Promise<void>): Promise<boolean> {
  try {
    await ask()
    return true
  } catch {
    return false
  }
}
