// What becomes of a customer's file on its way into the store: known by its bytes, bounded, a photo without its position, and nothing left of what is not taken.
import { describe, expect, it } from 'vitest'
import { Unavailable } from '../../src/errors.ts'
import type { Files } from '../../src/files/files.ts'
import { createKeep, FileRefused, type About, type Only } from '../../src/files/keep.ts'
import { readWhole } from '../../src/files/read-whole.ts'
import { memoryFiles } from '../support/mail-door.ts'
import { heic, jpeg, orientation, orientationsIn, png, positionIn } from '../support/photos.ts'

const megabyte = 1024 * 1024

async function* pieces(bytes: Uint8Array, size = 64 * 1024): AsyncGenerator<Uint8Array, undefined> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function keep(content: Uint8Array | AsyncIterable<Uint8Array>, about: Partial<About> = {}, only?: Only) {
  const files = memoryFiles()
  const kept = await createKeep(files)(content, { name: 'photo', contentType: '', ...about }, only)
  return { files, kept, bytes: Buffer.from((await readWhole(files, kept.file)) ?? []) }
}

describe('a photo', () => {
  it.each([
    ['whole', (photo: Buffer) => photo],
    ['in pieces', (photo: Buffer) => pieces(photo, 100)],
  ])('that comes %s is stored without its position, with its orientation; whoever sent it keeps theirs', async (_how, send) => {
    const photo = jpeg()
    const { kept, bytes, files } = await keep(send(photo), { name: 'IMG_1.JPG', contentType: 'application/octet-stream' })
    expect(kept).toMatchObject({ name: 'IMG_1.JPG', contentType: 'image/jpeg', size: photo.length })
    expect(positionIn(bytes)).toEqual([])
    expect(orientationsIn(bytes)).toEqual([orientation, orientation])
    expect(photo).toEqual(jpeg())
    expect(files.kept.size).toBe(1)
  })

  it('of many megabytes too, and no second copy stays', async () => {
    const photo = jpeg({ padding: 30 * megabyte })
    const { kept, bytes, files } = await keep(pieces(photo), {}, { size: 40 * megabyte })
    expect(kept).toMatchObject({ name: 'photo.jpg', contentType: 'image/jpeg', size: photo.length })
    expect(positionIn(bytes)).toEqual([])
    expect([...files.kept.keys()]).toEqual([kept.file])
  })

  it('of many megabytes and without a position is written once', async () => {
    const bare = Buffer.concat([jpeg().subarray(0, 2), Buffer.alloc(9 * megabyte, 0x55)])
    bare[2] = 0xff
    const { kept, bytes, files } = await keep(pieces(bare))
    expect(bytes.equals(bare)).toBe(true)
    expect([...files.kept.keys()]).toEqual([kept.file])
  })

  it('whose structure is broken is kept as it came, and no longer called a photo', async () => {
    const photo = heic()
    // Its box of places ends before the places do.
    const at = photo.indexOf('iloc') + 4 + 4 + 2
    photo.writeUInt16BE(9_999, at)
    const { kept, bytes } = await keep(photo, { contentType: 'image/heic' })
    expect(kept).toMatchObject({ contentType: 'application/octet-stream', size: photo.length })
    expect(bytes).toEqual(photo)
  })

  it('leaves nothing behind when it cannot be stored in the end', async () => {
    const files = memoryFiles()
    let writes = 0
    const failing: Files = {
      ...files,
      write: async (content, about) => {
        if (++writes === 2) throw new Unavailable('files', new Error('disk full'))
        return files.write(content, about)
      },
    }
    await expect(createKeep(failing)(jpeg({ padding: 9 * megabyte }), { name: 'a', contentType: '' })).rejects.toBeInstanceOf(Unavailable)
    expect(files.kept.size).toBe(0)
  })
})

describe('a type', () => {
  it.each<[string, Buffer, string, string]>([
    ['a photo that is called a text', png(), 'text/plain', 'image/png'],
    ['a program that is called a photo', Buffer.from('MZ\x90\0\x03\0\0\0', 'latin1'), 'image/jpeg', 'application/octet-stream'],
    ['a drawing with a script', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'), 'image/svg+xml', 'text/plain'],
    ['a page that is called a PDF', Buffer.from('<script>alert(1)</script>'), 'application/pdf', 'text/plain'],
    ['a calendar', Buffer.from('BEGIN:VCALENDAR\r\n'), 'text/calendar', 'text/calendar'],
    ['a text in an encoding of its own', Buffer.from([0xc4, 0xe3, 0xba, 0xc3]), 'text/plain', 'text/plain'],
    ['a mail', Buffer.from('From: ann@example.org\r\n\r\nHi'), 'message/rfc822', 'message/rfc822'],
    ['an archive that is called a text', Buffer.from('504b030414000000000000000000', 'hex'), 'text/plain', 'application/octet-stream'],
    ['a table', Buffer.from('504b030414000000000000000000', 'hex'), 'application/vnd.ms-excel', 'application/vnd.ms-excel'],
    ['nothing', Buffer.alloc(0), 'image/png', 'application/octet-stream'],
    ['a type that is none', Buffer.from([0, 1, 2]), 'photo"; evil', 'application/octet-stream'],
  ])('of %s', async (_what, content, declared, contentType) => {
    expect((await keep(content, { contentType: declared })).kept).toMatchObject({ contentType, size: content.length })
  })
})

describe('what is refused', () => {
  it.each<[string, FileRefused['why'], Buffer, Partial<About>, Only]>([
    ['larger than is taken', 'size', png(), {}, { size: 20 }],
    ['a film larger than is taken', 'size', Buffer.concat([Buffer.from('\0\0\0\x18ftypisom\0\0\0\0', 'latin1'), Buffer.alloc(megabyte)]), {}, { size: 9_000 }],
    ['announced as larger', 'size', png(), { size: 5_000 }, { size: 4_999 }],
    ['of a kind that is not taken', 'type', Buffer.from('MZ\x90\0', 'latin1'), {}, { type: (type) => type.startsWith('image/') }],
    ['empty', 'empty', Buffer.alloc(0), {}, { type: (type) => type.startsWith('image/') }],
  ])('%s', async (_what, why, content, about, only) => {
    const files = memoryFiles()
    let told = false
    async function* source(): AsyncGenerator<Uint8Array, undefined> {
      try {
        yield* pieces(content, 1_000)
      } finally {
        told = true
      }
    }
    const refused = createKeep(files)(source(), { name: 'x', contentType: '', ...about }, only)
    await expect(refused).rejects.toBeInstanceOf(FileRefused)
    await expect(refused).rejects.toMatchObject({ why })
    expect(files.kept.size).toBe(0)
    // Its sender need not send on. What is announced as too large is not even begun.
    expect(told || about.size !== undefined).toBe(true)
  })
})

it('a film streams by: it is written while it still comes', async () => {
  const files = memoryFiles()
  const steps: string[] = []
  const watching: Files = {
    ...files,
    async write(content, about) {
      steps.push('written')
      return files.write(content, about)
    },
  }
  async function* film(): AsyncGenerator<Uint8Array, undefined> {
    yield Buffer.from('\0\0\0\x18ftypisom\0\0\0\0', 'latin1')
    yield Buffer.alloc(8_192)
    steps.push('half')
    yield Buffer.alloc(8_192)
  }
  expect(await createKeep(watching)(film(), { name: 'pump', contentType: '' })).toMatchObject({ name: 'pump.mp4', contentType: 'video/mp4' })
  expect(steps).toEqual(['written', 'half'])
})
