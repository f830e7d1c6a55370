// The whole desk in one process for one customer: what they say goes in at the front door, and every act answers what was heard and what happened.
import { join } from 'node:path'
import { startApp } from '../../app.ts'
import type { Channel } from '../../channel.ts'
import { conversationStream } from '../../conversations/index.ts'
import { customerOf } from '../../customers/index.ts'
import { speak } from '../../intake/speak.ts'
import { sweep } from '../../intake/recover.ts'
import type { Log } from '../../log.ts'
import { conversationId, type ChannelName, type Language, type NewAttachment, type OutboundMessage, type Place } from '../../message.ts'
import { newId, type Random } from '../../random.ts'
import type { Settings } from '../../settings.ts'
import type { TicketStatus } from '../../tickets/index.ts'
import type { PlayClock } from './clock.ts'
import { createPlayQueues } from './queues.ts'
import { linesOf, type Heard } from './lines.ts'
import { watchHappenings } from './happenings.ts'
import { describeTicket } from './describe-ticket.ts'

export interface StageOptions {
  settings: Settings
  adminKey: string
  clock: PlayClock
  random: Random
  channel: ChannelName
  /** The customer's address there; left out, a made-up one. */
  from?: string | undefined
  /** What their client says they read. */
  language?: Language | undefined
  /** How long they take over each message; milliseconds. Left out: as long as it takes. */
  pace?: number
}

/** What followed from an act: the messages that reached the customer, in order, and a line for everything else. */
export interface Happened {
  heard: Heard[]
  done: string[]
}

export interface Stage {
  /** The customer writes. */
  say(text: string, files?: readonly NewAttachment[]): Promise<Happened>
  /** The bot begins a conversation of its own accord. Rejects where there is none of that name. */
  start(flow: string, args: Readonly<Record<string, string>>): Promise<Happened>
  /** Time passes, and whatever is due on the way comes at its time. Milliseconds. */
  wait(duration: number): Promise<Happened>
  /** Staff move the ticket spoken of last. Rejects saying why they may not. */
  status(to: TicketStatus, comment: string | null): Promise<Happened>
  /** A person of ours writes to the customer, and has the conversation from then on. */
  agent(words: string): Promise<Happened>
  /** What has come by itself meanwhile. */
  look(): Promise<Happened>
  /** The ticket spoken of last, a line for each thing known. */
  ticket(): Promise<string[]>
  close(): Promise<void>
}

const agent = { id: 'agent', name: 'Sam' } as const

