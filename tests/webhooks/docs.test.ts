// What docs/webhooks.md tells integrators is what they get.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { envelope, shapes } from '../../src/webhooks/index.ts'

const page = readFileSync(join(import.meta.dirname, '../../docs/webhooks.md'), 'utf8')

describe('docs/webhooks.md', () => {
  it('names every type of event with every field of its data, and none besides', () => {
    const rows = [...page.matchAll(/^\| `([a-z_]+\.[a-z_]+)` \| (.*) \|$/gm)].map(([, type, fields]) => [
      type,
      [...(fields ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name),
    ])
    expect(rows).toEqual(Object.entries(shapes).map(([type, shape]) => [type, Object.keys(shape.shape)]))
  })

  it('shows an event that fits the schemas', () => {
    const [, example = ''] = /```json\n([\s\S]*?)```/.exec(page) ?? []
    const { data, ...around }: { data: unknown } = JSON.parse(example)
    expect(envelope.parse(around).type).toBe('ticket.status_changed')
    expect(shapes['ticket.status_changed'].safeParse(data).success).toBe(true)
  })
})
