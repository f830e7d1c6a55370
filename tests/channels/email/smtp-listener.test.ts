// Real SMTP: nodemailer as the customer's mail server, our listener as the site's.
import { createTransport } from 'nodemailer'
import type { SendMailOptions } from 'nodemailer'
import { connect } from 'node:net'
import { createInterface } from 'node:readline'
import { afterEach, expect, test } from 'vitest'
import { createEmailChannel } from '../../../channels/email/index.ts'
import { systemClock } from '../../../src/clock.ts'
import { Unavailable } from '../../../src/errors.ts'
import { systemRandom } from '../../../src/random.ts'
import { freePort, mailDoor, mailPayload, memoryFiles } from '../../support/mail-door.ts'

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

async function listening() {
  const port = await freePort()
  const problems: Error[] = []
  const door = mailDoor(memoryFiles())
  const channel = createEmailChannel({
    supportAddresses: ['support@repair.example', 'repairs@repair.example'],
    displayName: 'Mendline',
    smtpListen: { port, host: '127.0.0.1' },
    clock: systemClock,
    random: systemRandom,
    onProblem: (error) => problems.push(error),
  })
  const stop = new AbortController()
  const listener = await channel.listen?.(door, stop.signal)
  const end = async () => {
    stop.abort()
    await listener?.done
  }
  stops.push(end)
  const send = async (mail: SendMailOptions) => {
    const transport = createTransport({ host: '127.0.0.1', port })
    try {
      return await transport.sendMail(mail)
    } finally {
      transport.close()
    }
  }
  return { port, problems, door, send, end }
}

const mail = { from: 'Anna <anna@lind.example>', to: 'support@repair.example', subject: 'Pump', text: 'The pump leaks.', messageId: '<smtp-1@lind.example>' }

/** Speaks SMTP by hand; answers each reply's last line. */
async function dialogue(port: number, commands: readonly string[]): Promise<string[]> {
  const socket = connect(port, '127.0.0.1')
  const replies: string[] = []
  const lines = createInterface({ input: socket })
  let next = 0
  for await (const line of lines) {
    if (/^\d{3}-/.test(line)) continue
    replies.push(line)
    const command = commands[next++]
    if (command === undefined) break
    socket.write(command)
  }
  socket.destroy()
  return replies
}

test('a mail is accepted once it is stored, attachments and raw input included', async () => {
  const { door, send } = await listening()
  const info = await send({ ...mail, attachments: [{ filename: 'pump.png', content: Buffer.from('photo') }] })
  expect(info.response).toMatch(/^250/)
  const [message] = door.messages()
  expect(message).toMatchObject({
    account: 'support@repair.example',
    from: { address: 'anna@lind.example', name: 'Anna' },
    text: 'The pump leaks.',
    author: 'person',
    attachments: [{ name: 'pump.png', size: 5 }],
  })
  const file = message && 'file' in message.raw ? door.files.kept.get(message.raw.file) : undefined
  expect(Buffer.from(file?.content ?? []).toString()).toContain('Message-ID: <smtp-1@lind.example>')
  expect(door.files.kept.size).toBe(2)
})

test('the envelope’s recipient carries the token when the header does not', async () => {
  const { door, send } = await listening()
  await send({ ...mail, to: 'list@elsewhere.example', envelope: { from: 'anna@lind.example', to: 'repairs+Tok99@repair.example' } })
  expect(door.messages()).toMatchObject([{ account: 'repairs@repair.example', hints: { tokens: ['Tok99'] } }])
})

test('a null sender is a machine', async () => {
  const { door, send } = await listening()
  await send({ ...mail, envelope: { from: false, to: 'support@repair.example' } })
  expect(door.messages()).toMatchObject([{ author: 'machine' }])
})

test('mail for others is refused with the address to write to', async () => {
  const { door, send } = await listening()
  await expect(send({ ...mail, to: 'boss@repair.example' })).rejects.toMatchObject({
    responseCode: 550,
    response: expect.stringMatching(/^550 5\.1\.1 .*support@repair\.example/),
  })
  expect(door.events).toEqual([])
})