export async function openStage(options: StageOptions): Promise<Stage> {
  const { settings, clock, random, channel: name, language, pace = 0 } = options
  const trouble: string[] = []
  const told = (what: string, { error = '' }: { error?: string } = {}): void => void trouble.push(`failed: ${what} ${error}`.trim())
  const log: Log = { info() {}, warn() {}, error: told }
  const queues = createPlayQueues((error) => told(String(error)))
  const sent: OutboundMessage[] = []
  const app = await startApp({
    settings,
    adminKey: options.adminKey,
    clock,
    random,
    log,
    webFolder: join(settings.dataDir, 'web'),
    queues,
    tap: (channel) => onStage(channel, sent),
  })
  const { core } = app
  const channel = core.channels.get(name)
  if (channel === undefined) throw new Error(`there is no channel ${name}`)
  const place: Place = { channel: name, account: accountOf(channel, core.mail.account), address: options.from ?? addresses[name], thread: '' }
  const conversation = conversationId(place)
  const watch = await watchHappenings(core, conversation, () => customerOf(core.collections, place.channel, place.address))
  let shown = new Set((await spoken()).map(({ _id }) => _id))
  await queues.idle()

  return {
    async say(text, files = []) {
      await pass(pace)
      const content = new TextEncoder().encode(text)
      await app.accept({
        kind: 'message',
        message: {
          ...place,
          providerId: newId('played', clock, random),
          keyWithoutAccount: false,
          from: { address: place.address },
          text,
          fullText: text,
          ...(language === undefined ? {} : { locale: language }),
          author: 'person',
          attachments: files,
          raw: { name: 'words.txt', contentType: 'text/plain', content },
        },
      })
      return look()
    },
    async start(flow, args) {
      await begin()
      await speak(core, { kind: 'ask', conversation, flow, args: { ...args } }, key())
      return look()
    },
    async wait(duration) {
      await pass(duration)
      return look()
    },
    async status(to, comment) {
      const changed = await core.door.desk.status(await number(), { to, comment, tell: true }, deed())
      if (changed.kind === 'refused') throw new Error(`the ticket may not become ${to}: ${JSON.stringify(changed.refusal)}`)
      return look()
    },
    async agent(text) {
      const answered = await core.door.desk.reply(await number(), { text, agent }, deed())
      if (answered.kind === 'refused') throw new Error(`the agent may not write: ${JSON.stringify(answered.refusal)}`)
      return look()
    },
    look,
    async ticket() {
      const ticket = (await core.journal.load(conversationStream, conversation)).ticket
      return ticket === null ? ['there is no ticket yet'] : describeTicket(core, ticket)
    },
    close: () => app.close(),
  }

  async function look(): Promise<Happened> {
    await queues.idle()
    const fresh = (await spoken()).filter(({ _id }) => !shown.has(_id))
    shown = new Set([...shown, ...fresh.map(({ _id }) => _id)])
    const here = fresh.filter(({ state }) => state !== 'suppressed' && state !== 'failed')
    const elsewhere = sent.splice(0).filter((message) => message.conversation !== conversation)
    return {
      heard: [...here, ...elsewhere].map((message) => linesOf(message, core.channels.get(message.channel), message.conversation === conversation)),
      done: [...(await watch.news()), ...fresh.filter((message) => !here.includes(message)).map(({ reason }) => `not sent: ${reason}`), ...trouble.splice(0)],
    }
  }

  /** What was said here, but for what still waits to be sent. */
  async function spoken(): Promise<OutboundMessage[]> {
    const found = await core.collections.messages.find({ conversation, direction: 'outbound' }, { sort: { seq: 1 } })
    return found.filter((message) => message.direction === 'outbound').filter(({ state }) => state !== 'queued' && state !== 'sending')
  }

  /** As the customer's first words would. */
  async function begin(): Promise<void> {
    const customer = await customerOf(core.collections, place.channel, place.address)
    const { channel: on, address } = place
    await core.journal.change(conversationStream, conversation, {
      key: key(),
      decide: (state) =>
        state.place !== null
          ? { kind: 'nothing' }
          : {
              kind: 'entry',
              actor: { kind: 'customer', id: customer },
              events: [{ type: 'conversation.began', place, customer, ...(language === undefined ? {} : { language }) }],
              effects: [{ do: 'know_contact_point', channel: on, address, customer, name: null, verified: true }],
            },
    })
  }

  /** When something comes by itself, after now and not after `until`. */
  async function nextDue(until: number): Promise<number | undefined> {
    const { due, messages } = core.collections
    const alarms = (await due.find({ state: 'waiting' })).map(({ notBefore }) => notBefore)
    const held = (await messages.find({ direction: 'outbound', state: 'queued' })).flatMap((message) =>
      message.direction === 'outbound' ? [message.dueAt] : [],
    )
    const times = [...alarms, ...held].map((at) => Date.parse(at)).filter((at) => at > clock.now() && at <= until)
    return times.length === 0 ? undefined : Math.min(...times)
  }

  async function pass(duration: number): Promise<void> {
    if (duration <= 0) return
    const until = clock.now() + duration
    for (let next = await nextDue(until); next !== undefined; next = await nextDue(until)) await passTo(next)
    await passTo(until)
  }

  async function passTo(time: number): Promise<void> {
    clock.moveTo(time)
    await sweep(core, 0)
    await queues.idle()
  }

  async function number(): Promise<string> {
    const { ticket } = await core.journal.load(conversationStream, conversation)
    if (ticket === null) throw new Error('there is no ticket yet')
    return ticket
  }

  function key(): string {
    return newId('play', clock, random)
  }

  function deed() {
    return { actor: { kind: 'agent', id: agent.id } as const, key: key() }
  }
}

/** What a channel can do and how it writes, without its ends: nothing leaves, and nobody else writes, so nothing is waited for. */
function onStage({ name, abilities, account, preview }: Channel, sent: OutboundMessage[]): Channel {
  return {
    name,
    abilities: { ...abilities, gatherMs: { text: 0, media: 0 } },
    ...(account === undefined ? {} : { account }),
    ...(preview === undefined ? {} : { preview }),
    sendIsIdempotent: true,
    async send({ message }) {
      sent.push(message)
      return { providerId: `played-${message._id}`, state: 'sent' }
    },
  }
}

function accountOf({ name, account }: Channel, mailbox: string): string {
  return account ?? (name === 'email' ? mailbox : 'stage')
}

const addresses: Readonly<Record<ChannelName, string>> = {
  webchat: 'visitor',
  email: 'customer@example.org',
  sms: '+14155550123',
  whatsapp: '+14155550123',
  slack: 'U0CUSTOMER',
  botframework: 'customer',
  webhook: 'system',
}
