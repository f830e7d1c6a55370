// One life of a Mendline process inside a test: real store and queue, a scripted bot, a channel that records. It can die at any step.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startMemory } from '../../src/bot/memory.ts'
import type { Bot, TurnInput, TurnResult } from '../../src/bot/turn.ts'
import type { Abilities, Channel } from '../../src/channel.ts'
import { systemClock, type Clock } from '../../src/clock.ts'
import type { Core } from '../../src/core.ts'
import { openDiskFiles } from '../../src/files/disk.ts'
import type { FileArea } from '../../src/files/files.ts'
import { silentLog } from '../../src/log.ts'
import type { ChannelName, NewMessage, OutboundMessage } from '../../src/message.ts'
import type { Queues } from '../../src/queue/queues.ts'
import { systemRandom } from '../../src/random.ts'
import { startRuntime, type App } from '../../src/runtime.ts'
import { readSettings } from '../../src/settings.ts'
import type { Collection, CollectionDefinition, Store, Update } from '../../src/storage/collection.ts'
import { openSqliteStore } from '../../src/storage/sqlite.ts'
import { freshQueues } from './fresh-queues.ts'

/** Everything a provider was handed, over all lives: the outside world does not crash with us. */
export interface Provider {
  sent: OutboundMessage[]
  /** What `send` does beyond recording; throws to refuse. */
  onSend(message: OutboundMessage): Promise<void>
  /** Whether `find` takes what was sent for this message: by its id, unless the provider keeps words only. */
  isSame(sent: OutboundMessage, message: OutboundMessage): boolean
}

/** Which step to die at, e.g. `insert messages #2`: a store write, a file, a turn of the bot, a queue add or a provider call; `after` is done but never heard of. */
export interface Death {
  step: string
  fate: 'before' | 'after'
}

/** Does one step of a life, unless that is over. */
type TakeStep = <T>(name: string, work: () => Promise<T>) => Promise<T>

export interface LifeOptions {
  folder: string
  provider: Provider
  bot?: Bot
  death?: Death
  clock?: Clock
  abilities?: Partial<Abilities>
  /** Channels beside the mail-like one, recorded by the same provider. */
  also?: readonly { name: ChannelName; abilities?: Partial<Abilities>; account?: string | undefined }[]
  /** The sentences that no flow says; their keys when left out. */
  render?: Core['render']
  /** Whether `find` can ask the provider. */
  canFind?: boolean
  /** Instead of fresh ones. */
  queues?: Queues
  store?: Store
  files?: FileArea
  /** Around the store, for a test that wants to know what is asked of it. */
  watch?: (store: Store) => Store
  yaml?: string
  /** Where the build left pages; without them there are none. */
  webFolder?: string
  /** Of the environment. */
  env?: Readonly<Record<string, string>>
  /** Channels that are what they are. */
  real?: readonly Channel[]
}

export interface Life extends App {
  /** Steps taken so far, each with its number among those of its name. */
  steps(): readonly string[]
  /** Settles when the planned death has come. */
  died: Promise<void>
  /** Puts away what a dead process would not have left in memory; it acts no more. */
  bury(): Promise<void>
}

export function createProvider(): Provider {
  return { sent: [], onSend: async () => {}, isSame: (sent, message) => sent._id === message._id }
}

export function createFolder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'mendline-life-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

export async function live(options: LifeOptions): Promise<Life> {
  const { folder, provider, death, bot = scriptedBot } = options
  const steps: string[] = []
  let dead = false
  let die = (): void => {}
  const died = new Promise<void>((resolve) => (die = resolve))
  const grave = Promise.withResolvers<never>()
  grave.promise.catch(() => {}) // nobody may be waiting
  /** A dead process neither acts nor hears: its promises do not settle before it is buried. */
  async function take<T>(name: string, work: () => Promise<T>): Promise<T> {
    if (dead) return grave.promise
    const step = `${name} #${steps.filter((each) => each.startsWith(`${name} #`)).length + 1}`
    steps.push(step)
    const perish = (): Promise<never> => {
      dead = true
      die()
      return grave.promise
    }
    const fate = death?.step === step ? death.fate : undefined
    if (fate === 'before') return perish()
    const result = await work()
    if (fate === 'after') return perish()
    return dead ? grave.promise : result
  }
  const look = <T>(work: () => Promise<T>): Promise<T> => (dead ? grave.promise : work())

  const { clock = systemClock, files = await openDiskFiles({ folder: join(folder, 'files'), clock, random: systemRandom }) } = options
  const opened = options.store ?? (await openSqliteStore({ path: join(folder, 'mendline.db') }))
  const store = options.watch?.(opened) ?? opened
  const queues = options.queues ?? (await freshQueues(folder))
  const recording = (name: ChannelName, abilities: Partial<Abilities> = {}, account?: string): Channel => ({
    name,
    ...(account === undefined ? {} : { account }),
    abilities: {
      textLimit: 10_000,
      choices: 'numbers',
      questions: 'one_by_one',
      attachments: true,
      receipts: true,
      gatherMs: { text: 0, media: 0 },
      storeIsDelivery: false,
      budgeted: false,
      windowMs: null,
      carrierKeywords: false,
      ...abilities,
    },
    sendIsIdempotent: false,
    send: ({ message }) =>
      take('send', async () => {
        await provider.onSend(message)
        provider.sent.push(message)
        return { providerId: `provider-${message._id}`, state: 'sent' }
      }),
    ...(options.canFind === false
      ? {}
      : {
          find: async (message: OutboundMessage) => {
            const found = provider.sent.findLast((each) => provider.isSame(each, message))
            return found && { providerId: `provider-${found._id}`, state: 'sent' as const }
          },
        }),
  })
  const app = await startRuntime({
    settings: { ...readSettings({ SMTP_LISTEN_PORT: 'off', ...options.env }, () => options.yaml ?? ''), port: 0, dataDir: folder },
    engines: {
      store: mortalStore(store, take, look),
      files: mortalFiles(files, take),
      queues: mortalQueues(queues, take),
    },
    channels: [
      recording('email', options.abilities),
      ...(options.also ?? []).map((each) => recording(each.name, each.abilities, each.account)),
      ...(options.real ?? []),
    ],
    bot: { turn: (input) => take('turn', () => bot.turn(input)) },
    render: options.render ?? ((_, key) => key),
    fetch,
    adminKey: 'test-key-0123456789',
    clock,
    random: systemRandom,
    log: silentLog,
    webFolder: options.webFolder ?? folder,
  })
  return {
    ...app,
    steps: () => steps,
    died,
    async bury() {
      dead = true
      grave.reject(new Error('this process is dead'))
      await app.close()
    },
  }
}

