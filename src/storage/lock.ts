// An exclusive lock on DATA_DIR: the embedded engines belong to one process. Held by the operating system, so kill -9 releases it.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { StartError } from '../errors.ts'

/**
 * Takes the lock, or refuses naming the process that has it. SQLite's own exclusive lock does the work: Node has no other lock
 * that ends with its process.
 * @returns releases it.
 * @throws StartError when another process has it.
 */
export async function lockDataDir(folder: string): Promise<() => Promise<void>> {
  mkdirSync(folder, { recursive: true })
  const pidFile = join(folder, 'lock.pid')
  const database = new DatabaseSync(join(folder, 'lock.db'), { timeout: 0 })
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE;')
  } catch {
    database.close()
    throw new StartError([`DATA_DIR: ${folder} is in use by process ${readPid(pidFile)}. Stop that one, or give this one a DATA_DIR (and PORT) of its own.`])
  }
  writeFileSync(pidFile, String(process.pid))
  return async () => database.close()
}

function readPid(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return 'unknown'
  }
}
