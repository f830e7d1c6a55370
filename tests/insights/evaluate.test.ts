// npm run evaluate:parts, run from outside.
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'

const script = join(import.meta.dirname, '../../bench/parts/evaluate.ts')
const run = promisify(execFile)
let folder = ''
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'mendline-parts-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const numbers = z.object({ rmsse: z.number(), bias: z.number(), leadTimeError: z.number() })
const report = z.object({ judged: z.number(), chosen: numbers, 'MA(12)': numbers, byMethod: z.record(z.string(), z.object({ parts: z.number() })) })

async function evaluate(...args: string[]) {
  return report.parse(JSON.parse((await run(process.execPath, [script, '--json', ...args])).stdout))
}

function csv(rows: readonly string[]): string {
  const file = join(folder, 'demand.csv')
  writeFileSync(file, ['part,period,quantity', ...rows].join('\n'))
  return file
}

describe('npm run evaluate:parts', () => {
  it('comes closer to a generated fleet than the moving average, whatever the seed', async () => {
    for (const seed of ['1', '2']) {
      const { chosen, ...rest } = await evaluate('--seed', seed)
      expect(rest.judged).toBe(360)
      expect(chosen.rmsse).toBeLessThan(rest['MA(12)'].rmsse)
      expect(Math.abs(chosen.bias)).toBeLessThan(Math.abs(rest['MA(12)'].bias))
      expect(chosen.leadTimeError).toBeLessThan(rest['MA(12)'].leadTimeError)
    }
  })

  it('reads any CSV of demand; months without a row count as none', async () => {
    const months = Array.from({ length: 48 }, (_, index) => `${2021 + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`)
    const file = csv([...months.map((month) => `belt,${month},4`), `fuse,${months[0]},1`, `fuse,${months[20]},2`])
    const result = await evaluate('--csv', file, '--test', '12')
    expect(result.judged).toBe(2)
    expect(result.chosen.rmsse).toBeLessThan(1)
  })

  it.each([
    ['belt,2021-13,4', /line 2: period is a month/],
    ['belt,2021-01,many', /line 2: quantity/],
    [',2021-01,1', /line 2: part is empty/],
    ['belt,2021-01', /no CSV/],
  ])('refuses the row %j, naming the line', async (row, message) => {
    await expect(run(process.execPath, [script, '--csv', csv([row])])).rejects.toMatchObject({ code: 1, stderr: expect.stringMatching(message) })
  })
})
