// A process that tests start, listen to and kill: `locks FOLDER` holds the lock on a folder, `inserts FILE` fills a SQLite store.
import { StartError } from '../../src/errors.ts'
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
