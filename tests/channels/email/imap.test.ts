// Real IMAP: Dovecot as the mailbox that customers write to.
import { afterEach, describe, expect, test } from 'vitest'
import { createEmailChannel } from '../../../channels/email/index.ts'
import { systemClock } from '../../../src/clock.ts'
import type { Clock } from '../../../src/clock.ts'
import { systemRandom } from '../../../src/random.ts'
import { startImap } from '../../support/dovecot.ts'
import { mailDoor, mailPayload, memoryFiles } from '../../support/mail-door.ts'
import { without } from '../../support/needs.ts'

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop()
})

async function mailbox() {
  const imap = await startImap()
  stops.push(imap.stop)
  return { imap, client: await imap.client() }
}

/** The channel watching a mailbox, as the product runs it. */
async function watching(url: string, door = mailDoor(memoryFiles()), clock: Clock = systemClock) {
  const problems: Error[] = []
  const told: (() => void)[] = []
  const channel = createEmailChannel({
    supportAddresses: ['support@repair.example'],
    displayName: 'Mendline',
    imap: { url },
    clock,
    random: systemRandom,
    onProblem(error) {
      problems.push(error)
      for (const resolve of told.splice(0)) resolve()
    },
  })
  const stop = new AbortController()
  const listener = await channel.listen?.(door, stop.signal)
  const end = async () => {
    stop.abort()
    await listener?.done
  }
  stops.push(end)
  return { door, problems, end, nextProblem: () => new Promise<void>((resolve) => told.push(resolve)) }
}

const mail = (n: number | string) =>
  `From: Anna <anna@lind.example>\r\nTo: support@repair.example\r\nSubject: Mail ${n}\r\nMessage-ID: <imap-${n}@lind.example>\r\n\r\nMail number ${n}.\r\n`

