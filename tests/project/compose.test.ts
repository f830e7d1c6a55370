// docker-compose.yml is a compose file by the official schema, and starts what the README says: nothing here needs Docker.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { readSettings } from '../../src/settings.ts'

const root = join(import.meta.dirname, '../..')
const text = readFileSync(join(root, 'docker-compose.yml'), 'utf8')

const specification = z.fromJSONSchema(
  z.record(z.string(), z.json()).parse(JSON.parse(readFileSync(join(import.meta.dirname, 'compose-spec/compose-spec.json'), 'utf8'))),
  { defaultTarget: 'draft-7' },
)
const service = z.looseObject({
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()).default({}),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
  healthcheck: z.looseObject({ test: z.array(z.string()) }),
})
const file = z.looseObject({ services: z.object({ mongo: service, redis: service, gateway: service, worker: service }).strict() })

/** As `docker compose` reads it: merge keys merged, then variables filled in (`${A}`, `${A:-default}`, `${A:+given}`, `${A:?complaint}`). */
function compose(env: Readonly<Record<string, string>>): z.infer<typeof file> {
  const fill = (words: string): string =>
    words.replace(/\$\{(\w+)(?::([-+?])([^}]*))?\}/g, (_all, name: string, operator: string | undefined, word = '') => {
      const value = env[name] ?? ''
      if (operator === '?' && value === '') throw new Error(word)
      if (operator === '+') return value === '' ? '' : word
      return value === '' && operator === '-' ? word : value
    })
  const filled: unknown = JSON.parse(JSON.stringify(parse(text, { merge: true })), (_name, value: unknown) => (typeof value === 'string' ? fill(value) : value))
  return file.parse(filled)
}

const key = { ADMIN_KEY: 'compose-key-0123456789' }

describe('docker-compose.yml', () => {
  it('holds to the specification', () => {
    expect(specification.safeParse(parse(text, { merge: true })).error?.issues ?? []).toEqual([])
  })

  it.each<[string, (services: Record<string, Record<string, unknown>>) => void]>([
    ['a misspelt key', ({ redis }) => Object.assign(redis ?? {}, { helthcheck: {} })],
    ['an unknown condition', ({ worker }) => Object.assign(worker ?? {}, { depends_on: { redis: { condition: 'service_ready' } } })],
    ['a time without a unit', ({ mongo }) => Object.assign(mongo ?? {}, { healthcheck: { interval: 5 } })],
    ['an unknown service setting in a list', ({ gateway }) => Object.assign(gateway ?? {}, { ports: [{ target: 3000, open: true }] })],
  ])('would not with %s', (_name, spoil) => {
    const document = z.looseObject({ services: z.record(z.string(), z.record(z.string(), z.unknown())) }).parse(parse(text, { merge: true }))
    spoil(document.services)
    expect(specification.safeParse(document).success).toBe(false)
  })

  it('asks for a key before it starts anything', () => {
    expect(() => compose({})).toThrow('ADMIN_KEY')
  })

  it('has a Redis that forgets nothing', () => {
    expect(compose(key).services.redis.command).toEqual(['redis-server', '--appendonly', 'yes', '--maxmemory-policy', 'noeviction'])
  })

  it('starts gateway and worker once MongoDB and Redis are healthy, and checks the health of each', () => {
    const { services } = compose(key)
    for (const { healthcheck } of Object.values(services)) expect(healthcheck.test[0]).toBe('CMD')
    for (const { depends_on } of [services.gateway, services.worker])
      expect(depends_on).toEqual({ mongo: { condition: 'service_healthy' }, redis: { condition: 'service_healthy' } })
  })

  it.each(['gateway', 'worker'] as const)('gives a %s settings that it takes, with mail and without', (role) => {
    const settings = (env: Record<string, string>) => readSettings(compose(env).services[role].environment, () => undefined)
    expect(settings(key)).toMatchObject({ role, port: 3000, mongodbUrl: 'mongodb://mongo:27017/mendline', redisUrl: 'redis://redis:6379', email: undefined })
    expect(settings({ ...key, SMTP_URL: 'smtp://relay.example.com' }).email).toMatchObject({ listenPort: 2525, smtpUrl: 'smtp://relay.example.com' })
  })
})
