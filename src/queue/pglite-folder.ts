// A fresh PostgreSQL in a folder at every start, without making one every time: the first is kept as a template and copied.
import { randomUUID } from 'node:crypto'
import { cp, mkdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { runMigrations, type PgQueryable } from 'bullmq'

/**
 * PostgreSQL sized for a queue: 200 MB resident with Node instead of 460. Nothing in here has to survive a crash
 * (PGlite itself has switched fsync off), so it writes as little as it can.
 */
const startParams = [
  ...PGlite.defaultStartParams,
  ...['shared_buffers=8MB', 'max_connections=5', 'wal_buffers=64kB', 'min_wal_size=2MB', 'max_wal_size=8MB', 'full_page_writes=off', 'jit=off'].flatMap(
    (setting) => ['-c', setting],
  ),
]

/**
 * Opens an empty database of BullMQ's in `folder`/now. What an earlier process left there, whole or broken by a crash, is thrown away:
 * the queue is refilled from the documents.
 *
 * Copying the template takes 50 ms, making it 2 to 3 s and 600 MB of memory for a moment, which is why it is kept. It is only ever
 * read, appears whole or not at all, and is made anew when it does not open (another version of PGlite, a power cut).
 */
export async function openFreshPglite(folder: string, template = join(folder, 'template')): Promise<PGlite> {
  const now = join(folder, 'now')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  if (!(await exists(template))) await makeTemplate(template)
  try {
    return await openCopy(template, now)
  } catch {
    await rm(template, { recursive: true, force: true })
    await makeTemplate(template)
    return await openCopy(template, now)
  }
}

async function openCopy(template: string, now: string): Promise<PGlite> {
  await rm(now, { recursive: true, force: true })
  await cp(template, now, { recursive: true })
  const db = await PGlite.create({ dataDir: now, startParams })
  await migrate(db) // Changes nothing unless the template was made by an older BullMQ.
  await db.exec('SET search_path TO bullmq')
  return db
}

async function makeTemplate(template: string): Promise<void> {
  const draft = `${template}.${randomUUID()}`
  await mkdir(dirname(template), { recursive: true, mode: 0o700 })
  const db = await PGlite.create({ dataDir: draft, startParams, initDbStartParams: ['--wal-segsize=1'] })
  await migrate(db)
  await db.close()
  try {
    await rename(draft, template)
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    if (!(await exists(template))) throw error // else another process was faster
  }
}

async function migrate(db: PGlite): Promise<void> {
  const session: PgQueryable = {
    // A migration is many statements in one text, which only `exec` takes, and asks for no rows.
    async query<R>(text: string, params?: readonly unknown[]) {
      if (!text.includes(';')) return await db.query<R>(text, [...(params ?? [])])
      await db.exec(text)
      return { rows: [] }
    },
  }
  await runMigrations(session)
}

async function exists(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    () => false,
  )
}
