// A desk in memory whose time is moved: what happens in it goes through the desk's own functions, so its history is what would have happened.
import { join } from 'node:path'
import { runDue } from '../alarms/run.ts'
import { loadTexts } from '../bot/index.ts'
import type { Abilities, Channel } from '../channel.ts'
import { timestamp } from '../clock.ts'
import { seededRandom, standingClock } from '../cli/play/clock.ts'
import { createPlayQueues } from '../cli/play/queues.ts'
import type { Core } from '../core.ts'
import type { FileArea } from '../files/files.ts'
import { handleConversation } from '../intake/handle.ts'
import type { Log, LogFields } from '../log.ts'
import type { ChannelName } from '../message.ts'
import { startRuntime } from '../runtime.ts'
import type { Settings } from '../settings.ts'
import type { CollectionDefinition, Store } from '../storage/collection.ts'
import { openSqliteStore } from '../storage/sqlite.ts'
import { createDemoBot, type Script } from './bot.ts'
import type { DemoChannel } from './truth.ts'

export interface World {
  core: Core
  store: Store
  /** Every collection that was opened. */
  definitions: readonly CollectionDefinition<{ _id: string }>[]
  /** Moves time on; what is due on the way happens at its time. Milliseconds since the epoch. */
  moveTo(time: number): Promise<void>
  /** A customer writes, and what `script` says comes of it. Resolves when the turn is over. */
  hear(words: Heard, script: Script): Promise<void>
  /** What went wrong; nothing should. */
  trouble: readonly string[]
  close(): Promise<void>
}

export interface Heard {
  /** Unique. */
  id: string
  channel: DemoChannel
  address: string
  name: string
  /** The first message of the mail thread; empty elsewhere. */
  thread: string
  subject?: string
  text: string
}

export interface WorldOptions {
  /** Whose texts and promises count; nothing else of them is used. */
  settings: Settings
  adminKey: string
  seed: number
  /** Milliseconds since the epoch. */
  from: number
}

export async function createWorld({ settings, adminKey, seed, from }: WorldOptions): Promise<World> {
  const clock = standingClock(from)
  const texts = loadTexts()
  const bot = createDemoBot((language, key, values) => texts.render(language, key, values))
  const trouble: string[] = []
  const told = (what: string, { kind, error, reason }: LogFields = {}): void => void trouble.push([what, kind, error, reason].filter(Boolean).join(' '))
  const log: Log = { info() {}, warn() {}, error: told }
  const definitions: CollectionDefinition<{ _id: string }>[] = []
  const memory = await openSqliteStore({ path: ':memory:' })
  const store: Store = {
    ...memory,
    open(definition) {
      if (!definitions.some(({ name }) => name === definition.name)) definitions.push({ name: definition.name, indexes: definition.indexes })
      return memory.open(definition)
    },
  }
  const account = settings.email?.supportAddresses[0] ?? 'support@localhost'
  const { core, accept, close } = await startRuntime({
    // A gateway without a port: nothing is served, and no worker acts but when it is told to.
    settings: { ...settings, role: 'gateway', port: undefined, mongodbUrl: undefined },
    engines: { store, files: noFiles, queues: createPlayQueues((error) => told(String(error))) },
    channels: [quiet('email', account), quiet('webchat', 'webchat'), quiet('sms', 'demo'), quiet('whatsapp', 'demo')],
    bot,
    render: (language, key, values) => texts.render(language, key, values),
    adminKey,
    clock,
    random: seededRandom(`demo/${seed}`),
    log,
    fetch: () => Promise.reject(new Error('a made-up history asks nobody')),
    webFolder: join(import.meta.dirname, '../../dist/web'),
  })

  return {
    core,
    store,
    definitions,
    trouble,
    close,
    async moveTo(time) {
      for (;;) {
        const [next] = await core.collections.due.find({ state: 'waiting', notBefore: { $lte: timestamp(time) } }, { sort: { notBefore: 1 }, limit: 1 })
        if (next === undefined) break
        clock.moveTo(Date.parse(next.notBefore))
        await runDue(core, next._id)
      }
      clock.moveTo(time)
    },
    async hear({ id, channel, address, name, thread, subject, text }, script) {
      bot.expect(id, script)
      const known = core.channels.get(channel)
      const stored = await accept({
        kind: 'message',
        message: {
          channel,
          account: known?.account ?? account,
          providerId: id,
          keyWithoutAccount: false,
          from: { address, name },
          thread,
          ...(subject === undefined ? {} : { subject }),
          text,
          fullText: text,
          author: 'person',
          attachments: [],
          raw: { name: 'words.txt', contentType: 'text/plain', content: new TextEncoder().encode(text) },
        },
      })
      if (stored.kind === 'stored') await handleConversation(core, stored.conversation)
    },
  }
}

/** Whatever is said is told by storing it: there is nobody to send it to. */
function quiet(name: ChannelName, account: string): Channel {
  const abilities: Abilities = {
    textLimit: Infinity,
    choices: 'numbers',
    questions: 'one_by_one',
    attachments: true,
    receipts: false,
    gatherMs: { text: 0, media: 0 },
    storeIsDelivery: true,
    budgeted: false,
    windowMs: null,
    carrierKeywords: false,
  }
  return {
    name,
    account,
    abilities,
    sendIsIdempotent: true,
    send: () => Promise.reject(new Error('nothing of a made-up history is sent')),
  }
}

/** Made-up customers send words only, and words are kept in the message. */
const noFiles: FileArea = {
  write: () => Promise.reject(new Error('a made-up history has no files')),
  read: async () => undefined,
  page: async () => ({ ids: [], at: '' }),
  async remove() {},
  async close() {},
}
