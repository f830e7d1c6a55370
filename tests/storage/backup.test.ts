// A running desk is backed up and comes back in another folder with everything it had, and works on.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { backup } from '../../src/cli/backup.ts'
import { backUp } from '../../src/storage/backup.ts'
import { createFolder, createProvider, live, newMessage } from '../support/life.ts'
import { eventually } from '../support/processes.ts'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})
const newFolder = (): string => {
  const folder = createFolder()
  cleanups.push(() => folder.remove())
  return folder.path
}
const photo = new TextEncoder().encode('x'.repeat(200_000))

describe('a backup', () => {
  it('of a running desk is that desk in another folder: tickets, files and conversations, and work goes on', async () => {
    const [folder, target] = [newFolder(), join(newFolder(), 'copy')]
    const provider = createProvider()
    const first = await live({ folder, provider })
    cleanups.push(() => first.close())
    const raw = { name: 'mail.eml', contentType: 'message/rfc822', content: photo }
    await first.accept({ kind: 'message', message: newMessage('it leaks', 'm-1', 'ann@example.org', { raw }) })
    await eventually(async () => (provider.sent.length === 1 ? true : undefined), 'an answer')
    writeFileSync(join(folder, 'admin-key'), 'mk_of_the_desk\n', { mode: 0o600 })

    backUp(folder, target)
    await first.accept({ kind: 'message', message: newMessage('too late for the copy', 'm-2', 'bob@example.org') })

    const elsewhere = createProvider()
    const second = await live({ folder: target, provider: elsewhere })
    cleanups.push(() => second.close())
    const [ticket, ...others] = await second.core.collections.tickets.find({})
    expect(others).toEqual([])
    const answer = await fetch(`http://127.0.0.1:${second.port}/api/v1/tickets/${ticket?._id}/messages`, {
      headers: { authorization: 'Bearer test-key-0123456789' },
    })
    const { data } = z.object({ data: z.array(z.object({ id: z.string(), text: z.string() })) }).parse(await answer.json())
    expect(data.map(({ text }) => text)).toContain('it leaks')
    const id = data.find(({ text }) => text === 'it leaks')?.id
    const kept = await fetch(`http://127.0.0.1:${second.port}/api/v1/messages/${id}/raw`, { headers: { authorization: 'Bearer test-key-0123456789' } })
    expect(new Uint8Array(await kept.arrayBuffer())).toEqual(photo)

    // The same input once more is known; the next one goes to the same ticket.
    expect((await second.accept({ kind: 'message', message: newMessage('it leaks', 'm-1', 'ann@example.org', { raw }) })).kind).toBe('duplicate')
    await second.accept({ kind: 'message', message: newMessage('and it is loud', 'm-3') })
    await eventually(async () => (elsewhere.sent.some(({ text }) => text === 'heard and it is loud') ? true : undefined), 'an answer of the restored desk')
    expect(await second.core.collections.tickets.count({})).toBe(1)
  })

  it('is told of by the command, which sends those with MongoDB to mongodump', () => {
    const lines: string[] = []
    const copied: string[][] = []
    const run = (args: readonly string[], mongodbUrl?: string) =>
      backup({ args, read: () => ({ mongodbUrl, dataDir: 'data' }), backUp: (...given) => void copied.push(given), print: (line) => lines.push(line) })
    expect([run(['copy']), run(['copy'], 'mongodb://here'), run([])]).toEqual([0, 1, 2])
    expect(copied).toEqual([['data', 'copy']])
    expect(lines).toEqual([expect.stringContaining('Everything of data is in copy'), expect.stringContaining('mongodump'), expect.stringContaining('Usage')])
  })

  it('is refused where something lies already, and where there is no desk', () => {
    const [empty, full] = [newFolder(), newFolder()]
    expect(() => backUp(empty, join(empty, 'copy'))).toThrow('there is no desk')
    writeFileSync(join(full, 'mendline.db'), '')
    mkdirSync(join(full, 'copy'))
    writeFileSync(join(full, 'copy', 'other'), '')
    expect(() => backUp(full, join(full, 'copy'))).toThrow('not empty')
  })
})
