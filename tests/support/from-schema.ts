// Inputs out of a JSON Schema: what fits it, for tests that ask every route of the API with whatever its document allows.
import fc from 'fast-check'
import { z } from 'zod'

const schema = z.looseObject({
  $ref: z.string().optional(),
  type: z.union([z.string(), z.array(z.string())]).optional(),
  const: z.json().optional(),
  enum: z.array(z.json()).optional(),
  anyOf: z.array(z.unknown()).optional(),
  oneOf: z.array(z.unknown()).optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).default([]),
  additionalProperties: z.unknown().optional(),
  items: z.unknown().optional(),
  minItems: z.number().default(0),
  maxItems: z.number().default(3),
  pattern: z.string().optional(),
  format: z.string().optional(),
  minLength: z.number().default(0),
  maxLength: z.number().default(20),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  exclusiveMinimum: z.number().optional(),
})

export interface World {
  /** The components that references point to. */
  named: Readonly<Record<string, unknown>>
  /** By the name of a field, values that mean something where it is asked. */
  known: Readonly<Record<string, readonly string[]>>
}

export function fitting(given: unknown, world: World): fc.Arbitrary<unknown> {
  const read = schema.parse(given ?? {})
  const options = read.anyOf ?? read.oneOf
  if (read.$ref !== undefined) return fitting(world.named[read.$ref.slice(read.$ref.lastIndexOf('/') + 1)], world)
  if (read.const !== undefined) return fc.constant(read.const)
  if (read.enum !== undefined) return fc.constantFrom(...read.enum)
  if (options !== undefined) return fc.oneof(...options.map((option) => fitting(option, world)))
  if (Array.isArray(read.type)) return fc.oneof(...read.type.map((type) => fitting({ ...read, type }, world)))
  switch (read.type) {
    case 'string':
      return text(read)
    case 'integer':
      return fc.integer({ min: Math.ceil(read.minimum ?? read.exclusiveMinimum ?? -1000), max: Math.floor(Math.min(read.maximum ?? 1000, 100_000)) })
    case 'number':
      return fc.double({ min: read.minimum ?? read.exclusiveMinimum ?? -1000, max: read.maximum ?? 1000, noNaN: true })
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'array':
      return fc.array(fitting(read.items, world), { minLength: read.minItems, maxLength: Math.max(read.minItems, Math.min(read.maxItems, 3)) })
    case 'object':
      return record(read, world)
    default:
      return fc.jsonValue({ maxDepth: 1 })
  }
}

/** A value for a field of that name: mostly one that is there, where one is known. */
export function field(name: string, given: unknown, world: World): fc.Arbitrary<unknown> {
  const there = world.known[name] ?? []
  const any = fitting(given, world)
  return there.length === 0 ? any : fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...there) }, { weight: 1, arbitrary: any })
}

type Read = z.output<typeof schema>

function record({ properties = {}, required, additionalProperties }: Read, world: World): fc.Arbitrary<unknown> {
  const entries = Object.entries(properties)
  if (entries.length === 0 && typeof additionalProperties === 'object')
    return fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fitting(additionalProperties, world), { maxKeys: 2 })
  return fc.record(Object.fromEntries(entries.map(([name, property]) => [name, field(name, property, world)])), { requiredKeys: required })
}

const words = ['It leaks', '漏水了', 'T5 treadmill', 'KP-20391', 'R-4K7Q2MM', '24h', 'EUR', '<b>&"\'', '=1+1', '../..', '\u202e\u0000', '🧰']

function text({ pattern, format, minLength, maxLength }: Read): fc.Arbitrary<string> {
  switch (format) {
    case 'date-time':
      return fc.date({ min: new Date('2020-01-01'), max: new Date('2035-01-01'), noInvalidDate: true }).map((date) => date.toISOString())
    case 'date':
      return fc.date({ min: new Date('2020-01-01'), max: new Date('2035-01-01'), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10))
    case 'email':
      return fc.constantFrom('ann@example.org', 'li.wei+desk@example.com')
    case 'uri':
      return fc.constantFrom('https://example.org/hook', 'http://localhost/')
    default:
      break
  }
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern))
  const fits = words.filter(({ length }) => length >= minLength && length <= maxLength)
  const any = fc.string({ minLength, maxLength: Math.max(minLength, Math.min(maxLength, 40)), unit: 'grapheme' })
  return fits.length === 0 ? any : fc.oneof(fc.constantFrom(...fits), any)
}
