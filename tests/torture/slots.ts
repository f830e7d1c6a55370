// The processes of a desk that are killed and started again, each in its slot: one embedded, or gateways and workers on servers.
import { join } from 'node:path'
import { startMongo } from '../support/mongodb.ts'
import { freePort, startMendline, type Running } from '../support/processes.ts'
import { startRedis } from '../support/redis.ts'

export type Engines = 'embedded' | 'servers'

export interface Slot {
  name: string
  env: Record<string, string>
  /** Of a gateway. */
  url?: string
  /** Where mail is on. */
  smtpPort?: number
  running?: Running
}

export interface Slots {
  slots: readonly Slot[]
  /** Of the gateways. */
  urls: readonly string[]
  smtpPorts: readonly number[]
  remove(): Promise<void>
}

/** All of them run when it resolves. `folder` is theirs. With `SMTP_LISTEN_PORT` in `base` each gateway takes mail, on a port of its own. */
export async function startSlots(engines: Engines, folder: string, base: Readonly<Record<string, string>>): Promise<Slots> {
  const servers = engines === 'servers' ? { redis: await startRedis(), mongo: await startMongo() } : undefined
  const slots: Slot[] = []
  const remove = async (): Promise<void> => {
    await Promise.all(slots.map(async ({ running }) => running?.kill()))
    await Promise.all([servers?.redis.remove(), servers?.mongo.remove()])
  }
  const gateway = async (name: string, env: Record<string, string>): Promise<void> => {
    const port = await freePort()
    const own = { PORT: String(port), DATA_DIR: join(folder, name) }
    const mail = 'SMTP_LISTEN_PORT' in base ? { smtpPort: await freePort() } : undefined
    const listens = mail === undefined ? undefined : { SMTP_LISTEN_PORT: String(mail.smtpPort) }
    slots.push({ name, url: `http://127.0.0.1:${port}`, ...mail, env: { ...base, ...own, ...listens, ...env } })
  }
  if (servers === undefined) await gateway('all', {})
  else {
    const shared = { MONGODB_URL: servers.mongo.url, REDIS_URL: servers.redis.url }
    for (const name of ['gateway-1', 'gateway-2']) await gateway(name, { ...shared, ROLE: 'gateway' })
    for (const name of ['worker-1', 'worker-2']) slots.push({ name, env: { ...base, ...shared, ROLE: 'worker' } })
  }
  const started = await Promise.allSettled(slots.map(async (slot) => void (slot.running = await startMendline(slot.env))))
  const failed = started.find(({ status }) => status === 'rejected')
  if (failed?.status === 'rejected') {
    await remove()
    throw failed.reason
  }
  return { slots, urls: slots.flatMap(({ url }) => url ?? []), smtpPorts: slots.flatMap(({ smtpPort }) => smtpPort ?? []), remove }
}
