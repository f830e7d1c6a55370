// Builds the product from its settings: engines, channels, flows. The only file that knows all parts.
import { join } from 'node:path'
import { createChannels } from '../channels/index.ts'
import { flows } from '../flows/index.ts'
import { createBot, loadTexts } from './bot/index.ts'
import type { Channel } from './channel.ts'
import type { Connection } from './connection.ts'
import { vroomConnection } from './dispatch/try-vroom.ts'
import { openDiskFiles } from './files/disk.ts'
import { openGridFiles } from './files/gridfs.ts'
import { createLabelReader } from './labels/index.ts'
import { errorFields } from './log.ts'
import { openEmbeddedQueues } from './queue/embedded.ts'
import { openRedisQueues } from './queue/redis.ts'
import type { Queues } from './queue/queues.ts'
import { redisConnection } from './queue/try-redis.ts'
import { keyFor, startRuntime, type App, type Engines, type Parts } from './runtime.ts'
import { mendSources } from './sources/index.ts'
import { createModel, modelConnection } from './understanding/model/index.ts'
import { openMongoStore } from './storage/mongodb.ts'
import { openSqliteStore } from './storage/sqlite.ts'
import { dataDirConnection } from './storage/try-data-dir.ts'
import { mongoConnection } from './storage/try-mongodb.ts'

export interface AppParts extends Omit<Parts, 'engines' | 'channels' | 'bot' | 'render' | 'model' | 'labels' | 'fetch'> {
  /** In place of those that the settings name. */
  queues?: Queues
  /** Puts something else in a channel's place, where nothing is to leave the house. */
  tap?(channel: Channel): Channel
}

/** Every conversation that the bot can have. */
export const flowNames: readonly string[] = flows.all.map(({ name }) => name)

/** A customer waits for the answer: past this the rules go on alone. */
const modelTimeoutMs = 4000
/** For one photo; past this it is evidence and nothing more. */
const labelTimeoutMs = 4000

export async function startApp(parts: AppParts): Promise<App> {
  const { settings, clock, random, log, adminKey, tap = (channel) => channel } = parts
  const texts = loadTexts()
  let { sources } = settings
  const channels = createChannels({
    settings,
    sources: () => sources,
    secret: keyFor(adminKey, 'web chat'),
    clock,
    random,
    onProblem: (error) => log.warn('channel', errorFields(error)),
  })
  const app = await startRuntime({
    ...parts,
    channels: channels.map((channel) => tap(channel)),
    engines: await openEngines(parts),
    bot: createBot({ texts, flows }),
    model:
      settings.model === undefined
        ? undefined
        : createModel({ ...settings.model, timeoutMs: modelTimeoutMs, clock, random, fetch, onProblem: (error) => log.warn('model', errorFields(error)) }),
    labels: createLabelReader({ timeoutMs: labelTimeoutMs, onProblem: (error) => log.warn('label', errorFields(error)) }),
    render: (language, key, values) => texts.render(language, key, values),
    fetch,
  })
  return {
    ...app,
    reload(company) {
      sources = mendSources(sources, company.webhooks.in)
      app.reload(company)
    },
  }
}

async function openEngines({ settings, clock, random, log, queues }: AppParts): Promise<Engines> {
  const { mongodbUrl, redisUrl, dataDir } = settings
  const onError = (error: Error): void => log.warn('engine', errorFields(error))
  return {
    store: mongodbUrl === undefined ? await openSqliteStore({ path: join(dataDir, 'mendline.db') }) : await openMongoStore({ url: mongodbUrl }),
    files:
      mongodbUrl === undefined
        ? await openDiskFiles({ folder: join(dataDir, 'files'), clock, random })
        : await openGridFiles({ url: mongodbUrl, clock, random }),
    queues:
      queues ??
      (redisUrl === undefined ? await openEmbeddedQueues({ folder: join(dataDir, 'queue'), onError }) : await openRedisQueues({ url: redisUrl, onError })),
  }
}

/** Everything outside that these settings depend on, for `mendline check` and `mendline doctor`; nothing is opened yet. */
export function connectionsOf({ settings, clock, random }: Pick<AppParts, 'settings' | 'clock' | 'random'>): Connection[] {
  const { mongodbUrl, redisUrl, dataDir, model } = settings
  const { vroom } = settings.company.dispatch
  const channels = createChannels({ settings, secret: new Uint8Array(32), clock, random, onProblem: () => {} })
  return [
    ...(mongodbUrl === undefined || redisUrl === undefined ? [dataDirConnection(dataDir)] : []),
    ...(mongodbUrl === undefined ? [] : [mongoConnection(mongodbUrl)]),
    ...(redisUrl === undefined ? [] : [redisConnection(redisUrl)]),
    ...channels.flatMap((channel) => channel.connections ?? []),
    ...(model === undefined ? [] : [modelConnection({ ...model, clock, random, fetch })]),
    ...(vroom === null ? [] : [vroomConnection({ url: vroom.url, timeoutMs: vroom.timeout, fetch })]),
  ]
}
