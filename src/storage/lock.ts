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
  const pidFile = join(folder, 'lock.pid')
  let database: DatabaseSync | undefined
  try {
    mkdirSync(folder, { recursive: true })
    database = new DatabaseSync(join(folder, 'lock.db'), { timeout: 0 })
    database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE;')
    writeFileSync(pidFile, String(process.pid))
  } catch (error) {
    database?.close()
    const words = error instanceof Error ? error.message : String(error)
    throw new StartError([
      isBusy(error)
        ? `DATA_DIR: ${folder} is in use by process ${readPid(pidFile)}. Stop that one, or give this one a DATA_DIR (and PORT) of its own.`
        : `DATA_DIR: ${folder} cannot be written (${words}). Make room or give the rights, or set another DATA_DIR.`,
    ])
  }
  const held = database
  return async () => held.close()
}

/** SQLITE_BUSY: somebody has the lock. https://www.sqlite.org/rescode.html#busy */
function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === 5
}

function readPid(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return 'unknown'
  }
}
