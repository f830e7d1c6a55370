// A small file read into memory at once; large ones are streamed instead.
import { buffer } from 'node:stream/consumers'
import type { Files } from './files.ts'

/** Undefined when there is no such file. */
export async function readWhole(files: Files, id: string): Promise<Uint8Array | undefined> {
  const found = await files.read(id)
  return found === undefined ? undefined : buffer(found.content)
}
