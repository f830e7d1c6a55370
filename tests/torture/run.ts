// npm run torture: the long run. `-- --engines servers|embedded --inputs 200 --kills 30 --seed 1`. Prints its ledger; exits with 1 when a promise is broken.
import { parseArgs } from 'node:util'
import { torture } from './torture.ts'

const { values } = parseArgs({
  options: {
    engines: { type: 'string', default: 'servers' },
    inputs: { type: 'string', default: '200' },
    conversations: { type: 'string', default: '10' },
    kills: { type: 'string', default: '30' },
    seed: { type: 'string', default: '1' },
  },
})
const ledger = await torture({
  engines: values.engines === 'embedded' ? 'embedded' : 'servers',
  inputs: Number(values.inputs),
  conversations: Number(values.conversations),
  kills: Number(values.kills),
  seed: Number(values.seed),
  print: (line) => console.log(line),
})
console.log(JSON.stringify({ ...values, ...ledger }, undefined, 2))
const broken =
  ledger.doubled.length +
  ledger.lost.length +
  ledger.outOfOrder +
  ledger.unhandled +
  Math.abs(ledger.tickets - ledger.conversations) +
  Math.abs(ledger.acknowledgements - ledger.conversations)
console.log(broken === 0 ? 'every promise held' : 'A PROMISE IS BROKEN')
process.exit(broken === 0 ? 0 : 1)
