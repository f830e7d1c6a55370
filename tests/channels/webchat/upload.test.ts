// Files: what is taken, what is refused, what stays behind, and who may read them.
import { request } from 'node:http'
import { once } from 'node:events'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startWebchat, type WebchatServer } from '../../support/webchat-server.ts'
import { errorAnswer, idAnswer, payload, png, refusal, testClock, visit, type Visitor } from './visitor.ts'

const clock = testClock()
let server: WebchatServer
let visitor: Visitor
beforeEach(async () => {
  server = await startWebchat({ clock })
  visitor = await visit(server)
})
afterEach(() => server.stop())

type Part = [name: string, content: string | Buffer, contentType?: string]

function form(activity: string | undefined, ...files: Part[]): FormData {
  const body = new FormData()
  if (activity !== undefined) body.append('activity', new Blob([activity], { type: 'application/vnd.microsoft.activity' }), 'blob')
  for (const [name, content, type = 'application/octet-stream'] of files) body.append('file', new Blob([new Uint8Array(Buffer.from(content))], { type }), name)
  return body
}

const activity = (id = 'u1') => JSON.stringify({ type: 'message', text: 'see here', from: { id: 'x' }, channelData: { clientActivityID: id } })
const stored = () => server.door.all(visitor.conversation)[0]?.attachments.map(({ name, contentType, size }) => [name, contentType, size])
/** Every stored message keeps its raw activity; anything else is a file of a visitor. */
const filesLeft = () => server.door.files.names.filter((name) => name !== 'activity.json')
const megabytes = (count: number) => Buffer.concat([png, Buffer.alloc(count * 1024 * 1024)])

