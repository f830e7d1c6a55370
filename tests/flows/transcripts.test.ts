// Whole conversations as they are written in tests/flows/transcripts: what is said and what becomes of the ticket, in both languages.
import { readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { replayFile } from '../../src/cli/play/replay-file.ts'

const folder = join(import.meta.dirname, 'transcripts')
const transcriptsIn = (language: string): string[] => readdirSync(join(folder, language)).filter((name) => name.endsWith('.txt'))

describe('a conversation', () => {
  it.each(['en', 'zh'].flatMap((language) => transcriptsIn(language).map((name) => `${language}/${name}`)))('goes as it is written in %s', async (name) => {
    const problems = await replayFile(join(folder, name))
    expect(problems.map((line) => line.replace(folder, relative(process.cwd(), folder)))).toEqual([])
  })

  it('is written in both languages', () => {
    expect(transcriptsIn('en').length).toBeGreaterThan(20)
    expect(transcriptsIn('zh')).toEqual(transcriptsIn('en'))
  })
})
