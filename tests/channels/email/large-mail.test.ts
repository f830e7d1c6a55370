// Mail of 60 MB: taken in whole, in bounded memory.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { createTransport } from 'nodemailer'
import { expect, test } from 'vitest'
import { freePort } from '../../support/mail-door.ts'

interface Told {
  sizes: { text: number; attachments: number[] }[]
  largestMegabytes: number
}

/** Sends the mails to a listener in a process of its own; answers what it took and how much memory it needed at most. */
async function take(mails: readonly { bytes: number; as: 'attachment' | 'text' }[]): Promise<Told> {
  const folder = await mkdtemp(join(tmpdir(), 'mendline-large-mail-'))
  const port = await freePort()
  const listener = spawn(process.execPath, [fileURLToPath(new URL('./large-mail-listener.ts', import.meta.url)), String(port), folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    const lines = createInterface({ input: listener.stdout })[Symbol.asyncIterator]()
    await lines.next()
    const transport = createTransport({ host: '127.0.0.1', port })
    for (const [n, { bytes, as }] of mails.entries()) {
      const content = Readable.from(pieces(bytes))
      const body = as === 'attachment' ? { text: 'A film of the pump.', attachments: [{ filename: 'pump.mp4', content }] } : { text: content }
      await transport.sendMail({ from: 'anna@lind.example', to: 'support@repair.example', messageId: `<large-${n}@lind.example>`, ...body })
    }
    transport.close()
    listener.kill('SIGTERM')
    const { value } = await lines.next()
    const told: Told = JSON.parse(String(value))
    return told
  } finally {
    if (listener.exitCode === null && listener.kill('SIGKILL')) await once(listener, 'exit')
    await rm(folder, { recursive: true, force: true })
  }
}

function* pieces(bytes: number): Generator<Buffer> {
  const line = Buffer.from(`${'a film has many bytes '.repeat(3)}\n`)
  const piece = Buffer.alloc(line.length * 1_000, line)
  for (let left = bytes; left > 0; left -= piece.length) yield piece.subarray(0, Math.min(left, piece.length))
}

test('memory does not grow with the size of a mail, up to 60 MB of attachment or of text', { timeout: 240_000 }, async () => {
  const megabyte = 1024 * 1024
  // Buffers are collected late, so that the first megabytes cost most; after fifteen it has levelled off.
  const middling = await take([
    { bytes: 11 * megabyte, as: 'attachment' },
    { bytes: 15 * megabyte, as: 'text' },
  ])
  const large = await take([
    { bytes: 43 * megabyte, as: 'attachment' },
    { bytes: 58 * megabyte, as: 'text' },
  ])
  expect(large.sizes[0]).toEqual({ text: 'A film of the pump.'.length, attachments: [43 * megabyte] })
  expect(large.sizes[1]?.text).toBeGreaterThan(400_000)
  // Whoever holds the mail whole holds it several times over: raw, decoded, as text.
  expect(large.largestMegabytes - middling.largestMegabytes).toBeLessThan(80)
})
