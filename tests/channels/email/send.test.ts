// What we send: over real SMTP to a real server, and into a folder.
import fc from 'fast-check'
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SMTPServer } from 'smtp-server'
import type { SMTPServerOptions } from 'smtp-server'
import { afterEach, describe, expect, test } from 'vitest'
import { ownAddresses } from '../../../channels/email/addresses.ts'
import { composeMail, replySubject } from '../../../channels/email/compose.ts'
import { createEmailChannel } from '../../../channels/email/index.ts'
import type { EmailOptions } from '../../../channels/email/index.ts'
import { messageIdFor } from '../../../channels/email/message-id.ts'
import type { Outgoing } from '../../../src/channel.ts'
import { SendError } from '../../../src/errors.ts'
import type { Files } from '../../../src/files/files.ts'
import type { OutboundMessage } from '../../../src/message.ts'
import { systemRandom } from '../../../src/random.ts'
import { memoryFiles } from '../../support/mail-door.ts'
import { readMessage } from './read.ts'

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

const sending = (message: OutboundMessage, files: Files): Outgoing => ({ message, files, lastInbound: null, template: null })

const noon = Date.parse('2024-03-05T12:00:00Z')

function outbound(change: Partial<OutboundMessage> = {}): OutboundMessage {
  return {
    _id: 'm_01JBRZ4T8C6Q2W9X5V7K3N1M0P',
    key: 'm_01JBRZ4T8C6Q2W9X5V7K3N1M0P',
    conversation: 'c_1',
    seq: 2,
    direction: 'outbound',
    state: 'sending',
    channel: 'email',
    place: { channel: 'email', account: 'support@repair.example', address: 'anna@lind.example', thread: 't' },
    language: 'en',
    cause: 'answer',
    acknowledgement: true,
    text: 'Thank you.',
    fullText: 'Thank you.\n\nWhen may we come?\nSee https://repair.example/s/abc.',
    subject: '[R-4K7Q2MM] Pump',
    choices: [],
    utterances: [],
    attachments: [],
    createdAt: '2024-03-05T12:00:00.000Z',
    ticket: 'R-4K7Q2MM',
    speaker: 'bot',
    providerId: 'm_01JBRZ4T8C6Q2W9X5V7K3N1M0P@repair.example',
    replyToken: 'k3j9x2m4q8w7e6r5t1y0',
    inReplyTo: 'q1@lind.example',
    references: ['q0@lind.example', 'q1@lind.example'],
    attempts: 1,
    dueAt: '2024-03-05T12:00:00.000Z',
    reason: null,
    maybeTwice: false,
    merged: [],
    held: false,
    relayOf: null,
    ...change,
  }
}

function channel(options: Partial<EmailOptions>) {
  return createEmailChannel({
    supportAddresses: ['support@repair.example', 'repairs@repair.example'],
    displayName: 'Mendline Repairs',
    clock: { now: () => noon },
    random: systemRandom,
    onProblem: () => {},
    ...options,
  })
}

interface Took {
  from: string
  to: string[]
  raw: string
}

/** A mail server that takes everything, unless the options say otherwise. */
async function mailServer(options: SMTPServerOptions = {}) {
  const took: Took[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    hideENHANCEDSTATUSCODES: false,
    onData(stream, session, done) {
      const chunks: Uint8Array[] = []
      stream.on('data', (chunk: Uint8Array) => chunks.push(chunk))
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope
        took.push({ from: mailFrom ? mailFrom.address : '', to: rcptTo.map(({ address }) => address), raw: Buffer.concat(chunks).toString() })
        done()
      })
    },
    ...options,
  })
  server.on('error', () => {})
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address: AddressInfo | string | null = server.server.address()
  stops.push(() => new Promise((resolve) => server.close(resolve)))
  return { took, url: `smtp://127.0.0.1:${address === null || typeof address === 'string' ? 0 : address.port}` }
}

const header = (raw: string, name: string) => new RegExp(`^${name}: ((?:.|\\r\\n[ \\t])*)`, 'im').exec(raw)?.[1]?.replace(/\r\n[ \t]+/g, ' ')

