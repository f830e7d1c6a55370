// A copy of an embedded desk's data while it runs: the database as it is at one moment, then the files, which never change once they are named.
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { StartError } from '../errors.ts'

/**
 * Copies the database, the files and the key of `dataDir` into `target`, which must be new or empty. Used as a DATA_DIR, that is the desk at this moment.
 * The queue is not copied: it is made anew from the documents.
 * @throws StartError when there is no desk, or something lies in `target`.
 */
export function backUp(dataDir: string, target: string): void {
  const from = join(dataDir, 'mendline.db')
  if (!existsSync(from)) throw new StartError([`DATA_DIR: there is no desk in ${dataDir}: set DATA_DIR to where it keeps its data`])
  if (existsSync(target) && readdirSync(target).length > 0) throw new StartError([`${target} is not empty: name a new folder`])
  mkdirSync(target, { recursive: true, mode: 0o700 })
  const database = new DatabaseSync(from, { readOnly: true, timeout: 5000 })
  try {
    // One read transaction: whatever is committed meanwhile is not in it. https://www.sqlite.org/lang_vacuum.html#vacuuminto
    database.prepare('VACUUM INTO ?').run(join(target, 'mendline.db'))
  } finally {
    database.close()
  }
  // After the database: a file is written before the message that names it, so every one that the copy names is there.
  const files = join(dataDir, 'files')
  if (existsSync(files)) cpSync(files, join(target, 'files'), { recursive: true, filter: (path) => basename(path) !== 'writing' })
  const key = join(dataDir, 'admin-key')
  if (existsSync(key)) {
    cpSync(key, join(target, 'admin-key'))
    chmodSync(join(target, 'admin-key'), 0o600)
  }
}
