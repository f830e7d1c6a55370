// What a sender's JSON means, by the shapes that the settings name. Pure: the same JSON under the same settings is always the same.
import type { JSONValue } from 'json-p3'
import { z } from 'zod'
import { priorities } from '../tickets/status.ts'
import { readExpression, type Expression } from './expression.ts'
import type { PlaceSetting, Shape } from './settings.ts'

const longest = { subject: 300, description: 20_000 }
const text = (length: number) => z.string().min(1).max(length, `has more than ${length} characters`)
const priority = z.enum(priorities, `is none of ${priorities.join(', ')}`)

const request = z.object({
  id: text(500).optional(),
  subject: text(longest.subject),
  description: text(longest.description),
  customer: z.object({ name: text(200), email: z.email('is no mail address').max(320).optional(), phone: text(40).optional() }),
  asset: z.object({ serial: text(200).optional(), product: text(200).optional() }),
  priority: priority.default('normal'),
  language: z.enum(['en', 'zh'], 'is neither en nor zh').optional(),
})
const fault = z.object({
  id: text(500).optional(),
  serial: text(200),
  code: text(100),
  state: z.enum(['raised', 'cleared'], 'is neither raised nor cleared').default('raised'),
  product: text(200).optional(),
  description: text(2000).optional(),
  priority: priority.default('normal'),
})

export type RequestRead = z.output<typeof request>
export type FaultRead = z.output<typeof fault> & { hysteresisMs: number }

export type Reading =
  | { kind: 'request'; request: RequestRead }
  | { kind: 'fault'; fault: FaultRead }
  | { kind: 'ignored' }
  /** `reason` names places of the settings, never what the sender wrote there. */
  | { kind: 'unreadable'; reason: string }

export type ReadInput = (input: JSONValue) => Reading

/** `source` stands in for a customer who is not named. */
export function readerOf(source: string, shapes: readonly Shape[]): ReadInput {
  const readers = shapes.map((shape) => readerOfShape(source, shape))
  return (input) => {
    for (const read of readers) {
      const reading = read(input)
      if (reading !== undefined) return reading
    }
    return { kind: 'unreadable', reason: 'no shape of this source fits' }
  }
}

function readerOfShape(source: string, shape: Shape): (input: JSONValue) => Reading | undefined {
  const conditions = Object.entries(shape.when).map(([path, wanted]) => ({ read: readExpression(path), wanted: String(wanted) }))
  const read = readerOfMeaning(source, shape)
  return (input) => (conditions.every((condition) => condition.read(input) === condition.wanted) ? read(input) : undefined)
}

function readerOfMeaning(source: string, shape: Shape): ReadInput {
  if (shape.ignore) return () => ({ kind: 'ignored' })
  if (shape.fault !== undefined) {
    const { hysteresis: hysteresisMs, ...places } = shape.fault
    const read = readerOfPlaces(places)
    return (input) => {
      const parsed = fault.safeParse(read(input))
      return parsed.success ? { kind: 'fault', fault: { ...parsed.data, hysteresisMs } } : unreadable(parsed.error)
    }
  }
  const read = readerOfPlaces(shape.request ?? {})
  return (input) => {
    const { subject, description, name, email, phone, serial, product, ...rest } = read(input)
    const parsed = request.safeParse({
      ...rest,
      subject: subject ?? description?.split('\n')[0]?.slice(0, longest.subject),
      description: description ?? subject,
      customer: { name: name ?? email ?? source, email, phone },
      asset: { serial, product },
    })
    return parsed.success ? { kind: 'request', request: parsed.data } : unreadable(parsed.error)
  }
}

/** The words at each place; those where nothing is are left out. */
function readerOfPlaces(places: Readonly<Record<string, PlaceSetting | undefined>>): (input: JSONValue) => Partial<Record<string, string>> {
  const readers = Object.entries(places).flatMap(([name, place]) => (place === undefined ? [] : [{ name, read: readerOfPlace(place) }]))
  return (input) => {
    const found = readers.map(({ name, read }) => [name, read(input)] as const)
    return Object.fromEntries(found.filter(([, words]) => words !== undefined))
  }
}

function readerOfPlace(place: PlaceSetting): Expression {
  const read = readExpression(place.from)
  const values = new Map(Object.entries(place.values ?? {}))
  return (input) => {
    const words = read(input)
    if (words === undefined) return place.default
    return values.get(words) ?? (place.values === undefined ? words : (place.default ?? words))
  }
}

function unreadable({ issues }: z.ZodError): Reading {
  const named = issues.map(({ path, message }) => `${String(path.at(-1) ?? 'it')} ${message.startsWith('Invalid input') ? 'is missing' : message}`)
  return { kind: 'unreadable', reason: named.join('; ') }
}