describe('a mail over SMTP', () => {
  test('keeps the thread together, comes back to its conversation and quiets machines', async () => {
    const { took, url } = await mailServer()
    const receipt = await channel({ smtp: { url } }).send(sending(outbound(), memoryFiles()))
    expect(receipt).toEqual({ providerId: 'm_01JBRZ4T8C6Q2W9X5V7K3N1M0P@repair.example', state: 'sent' })
    const [mail] = took
    expect(mail).toMatchObject({ from: 'support+k3j9x2m4q8w7e6r5t1y0@repair.example', to: ['anna@lind.example'] })
    const raw = mail?.raw ?? ''
    expect(header(raw, 'From')).toBe('Mendline Repairs <support@repair.example>')
    expect(header(raw, 'To')).toBe('anna@lind.example')
    expect(header(raw, 'Reply-To')).toBe('support+k3j9x2m4q8w7e6r5t1y0@repair.example')
    expect(header(raw, 'Message-ID')).toBe('<m_01JBRZ4T8C6Q2W9X5V7K3N1M0P@repair.example>')
    expect(header(raw, 'In-Reply-To')).toBe('<q1@lind.example>')
    expect(header(raw, 'References')).toBe('<q0@lind.example> <q1@lind.example>')
    expect(header(raw, 'Subject')).toBe('Re: [R-4K7Q2MM] Pump')
    expect(header(raw, 'Date')).toBe('Tue, 05 Mar 2024 12:00:00 +0000')
    expect(header(raw, 'Auto-Submitted')).toBe('auto-replied')
    expect(header(raw, 'X-Auto-Response-Suppress')).toBe('All')
    expect(header(raw, 'X-Mendline-Loop')).toMatch(/^[0-9a-f]{16}$/)
  })

  test('is read as a machine’s by our own reader, whatever it says', async () => {
    const { took, url } = await mailServer()
    await channel({ smtp: { url } }).send(sending(outbound({ cause: 'agent' }), memoryFiles()))
    expect(await readMessage(took[0]?.raw ?? '')).toMatchObject({ author: 'machine', text: expect.stringContaining('When may we come?') })
  })

  test('news is auto-generated, a person’s own words are not automatic and name the person', async () => {
    const { took, url } = await mailServer()
    const mail = channel({ smtp: { url } })
    await mail.send(sending(outbound({ cause: 'news' }), memoryFiles()))
    await mail.send(sending(outbound({ cause: 'agent', speaker: 'Petra' }), memoryFiles()))
    const [news, agent] = took.map(({ raw }) => raw)
    expect(header(news ?? '', 'Auto-Submitted')).toBe('auto-generated')
    expect(header(agent ?? '', 'Auto-Submitted')).toBeUndefined()
    expect(header(agent ?? '', 'X-Auto-Response-Suppress')).toBeUndefined()
    expect(header(agent ?? '', 'From')).toBe('"Petra (Mendline Repairs)" <support@repair.example>')
  })

  test('choices are a numbered list, in text and in HTML', async () => {
    const { took, url } = await mailServer()
    await channel({ smtp: { url } }).send(
      sending(
        outbound({
          choices: [
            { value: 'a', label: 'Thursday 9–11' },
            { value: 'b', label: '<Friday>' },
          ],
        }),
        memoryFiles(),
      ),
    )
    const raw = took[0]?.raw ?? ''
    expect((await readMessage(raw)).fullText).toBe('Thank you.\n\nWhen may we come?\nSee https://repair.example/s/abc.\n\n1. Thursday 9–11\n2. <Friday>\n')
    expect(raw).toMatch(/<ol[^]*&lt;Friday&gt;/)
    expect(raw).toContain('href=3D"https://repair.example/s/abc"')
  })

  test('attachments are sent whole, with their names', async () => {
    const { took, url } = await mailServer()
    const files = memoryFiles()
    const content = Buffer.from(Array.from({ length: 300_000 }, (_, n) => n % 251))
    const { id } = await files.write(content, { name: '洗衣机.png', contentType: 'image/png' })
    await channel({ smtp: { url } }).send(
      sending(outbound({ attachments: [{ file: id, name: '洗衣机.png', contentType: 'image/png', size: content.length }] }), files),
    )
    expect((await readMessage(took[0]?.raw ?? '')).attachments).toMatchObject([{ name: '洗衣机.png', contentType: 'image/png', content }])
  })

  test('sent again it is the same mail to every mailbox', async () => {
    const { took, url } = await mailServer()
    const mail = channel({ smtp: { url } })
    for (let attempt = 0; attempt < 2; attempt++) await mail.send(sending(outbound(), memoryFiles()))
    expect(new Set(took.map(({ raw }) => header(raw, 'Message-ID'))).size).toBe(1)
    expect(mail.sendIsIdempotent).toBe(true)
  })

  test('without an id chosen before, the id follows from the message', async () => {
    const { took, url } = await mailServer()
    const receipt = await channel({ smtp: { url } }).send(sending(outbound({ providerId: null, _id: 'm_7' }), memoryFiles()))
    expect(receipt.providerId).toBe(messageIdFor('m_7', 'repair.example'))
    expect(header(took[0]?.raw ?? '', 'Message-ID')).toBe('<m_7@repair.example>')
  })
})

