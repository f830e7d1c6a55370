// From first word to survey answer, against the started program from outside: a mail client over SMTP, and a browser's chat protocol.
import { mkdtempSync, rmSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { simpleParser, type ParsedMail } from 'mailparser'
import { createTransport } from 'nodemailer'
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { startMailServer } from '../support/mail-server.ts'
import { startMongo } from '../support/mongodb.ts'
import { without } from '../support/needs.ts'
import { eventually, freePort, startMendline, type Running } from '../support/processes.ts'
import { startRedis } from '../support/redis.ts'
import { fromBot, openChat } from '../support/visitor.ts'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

const key = 'journey-key-0123456789'
const ticketList = z.object({
  data: z.array(z.object({ number: z.string(), status: z.string(), channel: z.string(), satisfaction: z.object({ score: z.number() }).nullable() })),
})

interface Desk {
  url: string
  smtpPort: number
  /** Mail that reached our customers. */
  inbox(): Promise<ParsedMail[]>
}

async function embedded(): Promise<Desk> {
  const folder = mkdtempSync(join(tmpdir(), 'mendline-journey-'))
  const [port, smtpPort] = [await freePort(), await freePort()]
  const running = await startMendline({
    PORT: String(port),
    SMTP_LISTEN_PORT: String(smtpPort),
    DATA_DIR: folder,
    ADMIN_KEY: key,
    SETTINGS_FILE: await settings(folder),
  })
  cleanups.push(
    () => rmSync(folder, { recursive: true, force: true }),
    () => running.kill(),
  )
  const mail = join(folder, 'mail')
  return {
    url: `http://127.0.0.1:${port}`,
    smtpPort,
    async inbox() {
      const names = (await readdir(mail).catch(() => [])).filter((name) => name.endsWith('.eml'))
      const mails = await Promise.all(names.map(async (name) => simpleParser(await readFile(join(mail, name)))))
      return mails.toSorted((a, b) => (a.date?.getTime() ?? 0) - (b.date?.getTime() ?? 0))
    },
  }
}

async function servers(): Promise<Desk> {
  const folder = mkdtempSync(join(tmpdir(), 'mendline-journey-'))
  const [redis, mongo] = [await startRedis(), await startMongo()]
  const sink = await startMailServer()
  const [port, smtpPort] = [await freePort(), await freePort()]
  const base = {
    MONGODB_URL: mongo.url,
    REDIS_URL: redis.url,
    ADMIN_KEY: key,
    SMTP_URL: sink.url,
    SMTP_LISTEN_PORT: String(smtpPort),
    DATA_DIR: folder,
    SETTINGS_FILE: await settings(folder),
  }
  const running: Running[] = [await startMendline({ ...base, ROLE: 'gateway', PORT: String(port) }), await startMendline({ ...base, ROLE: 'worker' })]
  cleanups.push(
    () => rmSync(folder, { recursive: true, force: true }),
    () => redis.remove(),
    () => mongo.remove(),
    () => sink.close(),
    () => Promise.all(running.map((each) => each.kill())),
  )
  return { url: `http://127.0.0.1:${port}`, smtpPort, inbox: async () => sink.received.map(({ mail }) => mail) }
}

async function settings(folder: string): Promise<string> {
  const { writeFile } = await import('node:fs/promises')
  const path = join(folder, 'mendline.yaml')
  await writeFile(path, 'survey:\n  delay: 1s\n')
  return path
}

async function api(desk: Desk, path: string, body?: unknown): Promise<Response> {
  return fetch(`${desk.url}/api/v1${path}`, {
    headers: { authorization: `Bearer ${key}` },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  })
}
const tickets = async (desk: Desk, channel: string) =>
  ticketList.parse(await (await api(desk, '/tickets')).json()).data.filter((ticket) => ticket.channel === channel)

/** The customer's own mail program. */
function mailClient(desk: Desk) {
  const transport = createTransport({ host: '127.0.0.1', port: desk.smtpPort, secure: false, ignoreTLS: true })
  return {
    write: (subject: string, text: string) => transport.sendMail({ from: 'Ann Lee <ann@customer.example>', to: 'support@localhost', subject, text }),
    answer(mail: ParsedMail, text: string) {
      const replyTo = mail.replyTo?.value[0]?.address ?? mail.from?.value[0]?.address ?? ''
      const subject = `Re: ${(mail.subject ?? '').replace(/^Re: /, '')}`
      return transport.sendMail({
        from: 'Ann Lee <ann@customer.example>',
        to: replyTo,
        subject,
        inReplyTo: mail.messageId ?? '',
        references: mail.messageId ?? '',
        text: `${text}\n\nOn Monday, Support wrote:\n> ${(mail.text ?? '').split('\n').join('\n> ')}`,
      })
    },
  }
}

async function byMail(desk: Desk): Promise<void> {
  const client = mailClient(desk)
  const mails = (count: number) =>
    eventually(async () => {
      const all = await desk.inbox()
      return all.length >= count ? all : undefined
    }, `mail ${count}`)
  await client.write(
    'Treadmill broken',
    'Hi, our T5 treadmill (SN KP-20391) stops after ten minutes with E03 since Monday, we are at 12 Elm St, call me on 415 555 0100, Thursday afternoon suits.\n\nAnn Lee',
  )
  const [first] = await mails(1)
  const [ticket] = await tickets(desk, 'email')
  expect(ticket).toMatchObject({ status: 'new' })
  expect(first?.subject).toContain(ticket?.number)
  expect(first?.headers.get('auto-submitted')).toBe('auto-replied')
  if (first === undefined || ticket === undefined) throw new Error('no answer')
  await client.answer(first, '1')
  await eventually(async () => ((await tickets(desk, 'email'))[0]?.status === 'accepted' ? true : undefined), 'acceptance')
  const before = (await mails(2)).length
  expect((await api(desk, `/tickets/${ticket.number}/status`, { status: 'resolved', comment: 'New drive belt fitted.' })).status).toBe(200)
  const after = await mails(before + 2)
  const survey = after.at(-1)
  expect(after.some((mail) => mail.text?.includes('New drive belt fitted.'))).toBe(true)
  if (survey === undefined) throw new Error('no survey')
  await client.answer(survey, '5')
  await eventually(async () => ((await tickets(desk, 'email'))[0]?.satisfaction?.score === 5 ? true : undefined), 'the rating by mail')
  expect(await tickets(desk, 'email')).toHaveLength(1)
}

async function byChat(desk: Desk): Promise<void> {
  const visitor = await openChat(() => [desk.url])
  let said = 0
  const bot = async () => (await visitor.history()).filter(fromBot)
  /** Says it and waits for the answer. */
  const exchange = async (text: string) => {
    const before = (await bot()).length
    await visitor.say(text, `say-${said++}`)
    return eventually(async () => {
      const all = await bot()
      return all.length > before ? all.at(-1) : undefined
    }, `an answer to "${text}"`)
  }
  let answer = await exchange(
    'Hi, our T5 treadmill (SN KP-20391) stops after ten minutes with E03 since Monday, we are at 12 Elm St, call me on 415 555 0100, Thursday afternoon suits. Bob Ray',
  )
  const [ticket] = await tickets(desk, 'webchat')
  expect(ticket).toMatchObject({ status: 'new' })
  if (ticket === undefined) throw new Error('no ticket')
  // Whatever is still wanted and may be left out; then the summary, by its buttons.
  const buttons = () => answer?.suggestedActions?.actions.map(({ title }) => title) ?? []
  while (buttons().includes('Skip')) answer = await exchange('Skip')
  expect(answer?.text).toContain('12 Elm St')
  await exchange(buttons()[0] ?? 'no button')
  await eventually(async () => ((await tickets(desk, 'webchat'))[0]?.status === 'accepted' ? true : undefined), 'acceptance')
  const where = await exchange('where is my repair?')
  expect(where?.text).toContain(ticket.number)
  const before = (await bot()).length
  expect((await api(desk, `/tickets/${ticket.number}/status`, { status: 'resolved' })).status).toBe(200)
  await eventually(async () => ((await bot()).length >= before + 2 ? true : undefined), 'news and survey')
  await exchange('4')
  await eventually(async () => ((await tickets(desk, 'webchat'))[0]?.satisfaction?.score === 4 ? true : undefined), 'the rating in chat')
  expect(await tickets(desk, 'webchat')).toHaveLength(1)
}

describe('the whole way, from first word to survey answer', () => {
  it('by mail and by chat, on the embedded engines', async () => {
    const desk = await embedded()
    await byMail(desk)
    await byChat(desk)
  }, 120_000)

  it.skipIf(without('redis', 'mongodb'))(
    'by mail and by chat, on servers',
    async () => {
      const desk = await servers()
      await byMail(desk)
      await byChat(desk)
    },
    180_000,
  )
})
