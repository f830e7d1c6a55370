// A report that was taken becomes its one ticket, at whatever step a process dies over it.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createWebhookChannel } from '../../channels/webhook/index.ts'
import { systemClock } from '../../src/clock.ts'
import { systemRandom } from '../../src/random.ts'
import { readSettings } from '../../src/settings.ts'
import { env, yaml } from '../channels/webhook/sources.ts'
import { createFolder, createProvider, live, type Death, type Life, type Provider } from '../support/life.ts'
import { eventually } from '../support/processes.ts'

const payloads = ['shop-fault.json', 'device-raised.json', 'unknown.json'].map((name) => ({
  id: `shop/${name}`,
  content: readFileSync(join(import.meta.dirname, '../channels/webhook/payloads', name)),
}))

/** Of taking a report and making of it what it becomes; what a start does besides is not played here. */
const steps = /^(?:insert|put|update) (?:due|tasks|tickets|device_faults|(?:device_fault|ticket|customer|conversation) entry)\b.* #1$/

async function begin(folder: string, provider: Provider, death?: Death): Promise<Life> {
  const { sources } = readSettings(env, () => yaml)
  const real = [createWebhookChannel({ sources: () => sources, clock: systemClock, random: systemRandom })]
  return live({ folder, provider, yaml, env, real, ...(death === undefined ? {} : { death }) })
}

/** Each report once more, as a sender does who heard nothing; and what became of them. */
async function play(life: Life, provider: Provider) {
  for (const { id, content } of payloads)
    await life.accept({ kind: 'event', channel: 'webhook', id, raw: { name: 'webhook.json', contentType: 'application/json', content } })
  const { due, tickets, tasks, deviceFaults, messages } = life.core.collections
  await eventually(async () => {
    const waiting =
      (await due.count({ state: 'waiting', notBefore: { $lte: new Date().toISOString() } })) +
      (await messages.count({ state: { $in: ['queued', 'sending'] } })) +
      (await life.core.journal.unfinished('9', 10)).length
    return waiting === 0 && provider.sent.length > 0 ? true : undefined
  }, 'an end')
  return {
    tickets: (await tickets.find({})).map(({ subject, channel, n }) => `${subject}, ${channel}, ${n}`).toSorted(),
    faults: (await deviceFaults.find({})).map(({ code, count }) => `${code} ${count}`),
    reviews: (await tasks.find({ kind: 'needs_review' })).map(({ about }) => about),
    told: provider.sent.map(({ text }) => text),
  }
}

async function lifeAndDeath(death?: Death) {
  const [folder, provider] = [createFolder(), createProvider()]
  const mortal = await begin(folder.path, provider, death)
  const playing = play(mortal, provider)
  playing.catch(() => {}) // the dead hear that they are dead
  let last = mortal
  let end = await Promise.race([playing, mortal.died])
  if (end === undefined) {
    await mortal.bury()
    last = await begin(folder.path, provider)
    end = await play(last, provider)
  }
  const steps = [...mortal.steps()]
  await last.close()
  folder.remove()
  return { end, steps }
}

describe('a process that dies', () => {
  it.each(['before', 'after'] as const)(
    '%s a step of what becomes of a report leaves what a calm life leaves',
    async (fate) => {
      const calm = await lifeAndDeath()
      expect(calm.end).toMatchObject({
        tickets: [expect.stringContaining('Order 100234'), expect.stringContaining('E07')],
        faults: ['E07 1'],
        told: [expect.anything()],
      })
      expect(calm.end.reviews).toEqual(['shop: no shape of this source fits'])
      for (const step of calm.steps.filter((each) => steps.test(each)))
        expect((await lifeAndDeath({ step, fate })).end, `killed ${fate} "${step}"`).toEqual(calm.end)
    },
    300_000,
  )
})
