// A desk as staff and operators see it from outside: tickets, messages and tasks over REST, and its metrics.
import { z } from 'zod'
import { eventually } from './processes.ts'

const page = <Item extends z.ZodType>(item: Item) => z.object({ data: z.array(item), nextCursor: z.string().nullable() })
const tickets = page(z.object({ number: z.string(), status: z.string(), channel: z.string(), conversation: z.string().nullable() }))
const messages = page(
  z.object({
    id: z.string(),
    direction: z.enum(['inbound', 'outbound']),
    conversation: z.string(),
    text: z.string(),
    state: z.string(),
    acknowledgement: z.boolean().optional(),
    cause: z.string().optional(),
  }),
)
const conversations = page(z.object({ id: z.string(), channel: z.string().nullable(), address: z.string().nullable(), tickets: z.array(z.string()) }))
const tasks = page(z.object({ id: z.string(), kind: z.string() }))

type Seen<Page extends z.ZodType<{ data: unknown[] }>> = z.infer<Page>['data']
export type ConversationSeen = Seen<typeof conversations>[number]

export interface Outside {
  /** Newest first, like all lists. */
  tickets(): Promise<Seen<typeof tickets>>
  messages(ticket: string): Promise<Seen<typeof messages>>
  conversations(): Promise<ConversationSeen[]>
  saidIn(conversation: string): Promise<Seen<typeof messages>>
  tasks(): Promise<Seen<typeof tasks>>
  /** Sum of a metric over all its series that have these labels. */
  metric(name: string, labels?: Readonly<Record<string, string>>): Promise<number>
  /** Whether a message or a job waits or runs; what is put off to later does not count. */
  busy(): Promise<boolean>
  /** Resolves when it has not been busy for `seconds`. */
  quiet(seconds: number, patience?: number): Promise<void>
}

export function outside(url: string, key: string): Outside {
  async function all<Item>(path: string, schema: z.ZodType<{ data: Item[]; nextCursor: string | null }>): Promise<Item[]> {
    const found: Item[] = []
    for (let cursor = ''; ;) {
      const answer = await fetch(`${url}/api/v1${path}?limit=200${cursor}`, { headers: { authorization: `Bearer ${key}` } })
      const { data, nextCursor } = schema.parse(await answer.json())
      found.push(...data)
      if (nextCursor === null) return found
      cursor = `&cursor=${encodeURIComponent(nextCursor)}`
    }
  }

  async function series(): Promise<{ name: string; labels: string; value: number }[]> {
    const text = await (await fetch(`${url}/metrics`)).text()
    return Array.from(text.matchAll(/^(\w+)(?:\{(.*)\})? (\S+)$/gm), ([, name = '', labels = '', value]) => ({ name, labels, value: Number(value) }))
  }

  async function busy(): Promise<boolean> {
    const now = await series()
    const waits = now.find(({ name }) => name === 'mendline_oldest_unhandled_seconds')?.value ?? 1
    return waits > 0 || now.some(({ name, labels, value }) => name === 'mendline_queue_jobs' && /waiting|active/.test(labels) && value > 0)
  }

  return {
    tickets: () => all('/tickets', tickets),
    messages: (ticket) => all(`/tickets/${ticket}/messages`, messages),
    conversations: () => all('/conversations', conversations),
    saidIn: (conversation) => all(`/conversations/${conversation}/messages`, messages),
    tasks: () => all('/tasks', tasks),
    async metric(name, labels = {}) {
      const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`)
      const found = (await series()).filter((each) => each.name === name && wanted.every((label) => each.labels.includes(label)))
      return found.reduce((sum, { value }) => sum + value, 0)
    },
    busy,
    async quiet(seconds, patience = 90) {
      let since = Date.now()
      const look = async () => {
        if (await busy()) since = Date.now()
        return Date.now() - since >= seconds * 1000 ? true : undefined
      }
      await eventually(look, `${url} to be quiet for ${seconds} s`, patience)
    },
  }
}
