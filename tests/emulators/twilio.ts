// Twilio as an account meets it: messages and media over REST, signed webhooks for what comes in and for what becomes of what went out.
// Point an SDK at `url`; then be somebody with a phone (`customer`). It knows nothing of Mendline.
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { mediumOf, Refusal, resourceOf, sid, type Fate, type Message } from './twilio/account.ts'
import { call, type Called } from './twilio/callbacks.ts'
import { createCustomer, type Customer } from './twilio/customer.ts'

export interface TwilioEmulator {
  url: string
  accountSid: string
  authToken: string
  /** Everything, in the order in which it came to be. */
  messages: Message[]
  /** Every webhook that was called, and how it was answered. */
  called: Called[]
  /** Calls of the API without the account's password. */
  strangers: number
  customer(address: string, number: string, name?: string): Customer
  /** What Twilio answers to messages to this address from now on, in place of taking them. */
  refuse(to: string, code: number, status?: number): void
  /** The next so many calls are answered 429. */
  busy(times: number, retryAfter: number): void
  /** What becomes of messages to this address; without it: sent, then delivered. */
  destine(to: string, fate: Fate): void
  /** Says what became of a message, at its status callback. */
  report(message: Message, status: string, code?: number): Promise<Called | undefined>
  /** Calls the webhook of a message that came in once more, with the very same fields. */
  again(sid: string): Promise<Called>
  /** Takes the next so many messages but never says so. */
  hangUp(times: number): void
  /** Says so long after it took a message that it did; milliseconds, from now on. */
  slow(ms: number): void
  /** Answers nobody from now on. */
  goAway(): Promise<void>
}

export interface TwilioSettings {
  /** Set at every number. */
  webhook?: string
  /** Where a proxy brings a call for a public address. */
  door?: (url: string) => string
  numbers: readonly string[]
  /** Milliseconds since the epoch; the system's clock without it. */
  now?: () => number
}

const windowMs = 24 * 3_600_000
const stopWords = /^(?:stop|stopall|unsubscribe|cancel|end|quit)$/i
const startWords = /^(?:start|yes|unstop)$/i

