// A file that a channel fetched, stored as the product stores it: what it is called from then on, and its bytes.
import type { Fetched } from '../../src/channel.ts'
import { createKeep, largestFile } from '../../src/files/keep.ts'
import { readWhole } from '../../src/files/read-whole.ts'
import { memoryFiles } from './mail-door.ts'

export interface KeptFile {
  name: string
  contentType: string
  bytes: Buffer
}

/** As `src/intake/fetch-files.ts` does it. */
export async function kept({ content, ...better }: Fetched, known: { name: string; contentType: string }): Promise<KeptFile> {
  const files = memoryFiles()
  const { file, name, contentType } = await createKeep(files)(content, { ...known, ...better }, { size: largestFile })
  return { name, contentType, bytes: Buffer.from((await readWhole(files, file)) ?? []) }
}
