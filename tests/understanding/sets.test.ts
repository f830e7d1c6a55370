// The sets that understanding is measured by are kept apart from what it learns from, and are read by the command that measures.
import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { readLabelled } from '../../bench/understanding/labels.ts'
import { readSentences } from '../../src/understanding/training/sentences.ts'

const bench = join(import.meta.dirname, '../../bench/understanding')
const sets = readdirSync(bench).filter((name) => name.endsWith('.jsonl'))

/** Three letters or characters at a time. */
function piecesOf(text: string): Set<string> {
  const plain = text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
  return new Set(Array.from({ length: Math.max(1, plain.length - 2) }, (_, start) => plain.slice(start, start + 3)))
}

/** Everyday phrases of a word or three are the same everywhere. */
function isPhrase(text: string): boolean {
  return (text.match(/\p{Script=Han}/gu)?.length ?? 0) / 2 + (text.match(/[a-z0-9']+/gi)?.length ?? 0) <= 3
}

it.each(sets)('no training sentence is in %s, or nearly', (name) => {
  const lines = readLabelled(readFileSync(join(bench, name), 'utf8'), name).map(({ text }) => ({ text, pieces: piecesOf(text) }))
  const copies = readSentences()
    .filter(({ text }) => !isPhrase(text))
    .flatMap((sentence) => {
      const pieces = piecesOf(sentence.text)
      const like = lines.find((line) => pieces.intersection(line.pieces).size / pieces.union(line.pieces).size >= 0.6)
      return like === undefined ? [] : [`${sentence.text} ~ ${like.text}`]
    })
  expect(copies).toEqual([])
})

const reportSchema = z.object({ messages: z.number(), intentAccuracy: z.number(), wrongAndUnasked: z.number(), allSlots: z.object({ precision: z.number() }) })

it('npm run evaluate reads any file and any company, and says which line is wrong', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mendline-evaluate-'))
  const run = promisify(execFile)
  const evaluate = (...options: string[]) => run(process.execPath, [join(bench, 'evaluate.ts'), ...options])
  try {
    const file = join(folder, 'own.jsonl')
    const settings = join(folder, 'mendline.yaml')
    writeFileSync(settings, 'company: Own\ncountry: GB\nproducts: [{ name: Lucca A53, aliases: [lucca] }]\n')
    writeFileSync(
      file,
      '{"text":"my lucca leaks, call 020 7946 0018","intent":"report_repair","slots":{"product":"Lucca A53","symptom":"leaks","phone":"+442079460018"}}\n',
    )
    const { stdout } = await evaluate('--file', file, '--settings', settings, '--json')
    expect(reportSchema.parse(JSON.parse(stdout))).toMatchObject({ messages: 1, intentAccuracy: 1, wrongAndUnasked: 0, allSlots: { precision: 1 } })
    writeFileSync(file, '{"text":"hello","intent":"sing"}\n')
    await expect(evaluate('--file', file)).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('own.jsonl:1: intent: "sing" is none of') })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