function mortalStore(store: Store, take: TakeStep, look: <T>(work: () => Promise<T>) => Promise<T>): Store {
  return {
    ...store,
    async open<T extends { _id: string }>(definition: CollectionDefinition<T>): Promise<Collection<T>> {
      const inner = await store.open(definition)
      const { name } = definition
      return {
        get: (id) => look(() => inner.get(id)),
        find: (filter, options) => look(() => inner.find(filter, options)),
        count: (filter) => look(() => inner.count(filter)),
        insert: (document) => take(`insert ${nameOf(name, document._id)}`, () => inner.insert(document)),
        update: (id, update, onlyIf) => take(`update ${nameOf(name, id)} ${fieldsOf(update)}`, () => inner.update(id, update, onlyIf)),
        put: (document) => take(`put ${name}`, () => inner.put(document)),
        remove: (id) => take(`remove ${name}`, () => inner.remove(id)),
        removeAll: (filter) => take(`remove ${name}`, () => inner.removeAll(filter)),
      }
    },
  }
}

/** Entries of which kind of stream. */
function nameOf(collection: string, id: string): string {
  return collection === 'entries' ? `${id.slice(0, id.indexOf('/'))} entry` : collection
}

/** A snapshot is told by its number. */
function fieldsOf({ $set = {} }: Update): string {
  return 'n' in $set ? 'n' : Object.keys($set).join(' ')
}

function mortalFiles(files: FileArea, take: TakeStep): FileArea {
  return {
    ...files,
    write: (content, about) => take('write file', () => files.write(content, about)),
    remove: (id) => take('remove file', () => files.remove(id)),
  }
}

function mortalQueues(queues: Queues, take: TakeStep): Queues {
  return { ...queues, add: (queue, data, options) => take(`add ${queue}`, () => queues.add(queue, data, options)) }
}

/** Opens a ticket on the first message, answers every other; `throw` in a message makes its turn throw. */
export const scriptedBot: Bot = {
  async turn(input: TurnInput): Promise<TurnResult> {
    const { trigger } = input
    const memory = { ...startMemory(), ...input.memory }
    const said = { choices: [], acknowledgement: false, ticket: null, utterances: [] }
    if (trigger.kind === 'news')
      return { memory, language: 'en', say: [{ ...said, text: trigger.say.map(({ text }) => text).join(' '), cause: 'news' }], effects: [] }
    if (trigger.kind === 'question')
      return { memory, language: 'en', say: [{ ...said, text: `question ${trigger.question.flow}`, cause: 'news' }], effects: [] }
    if (trigger.kind === 'wake' || trigger.kind === 'moved') return { memory, language: 'en', say: [], effects: [] }
    const words = trigger.messages.map(({ text }) => text)
    if (words.some((text) => text.includes('throw'))) throw new Error('this message cannot be read')
    const text = `heard ${words.join(' + ')}`
    if (memory.ticket !== null)
      return {
        memory,
        language: 'en',
        say: [{ ...said, text, cause: 'answer', ticket: memory.ticket }],
        effects: [{ do: 'attach', number: memory.ticket, messages: trigger.messages.map(({ _id }) => _id) }],
      }
    const number = input.freshTicketNumber
    return {
      memory: { ...memory, ticket: number },
      language: 'en',
      say: [{ ...said, text, cause: 'answer', acknowledgement: true, ticket: number }],
      effects: [
        { do: 'open_ticket', number, subject: words.join(' '), description: words.join(' '), fields: { symptom: words.join(' ') }, priority: 'normal' },
      ],
    }
  },
}

export function newMessage(text: string, id: string, from = 'ann@example.org', more: Partial<NewMessage> = {}): NewMessage {
  return {
    channel: 'email',
    account: 'support@localhost',
    providerId: id,
    keyWithoutAccount: false,
    from: { address: from },
    thread: '',
    text,
    fullText: text,
    author: 'person',
    attachments: [],
    raw: { name: 'raw', contentType: 'text/plain', content: new TextEncoder().encode(text) },
    ...more,
  }
}