describe('an upload', () => {
  it('of Web Chat is one message with its file, whose kind is what its bytes say', async () => {
    const answer = await visitor.upload(form(await payload('webchat-upload-activity'), ['leak 1.png', png, 'image/png']))
    expect(answer.status).toBe(200)
    expect(idAnswer.parse(answer.json).id).toBe(`${visitor.conversation}|0000001`)
    expect(stored()).toEqual([['leak 1.png', 'image/png', png.length]])
    expect(server.door.texts(visitor.conversation)).toEqual(['see here'])
  })

  it.each<[string, string | Buffer, string]>([
    ['a JPEG', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]), 'image/jpeg'],
    ['a GIF', 'GIF89a........', 'image/gif'],
    ['a WebP', 'RIFF....WEBPVP8 ', 'image/webp'],
    ["an iPhone's photo", Buffer.from('\0\0\0\x18ftypheic\0\0\0\0', 'latin1'), 'image/heic'],
    ['an MP4', Buffer.from('\0\0\0\x18ftypisom\0\0\0\0', 'latin1'), 'video/mp4'],
    ['a QuickTime film', Buffer.from('\0\0\0\x14ftypqt  \0\0\0\0', 'latin1'), 'video/quicktime'],
    ['a WebM', Buffer.from('1a45dfa39f4286810142f7810142f2810442f381084282847765626d', 'hex'), 'video/webm'],
    ['a PDF', '%PDF-1.7\n', 'application/pdf'],
    ['a text', 'Error E18 since Monday. 排水不畅', 'text/plain'],
    ['a page, which becomes text', '<!doctype html><script>alert(1)</script>', 'text/plain'],
    ['a drawing with a script, which becomes text', '<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', 'text/plain'],
  ])('takes %s, whatever it is declared as', async (_, content, contentType) => {
    expect((await visitor.upload(form(activity(), ['x.bin', content, 'image/png']))).status).toBe(200)
    expect(stored()?.[0]?.[1]).toBe(contentType)
  })

  it.each<[string, string | Buffer]>([
    ['a program', Buffer.from('MZ\x90\0\x03\0', 'latin1')],
    ['another program', Buffer.from('\x7fELF\x02\x01', 'latin1')],
    ['an archive', Buffer.from('PK\x03\x04', 'latin1')],
    ['sound', Buffer.from('RIFF....WAVEfmt ', 'latin1')],
    ['text that is not UTF-8', Buffer.from([0xc4, 0xe3, 0xba, 0xc3])],
  ])('refuses %s with 415 and says what is taken', async (_, content) => {
    const answer = await visitor.upload(form(activity(), ['photo.png', content, 'image/png']))
    expect(refusal(answer)).toBe('415 UnsupportedMediaType')
    expect(errorAnswer.parse(answer.json).error.message).toContain('photo.png')
    expect(server.door.accepts).toBe(0)
    expect(filesLeft()).toEqual([])
  })

  it('takes ten files in their order, and no eleventh', async () => {
    const ten = Array.from({ length: 10 }, (_, index): Part => [`${index}.png`, png])
    expect((await visitor.upload(form(activity(), ...ten))).status).toBe(200)
    expect(stored()?.map(([name]) => name)).toEqual(ten.map(([name]) => name))
    expect(refusal(await visitor.upload(form(activity('u2'), ...ten, ['10.png', png])))).toBe('413 PayloadTooLarge')
    expect(filesLeft()).toHaveLength(10)
  })

  it('refuses a file over 20 MB and keeps nothing of its message', async () => {
    const answer = await visitor.upload(form(activity(), ['small.png', png], ['large.png', megabytes(20)]))
    expect(refusal(answer)).toBe('413 PayloadTooLarge')
    expect(errorAnswer.parse(answer.json).error.message).toContain('large.png')
    expect(filesLeft()).toEqual([])
  })

  it('takes one of just 20 MB', async () => {
    const file = megabytes(20).subarray(0, 20 * 1024 * 1024)
    expect((await visitor.upload(form(activity(), ['large.png', file]))).status).toBe(200)
    expect(stored()?.[0]?.[2]).toBe(file.length)
  })

  it('that is repeated is one message, and leaves no second copy of its files', async () => {
    const first = await visitor.upload(form(activity(), ['a.png', png]))
    const second = await visitor.upload(form(activity(), ['a.png', png]))
    expect(second.json).toEqual(first.json)
    expect(filesLeft()).toEqual(['a.png'])
  })

  it('keeps its files when nobody knows whether the message was stored', async () => {
    server.door.failures.push('after')
    expect(refusal(await visitor.upload(form(activity(), ['a.png', png])))).toBe('503 ServiceUnavailable')
    expect((await visitor.upload(form(activity(), ['a.png', png]))).status).toBe(200)
    const [message] = server.door.all(visitor.conversation)
    expect(await server.door.files.read(message?.attachments[0]?.file ?? '')).toBeDefined()
    expect(filesLeft()).toEqual(['a.png'])
  })

  it('answers 503 when no file can be written', async () => {
    server.door.files.failing = true
    expect(refusal(await visitor.upload(form(activity(), ['a.png', png], ['b.png', png])))).toBe('503 ServiceUnavailable')
  })

  it.each([
    ['an activity that is no JSON', '{', 'MalformedData'],
    ['an activity that is no message', '{"type":"typing"}', 'MalformedData'],
    ['a text over 8,000 characters', JSON.stringify({ type: 'message', text: 'x'.repeat(8001) }), 'MessageSizeTooBig'],
  ])('refuses %s and removes the files again', async (_, text, code) => {
    expect(refusal(await visitor.upload(form(text, ['a.png', png])))).toBe(`400 ${code}`)
    expect(filesLeft()).toEqual([])
  })

  it('refuses an empty file, and a form without anything', async () => {
    expect(refusal(await visitor.upload(form(activity(), ['a.png', ''])))).toBe('400 MalformedData')
    expect(refusal(await visitor.upload(form(JSON.stringify({ type: 'message' }))))).toBe('400 BadArgument')
  })

  it('needs no activity', async () => {
    expect((await visitor.upload(form(undefined, ['a.png', png]))).status).toBe(200)
    expect(stored()).toHaveLength(1)
  })

  it('may be one bare file, as the protocol has it', async () => {
    const headers = { 'content-type': 'image/jpeg', 'content-disposition': 'name="file"; filename="badge.png"' }
    const answer = await visitor.ask(`/conversations/${visitor.conversation}/upload?userId=x`, { method: 'POST', headers, body: png })
    expect(answer.status).toBe(200)
    expect(stored()).toEqual([['badge.png', 'image/png', png.length]])
  })

  it('keeps only the last part of a name, and nothing that could break a header', async () => {
    await visitor.upload(form(activity(), ['../../etc/照片\u202e.png', png], ['..', png]))
    expect(stored()?.map(([name]) => name)).toEqual(['照片.png', 'file.png'])
  })

  it('refuses a form that is none', async () => {
    const headers = { 'content-type': 'multipart/form-data; boundary=x' }
    const send = (body: string, type = headers) => visitor.ask(`/conversations/${visitor.conversation}/upload`, { method: 'POST', headers: type, body })
    expect(refusal(await send('--x\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\ncut'))).toBe('400 MalformedData')
    expect(refusal(await send('', { 'content-type': 'multipart/form-data' }))).toBe('400 MalformedData')
    expect(filesLeft()).toEqual([])
  })

  it('refuses at once what announces more than all files may have', async () => {
    const address = new URL(`${server.url}/v3/directline/conversations/${visitor.conversation}/upload`)
    const upload = request(address, {
      method: 'POST',
      headers: { authorization: `Bearer ${visitor.token}`, 'content-type': 'multipart/form-data; boundary=x', 'content-length': '999999999' },
    })
    upload.on('error', () => {})
    upload.flushHeaders()
    const [response] = await once(upload, 'response')
    expect(response.statusCode).toBe(413)
    upload.destroy()
  })

  it('leaves nothing behind when the client goes away in the middle', async () => {
    const address = new URL(`${server.url}/v3/directline/conversations/${visitor.conversation}/upload`)
    const upload = request(address, {
      method: 'POST',
      headers: { authorization: `Bearer ${visitor.token}`, 'content-type': 'multipart/form-data; boundary=x' },
    })
    upload.on('error', () => {})
    upload.write('--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n')
    upload.write(Buffer.alloc(1024 * 1024, 'words '))
    await server.door.files.begun()
    upload.destroy()
    await server.door.files.ended()
    expect(filesLeft()).toEqual([])
    expect((await visitor.say('still here')).status).toBe(200)
  })

  it('is limited by address', async () => {
    const limited = await startWebchat({ rateLimit: { uploads: 1 }, clock })
    try {
      const [first, second] = [await visit(limited), await visit(limited)]
      expect((await first.upload(form(activity(), ['a.png', png]))).status).toBe(200)
      expect(refusal(await second.upload(form(activity(), ['a.png', png])))).toBe('429 TooManyRequests')
    } finally {
      await limited.stop()
    }
  })
})