export async function startTwilio(settings: TwilioSettings): Promise<TwilioEmulator> {
  const { door = (url) => url, now = Date.now } = settings
  const accountSid = sid('AC')
  const authToken = sid('').slice(0, 32)
  const messages: Message[] = []
  const called: Called[] = []
  const refused = new Map<string, Refusal>()
  const fates = new Map<string, Fate>()
  const stopped = new Set<string>()
  const brought = new Map<string, Readonly<Record<string, string>>>()
  let busy = { times: 0, retryAfter: 0 }
  let hangUps = 0
  let delayMs = 0

  const ring = async (url: string, fields: Readonly<Record<string, string>>): Promise<Called> => {
    const answer = await call(authToken, url, door(url), fields)
    called.push(answer)
    return answer
  }

  const emulator: TwilioEmulator = {
    url: '',
    accountSid,
    authToken,
    messages,
    called,
    strangers: 0,
    customer: (address, number, name = 'Ann Lee') => createCustomer({ accountSid, messages, arrive, now }, address, number, name),
    refuse: (to, code, status = 400) => void refused.set(to, new Refusal(status, code, `Refused with ${code}`)),
    busy: (times, retryAfter) => void (busy = { times, retryAfter }),
    destine: (to, fate) => void fates.set(to, fate),
    report,
    again: (inbound) => ring(settings.webhook ?? '', brought.get(inbound) ?? {}),
    hangUp: (times) => void (hangUps = times),
    slow: (ms) => void (delayMs = ms),
    goAway: () => new Promise((resolve) => (server.close(() => resolve()), server.closeAllConnections())),
  }

  async function arrive(message: Message, fields: Readonly<Record<string, string>>, lost: boolean): Promise<Called> {
    messages.push(message)
    brought.set(message.sid, fields)
    const pair = `${message.to} ${message.from}`
    // Twilio keeps the list of who said stop itself, and answers for the account.
    if (stopWords.test(message.body.trim())) {
      stopped.add(pair)
      const answer = { ...message, sid: sid('SM'), direction: 'outbound-reply' as const, from: message.to, to: message.from, status: 'delivered', media: [] }
      messages.push({ ...answer, body: 'You have successfully been unsubscribed. Reply START to resubscribe.' })
    }
    if (startWords.test(message.body.trim())) stopped.delete(pair)
    const url = settings.webhook ?? ''
    return lost ? { url, fields, status: undefined, body: '' } : ring(url, fields)
  }

  async function report(message: Message, status: string, code?: number): Promise<Called | undefined> {
    message.status = status
    message.errorCode = code ?? null
    if (message.statusCallback === null) return undefined
    const whatsapp: Record<string, string> = { ChannelPrefix: 'whatsapp', ChannelToAddress: message.to.replace('whatsapp:', '') }
    return ring(message.statusCallback, {
      ...(message.to.startsWith('whatsapp:') ? whatsapp : {}),
      SmsSid: message.sid,
      SmsStatus: status,
      MessageStatus: status,
      To: message.to,
      MessageSid: message.sid,
      AccountSid: accountSid,
      From: message.from,
      ApiVersion: '2010-04-01',
      ...(code === undefined ? {} : { ErrorCode: String(code) }),
    })
  }

  function create(form: URLSearchParams): Message {
    const to = form.get('To') ?? ''
    const refusal = refused.get(to)
    if (refusal !== undefined) throw refusal
    const service = form.get('MessagingServiceSid')
    const from = form.get('From') ?? (service === null ? '' : (settings.numbers[0] ?? ''))
    const body = form.get('Body') ?? ''
    if (!/^(?:whatsapp:)?\+[1-9]\d{6,14}$/.test(to)) throw new Refusal(400, 21211, `The 'To' number ${to} is not a valid phone number.`)
    if (!settings.numbers.includes(from)) throw new Refusal(400, 21606, `The 'From' phone number provided is not a valid, message-capable number.`)
    if (body === '' && form.get('ContentSid') === null) throw new Refusal(400, 21602, 'Message body is required.')
    if (body.length > 1600) throw new Refusal(400, 21617, 'The concatenated message body exceeds the 1600 character limit.')
    if (stopped.has(`${from} ${to}`)) throw new Refusal(400, 21610, 'Attempt to send to unsubscribed recipient')
    const message: Message = {
      sid: sid('SM'),
      direction: 'outbound-api',
      from,
      to,
      body: form.get('ContentSid') === null ? body : `[template] ${Object.values(JSON.parse(form.get('ContentVariables') ?? '{}')).join(', ')}`,
      status: service === null ? 'queued' : 'accepted',
      errorCode: null,
      messagingServiceSid: service,
      statusCallback: form.get('StatusCallback'),
      contentSid: form.get('ContentSid'),
      contentVariables: form.get('ContentVariables'),
      media: [],
      created: new Date(now()),
    }
    messages.push(message)
    // The call is answered first: whatever becomes of it is told later.
    setImmediate(() => void unfold(message))
    return message
  }

  /** Free words on WhatsApp are taken at any time, and fail where the customer wrote too long ago. */
  async function unfold(message: Message): Promise<void> {
    const late = message.to.startsWith('whatsapp:') && message.contentSid === null && !isOpen(message)
    const fate: Fate = late ? [{ status: 'failed', code: 63016 }] : (fates.get(message.to) ?? ['sent', 'delivered'])
    for (const step of fate) await (typeof step === 'string' ? report(message, step) : report(message, step.status, step.code))
  }

  const isOpen = ({ to, from }: Message): boolean =>
    messages.some((each) => each.direction === 'inbound' && each.from === to && each.to === from && each.created.getTime() > now() - windowMs)

  /** Newest first, filtered and in pages. */
  function list(query: URLSearchParams): Record<string, unknown> {
    const [to, from, after] = [query.get('To'), query.get('From'), query.get('DateSent>')]
    const since = after === null ? 0 : Date.parse(after)
    const unsent = (message: Message) => ['queued', 'accepted'].includes(message.status)
    const found = messages
      .filter((each) => (to === null || each.to === to) && (from === null || each.from === from))
      .filter((each) => after === null || (!unsent(each) && each.created.getTime() >= since))
      .toSorted((a, b) => b.created.getTime() - a.created.getTime())
    // Small pages, so that whoever reads them must turn them.
    const size = Math.min(Number(query.get('PageSize') ?? 50), 4)
    const page = Number(query.get('Page') ?? 0)
    const uri = (n: number) =>
      `/2010-04-01/Accounts/${accountSid}/Messages.json?${new URLSearchParams([...[...query].filter(([name]) => name !== 'Page'), ['Page', String(n)]])}`
    return {
      messages: found.slice(page * size, (page + 1) * size).map((each) => resourceOf(accountSid, each)),
      first_page_uri: uri(0),
      next_page_uri: found.length > (page + 1) * size ? uri(page + 1) : null,
      previous_page_uri: page > 0 ? uri(page - 1) : null,
      page,
      page_size: size,
      start: page * size,
      end: Math.min(found.length, (page + 1) * size) - 1,
      uri: uri(page),
    }
  }

  type Answer = { status: number; body: Record<string, unknown> } | { content: Buffer; contentType: string }

  function answer(method: string, path: string, query: URLSearchParams, form: URLSearchParams): Answer {
    if (busy.times > 0) {
      busy.times--
      throw new Refusal(429, 20429, 'Too Many Requests', { 'retry-after': String(busy.retryAfter) })
    }
    if (path === `/2010-04-01/Accounts/${accountSid}.json`) return { status: 200, body: { sid: accountSid, status: 'active', type: 'Full' } }
    const parts = path
      .replace(/\.json$/, '')
      .split('/')
      .slice(3)
    if (parts[0] !== accountSid || parts[1] !== 'Messages') throw new Refusal(404, 20404, 'The requested resource was not found')
    if (parts.length === 2) return method === 'POST' ? { status: 201, body: resourceOf(accountSid, create(form)) } : { status: 200, body: list(query) }
    const message = messages.find((each) => each.sid === parts[2])
    if (message === undefined) throw new Refusal(404, 20404, 'The requested resource was not found')
    if (parts.length === 3) return { status: 200, body: resourceOf(accountSid, message) }
    if (parts.length === 4)
      return {
        status: 200,
        body: { media_list: message.media.map((each) => mediumOf(accountSid, message, each)), next_page_uri: null, page: 0, page_size: 50 },
      }
    const medium = message.media.find((each) => each.sid === parts[4])
    if (medium === undefined || medium.missing-- > 0) throw new Refusal(404, 20404, 'The requested resource was not found')
    return medium
  }

  const server: Server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    const form = new URLSearchParams(await bodyOf(request))
    try {
      if (request.headers.authorization !== `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`) {
        emulator.strangers++
        throw new Refusal(401, 20003, 'Authenticate')
      }
      const said = answer(request.method ?? 'GET', url.pathname, url.searchParams, form)
      if (request.method === 'POST' && hangUps-- > 0) return void request.socket.destroy()
      if (request.method === 'POST' && delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs))
      if ('content' in said) response.writeHead(200, { 'content-type': said.contentType }).end(said.content)
      else response.writeHead(said.status, { 'content-type': 'application/json' }).end(JSON.stringify(said.body))
    } catch (error) {
      const { status, code, message, headers } = error instanceof Refusal ? error : new Refusal(500, 20500, String(error))
      const body = { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status }
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
    }
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  emulator.url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
  return emulator
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}
