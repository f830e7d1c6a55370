// npm run torture:integrator: another system opens tickets and hears of them while everything is killed at random. Options, with their defaults,
// after `--`: --tickets 1000 --kills 30 --seed 1, and --embedded for one process with its own store instead of gateways, workers, Redis and FerretDB.
// Prints the figures; exits with 1 when a promise is broken.
import { parseArgs } from 'node:util'
import { brokenPromises, integratorInAStorm } from './integrator.ts'

const { values } = parseArgs({
  options: {
    tickets: { type: 'string', default: '1000' },
    kills: { type: 'string', default: '30' },
    seed: { type: 'string', default: '1' },
    embedded: { type: 'boolean', default: false },
  },
})
const ledger = await integratorInAStorm({
  engines: values.embedded ? 'embedded' : 'servers',
  tickets: Number(values.tickets),
  kills: Number(values.kills),
  seed: Number(values.seed),
  print: (line) => console.log(line),
})
const broken = brokenPromises(ledger)
console.log(JSON.stringify({ seed: Number(values.seed), ...ledger }, undefined, 2))
console.log(broken.length === 0 ? 'every promise held' : `BROKEN:\n${broken.join('\n')}`)
process.exit(broken.length === 0 ? 0 : 1)
