// A process that tests start, listen to and kill: `locks FOLDER` holds the lock on a folder, `inserts FILE` fills a SQLite store,
// `claims FILE` races for keys in one, `disk FOLDER` and `gridfs URL` write a file that has no end.
import { once } from 'node:events'
import { systemClock as clock } from '../../src/clock.ts'
import { StartError } from '../../src/errors.ts'
import { openDiskFiles } from '../../src/files/disk.ts'
import { openGridFiles } from '../../src/files/gridfs.ts'
import { systemRandom as random } from '../../src/random.ts'
import { defineCollection } from '../../src/storage/collection.ts'
import { lockDataDir } from '../../src/storage/lock.ts'
import { openSqliteStore } from '../../src/storage/sqlite.ts'

const [task, path = ''] = process.argv.slice(2)

if (task === 'locks') {
  try {
    const release = await lockDataDir(path)
    console.log('locked')
    process.stdin.once('data', () => void release().then(() => console.log('released')))
  } catch (error) {
    if (!(error instanceof StartError)) throw error
    console.log(`refused ${error.message}`)
  }
}

if (task === 'inserts') {
  const store = await openSqliteStore({ path })
  const things = await store.open(defineCollection('things'))
  // Ten at a time, so that commits are shared; an id is printed once its insert has been acknowledged.
  const insertMany = async (writer: number) => {
    for (let n = 0; ; n++) {
      const _id = `${writer}-${n}`
      await things.insert({ _id })
      console.log(_id)
    }
  }
  await Promise.all(Array.from({ length: 10 }, (_, writer) => insertMany(writer)))
}

if (task === 'claims') {
  const store = await openSqliteStore({ path })
  const claims = await store.open(defineCollection<{ _id: string; key: number }>('claims', [{ name: 'key', fields: ['key'], unique: true }]))
  console.log('ready')
  await once(process.stdin, 'data')
  for (let key = 0; key < 200; key++) if ((await claims.insert({ _id: `${process.pid}-${key}`, key })) === 'inserted') console.log(key)
  await store.close()
  process.stdin.destroy()
}

if (task === 'disk' || task === 'gridfs') {
  const files = await (task === 'disk' ? openDiskFiles({ folder: path, clock, random }) : openGridFiles({ url: path, clock, random }))
  async function* endless() {
    for (;;) {
      yield Buffer.alloc(400_000)
      console.log('wrote')
    }
  }
  await files.write(endless(), { name: 'endless', contentType: 'text/plain' })
}
