// npm run torture: the long run. Options, with their defaults, after `--`:
//   --parts processes,desks,suites   which parts to run
//   --engines embedded,servers --inputs 200 --conversations 10 --kills 30 --seed 1   for `processes`
// Prints its ledgers; exits with 1 when a promise is broken.
import { spawnSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { brokenPromises } from './ledger.ts'
import { torture } from './torture.ts'
import { twoDesks } from './two-desks.ts'

const { values } = parseArgs({
  options: {
    parts: { type: 'string', default: 'processes,desks,suites' },
    engines: { type: 'string', default: 'embedded,servers' },
    inputs: { type: 'string', default: '200' },
    conversations: { type: 'string', default: '10' },
    kills: { type: 'string', default: '30' },
    seed: { type: 'string', default: '1' },
  },
})
const root = join(import.meta.dirname, '../..')
const broken: string[] = []

/** Real processes killed at random while customers write. */
async function processes(engines: 'embedded' | 'servers'): Promise<void> {
  const [inputs, conversations, kills, seed] = [Number(values.inputs), Number(values.conversations), Number(values.kills), Number(values.seed)]
  const ledger = await torture({ engines, inputs, conversations, kills, seed, print: (line) => console.log(line) })
  console.log(engines, JSON.stringify({ seed, ...ledger }, undefined, 2))
  broken.push(...brokenPromises(ledger).map((promise) => `${engines}: ${promise}`))
}

/** Two desks that answer each other, for a minute. */
async function desks(): Promise<void> {
  const ledger = await twoDesks({ mails: 10, quietSeconds: 10, seconds: 60, runaway: 200 })
  console.log('two desks', JSON.stringify(ledger))
  if (Math.max(...ledger.mostIn10Minutes) > 3) broken.push('two desks sent each other more than three automatic mails in ten minutes')
  if (!ledger.tasks.flat().includes('answers_held')) broken.push('nobody was told that two desks answer each other')
}

/** A death at every step, and the rules with inputs that no run before has drawn. */
function suites(): void {
  const rules = globSync('tests/**/*.test.ts', { cwd: root }).filter((path) => /from 'fast-check'/.test(readFileSync(join(root, path), 'utf8')))
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const { status } = spawnSync(process.execPath, [vitest, 'run', ...rules], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, KILLS: 'all', SEED: 'random' },
  })
  if (status !== 0) broken.push('a suite is red, see above')
}

const parts = values.parts.split(',')
for (const engines of ['embedded', 'servers'] as const) if (parts.includes('processes') && values.engines.split(',').includes(engines)) await processes(engines)
if (parts.includes('desks')) await desks()
if (parts.includes('suites')) suites()
console.log(broken.length === 0 ? 'every promise held' : `BROKEN:\n${broken.join('\n')}`)
process.exit(broken.length === 0 ? 0 : 1)
