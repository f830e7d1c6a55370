// What a mapping makes of a sender's JSON, and what is said of a mapping that is wrong.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { map } from '../../src/cli/map.ts'
import { StartError } from '../../src/errors.ts'
import { readSettings } from '../../src/settings.ts'
import { env, yaml } from '../channels/webhook/sources.ts'

const payload = (name: string) => readFileSync(join(import.meta.dirname, '../channels/webhook/payloads', name), 'utf8')

function tried(args: readonly string[], files: Readonly<Record<string, string>> = {}): { code: number; lines: string[] } {
  const lines: string[] = []
  const read = (path: string) => files[path] ?? (path === 'mendline.yaml' ? yaml : path.endsWith('.json') ? payload(path) : undefined)
  return { code: map({ args, read, print: (line) => lines.push(line) }), lines }
}

function problemsOf(text: string, given: Readonly<Record<string, string>> = env): readonly string[] {
  try {
    readSettings(given, () => text)
  } catch (error) {
    if (error instanceof StartError) return error.problems
    throw error
  }
  return []
}

describe('mendline map', () => {
  it('shows the ticket that would be opened', () => {
    expect(tried(['--try', 'shop-fault.json', '--source', 'shop'])).toEqual({
      code: 0,
      lines: [
        'A ticket would be opened, once for ever for the id C-20931.',
        '  subject: Order 100234: Belt slips',
        '  description: The belt slips when running faster than 10 km/h.\nBought in January.',
        '  customer.name: Ann Lee',
        '  customer.email: ann.lee@example.org',
        '  customer.phone: +49 151 12345678',
        '  asset.serial: KP-20391',
        '  asset.product: T5 treadmill',
        '  priority: high',
        '  language: en',
      ],
    })
  })

  it('shows a fault, raised or over, and what is ignored', () => {
    expect(tried(['--try', 'device-raised.json', '--source', 'machines']).lines[0]).toMatch(/^Fault E07 of KP-20391 opens a ticket, or is noted/)
    expect(tried(['--try', 'device-cleared.json', '--source', 'machines']).lines[0]).toMatch(/^Fault E07 of KP-20391 is noted on its ticket as over/)
    expect(tried(['--try', 'shop-paid.json', '--source', 'shop'])).toEqual({ code: 0, lines: ['It is ignored, as the settings say.'] })
  })

  it('says why nothing would be opened', () => {
    expect(tried(['--try', 'unknown.json', '--source', 'shop'])).toEqual({
      code: 1,
      lines: ['It would wait in needs-review: no shape of this source fits.'],
    })
    const broken = payload('shop-fault.json').replace('ann.lee@example.org', 'ann.lee at home').replace('"severity": 2', '"severity": 9')
    expect(tried(['--try', 'broken.json', '--source', 'shop'], { 'broken.json': broken })).toEqual({
      code: 1,
      lines: ['It would wait in needs-review: email is no mail address.'],
    })
    expect(tried(['--try', 'unknown.json', '--source', 'erp']).lines).toEqual(['It would wait in needs-review: subject is missing; description is missing.'])
  })

  it('says what it needs', () => {
    expect(tried([]).code).toBe(2)
    expect(tried(['--try', 'unknown.json']).lines).toEqual(['Name one with --source: shop, machines, erp.'])
    expect(tried(['--try', 'nothing.yaml', '--source', 'shop']).lines).toEqual(['nothing.yaml cannot be read.'])
    expect(tried(['--try', 'x.json', '--source', 'shop'], { 'x.json': '[1]' }).lines).toEqual(['x.json is not one JSON object.'])
  })
})

describe('a mapping that is wrong', () => {
  it('is named with its line at the start', () => {
    const broken = yaml.replace('$.data.case.text', '"$.data.case["').replace('[*alarm]', '[{ when: {}, fault: { serial: $.a } }]')
    expect(problemsOf(broken)).toEqual([
      expect.stringMatching(/^mendline\.yaml:11: webhooks\.in\.0\.shapes\.0\.request\.description\.from: \$\.data\.case\[ is no JSONPath: /),
      expect.stringMatching(/^mendline\.yaml:\d+: webhooks\.in\.1\.shapes\.0\.fault\.code: /),
    ])
    expect(problemsOf(yaml.replace('ignore: true', 'ignore: true, request: {}'))).toHaveLength(1)
  })

  it('and a secret that is missing, misspelt or nobody’s are said to be so', () => {
    const { WEBHOOK_IN_ERP_SECRET: _, ...rest } = env
    expect(problemsOf(yaml, rest)).toEqual([expect.stringMatching(/^WEBHOOK_IN_ERP_SECRET: set it/)])
    expect(problemsOf(yaml, { ...env, WEBHOOK_IN_SHOP_SECRET: 'secret' })).toEqual([expect.stringMatching(/^WEBHOOK_IN_SHOP_SECRET: must be whsec_/)])
    expect(problemsOf(yaml, { ...env, WEBHOOK_IN_ERP_SECRET: 'no-colon' })).toEqual([expect.stringMatching(/user:password/)])
    expect(problemsOf('', { WEBHOOK_IN_SHOP_SECRET: 'secret' })).toEqual([expect.stringMatching(/has no such source/)])
  })
})