test('what cannot be stored is to be sent again, and then is there once', async () => {
  const { door, send, problems } = await listening()
  door.failNext(2)
  await expect(send(mail)).rejects.toMatchObject({ responseCode: 451 })
  await expect(send(mail)).rejects.toMatchObject({ responseCode: 451 })
  expect(door.messages()).toEqual([])
  await send(mail)
  expect(door.messages()).toHaveLength(1)
  expect(problems).toHaveLength(2)
  expect(problems.every(({ message }) => !message.includes('@'))).toBe(true)
})

test('a file area that is full means: send it again, and leaves nothing behind', async () => {
  const { door, send } = await listening()
  const { write } = door.files
  const full = () => Promise.reject(new Unavailable('files', new Error('no space left')))
  door.files.write = full
  await expect(send(mail)).rejects.toMatchObject({ responseCode: 451 })
  // Room for the raw mail, none for its attachment.
  door.files.write = (content, about) => (about.contentType === 'message/rfc822' ? write(content, about) : full())
  await expect(send({ ...mail, attachments: [{ filename: 'pump.png', content: 'photo' }] })).rejects.toMatchObject({ responseCode: 451 })
  expect(door.files.kept.size).toBe(0)
  door.files.write = write
  await send(mail)
  expect(door.messages()).toHaveLength(1)
})

test('the same mail again is accepted, and its files are removed again', async () => {
  const { door, send } = await listening()
  const photo = { filename: 'pump.png', content: 'photo' }
  await send({ ...mail, attachments: [photo] })
  await send({ ...mail, to: 'repairs@repair.example', attachments: [photo] })
  expect(door.messages()).toHaveLength(1)
  expect(door.files.kept.size).toBe(2)
})

test('the same mail many times at once is one message', async () => {
  const { door, send } = await listening()
  await Promise.all(Array.from({ length: 20 }, () => send(mail)))
  expect(door.messages()).toHaveLength(1)
  expect(door.files.kept.size).toBe(1)
})

test('many mails at once all arrive', async () => {
  const { door, send } = await listening()
  await Promise.all(Array.from({ length: 60 }, (_, n) => send({ ...mail, text: `Mail ${n}`, messageId: `<many-${n}@lind.example>` })))
  expect(new Set(door.messages().map(({ text }) => text)).size).toBe(60)
})

test('a mail that goes in circles is refused for good', async () => {
  const { door, send } = await listening()
  const headers = Array.from({ length: 60 }, () => ({ key: 'Received', value: 'from a by b; Tue, 5 Mar 2024 10:00:00 +0000' }))
  await expect(send({ ...mail, headers })).rejects.toMatchObject({ responseCode: 554 })
  expect(door.events).toEqual([])
  expect(door.files.kept.size).toBe(0)
})

test('a bounce is a receipt, and keeps the raw mail only', async () => {
  const { door, send } = await listening()
  await send({ envelope: { from: false, to: 'support+k3j9x2m4q8w7e6r5t1y0@repair.example' }, raw: await mailPayload('dsn-postfix-failed') })
  expect(door.receipts()).toMatchObject([{ state: 'failed', addressIsBad: true }])
  expect(door.files.kept.size).toBe(1)
})

test('mail that no parser takes is stored with what can be had of it', async () => {
  const { port, door } = await listening()
  const body = `Subject: broken\r\nX: ${'y'.repeat(600_000)}\r\nContent-Type: multipart/mixed; boundary="\r\n\r\nThe words.\r\n.\r\n`
  const replies = await dialogue(port, ['EHLO x\r\n', 'MAIL FROM:<ann@lind.example>\r\n', 'RCPT TO:<support@repair.example>\r\n', 'DATA\r\n', body])
  expect(replies.at(-1)).toMatch(/^250/)
  expect(door.messages()).toMatchObject([{ from: { address: 'ann@lind.example' }, subject: 'broken', author: 'person' }])
})

test('a size that is announced too large is refused before it is sent', async () => {
  const { port } = await listening()
  const replies = await dialogue(port, ['EHLO x\r\n', 'MAIL FROM:<ann@lind.example> SIZE=99000000\r\n'])
  expect(replies.at(-1)).toMatch(/^552/)
})