describe('a file', () => {
  async function uploaded(...files: Part[]) {
    await visitor.upload(form(activity(`f${server.door.accepts}`), ...files))
    const { activities } = await visitor.activities()
    return (activities.at(-1)?.attachments ?? []).map(({ contentUrl }) => new URL(contentUrl))
  }
  const read = (url: URL) => visitor.ask(url.pathname.replace('/v3/directline', '') + url.search, { headers: { authorization: '' } })

  it('is read by its link alone: a photo in place, all else as a download, nothing guessed', async () => {
    const [photo, page] = await uploaded(['leak 1.png', png], ["it's 页.html", '<script>alert(1)</script>'])
    const first = await fetch(photo ?? '')
    expect(first.status).toBe(200)
    expect(Buffer.from(await first.arrayBuffer())).toEqual(png)
    expect(first.headers.get('content-type')).toBe('image/png')
    expect(first.headers.get('content-disposition')).toBe("inline; filename*=UTF-8''leak%201.png")
    expect(first.headers.get('cache-control')).toContain('private')
    const second = await fetch(page ?? '')
    expect(second.headers.get('content-type')).toBe('text/plain')
    expect(second.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''it%27s%20%E9%A1%B5.html")
    for (const { headers } of [first, second]) {
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('content-security-policy')).toContain('sandbox')
      expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin')
    }
  })

  it('has a preview address where it is a photo, for Web Chat', async () => {
    await uploaded(['a.png', png], ['a.txt', 'text'])
    const [photo, text] = (await visitor.activities()).activities[0]?.attachments ?? []
    expect(photo?.thumbnailUrl).toBe(photo?.contentUrl)
    expect(text?.thumbnailUrl).toBeUndefined()
  })

  it('keeps its link for a day, so that it is loaded once, and not for two', async () => {
    const [link] = await uploaded(['a.png', png])
    expect((await visitor.activities()).activities[0]?.attachments?.[0]?.contentUrl).toBe(link?.href)
    clock.pass(24 * 60 * 60)
    expect((await fetch(link ?? '')).status).toBe(200)
    clock.pass(24 * 60 * 60)
    expect((await fetch(link ?? '')).status).toBe(403)
  })

  it.each<[string, (url: URL) => void, string]>([
    ['without its token', (url) => url.searchParams.delete('t'), '401 Unauthorized'],
    ['with another token', (url) => url.searchParams.set('t', 'x.y.z'), '403 BadArgument'],
    ['for another file', (url) => (url.pathname = url.pathname.replace(/0$/, '1')), '403 Forbidden'],
    ['for another message', (url) => (url.pathname = url.pathname.replace('/1/0', '/2/0')), '403 Forbidden'],
    ['for another conversation', (url) => (url.pathname = url.pathname.replace(/c_[0-9a-f]+/, `c_${'0'.repeat(40)}`)), '403 Forbidden'],
  ])('is not read %s', async (_, breakIt, expected) => {
    const [link] = await uploaded(['a.png', png], ['b.png', png])
    if (link === undefined) throw new Error('no link')
    expect((await fetch(link)).status).toBe(200)
    breakIt(link)
    expect(refusal(await read(link))).toBe(expected)
  })

  it('that is gone answers 404', async () => {
    const [link] = await uploaded(['a.png', png])
    await server.door.files.remove(server.door.all(visitor.conversation)[0]?.attachments[0]?.file ?? '')
    expect(refusal(await read(link ?? new URL(server.url)))).toBe('404 NotFound')
  })
})
