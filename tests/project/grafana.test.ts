// The dashboard for Grafana shows what /metrics really tells: every metric and label it names is there, and no metric of ours is left out.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createMetrics } from '../../src/metrics.ts'

const dashboard = z
  .object({ panels: z.array(z.object({ title: z.string(), description: z.string().min(1), targets: z.array(z.object({ expr: z.string() })).min(1) })) })
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, '../../docs/grafana.json'), 'utf8')))
const asked = dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr))
const named = (expr: string): string[] => expr.match(/\b(?:mendline|process|nodejs)_[a-z0-9_]+/g) ?? []

describe('docs/grafana.json', () => {
  const { registry } = createMetrics()
  const known = new Set(registry.getMetricsAsArray().flatMap(({ name }) => [name, `${name}_bucket`, `${name}_count`, `${name}_sum`]))

  it('names no metric that is not there', () => {
    expect(asked.flatMap((expr) => (named(expr).length === 0 ? [`${expr} asks nothing`] : named(expr).filter((name) => !known.has(name))))).toEqual([])
  })

  it('shows every metric of ours', () => {
    const shown = new Set(asked.flatMap(named).map((name) => name.replace(/_(bucket|count|sum)$/, '')))
    expect(registry.getMetricsAsArray().flatMap(({ name }) => (name.startsWith('mendline_') && !shown.has(name) ? [name] : []))).toEqual([])
  })

  it('groups by labels that the metric has', () => {
    const labels = new Map(
      registry.getMetricsAsArray().map((metric) => [metric.name, 'labelNames' in metric && Array.isArray(metric.labelNames) ? metric.labelNames : []]),
    )
    const wrong = asked.flatMap((expr) => {
      const [, list = ''] = /by \(([^)]*)\)/.exec(expr) ?? []
      const name = named(expr)[0]?.replace(/_(bucket|count|sum)$/, '') ?? ''
      return list.split(/,\s*/).filter((label) => label !== '' && label !== 'le' && !labels.get(name)?.includes(label))
    })
    expect(wrong).toEqual([])
  })
})