test('a mail that turns out too large is refused, and nothing of it is kept', async () => {
  const { port, door, problems } = await listening()
  const line = `${'x'.repeat(998)}\r\n`
  const head = 'From: ann@lind.example\r\n\r\n'
  const replies = await dialogue(port, [
    'EHLO x\r\n',
    'MAIL FROM:<ann@lind.example>\r\n',
    'RCPT TO:<support@repair.example>\r\n',
    'DATA\r\n',
    head + line.repeat(70_000) + '.\r\n',
  ])
  expect(replies.at(-1)).toMatch(/^552/)
  expect(door.events).toEqual([])
  expect(door.files.kept.size).toBe(0)
  expect(problems).toEqual([])
})

test('a client that hangs up in the middle of a mail leaves nothing behind, and the next is served', async () => {
  const { port, door, send, problems } = await listening()
  const socket = connect(port, '127.0.0.1')
  const told = createInterface({ input: socket })[Symbol.asyncIterator]()
  await told.next()
  socket.write('HELO x\r\nMAIL FROM:<ann@lind.example>\r\nRCPT TO:<support@repair.example>\r\nDATA\r\n')
  for (let reply = 0; reply < 4; reply++) await told.next()
  const gone = new Promise((resolve) => socket.once('close', resolve))
  socket.end('From: ann@lind.example\r\n\r\nHalf a mail')
  await gone
  await send(mail)
  expect(door.messages()).toHaveLength(1)
  expect(door.files.kept.size).toBe(1)
  expect(problems).toEqual([])
})

test('AUTH and STARTTLS are not offered, SIZE is', async () => {
  const { port } = await listening()
  const socket = connect(port, '127.0.0.1')
  const lines: string[] = []
  for await (const line of createInterface({ input: socket })) {
    lines.push(line)
    if (line.startsWith('220')) socket.write('EHLO x\r\n')
    if (line.startsWith('250 ')) socket.write('QUIT\r\n')
  }
  expect(lines.join('\n')).toContain('SIZE 67108864')
  expect(lines.join('\n')).not.toMatch(/AUTH|STARTTLS/)
})

test('a stop waits for the mail that is being stored', async () => {
  const { door, send, end } = await listening()
  const entered = Promise.withResolvers<void>()
  const held = Promise.withResolvers<void>()
  door.hold = () => {
    entered.resolve()
    return held.promise
  }
  const sending = send(mail)
  await entered.promise
  const ended = end().then(() => door.messages().length)
  held.resolve()
  await sending
  expect(await ended).toBe(1)
})

test('a stop waits for that mail even when its sender has hung up', async () => {
  const { port, door, end } = await listening()
  const entered = Promise.withResolvers<void>()
  const held = Promise.withResolvers<void>()
  door.hold = () => {
    entered.resolve()
    return held.promise
  }
  const socket = connect(port, '127.0.0.1')
  const told = createInterface({ input: socket })[Symbol.asyncIterator]()
  await told.next()
  socket.write('HELO x\r\nMAIL FROM:<ann@lind.example>\r\nRCPT TO:<support@repair.example>\r\nDATA\r\n')
  for (let reply = 0; reply < 4; reply++) await told.next()
  socket.write('From: ann@lind.example\r\n\r\nThe pump leaks.\r\n.\r\n')
  await entered.promise
  socket.destroy()
  const stopped = end().then(() => 'stopped')
  // As long as it is not stored, it has not stopped: given a turn of the timers it would have said so.
  expect(await Promise.race([stopped, new Promise((resolve) => setTimeout(() => resolve('waiting'), 200))])).toBe('waiting')
  held.resolve()
  await stopped
  expect(door.messages()).toHaveLength(1)
})

test('a stop does not wait for a client that says nothing', async () => {
  const { port, end } = await listening()
  const socket = connect(port, '127.0.0.1')
  const lines: string[] = []
  for await (const line of createInterface({ input: socket })) {
    lines.push(line)
    if (line.startsWith('220')) void end()
  }
  expect(lines.at(-1)).toMatch(/^421/)
  await end()
})

test('a port that is taken names what to set', async () => {
  const { port } = await listening()
  const channel = createEmailChannel({
    supportAddresses: ['support@repair.example'],
    displayName: 'x',
    smtpListen: { port, host: '127.0.0.1' },
    clock: systemClock,
    random: systemRandom,
    onProblem: () => {},
  })
  await expect(channel.listen?.(mailDoor(memoryFiles()), new AbortController().signal)).rejects.toThrow('SMTP_LISTEN_PORT')
})