describe.skipIf(without('imap'))('a mailbox read by IMAP', () => {
  test('what was unseen at the start is taken, what was read before is not', async () => {
    const { imap, client } = await mailbox()
    await client.append('INBOX', mail('read'), ['\\Seen'])
    await client.append('INBOX', mail(1))
    await client.append('INBOX', await mailPayload('attachments-rfc2231'))
    const { door, problems } = await watching(imap.url())
    await door.accepted(2)
    expect(door.messages().map(({ text }) => text)).toEqual(['Mail number 1.', 'Two photos and the invoice.'])
    expect(problems).toEqual([])
  })

  test('what comes in is taken at once, and marked as seen after it is stored', async () => {
    const { imap, client } = await mailbox()
    const { door, end } = await watching(imap.url())
    for (let n = 1; n <= 5; n++) {
      await client.append('INBOX', mail(n))
      await door.accepted(n)
    }
    await end()
    await client.mailboxOpen('INBOX')
    expect(await client.search({ seen: false })).toEqual([])
    expect(await client.search({ seen: true })).toHaveLength(5)
  })

  test('a mail that somebody opens first is taken all the same', async () => {
    const { imap, client } = await mailbox()
    const { door } = await watching(imap.url())
    await client.append('INBOX', mail(1), ['\\Seen'])
    await door.accepted(1)
    expect(door.messages()).toMatchObject([{ text: 'Mail number 1.' }])
  })

  test('another folder can be named', async () => {
    const { imap, client } = await mailbox()
    await client.mailboxCreate('Support Küche')
    await client.append('Support Küche', mail(1))
    await client.append('INBOX', mail(2))
    const { door } = await watching(imap.url('Support Küche'))
    await door.accepted(1)
    expect(door.messages()).toMatchObject([{ text: 'Mail number 1.' }])
  })

  test('what cannot be stored stays unseen, is reported, and is taken later', async () => {
    const { imap, client } = await mailbox()
    const door = mailDoor(memoryFiles())
    door.failNext(1)
    await client.append('INBOX', mail(1))
    await client.append('INBOX', mail(2))
    const { problems } = await watching(imap.url(), door)
    expect(problems).toHaveLength(1)
    expect(door.messages()).toEqual([])
    await client.mailboxOpen('INBOX')
    expect(await client.search({ seen: false })).toHaveLength(2)
    await door.accepted(2)
    expect(door.messages().map(({ text }) => text)).toEqual(['Mail number 1.', 'Mail number 2.'])
  })

  test('a mail that can never be stored holds up the others for a while only, and is not forgotten', async () => {
    const { imap, client } = await mailbox()
    const door = mailDoor(memoryFiles())
    const { accept } = door
    door.accept = (event) => (event.kind === 'message' && event.message.text.includes('number 1') ? Promise.reject(new Error('never')) : accept(event))
    await client.append('INBOX', mail(1))
    await client.append('INBOX', mail(2))
    let now = 0
    const { problems } = await watching(imap.url(), door, { now: () => now })
    await door.accepted(1)
    expect(door.messages()).toMatchObject([{ text: 'Mail number 2.' }])
    expect(problems.at(-1)?.message).toContain('tried 3 times')
    // Somebody opens it in the meantime, so that the server no longer calls it unseen.
    await client.mailboxOpen('INBOX')
    await client.messageFlagsAdd('1:*', ['\\Seen'])
    door.accept = accept
    await client.append('INBOX', mail(3))
    await door.accepted(2)
    now += 60_000
    await client.append('INBOX', mail(4))
    await door.accepted(4)
    expect(door.messages().map(({ text }) => text)).toEqual(['Mail number 2.', 'Mail number 3.', 'Mail number 1.', 'Mail number 4.'])
  })

  test('after an outage of the server nothing is lost and nothing is there twice', async () => {
    const { imap, client } = await mailbox()
    const { door, nextProblem } = await watching(imap.url())
    await client.append('INBOX', mail(1))
    await door.accepted(1)
    const noticed = nextProblem()
    await imap.down()
    await noticed
    await imap.up()
    const again = await imap.client()
    await again.append('INBOX', mail(2))
    await door.accepted(2)
    expect(door.messages().map(({ text }) => text)).toEqual(['Mail number 1.', 'Mail number 2.'])
  })

  test('a server that is away at the start is reported, and its mail is taken when it is back', async () => {
    const { imap, client } = await mailbox()
    await client.append('INBOX', mail(1))
    await imap.down()
    const { door, problems } = await watching(imap.url())
    expect(problems[0]?.message).toContain('IMAP_URL')
    expect(problems[0]?.message).not.toContain('secret')
    await imap.up()
    await door.accepted(1)
    expect(door.messages()).toHaveLength(1)
  })

  test('a folder made anew under the same name starts its numbers anew', async () => {
    const { imap, client } = await mailbox()
    await client.mailboxCreate('Support')
    for (let n = 1; n <= 3; n++) await client.append('Support', mail(n))
    const { door, nextProblem } = await watching(imap.url('Support'))
    await door.accepted(3)
    const noticed = nextProblem()
    await client.mailboxDelete('Support')
    await noticed
    await client.mailboxCreate('Support')
    await client.append('Support', mail('new'))
    await door.accepted(4)
    expect(door.messages().at(-1)?.text).toBe('Mail number new.')
  })

  test('a mail stored before, whose mark was lost, is not stored again', async () => {
    const { imap, client } = await mailbox()
    await client.append('INBOX', mail(1))
    const { door, end } = await watching(imap.url())
    await door.accepted(1)
    await end()
    await client.mailboxOpen('INBOX')
    await client.messageFlagsRemove('1:*', ['\\Seen'])
    await client.append('INBOX', mail(2))
    await watching(imap.url(), door)
    await door.accepted(2)
    expect(door.messages().map(({ text }) => text)).toEqual(['Mail number 1.', 'Mail number 2.'])
    // Two raw mails; the third was a repetition, and its file is gone again.
    expect(door.files.kept.size).toBe(2)
  })

  test('a mail in circles is left out with a word to the operator, and does not stop the next', async () => {
    const { imap, client } = await mailbox()
    await client.append('INBOX', `${'Received: from a by b\r\n'.repeat(60)}${mail(1)}`)
    await client.append('INBOX', mail(2))
    const { door, problems } = await watching(imap.url())
    await door.accepted(1)
    expect(door.messages()).toMatchObject([{ text: 'Mail number 2.' }])
    expect(problems.map(({ message }) => message)).toEqual([expect.stringContaining('in circles')])
  })

  test('a mail of 20 MB is taken whole', async () => {
    const { imap, client } = await mailbox()
    const photo = Buffer.alloc(15_000_000, 'photo')
    await client.append(
      'INBOX',
      `From: anna@lind.example\r\nContent-Type: image/jpeg; name=a.jpg\r\nContent-Transfer-Encoding: base64\r\n\r\n${photo.toString('base64').replace(/.{76}/g, '$&\r\n')}\r\n`,
    )
    const { door } = await watching(imap.url())
    await door.accepted(1)
    expect(door.messages()).toMatchObject([{ attachments: [{ name: 'a.jpg', size: photo.length }] }])
  })

  test('a wrong password is reported without the password', async () => {
    const { imap } = await mailbox()
    const { problems } = await watching(imap.url().replace('secret', 'not-secret'))
    expect(problems[0]?.message).toContain('IMAP_URL')
    expect(String(problems[0]?.cause)).not.toContain('not-secret')
  })
})
