// A process of its own that works `turn` and says on its output when a run starts and ends: to be killed, or to race with another one.
// Arguments: `redis <url> <prefix> <file>` or `embedded <folder> <template> <file>`; the file is what a run looks at when it starts.
import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { openEmbeddedQueues } from '../../src/queue/embedded.ts'
import { openRedisQueues } from '../../src/queue/redis.ts'

const [engine, place = '', detail = '', file = ''] = process.argv.slice(2)
const queues = engine === 'redis' ? await openRedisQueues({ url: place, prefix: detail }) : await openEmbeddedQueues({ folder: place, template: detail })

const say = (step: string, conversation: string): void => {
  process.stdout.write(`${step} ${conversation} ${readFileSync(file, 'utf8')} ${Date.now()}\n`)
}

await queues.work('turn', 4, async ({ conversation }) => {
  say('start', conversation)
  await (conversation === 'hang' ? new Promise(() => {}) : pause(5))
  say('end', conversation)
})
// On the embedded engine nobody else can put something in.
if (engine === 'embedded') await queues.add('turn', { conversation: 'hang' }, { key: 'k' })
say('ready', engine ?? '')
