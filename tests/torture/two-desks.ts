// Two desks that take each other for a customer. A mail server between them strips whatever says that a mail was written by a machine,
// so nothing but the budget of automatic answers can end it. Counts the mails of each direction.
import { mkdtempSync, rmSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import { startMailServer, type MailServer, type ReceivedMail } from '../support/mail-server.ts'
import { outside, type Outside } from '../support/outside.ts'
import { eventually, freePort, startMendline, type Running } from '../support/processes.ts'
import { mostIn10Minutes } from './pace.ts'

export interface TwoDesksOptions {
  /** Mails by which it starts, each a conversation of its own. */
  mails: number
  /** It is over when nothing was sent or done for so long. */
  quietSeconds: number
  /** It goes on for at least so long. */
  seconds: number
  /** Of both desks, in `mendline.yaml`; none for the product's own limits. */
  settings?: string
  /** It is broken off when so many mails went one way. */
  runaway: number
}

export interface DesksLedger {
  /** Automatic mails of either direction: from A to B, from B to A. */
  mails: [number, number]
  /** Most of them within any ten minutes. */
  mostIn10Minutes: [number, number]
  /** Kinds of open tasks of A and of B. */
  tasks: [string[], string[]]
}

interface Desk extends Outside {
  address: string
  smtpPort: number
  running: Running
}

const key = 'two-desks-key-0123456789'

export async function twoDesks(options: TwoDesksOptions): Promise<DesksLedger> {
  const folder = mkdtempSync(join(tmpdir(), 'mendline-desks-'))
  const [portA, portB] = [await freePort(), await freePort()]
  // What A sends goes to B by its own server, and the other way round.
  const fromA = await startMailServer(async (mail) => pass(stripped(mail), portB))
  const fromB = await startMailServer(async (mail) => pass(stripped(mail), portA))
  const settings = join(folder, 'mendline.yaml')
  await writeFile(settings, options.settings ?? '')
  const start = async (name: string, smtpPort: number, way: MailServer): Promise<Desk> => {
    const port = await freePort()
    const address = `support@${name}.example`
    const running = await startMendline({
      PORT: String(port),
      SMTP_LISTEN_PORT: String(smtpPort),
      SMTP_URL: way.url,
      SUPPORT_ADDRESS: address,
      DATA_DIR: join(folder, name),
      SETTINGS_FILE: settings,
      ADMIN_KEY: key,
    })
    return { ...outside(`http://127.0.0.1:${port}`, key), address, smtpPort, running }
  }
  const [a, b] = [await start('a', portA, fromA), await start('b', portB, fromB)]
  try {
    const began = Date.now()
    for (let each = 0; each < options.mails; each++) await pass(firstMail(a.address, b.address, each), b.smtpPort)
    let since = began
    const isOver = async () => {
      const mails = [fromA.received, fromB.received]
      if (mails.some(({ length }) => length >= options.runaway)) return true
      const last = Math.max(began, ...mails.flat().map(({ at }) => at))
      since = Math.max(since, last, (await a.busy()) || (await b.busy()) ? Date.now() : 0)
      return Date.now() - since >= options.quietSeconds * 1000 && Date.now() - began >= options.seconds * 1000 ? true : undefined
    }
    await eventually(isOver, 'both desks to fall silent', options.seconds + 300)
    const kinds = async (desk: Desk) => [...new Set((await desk.tasks()).map(({ kind }) => kind))].toSorted()
    return {
      mails: [fromA.received.length, fromB.received.length],
      mostIn10Minutes: [mostIn10Minutes(fromA.received), mostIn10Minutes(fromB.received)],
      tasks: [await kinds(a), await kinds(b)],
    }
  } finally {
    await Promise.all([a.running.kill(), b.running.kill()])
    await Promise.all([fromA.close(), fromB.close()])
    rmSync(folder, { recursive: true, force: true })
  }
}

async function pass({ raw, from, to }: Pick<ReceivedMail, 'raw' | 'from' | 'to'>, port: number): Promise<void> {
  const transport = createTransport({ host: '127.0.0.1', port, ignoreTLS: true })
  await transport.sendMail({ envelope: { from, to }, raw })
  transport.close()
}

/** The mail without the headers by which machines tell each other that they are machines. */
function stripped(mail: ReceivedMail): Pick<ReceivedMail, 'raw' | 'from' | 'to'> {
  const text = mail.raw.toString('latin1')
  const end = text.indexOf('\r\n\r\n')
  const headers = text
    .slice(0, end)
    .split(/\r\n(?![ \t])/)
    .filter((header) => !/^(auto-submitted|x-auto[\w-]*|precedence|list-[\w-]+):/i.test(header))
  return { ...mail, raw: Buffer.from(headers.join('\r\n') + text.slice(end), 'latin1') }
}

function firstMail(from: string, to: string, each: number): Pick<ReceivedMail, 'raw' | 'from' | 'to'> {
  const lines = [
    `From: ${from}`,
    `To: ${to}`,
    `Subject: Machine ${each} leaks`,
    `Message-ID: <first-${each}@a.example>`,
    '',
    `Our washing machine number ${each} leaks.`,
    '',
  ]
  return { from, to: [to], raw: Buffer.from(lines.join('\r\n')) }
}
