// Where a customer's file is fetched from and where never, what goes along, and what it turns out to be.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RemoteFile } from '../../../src/message.ts'
import { largestFile } from '../../../src/files/keep.ts'
import { kept, type KeptFile } from '../../support/kept.ts'
import { openBot, recorded, type Bot } from './bot.ts'

/** Answers of hosts that are not ours to ask in a test, by address, and what they were asked. */
const world = new Map<string, () => Response>()
const asked: { url: string; authorization: string | null }[] = []
const network: typeof fetch = async (input, init) => {
  const url = input instanceof Request ? input.url : String(input)
  asked.push({ url, authorization: new Headers(init?.headers).get('authorization') })
  return world.get(url)?.() ?? fetch(input, init)
}

let bot: Bot
beforeAll(async () => void (bot = await openBot(network)))
afterAll(() => bot.close())

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+M8AAAMBAQDJ/pLvAAAAAElFTkSuQmCC', 'base64')
const storage = 'https://contoso-my.sharepoint.com/personal/anna/download.aspx?tempauth=v1'

let posted = 0
/** The files of a message that names these addresses, as a customer of the emulated connector sends them. */
async function filesAt(...urls: string[]): Promise<RemoteFile[]> {
  const attachments = urls.map((contentUrl) => ({ contentType: 'image/*', contentUrl }))
  await bot.post(await recorded('teams-inline-images', { id: `f${posted++}`, serviceUrl: bot.microsoft.serviceUrl, attachments }))
  return [...(bot.messages().at(-1)?.remotes ?? [])]
}

async function fetchAt(url: string): Promise<KeptFile> {
  asked.length = 0
  const [file] = await filesAt(url)
  if (file === undefined || bot.channel.fetch === undefined) throw new Error('there is no file to fetch')
  return kept(await bot.channel.fetch(file), file)
}

describe('a file', () => {
  it('with the connector is fetched with our token, and is what its bytes are', async () => {
    expect(await fetchAt(bot.microsoft.guard(png, 'application/octet-stream'))).toEqual({ contentType: 'image/png', name: 'photo.png', bytes: png })
    expect(asked).toMatchObject([{ authorization: expect.stringMatching(/^Bearer ./) }])
  })

  it('in SharePoint is fetched without: its address is all it takes', async () => {
    world.set(storage, () => new Response(png))
    expect(await fetchAt(storage)).toMatchObject({ contentType: 'image/png', bytes: png })
    expect(asked).toEqual([{ url: storage, authorization: null }])
  })

  it('inside the activity is taken out of it', async () => {
    expect(await fetchAt(`data:image/gif;base64,${png.toString('base64')}`)).toMatchObject({ contentType: 'image/png', bytes: png })
  })

  it('that shows no type of its own is text or just bytes, whatever was said of it', async () => {
    const page = Buffer.from('<html><script>alert(1)</script></html>')
    expect(await fetchAt(bot.microsoft.guard(page, 'image/png'))).toEqual({ contentType: 'text/plain', name: 'photo', bytes: page })
    expect(await fetchAt(bot.microsoft.guard(Buffer.alloc(0), 'image/png'))).toMatchObject({ bytes: Buffer.alloc(0) })
  })

  it('that has moved is followed to where files may lie, and our token stays behind', async () => {
    const cdn = 'https://directline.botframework.com/attachments/1'
    world.set(cdn, () => new Response(null, { status: 302, headers: { location: storage } }))
    world.set(storage, () => new Response(png))
    expect((await fetchAt(cdn)).bytes).toEqual(png)
    bot.microsoft.answerNext({ status: 302, headers: { location: storage } })
    expect((await fetchAt(`${bot.microsoft.serviceUrl}v3/attachments/x`)).bytes).toEqual(png)
    expect(asked.map(({ authorization }) => authorization === null)).toEqual([false, true])
  })
})

describe('no file', () => {
  it.each([
    'http://169.254.169.254/latest/meta-data',
    'http://localhost:6379/',
    'https://attacker.example/x.png',
    'https://contoso.sharepoint.com.attacker.example/x',
    'https://attackersharepoint.com/x',
    'http://contoso.sharepoint.com/x',
    'https://contoso.sharepoint.com:8443/x',
    'https://user:password@contoso.sharepoint.com/x',
    'file:///etc/passwd',
    'no address',
  ])('is fetched from %s', async (url) => {
    await expect(fetchAt(url)).rejects.toMatchObject({ kind: 'never' })
    expect(asked).toEqual([])
  })

  it('is fetched where a host that is asked sends us on to one that is not', async () => {
    bot.microsoft.answerNext({ status: 302, headers: { location: 'http://169.254.169.254/' } })
    await expect(fetchAt(`${bot.microsoft.serviceUrl}v3/attachments/x`)).rejects.toMatchObject({ kind: 'never' })
    expect(asked).toHaveLength(1)
  })

  it('is followed in circles', async () => {
    world.set(storage, () => new Response(null, { status: 302, headers: { location: storage } }))
    await expect(fetchAt(storage)).rejects.toMatchObject({ kind: 'never' })
    expect(asked.length).toBeLessThan(10)
  })

  it('larger than the limit is kept, whether the host says so or not', async () => {
    world.set(storage, () => new Response('x', { headers: { 'content-length': String(largestFile + 1) } }))
    await expect(fetchAt(storage)).rejects.toMatchObject({ why: 'size' })
    const flood = (): ReadableStream<Uint8Array> => new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(1024 * 1024)) })
    world.set(storage, () => new Response(flood()))
    await expect(fetchAt(storage)).rejects.toMatchObject({ why: 'size' })
  })

  it.each([
    [{ status: 404 }, 'never'],
    [{ status: 403 }, 'never'],
    [{ status: 401 }, 'later'],
    [{ status: 429 }, 'later'],
    [{ status: 503 }, 'later'],
  ])('comes with the answer %j, and is tried again: %s', async (answer, kind) => {
    bot.microsoft.answerNext(answer)
    await expect(fetchAt(`${bot.microsoft.serviceUrl}v3/attachments/x`)).rejects.toMatchObject({ kind })
  })

  it('is given up when the address has run out, and not when the host breaks off', async () => {
    world.set(storage, () => new Response('expired', { status: 401 }))
    await expect(fetchAt(storage)).rejects.toMatchObject({ kind: 'never' })
    const broken = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(png)
      },
      pull(controller) {
        controller.error(new Error('reset'))
      },
    })
    world.set(storage, () => new Response(broken))
    await expect(fetchAt(storage)).rejects.toThrow('reset')
  })
})
