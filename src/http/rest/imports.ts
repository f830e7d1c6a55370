// REST: files of assets, parts, stock and bills of material, taken whole or not at all.
import { z } from 'zod'
import type { Core } from '../../core.ts'
import { importFile, importKinds } from '../../imports/index.ts'
import { endpoint, type Endpoint } from '../endpoint.ts'
import { problem } from '../problem.ts'

const imported = z.strictObject({
  id: z.string(),
  kind: z.enum(importKinds),
  rows: z.int(),
  created: z.int(),
  changed: z.int(),
  unchanged: z.int(),
  repeated: z.boolean().describe('This very file was imported before; nothing was changed now'),
  at: z.iso.datetime().describe('When it was imported'),
})
/** More than anybody mends at once. */
const problemsMax = 100

export function importEndpoints(core: Core): Endpoint[] {
  return importKinds.map((kind) =>
    endpoint(core, {
      method: 'POST',
      path: `/${kind}/import`,
      summary: `Import a CSV file of ${kind === 'bom' ? 'bills of material' : kind}; when a row is wrong nothing of it is imported`,
      content: 'text/csv',
      takes: z.object({ body: z.string().describe('A table with a header, in UTF-8, separated by commas, semicolons or tabs') }),
      answers: { status: 200, description: 'All of it is imported', view: imported },
      async handle({ body }, deed) {
        const result = await importFile(core, kind, body, deed.actor)
        if (result.kind === 'imported') {
          const { _id, n: _, createdAt, ...counts } = result.file
          return { view: { id: _id, ...counts, repeated: result.repeated, at: createdAt } }
        }
        const { problems } = result
        const errors = problems.slice(0, problemsMax)
        const named = errors.slice(0, 5).map(({ row, column, message }) => `row ${row}${column === null ? '' : `, ${column}`}: ${message}`)
        const more = problems.length > named.length ? `; and ${problems.length - named.length} more` : ''
        return problem(400, 'Bad request', `Nothing was imported. Correct this and send the file again: ${named.join('; ')}${more}.`, {
          errors,
          count: problems.length,
        })
      },
    }),
  )
}
