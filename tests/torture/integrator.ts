// An integrator's day in a storm: it makes itself a key and an endpoint, opens tickets and follows them, and repeats whatever was not answered, while
// gateways, workers and its own receiver are killed at random. In the end every ticket is there once, and every event arrived. Seeded.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { eventually, freePort, startMendline } from '../support/processes.ts'
import { audit, brokenByAudit, type Audit } from './audit.ts'
import { auditor } from './auditor.ts'
import { createCaller } from './caller.ts'
import { place, planOrders } from './orders.ts'
import { readTaken, startReceiving } from './receiver.ts'
import { seeded } from './seeded.ts'
import { startSlots, type Engines } from './slots.ts'

export interface IntegratorOptions {
  engines: Engines
  tickets: number
  kills: number
  seed: number
  print(line: string): void
}

export interface IntegratorLedger extends Audit {
  tickets: number
  /** Requests with a key of their own that were answered. */
  acknowledged: number
  /** All that were sent; those that failed or came to nothing; those told to wait. */
  requests: number
  failed: number
  limited: number
  /** By what was killed. */
  kills: Record<'all' | 'gateway' | 'worker' | 'receiver', number>
  /** Deliveries that the integrator asked for again, its receiver having been away twice. */
  replayed: number
  /** Keys and endpoints that are there. */
  keys: number
  endpoints: number
  seconds: number
}

const adminKey = 'integrator-key-0123456789'
const patienceSeconds = 600
/** The integrator's own, at the same time. */
const atOnce = 8
/** A try put off for longer is asked for again, as somebody would who has mended their receiver. */
const longPauseMs = 15_000

const madeKey = z.object({ key: z.string() })
const madeEndpoint = z.object({ id: z.string(), secret: z.string() })

