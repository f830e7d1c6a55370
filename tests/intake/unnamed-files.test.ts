// Files that no document names are gone a day later; whatever is named stays, whoever names it and whenever.
import { buffer } from 'node:stream/consumers'
import { afterEach, describe, expect, it } from 'vitest'
import { openGridFiles } from '../../src/files/gridfs.ts'
import type { NewMessage } from '../../src/message.ts'
import { systemRandom as random } from '../../src/random.ts'
import { openMongoStore } from '../../src/storage/mongodb.ts'
import { movableClock } from '../support/clock.ts'
import { createFolder, createProvider, live, newMessage, type Life, type LifeOptions } from '../support/life.ts'
import { startMongo } from '../support/mongodb.ts'
import { without } from '../support/needs.ts'
import { eventually } from '../support/processes.ts'

const cleanups: (() => void | Promise<void>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

const hour = 3_600_000
/** Too large to be kept in the document itself. */
const large = (name: string) => ({ name, contentType: 'application/octet-stream', content: Buffer.alloc(20_000, name) })
const withFiles = (text: string): { kind: 'message'; message: NewMessage } => ({
  kind: 'message',
  message: newMessage(text, text, 'ann@example.org', { raw: large(`${text}.eml`), attachments: [large(`${text} 1.jpg`), large(`${text} 2.jpg`)] }),
})

/** Another process on the same data. */
type Begin = (more?: Pick<LifeOptions, 'death'>) => Promise<Life>

async function onDisk(clock: LifeOptions['clock'] & object): Promise<Begin> {
  const [folder, provider] = [createFolder(), createProvider()]
  cleanups.push(folder.remove)
  return (more = {}) => live({ folder: folder.path, provider, clock, ...more })
}

async function onMongo(clock: LifeOptions['clock'] & object): Promise<Begin> {
  const [folder, provider, server] = [createFolder(), createProvider(), await startMongo()]
  cleanups.push(folder.remove, () => server.remove())
  const { url } = server
  return async (more = {}) =>
    live({ folder: folder.path, provider, clock, store: await openMongoStore({ url }), files: await openGridFiles({ url, clock, random }), ...more })
}

describe('on the embedded engines', () => contract(onDisk))
describe.skipIf(without('mongodb'))('on MongoDB', () => contract(onMongo))

function contract(engines: (clock: ReturnType<typeof movableClock>) => Promise<Begin>): void {
  it('a killed process leaves no file behind for longer than a day, and a file that is named stays for ever', async () => {
    const clock = movableClock()
    const begin = await engines(clock)

    // Killed between its files and the message that would have named them; the sender does not come again.
    const mortal = await begin({ death: { step: 'insert messages #1', fate: 'before' } })
    mortal.accept(withFiles('lost')).catch(() => {})
    await mortal.died
    await mortal.bury()

    const life = await begin()
    cleanups.push(() => life.close())
    const { files, collections } = life.core
    const all = async () => (await files.page('', clock.now() + 2 * hour, 1000)).ids
    const isThere = async (id: string) => (await files.read(id).then((file) => file && buffer(file.content)))?.length === 20_000
    const orphans = await all()
    expect(orphans).toHaveLength(3)

    // A message, a receipt and a provider's event name their files.
    await life.accept(withFiles('kept'))
    await life.accept({ kind: 'receipt', receipt: { channel: 'email', messageId: 'm_unknown', state: 'delivered' }, raw: large('receipt.eml') })
    await life.accept({ kind: 'event', channel: 'email', id: 'event-1', raw: large('event.json') })
    const named = (await all()).filter((id) => !orphans.includes(id))
    expect(named).toHaveLength(5)

    clock.move(20 * hour)
    // Fetched for a message that has waited for it for long.
    const fetched = await files.write(Buffer.alloc(20_000, 'fetched'), { name: 'photo.jpg', contentType: 'image/jpeg' })
    const [message] = await collections.messages.find({ direction: 'inbound' })
    const attachments = [...(message?.attachments ?? []), { file: fetched.id, name: 'photo.jpg', contentType: 'image/jpeg', size: 20_000 }]
    await collections.messages.update(message?._id ?? '', { $set: { attachments } })
    named.push(fetched.id)

    clock.move(10 * hour)
    // An upload that is still to be attached.
    const fresh = await files.write(Buffer.alloc(20_000, 'fresh'), { name: 'fresh.jpg', contentType: 'image/jpeg' })
    await eventually(async () => ((await all()).length === named.length + 1 ? true : undefined), 'the files of the killed process to be gone')
    for (const id of orphans) expect(await files.read(id)).toBeUndefined()
    for (const id of [...named, fresh.id]) expect(await isThere(id)).toBe(true)

    clock.move(100 * hour)
    await eventually(async () => ((await files.read(fresh.id)) === undefined ? true : undefined), 'what was never attached to be gone')
    for (const id of named) expect(await isThere(id)).toBe(true)
  }, 120_000)
}
