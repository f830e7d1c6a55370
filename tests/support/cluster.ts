// Mendline past one process: gateways and workers of their own on one Redis and one FerretDB, and a mail server for their customers.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startMailServer, type MailServer } from './mail-server.ts'
import { startMongo, type MongoServer } from './mongodb.ts'
import { outside, type Outside } from './outside.ts'
import { freePort, startMendline, type Running } from './processes.ts'
import { startRedis, type RedisServer } from './redis.ts'

export interface Gateway extends Outside {
  url: string
  smtpPort: number
  running: Running
}

export interface Cluster {
  redis: RedisServer
  mongo: MongoServer
  gateways: readonly Gateway[]
  workers: readonly Running[]
  /** Where all outgoing mail arrives. */
  mail: MailServer
  remove(): Promise<void>
}

export async function startCluster(options: { gateways: number; workers: number; env?: Readonly<Record<string, string>> }): Promise<Cluster> {
  const key = 'cluster-key-0123456789'
  const folder = mkdtempSync(join(tmpdir(), 'mendline-cluster-'))
  const [redis, mongo, mail] = await Promise.all([startRedis(), startMongo(), startMailServer()])
  const env = { MONGODB_URL: mongo.url, REDIS_URL: redis.url, SMTP_URL: mail.url, ADMIN_KEY: key, DATA_DIR: folder, ...options.env }
  const startGateway = async (): Promise<Gateway> => {
    const [port, smtpPort] = [await freePort(), await freePort()]
    const running = await startMendline({ ...env, ROLE: 'gateway', PORT: String(port), SMTP_LISTEN_PORT: String(smtpPort) })
    const url = `http://127.0.0.1:${port}`
    return { ...outside(url, key), url, smtpPort, running }
  }
  const gateways: Gateway[] = []
  for (let index = 0; index < options.gateways; index++) gateways.push(await startGateway())
  const workers: Running[] = []
  // A worker listens on no port, but its settings say that there is mail.
  for (let index = 0; index < options.workers; index++) workers.push(await startMendline({ ...env, ROLE: 'worker', SMTP_LISTEN_PORT: '2525' }))
  return {
    redis,
    mongo,
    gateways,
    workers,
    mail,
    async remove() {
      await Promise.all([...gateways.map(({ running }) => running.kill()), ...workers.map((worker) => worker.kill())])
      await Promise.all([redis.remove(), mongo.remove(), mail.close()])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
