// Whether DATA_DIR can be written, has room, and keeps its key to itself; tried without making it.
import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Connection } from '../connection.ts'
import { StartError } from '../errors.ts'

const megabyte = 1_000_000
/** Below it a few photos and the next mail may no longer fit. */
const tooLittle = 100 * megabyte
/** Below it somebody should make room in the next days. */
const little = 1000 * megabyte

/** `free`: bytes that are left to us where the folder is. */
export function dataDirConnection(folder: string, free: (path: string) => number = freeBytes): Connection {
  return {
    setting: 'DATA_DIR',
    async try() {
      let nearest = resolve(folder)
      while (!existsSync(nearest)) nearest = dirname(nearest)
      if (!statSync(nearest).isDirectory()) throw new StartError([`DATA_DIR: ${nearest} is a file: remove it, or set another DATA_DIR`])
      try {
        accessSync(nearest, constants.W_OK | constants.X_OK)
      } catch {
        throw new StartError([`DATA_DIR: ${nearest} cannot be written by this user: give the rights, or set another DATA_DIR`])
      }
      const left = free(nearest)
      if (left < tooLittle) throw new StartError([`DATA_DIR: only ${inWords(left)} are free at ${nearest}: make room, or set another DATA_DIR`])
      const works = existsSync(folder) ? `${folder} can be written` : `${folder} can be made`
      if (left < little) return { works, but: `only ${inWords(left)} are free there: make room` }
      const key = join(folder, 'admin-key')
      return isOpenToOthers(key) ? { works, but: `other users of this machine can read ${key}: run "chmod 600 ${key}"` } : works
    },
  }
}

function freeBytes(path: string): number {
  const { bavail, bsize } = statfsSync(path)
  return bavail * bsize
}

function inWords(bytes: number): string {
  return `${Math.floor(bytes / megabyte)} MB`
}

/** Windows has no such bits, and answers as if everybody could. */
function isOpenToOthers(path: string): boolean {
  return process.platform !== 'win32' && existsSync(path) && (statSync(path).mode & 0o077) !== 0
}