describe('what a failure means', () => {
  const failing = (responseCode: number, message: string) => Object.assign(new Error(message), { responseCode })
  const attempt = async (url: string) => {
    try {
      await channel({ smtp: { url } }).send(sending(outbound(), memoryFiles()))
    } catch (error) {
      if (error instanceof SendError) return { kind: error.kind, reason: error.reason }
      throw error
    }
    throw new Error('it was sent')
  }

  test.each([
    [550, '5.1.1 no such user', 'never'],
    [553, '5.1.3 bad address', 'never'],
    [554, '5.7.1 policy', 'never'],
    [450, '4.2.1 greylisted', 'later'],
    [452, '4.2.2 full', 'later'],
    [552, '5.2.2 mailbox full', 'later'],
    [552, '5.3.4 too large', 'never'],
    [503, '5.5.1 bad sequence', 'later'],
  ])('%s %s to the recipient: %s', async (code, message, kind) => {
    const { url } = await mailServer({ onRcptTo: (_address, _session, done) => done(failing(code, message)), hideENHANCEDSTATUSCODES: true })
    const failure = await attempt(url)
    expect(failure.kind).toBe(kind)
    expect(failure.reason).toContain(`${code} ${message.split(' ')[0]}`)
    expect(failure.reason).not.toMatch(/@|anna/)
  })

  test.each([
    [554, 'never'],
    [451, 'later'],
  ])('%s to the mail itself: %s', async (code, kind) => {
    const onData: SMTPServerOptions['onData'] = (stream, _session, done) => {
      stream.resume()
      stream.on('end', () => done(failing(code, 'no')))
    }
    expect((await attempt((await mailServer({ onData })).url)).kind).toBe(kind)
  })

  test('a refusal of us as the sender can be mended: later', async () => {
    const { url } = await mailServer({ onMailFrom: (_address, _session, done) => done(failing(550, 'not from you')) })
    expect((await attempt(url)).kind).toBe('later')
  })

  test('a wrong password can be mended: later', async () => {
    const { url } = await mailServer({ authOptional: false, allowInsecureAuth: true, onAuth: (_auth, _session, done) => done(failing(535, 'wrong')) })
    expect((await attempt(url.replace('//', '//user:wrong@'))).kind).toBe('later')
  })

  test('a server that is away: later', async () => {
    expect(await attempt('smtp://127.0.0.1:1')).toMatchObject({ kind: 'later', reason: 'no mail server took it (ESOCKET)' })
  })

  test('a server that hangs up: later', async () => {
    const { url } = await mailServer({ onConnect: (_session, done) => done(failing(421, 'busy')) })
    expect((await attempt(url)).kind).toBe('later')
  })

  test('an attachment that is gone: never; files that cannot be read: later', async () => {
    const { url, took } = await mailServer()
    const message = outbound({ attachments: [{ file: 'gone', name: 'a', contentType: 'image/png', size: 1 }] })
    await expect(channel({ smtp: { url } }).send(sending(message, memoryFiles()))).rejects.toMatchObject({ kind: 'never' })
    const files = { ...memoryFiles(), read: () => Promise.reject(new Error('down')) }
    await expect(channel({ smtp: { url } }).send(sending(message, files))).rejects.toMatchObject({ kind: 'later' })
    expect(took).toEqual([])
  })

  test('no way to send is said with what to set', async () => {
    await expect(channel({}).send(sending(outbound(), memoryFiles()))).rejects.toMatchObject({
      kind: 'later',
      reason: expect.stringContaining('SMTP_URL'),
    })
  })
})

