// Webhooks in, for the contract suite: a source that signs as Standard Webhooks has it.
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createWebhookChannel } from '../../../channels/webhook/index.ts'
import { systemClock } from '../../../src/clock.ts'
import { systemRandom } from '../../../src/random.ts'
import { readSettings } from '../../../src/settings.ts'
import type { ChannelFixture } from '../fixture.ts'
import { throughWebhook } from '../through-webhook.ts'
import { env, signStandard, yaml } from './sources.ts'

const params = { source: 'shop' }

export const webhookFixture: ChannelFixture = {
  oneWay: true,
  async open() {
    const { sources } = readSettings(env, () => yaml)
    const channel = createWebhookChannel({ sources: () => sources, clock: systemClock, random: systemRandom })
    // A sender's id is the same for the same report.
    const sign = (body: Buffer) => ({ headers: signStandard(body, `msg_${createHash('sha256').update(body).digest('hex').slice(0, 16)}`), query: '' })
    return {
      channel,
      deliver: ({ body }, door) => throughWebhook(channel, '/webhooks/in/:source', body, sign(body), door, params),
      webhooks: { valid: () => readFile(join(import.meta.dirname, 'payloads/shop-fault.json')), sign: (_, body) => sign(body), bindsBody: true },
      params,
      place: { channel: 'webhook', account: 'shop', address: 'shop', thread: '' },
      close: async () => {},
    }
  },
}