export async function integratorInAStorm(options: IntegratorOptions): Promise<IntegratorLedger> {
  const began = Date.now()
  const random = seeded(options.seed)
  const orders = planOrders(options.tickets, random)
  const folder = mkdtempSync(join(tmpdir(), 'mendline-integrator-'))
  const settings = join(folder, 'mendline.yaml')
  writeFileSync(settings, 'webhooks: { allow: [127.0.0.0/8] }\n')
  const desk = await startSlots(options.engines, folder, { ADMIN_KEY: adminKey, LOG_LEVEL: 'error', SETTINGS_FILE: settings })
  const { slots, urls } = desk
  const receiverPort = await freePort()
  const file = join(folder, 'received.jsonl')
  let receiver: Awaited<ReturnType<typeof startReceiving>> | undefined
  try {
    const owner = createCaller(urls, adminKey)
    const scopes = ['tickets:write', 'webhook-endpoints:write', 'webhook-deliveries:write']
    const { key } = same(
      madeKey,
      await owner.send({ method: 'POST', path: '/api-keys', body: { name: 'Integrator', scopes }, idempotencyKey: 'my key', copies: 2 }),
    )
    const caller = createCaller(urls, key)
    const { id, secret } = same(
      madeEndpoint,
      await caller.send({
        method: 'POST',
        path: '/webhook-endpoints',
        body: { url: `http://127.0.0.1:${receiverPort}/` },
        idempotencyKey: 'my endpoint',
        copies: 2,
      }),
    )
    const receive = () => startReceiving(receiverPort, file, secret)
    receiver = await receive()

    const kills = { all: 0, gateway: 0, worker: 0, receiver: 0 }
    let killed = 0
    let placed = 0
    let acknowledged = 0
    /** Spreads the kills over the orders: who is ahead of them waits for the next. */
    const pace = (index: number) =>
      eventually(async () => (killed >= Math.floor((index / orders.length) * options.kills * 0.8) ? true : undefined), 'the next kill', patienceSeconds)
    const numbers: string[][] = []
    const left = [...orders.entries()].toReversed()
    const placing = Promise.all(
      Array.from({ length: atOnce }, async () => {
        for (let next = left.pop(); next !== undefined; next = left.pop()) {
          const [index, order] = next
          await pace(index)
          numbers[index] = await place(caller, order, () => acknowledged++)
          placed++
        }
      }),
    )
    let over = false
    placing.then(
      () => (over = true),
      () => {}, // heard below
    )
    const victims = ['receiver', ...slots.map(({ name }) => name)]
    while (killed < options.kills) {
      // The orders keep up with the kills, but for every fourth, which may hit a process that has hardly started.
      const enough = random() < 0.25 ? 0 : (killed / options.kills) * orders.length * 0.5
      await Promise.race([eventually(async () => (over || placed >= enough ? true : undefined), 'the next order', patienceSeconds), placing])
      await pause(over ? 50 : 50 + random() * 400)
      // Each of them once, and then whomever it hits.
      const name = victims[killed < victims.length ? killed : Math.floor(random() * victims.length)]
      const slot = slots.find((each) => each.name === name)
      await (slot === undefined ? receiver : slot.running)?.kill()
      killed++
      kills[kindOf(name ?? '')]++
      options.print(`kill ${killed}: ${name}, ${placed} orders placed, ${acknowledged} requests acknowledged`)
      if (slot === undefined) receiver = await receive()
      else slot.running = await startMendline(slot.env)
    }
    await placing
    options.print(`${acknowledged} requests acknowledged, ${killed} kills, ${elapsed(began)} s; waiting for the last events`)

    const staff = auditor(urls[0] ?? '', adminKey)
    const meant = orders.reduce((sum, { moves }) => sum + 1 + moves.length, 0)
    let replayed = 0
    const settled = async () => {
      const waiting = await staff.waiting(id)
      const away = waiting.filter(({ nextTryAt }) => Date.parse(nextTryAt ?? '') > Date.now() + longPauseMs)
      for (const delivery of away) {
        await caller.send({
          method: 'POST',
          path: `/webhook-deliveries/${delivery.id}/replay`,
          body: {},
          idempotencyKey: `again ${delivery.id} ${delivery.nextTryAt}`,
          copies: 1,
        })
        replayed++
      }
      return waiting.length === 0 && readTaken(file).events.length >= meant ? true : undefined
    }
    // What never settles shows in the audit.
    await eventually(settled, 'the last event', patienceSeconds).catch((error: unknown) => options.print(String(error)))
    const found = audit(orders, numbers, await staff.says(id), readTaken(file))
    return {
      tickets: orders.length,
      acknowledged,
      ...caller.figures,
      kills,
      replayed,
      keys: await staff.count('/api-keys'),
      endpoints: await staff.count('/webhook-endpoints'),
      ...found,
      seconds: elapsed(began),
    }
  } finally {
    await receiver?.kill()
    await desk.remove()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What the ledger says against the promises; empty when all were kept. */
export function brokenPromises(ledger: IntegratorLedger): string[] {
  const { tickets, keys, endpoints } = ledger
  const more = keys === 1 && endpoints === 1 ? [] : [`there are ${keys} keys and ${endpoints} endpoints`]
  return [...(tickets > 0 ? [] : ['nothing was asked for']), ...more, ...brokenByAudit(ledger)]
}

/** @throws unless all answers are the same. */
function same<T>(schema: z.ZodType<T>, answers: readonly unknown[]): T {
  const [first, ...others] = answers.map((answer) => schema.parse(answer))
  if (first === undefined || others.some((other) => JSON.stringify(other) !== JSON.stringify(first)))
    throw new Error('the same request was answered in two ways')
  return first
}

function kindOf(name: string): 'all' | 'gateway' | 'worker' | 'receiver' {
  if (name === 'receiver' || name === 'all') return name
  return name.startsWith('gateway') ? 'gateway' : 'worker'
}

function elapsed(since: number): number {
  return Math.round((Date.now() - since) / 1000)
}
