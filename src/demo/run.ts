// `npm run demo:data`: fills a desk with two years of a made-up company, for trying out reports and the dashboard. Nothing is sent to anybody.
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { adminKeyFor } from '../admin-key.ts'
import { systemClock } from '../clock.ts'
import { StartError, Unavailable } from '../errors.ts'
import { systemRandom } from '../random.ts'
import { readSettings, type Settings } from '../settings.ts'
import type { Store } from '../storage/collection.ts'
import { lockDataDir } from '../storage/lock.ts'
import { openMongoStore } from '../storage/mongodb.ts'
import { openSqliteStore } from '../storage/sqlite.ts'
import { makeHistory } from './history.ts'
import { checkLoad, load } from './load.ts'
import { createProgress } from './progress.ts'
import { products } from './truth.ts'

const example = 'docs/examples/mendline.yaml'
const usage = `Usage: npm run demo:data [-- --seed 1 --products ${products.length} --assets 2400 --months 24 --add]

Stop the desk first: the embedded stores belong to one process. --add: beside tickets that are there already;
its engineers have left by then, so that no real work is given to them.`

async function main(): Promise<0 | 1 | 2> {
  const wish = readWish(process.argv.slice(2))
  if (wish === undefined) {
    process.stderr.write(`${usage}\n`)
    return 2
  }
  // The stores and the mailbox are this desk's; what is promised and how failures are named is the example company's.
  const desk = readSettings(process.env)
  const { company } = readSettings({ SETTINGS_FILE: join(import.meta.dirname, '../..', example) })
  const unlock = desk.mongodbUrl === undefined ? await lockDataDir(desk.dataDir) : undefined
  const store = await openStore(desk)
  const progress = createProgress(process.stdout)
  try {
    const { add, ...fleet } = wish
    const begun = await checkLoad(store, fleet, { now: systemClock.now(), add })
    if (begun.kind === 'loaded') progress.say('This history is in the desk already; nothing was changed.')
    if (begun.kind === 'refused') progress.say(begun.reason)
    if (begun.kind !== 'begin') return begun.kind === 'loaded' ? 0 : 1
    const whole = { ...fleet, until: begun.until }
    const history = await makeHistory({
      ...whole,
      settings: { ...desk, company },
      retired: add,
      adminKey: adminKeyFor(desk, systemRandom).key,
      onProgress: (done) => progress.show(`${fleet.months} months go by`, done),
    })
    const result = await load({ store, world: history.world, wish: whole, onProgress: (done) => progress.show('they are written down', done) })
    await history.world.close()
    if ('refused' in result) {
      progress.say(result.refused)
      return 1
    }
    progress.say(`${history.told.length} repairs of ${history.fleet.assets.length} devices are in the desk, ${result.stored} documents in all.`)
    progress.say(`Look at them with the promises they were made under: SETTINGS_FILE=${example} npm start, then /dashboard.`)
    return 0
  } finally {
    await store.close()
    await unlock?.()
  }
}

function openStore({ mongodbUrl, dataDir }: Settings): Promise<Store> {
  return mongodbUrl === undefined ? openSqliteStore({ path: join(dataDir, 'mendline.db') }) : openMongoStore({ url: mongodbUrl })
}

interface Wish {
  seed: number
  products: number
  assets: number
  months: number
  add: boolean
}

/** Undefined when it makes no sense. */
function readWish(args: string[]): Wish | undefined {
  const string = { type: 'string' } as const
  try {
    const { values } = parseArgs({ args, options: { seed: string, products: string, assets: string, months: string, add: { type: 'boolean' } } })
    const { seed = '1', assets = '2400', months = '24', add = false } = values
    const wish = { seed: Number(seed), products: Number(values.products ?? products.length), assets: Number(assets), months: Number(months), add }
    const whole = [wish.seed, wish.products, wish.assets, wish.months].every((each) => Number.isInteger(each) && each > 0)
    return whole && wish.products <= products.length && wish.assets <= 100_000 && wish.months <= 120 ? wish : undefined
  } catch {
    return undefined
  }
}

main().then(
  (code) => void (process.exitCode = code),
  (error: unknown) => {
    const known = error instanceof StartError || error instanceof Unavailable
    process.stderr.write(`${known ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
    process.exitCode = 1
  },
)
