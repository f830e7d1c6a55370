// Another system that is told of events: an HTTP server that checks the signature with the reference library and answers as a test wishes.
import { createServer, type ServerResponse } from 'node:http'
import { Webhook } from 'standardwebhooks'
import { z } from 'zod'
import { shapes } from '../../src/webhooks/index.ts'

/** The envelope, as docs/webhooks.md tells integrators. */
const told = z.object({
  type: z.string(),
  id: z.string(),
  timestamp: z.iso.datetime(),
  version: z.literal(1),
  sequence: z.int().min(1),
  ticket: z.string().optional(),
  actor: z.object({ kind: z.string(), id: z.string().nullable() }),
  data: z.record(z.string(), z.unknown()),
})
export type Told = z.output<typeof told>

/** One request as it came. */
export interface Heard {
  path: string
  headers: Readonly<Record<string, string>>
  body: string
  event: Told
}

export interface Receiver {
  url: string
  /** Requests in the order of their arrival. */
  heard: Heard[]
  /** How each is answered; 200 unless a test says otherwise. */
  answer: (heard: Heard, response: ServerResponse) => void
  /** The events at a path, without repetitions, as `type`s. */
  types(path?: string): string[]
  close(): Promise<void>
}

/** @throws unless one of the signatures is that of the secret. */
export function verify(secret: string, { body, headers }: Heard): Told {
  return told.parse(new Webhook(secret).verify(body, { ...headers }))
}

export async function startReceiver(): Promise<Receiver> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString()
      const event = told.parse(JSON.parse(body))
      const shape = Object.entries(shapes).find(([type]) => type === event.type)?.[1]
      shape?.parse(event.data)
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
      const heard = { path: request.url ?? '', headers, body, event }
      receiver.heard.push(heard)
      receiver.answer(heard, response)
    })
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const receiver: Receiver = {
    url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    heard: [],
    answer: (_, response) => void response.writeHead(200).end('ok'),
    types(path = '/') {
      const events = new Map(receiver.heard.filter((each) => each.path === path).map(({ event }) => [event.id, event.type]))
      return [...events.values()]
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return receiver
}
