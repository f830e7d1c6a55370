// A process of its own for crash.test.ts, to be killed: says on standard output, a line each, what it was promised.
import { writeSync } from 'node:fs'
import { systemClock as clock } from '../../src/clock.ts'
import { openDiskFiles } from '../../src/files/disk.ts'
import { openGridFiles } from '../../src/files/gridfs.ts'
import { systemRandom as random } from '../../src/random.ts'
import { defineCollection } from '../../src/storage/collection.ts'
import { lockDataDir } from '../../src/storage/lock.ts'
import { openSqliteStore } from '../../src/storage/sqlite.ts'

const [task, where = '', name = ''] = process.argv.slice(2)
const say = (line: string) => writeSync(1, `${line}\n`)

switch (task) {
  case 'insert':
    await insertForEver(where, name)
    break
  case 'race':
    await race(where, name)
    break
  case 'lock':
    try {
      await lockDataDir(where)
      say('locked')
      setInterval(() => {}, 1000) // until killed
    } catch (error) {
      say(error instanceof Error ? `${error.name}: ${error.message}` : String(error))
    }
    break
  case 'disk':
    await writeForEver(await openDiskFiles({ folder: where, clock, random }))
    break
  case 'gridfs':
    await writeForEver(await openGridFiles({ url: where, clock, random }))
    break
  default:
    throw new Error(`no such task: ${task}`)
}

async function insertForEver(path: string, prefix: string): Promise<void> {
  const things = await (await openSqliteStore({ path })).open(defineCollection('things'))
  let n = 0
  const runner = async () => {
    for (;;) {
      const _id = `${prefix}-${n++}`
      if ((await things.insert({ _id })) === 'inserted') say(_id)
    }
  }
  await Promise.all([runner(), runner(), runner(), runner()])
}

async function race(path: string, prefix: string): Promise<void> {
  const store = await openSqliteStore({ path })
  const things = await store.open(defineCollection<{ _id: string; key: number }>('things', [{ name: 'key', fields: ['key'], unique: true }]))
  say('ready')
  await new Promise((resolve) => process.stdin.once('data', resolve))
  for (let key = 0; key < 200; key++) if ((await things.insert({ _id: `${prefix}-${key}`, key })) === 'inserted') say(`${key}`)
  await store.close()
  process.exit()
}

async function writeForEver(files: Awaited<ReturnType<typeof openDiskFiles>>): Promise<void> {
  async function* endless() {
    for (;;) {
      yield Buffer.alloc(400_000)
      say('wrote')
    }
  }
  await files.write(endless(), { name: 'endless', contentType: 'text/plain' })
}
