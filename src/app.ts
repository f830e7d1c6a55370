// Builds the product from its settings: engines, channels, flows. The only file that knows all parts.
import { join } from 'node:path'
import { createChannels } from '../channels/index.ts'
import { flows } from '../flows/index.ts'
import { createBot, loadTexts } from './bot/index.ts'
import { openDiskFiles } from './files/disk.ts'
import { openGridFiles } from './files/gridfs.ts'
import { errorFields } from './log.ts'
import { openEmbeddedQueues } from './queue/embedded.ts'
import { openRedisQueues } from './queue/redis.ts'
import { keyFor, startRuntime, type App, type Engines, type Parts } from './runtime.ts'
import { openMongoStore } from './storage/mongodb.ts'
import { openSqliteStore } from './storage/sqlite.ts'

export type AppParts = Omit<Parts, 'engines' | 'channels' | 'bot' | 'render'>

export async function startApp(parts: AppParts): Promise<App> {
  const { settings, clock, random, log, adminKey } = parts
  const texts = loadTexts()
  const channels = createChannels({
    settings,
    secret: keyFor(adminKey, 'web chat'),
    clock,
    random,
    onProblem: (error) => log.warn('channel', errorFields(error)),
  })
  return startRuntime({
    ...parts,
    channels,
    engines: await openEngines(parts),
    bot: createBot({ texts, flows }),
    render: (language, key, values) => texts.render(language, key, values),
  })
}

async function openEngines({ settings, clock, random, log }: AppParts): Promise<Engines> {
  const { mongodbUrl, redisUrl, dataDir } = settings
  const onError = (error: Error): void => log.warn('engine', errorFields(error))
  return {
    store: mongodbUrl === undefined ? await openSqliteStore({ path: join(dataDir, 'mendline.db') }) : await openMongoStore({ url: mongodbUrl }),
    files:
      mongodbUrl === undefined
        ? await openDiskFiles({ folder: join(dataDir, 'files'), clock, random })
        : await openGridFiles({ url: mongodbUrl, clock, random }),
    queues: redisUrl === undefined ? await openEmbeddedQueues({ folder: join(dataDir, 'queue'), onError }) : await openRedisQueues({ url: redisUrl, onError }),
  }
}
