// Staff sign in with the key in a form; from then on a cookie opens the staff's pages and reads, and nothing that changes anything.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createFolder, createProvider, live, type Life } from '../support/life.ts'

const key = 'test-key-0123456789'
let life: Life
let now = Date.parse('2026-03-02T09:00:00.000Z')
const folder = createFolder()
beforeAll(async () => {
  life = await live({ folder: folder.path, provider: createProvider(), clock: { now: () => now } })
})
afterAll(async () => {
  await life.close()
  folder.remove()
})

// What was mistyped in another test is forgiven by then.
beforeEach(() => void (now += 61_000))

const at = (path: string, options: RequestInit = {}): Promise<Response> => fetch(`http://127.0.0.1:${life.port}${path}`, { redirect: 'manual', ...options })
const login = (given: string, to = '/dashboard'): Promise<Response> => at('/login', { method: 'POST', body: new URLSearchParams({ key: given, to }) })

async function session(): Promise<string> {
  const [cookie = ''] = (await login(key)).headers.getSetCookie()
  return cookie.split(';')[0] ?? ''
}

describe('the login', () => {
  it('is where a page for staff leads, and leads back to it with its filters', async () => {
    const turned = await at('/dashboard?product=T5%20treadmill&from=2026-01-01')
    expect(turned.status).toBe(303)
    const form = turned.headers.get('location') ?? ''
    expect(form).toMatch(/^\/login\?to=%2Fdashboard/)
    const page = await (await at(form)).text()
    expect(page).toContain('type="password"')
    const [, to = ''] = /name="to" value="([^"]*)"/.exec(page) ?? []
    const back = await login(key, to.replaceAll('&#38;', '&'))
    expect(back.headers.get('location')).toBe('/dashboard?product=T5+treadmill&from=2026-01-01')
  })

  it('gives a cookie that no script reads and no other site sends, and never puts the key into an address', async () => {
    const signed = await login(key)
    expect(signed.status).toBe(303)
    expect(signed.headers.get('location')).toBe('/dashboard')
    const [cookie = ''] = signed.headers.getSetCookie()
    expect(cookie).toMatch(/; HttpOnly; SameSite=Strict$/)
    expect(cookie).not.toContain(key)
  })

  it('refuses another key, and after many of them any for a minute', async () => {
    expect((await login('wrong')).status).toBe(401)
    expect((await login('')).headers.getSetCookie()).toEqual([])
    for (let tries = 0; tries < 10; tries++) await login('guess')
    expect((await login(key)).status).toBe(429)
    now += 61_000
    expect((await login(key)).status).toBe(303)
  })

  it.each(['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)', '/dashboard"><script>'])(
    'leads nowhere but to pages of ours, not to %s',
    async (to) => {
      expect((await login(key, to)).headers.get('location')).toBe('/dashboard')
    },
  )

  it('lets the browser read, and nothing else', async () => {
    const cookie = await session()
    const headers = { cookie }
    expect((await at('/api/v1/reports', { headers })).status).toBe(200)
    expect((await at('/api/v1/tickets', { method: 'POST', headers, body: '{}' })).status).toBe(401)
    // A key that is wrong is not made good by a cookie.
    expect((await at('/api/v1/reports', { headers: { ...headers, authorization: 'Bearer wrong' } })).status).toBe(401)
    expect((await at('/api/v1/reports')).status).toBe(401)
  })

  it('takes no cookie that was made up, changed or has run out', async () => {
    const cookie = await session()
    const read = async (value: string): Promise<number> => (await at('/api/v1/reports', { headers: { cookie: value } })).status
    const [name, value = ''] = cookie.split('=')
    const [until = '', signature = ''] = value.split('.')
    expect(await read(`${name}=${Number(until) + 1}.${signature}`)).toBe(401)
    expect(await read(`${name}=${until}.${'0'.repeat(64)}`)).toBe(401)
    expect(await read(`${name}=`)).toBe(401)
    expect(await read(`other=1; ${cookie}`)).toBe(200)
    now += 13 * 3_600_000
    expect(await read(cookie)).toBe(401)
  })

  it('is over when one signs out', async () => {
    const out = await at('/logout', { method: 'POST' })
    expect(out.headers.getSetCookie()[0]).toMatch(/^mendline_session=; Path=\/; Max-Age=0/)
  })

  it('speaks the language of the browser', async () => {
    expect(await (await at('/login', { headers: { 'accept-language': 'zh-CN,en;q=0.5' } })).text()).toContain('管理密钥')
    expect(await (await at('/login', { headers: { 'accept-language': 'fr,en' } })).text()).toContain('Admin key')
  })
})
