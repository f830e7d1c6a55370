// Replays a transcript from its file, on a desk of its own.
import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { StartError } from '../../errors.ts'
import { openPlay, type PlayOptions } from './play.ts'
import { replay } from './replay.ts'
import { readTranscript } from './transcript.ts'

/**
 * Empty when all was as written; else `file:line: what`, and below it what is in the transcript (`-`) and what came (`+`). What the transcript
 * says of itself counts more than the options do.
 * @throws StartError when the file is no transcript, or the settings are wrong.
 */
export async function replayFile(
  path: string,
  { opening, data }: { opening?: Omit<PlayOptions, 'repeatable'>; data?: string | undefined } = {},
): Promise<string[]> {
  const transcript = readTranscript(read(path))
  if (transcript.kind === 'wrong') throw new StartError([`${path}:${transcript.at}: ${transcript.problem}`])
  const folder = dirname(path)
  const { settings, ...own } = transcript.opening
  const beside = settings === undefined ? {} : { settings: resolve(folder, settings) }
  const stage = await openPlay({ ...opening, ...own, ...beside, data, repeatable: true })
  try {
    const difference = await replay(stage, transcript.scenes, folder)
    if (difference === undefined) return []
    const { line, what, expected, came } = difference
    return [`${path}:${line}: ${what}`, ...expected.map((each) => `  - ${each}`), ...came.map((each) => `  + ${each}`)]
  } finally {
    await stage.close()
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new StartError([`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`])
  }
}
