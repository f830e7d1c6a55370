// JSON Schema of what routes take and answer; a schema that has a name is described once, among the components.
import { z } from 'zod'
import { named as names } from './names.ts'

export type JsonSchema = Readonly<Record<string, unknown>>

export interface Schemas {
  /** As it may be sent, or as it is answered; a reference when it has an id. */
  of(schema: z.ZodType, io: 'input' | 'output'): JsonSchema
  /** All that were referred to so far, by id. */
  named(): Record<string, JsonSchema>
}

const wrapped = z.object({
  properties: z.object({ it: z.record(z.string(), z.unknown()) }),
  $defs: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
})

export function collectSchemas(): Schemas {
  const named: Record<string, JsonSchema> = {}
  return {
    of(schema, io) {
      // Wrapped, so that also a schema with an id of its own becomes a reference.
      const { properties, $defs } = wrapped.parse(pointed(z.toJSONSchema(z.object({ it: schema }), { io, unrepresentable: 'any', metadata: names })))
      for (const [id, definition] of Object.entries($defs)) named[id] = Object.fromEntries(Object.entries(definition).filter(([key]) => key !== 'id'))
      return properties.it
    },
    named: () => Object.fromEntries(Object.entries(named).toSorted(([one], [other]) => (one < other ? -1 : 1))),
  }
}

/** The same with references to where an OpenAPI document keeps its schemas. */
function pointed(schema: unknown): unknown {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/'))
}
