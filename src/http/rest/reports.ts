// REST: reports over the repairs of a period, as JSON or as CSV.
import { z } from 'zod'
import { timestamp } from '../../clock.ts'
import type { Core } from '../../core.ts'
import { toCsv } from '../../insights/reports/csv.ts'
import { groupings, reports, runReport } from '../../insights/reports/index.ts'
import { endpoint, type Endpoint } from '../endpoint.ts'
import { problem } from '../problem.ts'
import { text } from './inputs.ts'

const dayMs = 86_400_000
const usualDays = 365
const instant = z
  .string()
  .refine(
    (text) => /^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d))?$/.test(text) && !Number.isNaN(Date.parse(text)),
    'is a date such as 2026-01-31, or an instant with its offset',
  )
  .transform((text) => timestamp(Date.parse(text)))
const listed = z.strictObject({ name: z.string(), definition: z.string(), by: z.array(z.enum(groupings)) })

export function reportEndpoints(core: Core): Endpoint[] {
  return [
    endpoint(core, {
      method: 'GET',
      path: '/reports',
      summary: 'Which reports there are, what their figures mean, and how they can be grouped',
      takes: z.object({}),
      answers: { status: 200, description: 'All reports', view: z.strictObject({ data: z.array(listed), nextCursor: z.null() }) },
      handle: async () => ({ view: { data: reports.map(({ name, definition, by }) => ({ name, definition, by: [...by] })), nextCursor: null } }),
    }),
    endpoint(core, {
      method: 'GET',
      path: '/reports/{name}',
      summary: 'A report over the repairs reported from one day to another, by default the last year; `format=csv` for a spreadsheet',
      takes: z.object({
        params: z.strictObject({ name: z.string().max(100) }),
        query: z.strictObject({
          from: instant.optional(),
          until: instant.optional(),
          by: z.enum(groupings).optional(),
          product: text(200).optional().describe('Only repairs of this product'),
          format: z.enum(['json', 'csv']).default('json'),
        }),
      }),
      answers: {
        status: 200,
        description: 'The rows of the report',
        content: 'text/csv',
        view: z.strictObject({
          name: z.string(),
          definition: z.string(),
          by: z.enum(groupings),
          from: z.iso.datetime(),
          until: z.iso.datetime(),
          rows: z.array(z.record(z.string(), z.union([z.string(), z.number(), z.null()]))),
        }),
      },
      refuses: { 404: 'There is no report with this name.' },
      async handle({ params: { name }, query }) {
        const until = query.until ?? timestamp(core.clock.now() + 1)
        const from = query.from ?? timestamp(Date.parse(until) - usualDays * dayMs)
        const known = reports.find((report) => report.name === name)
        if (known === undefined)
          return problem(404, 'Not found', `There is no report with this name; there are ${reports.map((report) => report.name).join(', ')}.`)
        if (from >= until) return problem(400, 'Bad request', 'from is before until; swap them.')
        const result = await runReport(core, name, { from, until, product: query.product }, query.by)
        if (result === undefined) return problem(400, 'Bad request', `This report can be grouped by ${known.by.join(', ')}.`)
        if (query.format === 'json') return { view: { ...result, from, until } }
        const headers = {
          'content-type': 'text/csv; charset=utf-8',
          'content-disposition': `attachment; filename="${name}.csv"`,
          'x-content-type-options': 'nosniff',
        }
        return { status: 200, headers, body: toCsv(result.rows) }
      },
    }),
  ]
}
