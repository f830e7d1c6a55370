// Where webhooks may go: nobody can have the desk knock on doors inside its own house, by whatever name they call them.
import { createServer } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkUrl, findTarget, type Resolve } from '../../src/webhooks/guard.ts'
import { post } from '../../src/webhooks/post.ts'

const nobody: Resolve = async () => {
  throw new Error('no name is to be asked for')
}
const named =
  (...addresses: string[]): Resolve =>
  async () =>
    addresses
const reach = async (url: string, resolve: Resolve = nobody, allow: readonly string[] = []) => (await findTarget(new URL(url), resolve, allow)).kind

describe('an address', () => {
  it.each([
    '127.0.0.1',
    '127.255.0.9',
    '2130706433', // 127.0.0.1 as one number
    '0x7f.1',
    '0177.0.0.1',
    '0.0.0.0',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '100.64.0.1', // carrier-grade NAT
    '169.254.169.254', // metadata of clouds
    '192.0.2.1',
    '198.18.0.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '[::1]',
    '[::]',
    '[::ffff:127.0.0.1]',
    '[::ffff:a9fe:a9fe]', // metadata in the clothes of IPv6
    '[::127.0.0.1]',
    '[64:ff9b::7f00:1]', // NAT64
    '[2002:7f00:1::]', // 6to4
    '[2001:0:7f00:1::]', // Teredo
    '[fe80::1]',
    '[fd00:ec2::254]',
    '[fc00::1]',
    '[fec0::1]',
    '[ff02::1]',
    '[2001:db8::1]',
  ])('that is not public is refused: %s', async (host) => {
    expect(await reach(`https://${host}/`)).toBe('refused')
  })

  it.each(['93.184.215.14', '[2606:2800:21f:cb07:6820:80da:af6b:8b2c]'])('that is public is taken: %s', async (host) => {
    expect(await reach(`https://${host}/`)).toBe('target')
    expect(await reach(`http://${host}/`), 'in the clear').toBe('refused')
    for (const port of [22, 25, 110]) expect(await reach(`https://${host}:${port}/`), `port ${port}`).toBe('refused')
    expect(await reach(`https://${host}:8443/`)).toBe('target')
  })

  it('is refused when only one of those that its name has is not public', async () => {
    expect(await reach('https://example.com/', named('93.184.215.14', '10.0.0.1'))).toBe('refused')
    expect(await reach('https://example.com/', named())).toBe('refused')
    expect(await reach('https://example.com/', named('93.184.215.14', '2606:2800:21f:cb07:6820:80da:af6b:8b2c'))).toBe('target')
  })

  it('in a range that the operator allows is taken, in the clear and at any port', async () => {
    const allow = ['10.1.0.0/16', 'fd00::/8']
    expect(await reach('http://10.1.9.9:25/', nobody, allow)).toBe('target')
    expect(await reach('http://[::ffff:10.1.9.9]/', nobody, allow)).toBe('target')
    expect(await reach('http://[fd12::1]/', nobody, allow)).toBe('target')
    expect(await reach('http://10.2.0.1/', nobody, allow)).toBe('refused')
    expect(await reach('http://intranet/', named('10.1.0.1', '10.2.0.1'), allow)).toBe('refused')
  })

  it('that no receiver has is refused before it is kept', () => {
    for (const url of ['nowhere', 'ftp://example.com/', 'javascript:alert(1)', 'https://user:secret@example.com/', 'https://example.com/#top'])
      expect(checkUrl(url), url).toBeTypeOf('string')
    for (const url of ['https://example.com/hooks?key=1', 'http://intranet:8080/']) expect(checkUrl(url), url).toBeUndefined()
  })
})

describe('a name that means something else a moment later', () => {
  let server: ReturnType<typeof createServer>
  let port = 0
  let knocks = 0
  beforeAll(async () => {
    server = createServer((_, response) => {
      knocks++
      response.end('secret of the house')
    })
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    port = typeof address === 'object' && address !== null ? address.port : 0
  })
  afterAll(() => void server.close())

  it('leads to the address that was checked, since nobody asks again', async () => {
    let asked = 0
    // First an allowed address, then, for whoever asks twice, one inside the house.
    const rebinding: Resolve = async () => (++asked === 1 ? ['127.0.0.2'] : ['127.0.0.1'])
    const posted = await post(`http://rebind.example:${port}/`, {}, '{}', { resolve: rebinding, allow: ['127.0.0.2/32'] })
    expect(asked).toBe(1)
    expect(posted.kind === 'answered' ? posted.body : posted.reason).toContain('ECONNREFUSED')
    expect(knocks).toBe(0)
  })

  it('is checked anew for every try', async () => {
    const answers = [['127.0.0.1'], ['127.0.0.9']]
    const resolve: Resolve = async () => answers.shift() ?? []
    const way = { resolve, allow: ['127.0.0.1/32'] }
    expect(await post(`http://rebind.example:${port}/`, {}, '{}', way)).toMatchObject({ kind: 'answered', status: 200 })
    expect(await post(`http://rebind.example:${port}/`, {}, '{}', way)).toMatchObject({ kind: 'unanswered', reason: expect.stringContaining('not public') })
    expect(knocks).toBe(1)
  })

  it('and a name that nobody knows is no answer, not a crash', async () => {
    const resolve: Resolve = async () => {
      throw Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' })
    }
    expect(await post('https://nobody.example/', {}, '{}', { resolve, allow: [] })).toEqual({ kind: 'unanswered', reason: 'no connection (ENOTFOUND)' })
  })
})
