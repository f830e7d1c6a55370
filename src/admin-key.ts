// The first key of the API: given by the environment, or made once and kept beside the data.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { randomText, type Random } from './random.ts'

export interface AdminKey {
  key: string
  /** Where it is kept when we made it. */
  path: string | undefined
}

/** Undefined when none was given and none was made yet. */
export function knownAdminKey(settings: { adminKey: string | undefined; dataDir: string }): string | undefined {
  if (settings.adminKey !== undefined) return settings.adminKey
  const path = join(settings.dataDir, 'admin-key')
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : undefined
}

export function adminKeyFor(settings: { adminKey: string | undefined; dataDir: string }, random: Random): AdminKey {
  if (settings.adminKey !== undefined) return { key: settings.adminKey, path: undefined }
  mkdirSync(settings.dataDir, { recursive: true })
  const path = join(settings.dataDir, 'admin-key')
  try {
    // Exclusive: of two who start at once, one makes it and the other reads it.
    writeFileSync(path, `mk_${randomText(random, 40)}\n`, { mode: 0o600, flag: 'wx', flush: true })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  return { key: readFileSync(path, 'utf8').trim(), path }
}
