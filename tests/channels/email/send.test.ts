// What we send: over real SMTP to a real server, and into a folder.
import { readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { messageIdFor } from '../../../channels/email/message-id.ts'
import { memoryFiles } from '../../support/mail-door.ts'
import { outgoing } from '../../support/outbound.ts'
import { readMessage } from './read.ts'
import { channel, emptyFolder, mailServer, outbound } from './sending.ts'

const header = (raw: string, name: string) => new RegExp(`^${name}: ((?:.|\\r\\n[ \\t])*)`, 'im').exec(raw)?.[1]?.replace(/\r\n[ \t]+/g, ' ')

describe('a mail over SMTP', () => {
  test('keeps the thread together, comes back to its conversation and quiets machines', async () => {
    const { took, url } = await mailServer()
    const receipt = await channel({ smtp: { url } }).send(outgoing(outbound()))
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

  test('is shown beforehand as it will be read', async () => {
    const { took, url } = await mailServer()
    const mails = channel({ smtp: { url } })
    const shown = mails.preview?.(outbound({ text: 'Größe 10 — ok?', fullText: 'Größe 10 — ok?' }))
    await mails.send(outgoing(outbound({ text: 'Größe 10 — ok?', fullText: 'Größe 10 — ok?' })))
    const read = await readMessage(took[0]?.raw ?? '')
    expect(shown?.subject).toBe(read.subject)
    expect(shown?.texts).toEqual([read.fullText.trim()])
  })

  test('is read as a machine’s by our own reader, whatever it says', async () => {
    const { took, url } = await mailServer()
    await channel({ smtp: { url } }).send(outgoing(outbound({ cause: 'agent' })))
    expect(await readMessage(took[0]?.raw ?? '')).toMatchObject({ author: 'machine', text: expect.stringContaining('When may we come?') })
  })

  test('news is auto-generated, a person’s own words are not automatic and name the person', async () => {
    const { took, url } = await mailServer()
    const mail = channel({ smtp: { url } })
    await mail.send(outgoing(outbound({ cause: 'news' })))
    await mail.send(outgoing(outbound({ cause: 'agent', speaker: 'Petra' })))
    const [news, agent] = took.map(({ raw }) => raw)
    expect(header(news ?? '', 'Auto-Submitted')).toBe('auto-generated')
    expect(header(agent ?? '', 'Auto-Submitted')).toBeUndefined()
    expect(header(agent ?? '', 'X-Auto-Response-Suppress')).toBeUndefined()
    expect(header(agent ?? '', 'From')).toBe('"Petra (Mendline Repairs)" <support@repair.example>')
  })

  test('choices are a numbered list, in text and in HTML', async () => {
    const { took, url } = await mailServer()
    await channel({ smtp: { url } }).send(
      outgoing(
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
      outgoing(outbound({ attachments: [{ file: id, name: '洗衣机.png', contentType: 'image/png', size: content.length }] }), files),
    )
    expect((await readMessage(took[0]?.raw ?? '')).attachments).toMatchObject([{ name: '洗衣机.png', contentType: 'image/png', content }])
  })

  test('sent again it is the same mail to every mailbox', async () => {
    const { took, url } = await mailServer()
    const mail = channel({ smtp: { url } })
    for (let attempt = 0; attempt < 2; attempt++) await mail.send(outgoing(outbound()))
    expect(new Set(took.map(({ raw }) => header(raw, 'Message-ID'))).size).toBe(1)
    expect(mail.sendIsIdempotent).toBe(true)
  })

  test('without an id chosen before, the id follows from the message', async () => {
    const { took, url } = await mailServer()
    const receipt = await channel({ smtp: { url } }).send(outgoing(outbound({ providerId: null, _id: 'm_7' })))
    expect(receipt.providerId).toBe(messageIdFor('m_7', 'repair.example'))
    expect(header(took[0]?.raw ?? '', 'Message-ID')).toBe('<m_7@repair.example>')
  })
})

describe('a mail into a folder', () => {
  test('is one .eml file named by its id, however often it is sent', async () => {
    const mailFolder = join(await emptyFolder(), 'mail')
    const mail = channel({ mailFolder })
    for (let attempt = 0; attempt < 2; attempt++) await mail.send(outgoing(outbound({ fullText: `Attempt ${attempt}` })))
    expect(await readdir(mailFolder)).toEqual(['m_01JBRZ4T8C6Q2W9X5V7K3N1M0P@repair.example.eml'])
    const raw = await readFile(join(mailFolder, 'm_01JBRZ4T8C6Q2W9X5V7K3N1M0P@repair.example.eml'), 'utf8')
    expect(raw).toContain('Attempt 1')
    expect(raw.replaceAll('\r\n', '')).not.toContain('\n')
  })

  test('that cannot be written is to be tried again, and leaves no half a file', async () => {
    const path = await emptyFolder()
    await writeFile(join(path, 'file'), '')
    await expect(channel({ mailFolder: join(path, 'file') }).send(outgoing(outbound()))).rejects.toMatchObject({ kind: 'later' })
    const files = memoryFiles()
    const { id } = await files.write(Buffer.from('x'), { name: 'x', contentType: 'image/png' })
    files.read = async () => ({
      info: { id, name: 'x', contentType: 'image/png', size: 1, sha256: '' },
      content: new Readable({
        read() {
          this.destroy(new Error('input/output error'))
        },
      }),
    })
    await expect(
      channel({ mailFolder: path }).send(outgoing(outbound({ attachments: [{ file: id, name: 'x', contentType: 'image/png', size: 1 }] }), files)),
    ).rejects.toMatchObject({ kind: 'later' })
    expect(await readdir(path)).toEqual(['file'])
  })

  test('an id with a path in it stays in the folder', async () => {
    const mailFolder = await emptyFolder()
    await channel({ mailFolder }).send(outgoing(outbound({ providerId: '../../etc/x@y' })))
    expect(await readdir(mailFolder)).toEqual(['.._.._etc_x@y.eml'])
  })
})
