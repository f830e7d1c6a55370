// Inputs while processes are killed at random: what was acknowledged is there once, in order, and was answered. Seeded; prints its ledger.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { startMongo } from '../support/mongodb.ts'
import { eventually, freePort, startMendline, type Running } from '../support/processes.ts'
import { startRedis } from '../support/redis.ts'
import { fromBot, openChat, type Visitor } from '../support/visitor.ts'

export interface TortureOptions {
  engines: 'embedded' | 'servers'
  inputs: number
  conversations: number
  kills: number
  seed: number
  print(line: string): void
}

export interface Ledger {
  acknowledged: number
  kills: number
  /** Texts found, by how often each. */
  doubled: string[]
  lost: string[]
  outOfOrder: number
  tickets: number
  conversations: number
  acknowledgements: number
  unhandled: number
}

const key = 'torture-key-0123456789'
const tickets = z.object({ data: z.array(z.object({ number: z.string(), conversation: z.string().nullable() })), nextCursor: z.string().nullable() })
const messages = z.object({ data: z.array(z.object({ acknowledgement: z.boolean().optional() })) })

interface Slot {
  name: string
  env: Record<string, string>
  url: string | undefined
  running: Running | undefined
}

export async function torture(options: TortureOptions): Promise<Ledger> {
  const random = seeded(options.seed)
  const folder = mkdtempSync(join(tmpdir(), 'mendline-torture-'))
  const servers = options.engines === 'servers' ? { redis: await startRedis(), mongo: await startMongo() } : undefined
  const base = { ADMIN_KEY: key, LOG_LEVEL: 'error', SMTP_LISTEN_PORT: servers === undefined ? 'off' : '', SEND_LEASE_SECONDS: '3' }
  const slots: Slot[] = []
  const gateway = async (name: string, env: Record<string, string>): Promise<void> => {
    const port = await freePort()
    slots.push({ name, url: `http://127.0.0.1:${port}`, env: { ...base, PORT: String(port), DATA_DIR: join(folder, name), ...env }, running: undefined })
  }
  if (servers === undefined) await gateway('all', {})
  else {
    const shared = { MONGODB_URL: servers.mongo.url, REDIS_URL: servers.redis.url }
    for (const name of ['gateway-1', 'gateway-2']) await gateway(name, { ...shared, ROLE: 'gateway' })
    for (const name of ['worker-1', 'worker-2']) slots.push({ name, url: undefined, env: { ...base, ...shared, ROLE: 'worker' }, running: undefined })
  }
  try {
    await Promise.all(slots.map(async (slot) => void (slot.running = await startMendline(slot.env))))
    const urls = slots.flatMap(({ url }) => url ?? [])
    const visitors: Visitor[] = []
    for (let index = 0; index < options.conversations; index++) visitors.push(await openChat(() => urls, 300_000))

    const perVisitor = Math.ceil(options.inputs / options.conversations)
    let acknowledged = 0
    let kills = 0
    /** Spreads the kills over the inputs: who is ahead of them waits for the next. */
    const pace = (turn: number) =>
      eventually(async () => (kills >= Math.floor((turn / perVisitor) * options.kills * 0.8) ? true : undefined), 'the next kill', 300)
    const talking = Promise.all(
      visitors.map(async (visitor, index) => {
        for (let turn = 0; turn < perVisitor; turn++) {
          await pace(turn)
          await visitor.say(textOf(index, turn), `input-${index}-${turn}`)
          acknowledged++
        }
      }),
    )
    let over = false
    void talking.finally(() => (over = true))
    while (kills < options.kills) {
      // As the inputs go by; what is left of the kills falls on the turns still under way.
      await new Promise((resolve) => setTimeout(resolve, over ? 50 : 100 + random() * 400))
      const slot = slots[Math.floor(random() * slots.length)]
      if (slot?.running === undefined) continue
      await slot.running.kill()
      kills++
      options.print(`kill ${kills}: ${slot.name}, ${acknowledged} acknowledged`)
      slot.running = await startMendline(slot.env)
    }
    await talking
    options.print(`${acknowledged} inputs acknowledged, ${kills} kills; waiting for the last turns`)

    await eventually(async () => ((await oldest(urls[0])) === 0 ? true : undefined), 'all messages to be handled', 120)
    return await settle(visitors, urls[0] ?? '', { acknowledged, kills, perVisitor })
  } finally {
    await Promise.all(slots.map(async ({ running }) => running?.kill()))
    await servers?.redis.remove()
    await servers?.mongo.remove()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The first is a repair request, the others are chatter that each conversation answers in its own way. */
function textOf(visitor: number, turn: number): string {
  return turn === 0 ? `My washing machine leaks (visitor ${visitor})` : `Visitor ${visitor} adds detail number ${turn}`
}

async function settle(visitors: readonly Visitor[], url: string, done: { acknowledged: number; kills: number; perVisitor: number }): Promise<Ledger> {
  const ledger: Ledger = {
    acknowledged: done.acknowledged,
    kills: done.kills,
    doubled: [],
    lost: [],
    outOfOrder: 0,
    tickets: 0,
    conversations: visitors.length,
    acknowledgements: 0,
    unhandled: await oldest(url),
  }
  for (const [index, visitor] of visitors.entries()) {
    const history = await visitor.history()
    const said = history.filter((activity) => !fromBot(activity)).map((activity) => activity.text ?? '')
    const wanted = Array.from({ length: done.perVisitor }, (_, turn) => textOf(index, turn))
    for (const text of wanted) {
      const times = said.filter((each) => each === text).length
      if (times === 0) ledger.lost.push(text)
      if (times > 1) ledger.doubled.push(text)
    }
    if (JSON.stringify(said) !== JSON.stringify(wanted)) ledger.outOfOrder++
  }
  const headers = { authorization: `Bearer ${key}` }
  const ours = new Set(visitors.map((visitor) => visitor.conversation))
  for (let cursor = ''; ;) {
    const page = tickets.parse(await (await fetch(`${url}/api/v1/tickets?limit=200${cursor}`, { headers })).json())
    for (const { number, conversation } of page.data) {
      if (conversation === null || !ours.has(conversation)) continue
      ledger.tickets++
      const said = messages.parse(await (await fetch(`${url}/api/v1/tickets/${number}/messages?limit=200`, { headers })).json())
      ledger.acknowledgements += said.data.filter(({ acknowledgement }) => acknowledgement === true).length
    }
    if (page.nextCursor === null) return ledger
    cursor = `&cursor=${page.nextCursor}`
  }
}

async function oldest(url: string | undefined): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text()
  return Number(/^mendline_oldest_unhandled_seconds (\S+)$/m.exec(text)?.[1] ?? Number.NaN)
}

/** Mulberry32: small, seeded, good enough to choose victims. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
