// `/admin/queues`: staff who have signed in see the queues on either engine, in a real browser too; a failed job can be retried, and nothing else be done.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromium } from 'playwright-core'
import { z } from 'zod'
import { openRedisQueues } from '../../src/queue/redis.ts'
import { browserFlags, programs, without } from '../support/browser.ts'
import { createFolder, createProvider, live, newMessage, type Life } from '../support/life.ts'
import { eventually } from '../support/processes.ts'
import { startRedis } from '../support/redis.ts'

const key = 'test-key-0123456789'
const counted = z.object({
  queues: z.array(z.object({ name: z.string(), counts: z.record(z.string(), z.number()), jobs: z.array(z.looseObject({ id: z.string() })) })),
})

for (const engine of ['embedded', 'redis'] as const)
  describe.skipIf(engine === 'redis' && without('redis'))(`the queues on the ${engine} engine`, () => {
    let life: Life
    const folder = createFolder()
    const cleanups: (() => unknown)[] = [() => folder.remove()]
    const at = (path: string, options: RequestInit = {}): Promise<Response> => fetch(`http://127.0.0.1:${life.port}${path}`, { redirect: 'manual', ...options })
    let cookie = ''
    const signedIn = (path: string, method = 'GET'): Promise<Response> => at(path, { method, headers: { cookie } })

    beforeAll(async () => {
      const redis = engine === 'redis' ? await startRedis() : undefined
      if (redis !== undefined) cleanups.push(() => redis.remove())
      life = await live({
        folder: folder.path,
        provider: createProvider(),
        ...(redis === undefined ? {} : { queues: await openRedisQueues({ url: redis.url }) }),
      })
      cleanups.push(() => life.close())
      const login = await at('/login', { method: 'POST', body: new URLSearchParams({ key, to: '/admin/queues' }) })
      expect(login.headers.get('location')).toBe('/admin/queues')
      cookie = login.headers.getSetCookie()[0]?.split(';')[0] ?? ''
      // No stream of this name: the journal throws, and the job has failed.
      await life.core.queues.add('finish', { stream: 'nothing/of-this-kind' })
    })
    afterAll(async () => {
      for (const cleanup of cleanups.toReversed()) await cleanup()
    })

    const failed = () =>
      eventually(async () => {
        const { queues } = counted.parse(await (await signedIn('/admin/queues/api/queues?activeQueue=finish&status=failed')).json())
        const finish = queues.find(({ name }) => name === 'finish')
        return finish !== undefined && (finish.counts['failed'] ?? 0) > 0 ? finish : undefined
      }, 'a failed job')

    it('are for those who have signed in', async () => {
      for (const path of ['/admin/queues', '/admin/queues/api/queues', '/admin/queues/static/favicon.ico', '/admin/queues/queue/turn']) {
        const turned = await at(path)
        expect({ path, status: turned.status }).toEqual({ path, status: 303 })
        expect(turned.headers.get('location')).toBe(`/login?to=${encodeURIComponent(path)}`)
        expect((await signedIn(path)).status).toBe(200)
      }
      expect((await at('/admin/queues/api/queues/finish/1/retry', { method: 'PUT' })).status).toBe(303)
    })

    it('show a job that failed with its ids and the kind of its error, and can have it tried again', async () => {
      await life.accept({ kind: 'message', message: newMessage('my words are nobody’s business', 'm-1') })
      const { jobs } = await failed()
      expect(JSON.stringify(jobs)).toContain('nothing/of-this-kind')
      const everything = await (await signedIn('/admin/queues/api/queues')).text()
      expect(everything).not.toMatch(/my words|ann@example\.org/)
      expect((await signedIn(`/admin/queues/api/queues/finish/${jobs[0]?.id}/retry`, 'PUT')).status).toBe(204)
      expect((await failed()).counts['failed']).toBe(1)
    })

    it('are not changed in any other way', async () => {
      const acts = [
        ['PUT', '/api/queues/finish/pause'],
        ['PUT', '/api/queues/pause'],
        ['PUT', '/api/queues/finish/obliterate'],
        ['PUT', '/api/queues/finish/empty'],
        ['PUT', '/api/queues/finish/clean/failed'],
        ['POST', '/api/queues/finish/add'],
        ['PATCH', '/api/queues/finish/1/update-data'],
      ] as const
      for (const [method, path] of acts) expect({ path, status: (await signedIn(`/admin/queues${path}`, method)).status }).toEqual({ path, status: 403 })
      // A form knows GET and POST only, and neither retries.
      for (const method of ['GET', 'POST']) expect((await signedIn('/admin/queues/api/queues/finish/1/retry', method)).status).toBe(404)
      expect((await failed()).counts['failed']).toBe(1)
    })

    it('serve no file but those of the page', async () => {
      expect((await signedIn('/admin/queues/static/..%2f..%2fpackage.json')).status).toBe(404)
    })

    it.skipIf(without('browser'))('show in a browser that lets in no script, style or font from elsewhere', async () => {
      await failed()
      const { path } = programs.browser
      const browser = await chromium.launch({ ...(path === undefined ? {} : { executablePath: path }), args: browserFlags })
      cleanups.push(() => browser.close())
      const page = await browser.newPage({ viewport: { width: 1200, height: 800 } })
      const problems: string[] = []
      const elsewhere: string[] = []
      page.on('console', (message) => void (message.type() === 'error' && problems.push(message.text())))
      page.on('pageerror', (error) => problems.push(error.message))
      page.on(
        'request',
        (request) => void (request.url().startsWith(`http://127.0.0.1:${life.port}/`) || request.url().startsWith('data:') || elsewhere.push(request.url())),
      )
      await page.goto(`http://127.0.0.1:${life.port}/admin/queues`)
      await page.locator('#key').fill(key)
      await page.locator('button[type=submit]').click()
      await page.getByText('finish').first().waitFor()
      await page.goto(`http://127.0.0.1:${life.port}/admin/queues/queue/finish?status=failed`)
      await page.getByRole('button', { name: /retry/i }).first().waitFor()
      expect({ problems, elsewhere }).toEqual({ problems: [], elsewhere: [] })
    })
  })