describe('a mail into a folder', () => {
  const folder = async () => {
    const path = await mkdtemp(join(tmpdir(), 'mendline-mail-'))
    stops.push(() => rm(path, { recursive: true, force: true }))
    return path
  }

  test('is one .eml file named by its id, however often it is sent', async () => {
    const mailFolder = join(await folder(), 'mail')
    const mail = channel({ mailFolder })
    for (let attempt = 0; attempt < 2; attempt++) await mail.send(sending(outbound({ fullText: `Attempt ${attempt}` }), memoryFiles()))
    expect(await readdir(mailFolder)).toEqual(['m_01JBRZ4T8C6Q2W9X5V7K3N1M0P@repair.example.eml'])
    const raw = await readFile(join(mailFolder, 'm_01JBRZ4T8C6Q2W9X5V7K3N1M0P@repair.example.eml'), 'utf8')
    expect(raw).toContain('Attempt 1')
    expect(raw.replaceAll('\r\n', '')).not.toContain('\n')
  })

  test('that cannot be written is to be tried again, and leaves no half a file', async () => {
    const path = await folder()
    await writeFile(join(path, 'file'), '')
    await expect(channel({ mailFolder: join(path, 'file') }).send(sending(outbound(), memoryFiles()))).rejects.toMatchObject({ kind: 'later' })
    const files = memoryFiles()
    const { id } = await files.write(Buffer.from('x'), { name: 'x', contentType: 'image/png' })
    const { Readable } = await import('node:stream')
    files.read = async () => ({
      info: { id, name: 'x', contentType: 'image/png', size: 1, sha256: '' },
      content: new Readable({
        read() {
          this.destroy(new Error('input/output error'))
        },
      }),
    })
    await expect(
      channel({ mailFolder: path }).send(sending(outbound({ attachments: [{ file: id, name: 'x', contentType: 'image/png', size: 1 }] }), files)),
    ).rejects.toMatchObject({ kind: 'later' })
    expect(await readdir(path)).toEqual(['file'])
  })

  test('an id with a path in it stays in the folder', async () => {
    const mailFolder = await folder()
    await channel({ mailFolder }).send(sending(outbound({ providerId: '../../etc/x@y' }), memoryFiles()))
    expect(await readdir(mailFolder)).toEqual(['.._.._etc_x@y.eml'])
  })
})

describe('whatever the message holds', () => {
  test.each([
    ['Pump', 'Re: Pump'],
    ['Re: Pump', 'Re: Pump'],
    ['RE: re: AW: Pump', 'Re: Pump'],
    ['回复：Re: 洗衣机', 'Re: 洗衣机'],
    ['Re[2]: Pump', 'Re: Pump'],
    ['Reparatur: Pumpe', 'Re: Reparatur: Pumpe'],
    ['[R-4K7Q2MM] Re: Pump', 'Re: [R-4K7Q2MM] Re: Pump'],
  ])('the subject "%s" is answered as "%s"', (subject, reply) => {
    expect(replySubject(subject)).toBe(reply)
  })

  test('a first mail of ours has no Re:', () => {
    expect(composeMail(outbound({ inReplyTo: null, references: [] }), ownAddresses(['support@localhost']), 'Mendline', noon)).toMatchObject({
      subject: '[R-4K7Q2MM] Pump',
      replyTo: 'support+k3j9x2m4q8w7e6r5t1y0@localhost',
    })
  })

  test('a long thread keeps its first and its latest ids', () => {
    const references = Array.from({ length: 60 }, (_, n) => `id-${n}@x`)
    const composed = composeMail(outbound({ references, inReplyTo: 'id-59@x' }), ownAddresses(['support@localhost']), 'Mendline', noon)
    expect(composed.references).toHaveLength(20)
    expect(composed.references?.[0]).toBe('<id-0@x>')
    expect(composed.references?.at(-1)).toBe('<id-59@x>')
  })

  test('no text of anybody’s becomes a header, and the words arrive', async () => {
    const mailFolder = await mkdtemp(join(tmpdir(), 'mendline-mail-'))
    stops.push(() => rm(mailFolder, { recursive: true, force: true }))
    const nasty = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom(
        'a\r\nBcc: evil@x.example\r\n\r\nbody',
        '"<evil@x.example>',
        '=?utf-8?Q?x?=',
        '<script>alert(1)</script>',
        'x'.repeat(3_000),
        '\0\u0085\u2028',
      ),
    )
    await fc.assert(
      fc.asyncProperty(nasty, nasty, nasty, nasty, nasty, async (subject, speaker, text, label, id) => {
        const message = outbound({ subject, speaker, fullText: `${text}\nThe words.`, choices: [{ value: 'v', label }], inReplyTo: id, references: [id] })
        await channel({ mailFolder }).send(sending(message, memoryFiles()))
        const raw = await readFile(join(mailFolder, 'm_01JBRZ4T8C6Q2W9X5V7K3N1M0P@repair.example.eml'), 'utf8')
        const head = raw.slice(0, raw.indexOf('\r\n\r\n'))
        const names = head.split(/\r\n(?![ \t])/).map((line) => line.slice(0, line.indexOf(':')))
        const known = [
          'From',
          'To',
          'Reply-To',
          'Subject',
          'Message-ID',
          'In-Reply-To',
          'References',
          'Auto-Submitted',
          'X-Auto-Response-Suppress',
          'X-Mendline-Loop',
          'X-Mendline-Message',
          'Date',
          'MIME-Version',
          'Content-Type',
        ]
        expect(names.filter((name) => !known.includes(name))).toEqual([])
        expect(raw.slice(raw.indexOf('<!doctype html>'))).not.toContain('<script>')
        expect((await readMessage(raw)).fullText).toContain('The words.')
      }),
      { numRuns: 60 },
    )
  })
})
