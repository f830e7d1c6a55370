// The desk in one process with an emulated Slack: agents in a triage channel, customers in web chat, and a store that can be away.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createChannels } from '../../channels/index.ts'
import { flows } from '../../flows/index.ts'
import { createBot, loadTexts } from '../../src/bot/index.ts'
import { systemClock } from '../../src/clock.ts'
import { Unavailable } from '../../src/errors.ts'
import { openDiskFiles } from '../../src/files/disk.ts'
import { silentLog } from '../../src/log.ts'
import { systemRandom } from '../../src/random.ts'
import { keyFor, startRuntime, type App } from '../../src/runtime.ts'
import { readSettings } from '../../src/settings.ts'
import type { Collection, CollectionDefinition, Store } from '../../src/storage/collection.ts'
import { openSqliteStore } from '../../src/storage/sqlite.ts'
import { startSlack, type Slack } from '../emulators/slack.ts'
import type { Slacker } from '../emulators/slack/person.ts'
import { record, words, type Message } from '../emulators/slack/workspace.ts'
import { freshQueues } from './fresh-queues.ts'
import { eventually, freePort } from './processes.ts'
import { openChat, type Visitor } from './visitor.ts'

export interface InsideDesk {
  app: App
  slack: Slack
  dana: Slacker
  eli: Slacker
  /** The id of the triage channel. */
  triage: string
  url: string
  /** A visitor's first words, and the number of the ticket they open. */
  reported(words: string): Promise<{ visitor: Visitor; number: string }>
  /** Cards of a ticket, in a channel. */
  cards(number: string, channel?: string): Message[]
  /** Its card in the triage channel, once it shows all of these. */
  card(number: string, ...shows: string[]): Promise<{ message: Message; channel: string }>
  /** Resolves once everything that happened so far is shown. */
  settled(): Promise<unknown>
  /** What stands in the thread under the card, oldest first. */
  thread(number: string): string[]
  /** `writes`: only they are refused, as by a full disk; `all`: as by a server that is gone. */
  storeRefuses(what: Refused): void
}

type Refused = 'nothing' | 'writes' | 'all'

export interface InsideOptions {
  /** Given the channels' names, may be made of their ids. */
  yaml?: string | ((slack: Slack) => string)
  onClose(cleanup: () => unknown): void
}

export async function openInsideDesk({ yaml = '', onClose }: InsideOptions): Promise<InsideDesk> {
  const slack = await startSlack()
  const [dana, eli] = [slack.person({ name: 'dana', realName: 'Dana Reed' }), slack.person({ name: 'eli', realName: 'Eli Stone' })]
  const { id: triage } = slack.room('triage', [dana, eli])
  const folder = mkdtempSync(join(tmpdir(), 'mendline-desk-'))
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const settings = readSettings(
    {
      PORT: String(port),
      PUBLIC_URL: url,
      DATA_DIR: folder,
      SMTP_LISTEN_PORT: 'off',
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_SIGNING_SECRET: slack.signingSecret,
      SLACK_API_URL: slack.apiUrl,
      SLACK_TRIAGE_CHANNEL: triage,
    },
    () => (typeof yaml === 'string' ? yaml : yaml(slack)),
  )
  const adminKey = 'test-key-0123456789'
  let refused: Refused = 'nothing'
  const store = await openSqliteStore({ path: join(folder, 'mendline.db') })
  const texts = loadTexts()
  const app = await startRuntime({
    settings,
    engines: {
      store: storeThatRefuses(store, () => refused),
      files: await openDiskFiles({ folder: join(folder, 'files'), clock: systemClock, random: systemRandom }),
      queues: await freshQueues(folder),
    },
    channels: createChannels({ settings, secret: keyFor(adminKey, 'web chat'), clock: systemClock, random: systemRandom, onProblem: () => {} }),
    bot: createBot({ texts, flows }),
    render: (language, key, values) => texts.render(language, key, values),
    fetch,
    adminKey,
    clock: systemClock,
    random: systemRandom,
    log: silentLog,
    webFolder: folder,
  })
  slack.delivery.requestUrl = `${url}/webhooks/slack`
  onClose(() => rmSync(folder, { recursive: true, force: true }))
  onClose(() => slack.close())
  onClose(() => app.close())

  const { tickets } = app.core.collections
  const cards = (number: string, channel = triage): Message[] =>
    slack.botSaid(channel).filter(({ metadata }) => {
      const { event_type, event_payload } = record(metadata)
      return event_type === 'mendline_card' && record(event_payload)['ticket'] === number
    })
  return {
    app,
    slack,
    dana,
    eli,
    triage,
    url,
    async reported(said) {
      const known = new Set((await tickets.find({})).map(({ _id }) => _id))
      const visitor = await openChat(() => [url])
      await visitor.say(said, 'first')
      const ticket = await eventually(async () => (await tickets.find({})).find(({ _id }) => !known.has(_id)), 'a ticket')
      return { visitor, number: ticket._id }
    },
    cards,
    card: (number, ...shows) =>
      eventually(
        async () => {
          const message = cards(number).at(-1)
          return message !== undefined && shows.every((text) => shownIn(message).includes(text)) ? { message, channel: triage } : undefined
        },
        `the card of ${number} to show ${shows.join(' and ')}`,
      ),
    settled: () =>
      eventually(
        async () => ((await app.core.collections.due.count({ state: 'waiting', 'alarm.kind': 'show' })) === 0 ? true : undefined),
        'everything to be shown',
      ),
    thread(number) {
      const [root] = cards(number)
      return (slack.workspace.rooms.get(triage)?.messages ?? []).filter(({ thread_ts }) => thread_ts !== undefined && thread_ts === root?.ts).map(shownIn)
    },
    storeRefuses: (what) => void (refused = what),
  }
}

/** All text of a message or a view, as one. */
export function shownIn(shown: { blocks?: unknown; text?: unknown }): string {
  const texts: string[] = []
  const collect = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(collect)
    for (const [name, part] of Object.entries(record(value))) {
      if (name === 'text' && typeof part === 'string') texts.push(part)
      else if (typeof part === 'object') collect(part)
    }
  }
  collect(shown.blocks)
  return texts.length > 0 ? texts.join('\n') : words(shown.text)
}

function storeThatRefuses(store: Store, refused: () => Refused): Store {
  const check = (kind: 'read' | 'write'): void => {
    if (refused() === 'all' || (refused() === 'writes' && kind === 'write')) throw new Unavailable('storage', new Error('the store is away'))
  }
  return {
    ...store,
    async open<T extends { _id: string }>(definition: CollectionDefinition<T>): Promise<Collection<T>> {
      const inner = await store.open(definition)
      return {
        get: async (id) => (check('read'), inner.get(id)),
        find: async (filter, options) => (check('read'), inner.find(filter, options)),
        count: async (filter) => (check('read'), inner.count(filter)),
        insert: async (document) => (check('write'), inner.insert(document)),
        update: async (id, update, onlyIf) => (check('write'), inner.update(id, update, onlyIf)),
        put: async (document) => (check('write'), inner.put(document)),
        remove: async (id) => (check('write'), inner.remove(id)),
        removeAll: async (filter) => (check('write'), inner.removeAll(filter)),
      }
    },
  }
}
