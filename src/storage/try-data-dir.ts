// Whether DATA_DIR can be written, tried without making it.
import { accessSync, constants, existsSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { Connection } from '../connection.ts'
import { StartError } from '../errors.ts'

export function dataDirConnection(folder: string): Connection {
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
      return existsSync(folder) ? `${folder} can be written` : `${folder} can be made`
    },
  }
}
