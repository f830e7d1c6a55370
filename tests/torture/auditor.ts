// Reads over REST, as staff could, what a desk says of its tickets and of what an endpoint is told.
import { z } from 'zod'
import { wordsOf, type DeskSays, type Words } from './audit.ts'

const page = <Item extends z.ZodType>(item: Item) => z.object({ data: z.array(item), nextCursor: z.string().nullable() })
const tickets = page(z.object({ number: z.string(), subject: z.string(), status: z.string() }))
const deliveries = page(z.object({ id: z.string(), event: z.string(), type: z.string(), state: z.string(), nextTryAt: z.string().nullable() }))
const timeline = page(z.looseObject({ events: z.array(z.looseObject({ type: z.string(), to: z.string().optional() })).optional() }))
const types = z.object({ data: z.array(z.object({ type: z.string() })) })

/** The desk as its staff see it. */
export function auditor(url: string, key: string) {
  async function get<T>(path: string, schema: z.ZodType<T>): Promise<T> {
    const response = await fetch(`${url}/api/v1${path}`, { headers: { authorization: `Bearer ${key}` } })
    return schema.parse(await response.json())
  }
  async function all<Item>(path: string, schema: z.ZodType<{ data: Item[]; nextCursor: string | null }>): Promise<Item[]> {
    const found: Item[] = []
    for (let cursor = ''; ;) {
      const { data, nextCursor } = await get(`${path}${path.includes('?') ? '&' : '?'}limit=200${cursor}`, schema)
      found.push(...data)
      if (nextCursor === null) return found
      cursor = `&cursor=${encodeURIComponent(nextCursor)}`
    }
  }
  return {
    waiting: (endpoint: string) => all(`/webhook-deliveries?endpoint=${endpoint}&state=waiting`, deliveries),
    count: async (path: string) => (await all(path, page(z.unknown()))).length,
    async says(endpoint: string): Promise<DeskSays> {
      const told = new Set((await get('/webhook-event-types', types)).data.map(({ type }) => type))
      const found = await all('/tickets', tickets)
      const happened = new Map<string, Words[]>()
      for (const { number } of found) {
        const events = (await all(`/tickets/${number}/timeline`, timeline)).flatMap((each) => each.events ?? [])
        happened.set(
          number,
          events.filter(({ type }) => told.has(type)).map((event) => wordsOf({ type: event.type, data: event })),
        )
      }
      return {
        tickets: new Map(found.map((each) => [each.number, each])),
        happened,
        due: new Set((await all(`/webhook-deliveries?endpoint=${endpoint}`, deliveries)).map(({ event }) => event)),
      }
    },
  }
}
