// Quotes through the REST API, the conversation and their page, with the real bot: drafted, reviewed, sent, decided once.
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { flows } from '../../flows/index.ts'
import { createBot, loadTexts } from '../../src/bot/index.ts'
import { quoteView } from '../../src/http/quote-views.ts'
import { draft, quoteStream, review, send, withdraw, type Quote } from '../../src/quotes/index.ts'
import { apiOf } from '../support/api.ts'
import { createFolder, createProvider, live, newMessage, type Life, type LifeOptions } from '../support/life.ts'
import { eventually } from '../support/processes.ts'

const cleanups: (() => void | Promise<void>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

const texts = loadTexts()
const lines = [
  { description: 'Drive belt <new>', quantity: 1, unitPrice: 4550 },
  { description: 'Labour', quantity: 1, unitPrice: 9000 },
]

async function begin(options: Partial<LifeOptions> = {}) {
  const folder = createFolder()
  cleanups.push(() => folder.remove())
  const provider = createProvider()
  const life = await live({
    folder: folder.path,
    provider,
    bot: createBot({ texts, flows }),
    render: (language, key, values) => texts.render(language, key, values),
    ...options,
  })
  cleanups.push(() => life.close())
  const url = `http://127.0.0.1:${life.port}`
  return { life, provider, url, api: apiOf(() => url, 'test-key-0123456789'), folder: folder.path }
}
type Desk = Awaited<ReturnType<typeof begin>>

/** In answer to what the desk wrote about the ticket. */
async function say(life: Life, number: string, text: string): Promise<void> {
  await life.accept({ kind: 'message', message: newMessage(text, text, 'ann@example.org', { thread: number }) })
}
const sent = ({ provider }: Desk, text: string) => eventually(async () => provider.sent.find((message) => message.text.includes(text)), `"${text}" to be sent`)

async function quote(response: Promise<Response>, status = 200): Promise<z.output<typeof quoteView>> {
  const answer = await response
  expect(answer.status, await answer.clone().text()).toBe(status)
  return quoteView.parse(await answer.json())
}

/** Drafted, reviewed and sent; answers its id and the link the customer got. */
async function offer(desk: Desk, number: string): Promise<{ id: string; link: string }> {
  const { id } = await quote(desk.api.post(`/tickets/${number}/quotes`, { lines, currency: 'EUR' }))
  await quote(desk.api.post(`/quotes/${id}/review`))
  await quote(desk.api.post(`/quotes/${id}/send`))
  // A form is open still: the quote comes as soon as that is over.
  const { text } = await sent(desk, '/quote/')
  return { id, link: /http:\S+\/quote\/\S+/.exec(text)?.[0].replace(/^http:\/\/[^/]+/, desk.url) ?? '' }
}

/** Staff open it, so no form is in the way. */
async function opened(desk: Desk): Promise<string> {
  const answer = await desk.api.post('/tickets', {
    subject: 'T5 treadmill',
    description: 'stops after ten minutes',
    customer: { name: 'Ann', email: 'ann@example.org' },
  })
  return z.object({ number: z.string() }).parse(await answer.json()).number
}
const stateOf = async ({ api }: Desk, id: string) => (await api.read(`/quotes/${id}`, quoteView)).versions.at(-1)
const statusOf = async ({ api }: Desk, number: string) => (await api.read(`/tickets/${number}`, z.object({ status: z.string() }))).status
const tasksOf = async ({ api }: Desk) => (await api.read('/tasks?kind=quote', z.object({ data: z.array(z.object({ ticket: z.string().nullable() })) }))).data

describe('a quote', () => {
  it('goes out only once somebody has reviewed it, and again after it was changed', async () => {
    const desk = await begin()
    const number = await opened(desk)
    const { id, versions } = await quote(desk.api.post(`/tickets/${number}/quotes`, { lines }))
    expect(id).toBe(number.replace('R-', 'Q-'))
    expect(versions).toMatchObject([{ version: 1, state: 'draft', currency: 'USD', total: 13_550 }])
    const early = await desk.api.post(`/quotes/${id}/send`)
    expect(early.status).toBe(409)
    expect(await early.json()).toMatchObject({ detail: 'The newest version is draft; this needs a reviewed draft.' })
    await quote(desk.api.post(`/quotes/${id}/review`))
    await quote(desk.api.post(`/tickets/${number}/quotes`, { lines: lines.slice(1) }))
    expect((await desk.api.post(`/quotes/${id}/send`)).status).toBe(409)
    await quote(desk.api.post(`/quotes/${id}/review`))
    expect((await quote(desk.api.post(`/quotes/${id}/send`))).versions).toMatchObject([{ version: 1, state: 'sent', total: 9000 }])
    expect(await statusOf(desk, number)).toBe('pending')
    await sent(desk, 'Labour: $90.00')
    expect(desk.provider.sent.some(({ text }) => text.includes('Drive belt'))).toBe(false)
  })

  it('wants four eyes where the company says so', async () => {
    const desk = await begin({ yaml: 'quotes:\n  fourEyes: true\n' })
    const number = await opened(desk)
    const { id } = await quote(desk.api.post(`/tickets/${number}/quotes`, { lines }))
    const answer = await desk.api.post(`/quotes/${id}/review`)
    expect(answer.status).toBe(409)
    expect(await answer.json()).toMatchObject({ detail: expect.stringContaining('Somebody else') })
  })

  it.each([
    [{ lines: [] }, 'at least one line'],
    [{ lines: [{ description: 'x', quantity: 0, unitPrice: 1 }] }, 'quantity'],
    [{ lines: [{ description: 'x', quantity: 1, unitPrice: 1.5 }] }, 'unitPrice'],
    [{ lines, currency: 'EURO' }, 'currency'],
    [{ lines, discount: 3 }, 'discount'],
  ])('is refused as %j, saying what to put right', async (body, why) => {
    const desk = await begin()
    const answer = await desk.api.post(`/tickets/${await opened(desk)}/quotes`, body)
    expect(answer.status).toBe(400)
    expect(await answer.text()).toContain(why)
  })

  it('is approved in words, with the evidence kept, and the ticket goes on', async () => {
    const desk = await begin()
    const number = await opened(desk)
    const { id } = await offer(desk, number)
    await say(desk.life, number, 'Yes, go ahead')
    await sent(desk, 'You have agreed to our offer of €135.50')
    expect(await stateOf(desk, id)).toMatchObject({
      state: 'approved',
      evidence: { by: { kind: 'customer' }, onBehalf: false, where: 'email', address: 'ann@example.org', text: 'Yes, go ahead', message: expect.any(String) },
    })
    await eventually(async () => ((await statusOf(desk, number)) === 'accepted' ? true : undefined), 'the ticket to go on')
    expect(await tasksOf(desk)).toEqual([])
  })

  it('is declined with one task for a person', async () => {
    const desk = await begin()
    const number = await opened(desk)
    const { id } = await offer(desk, number)
    await say(desk.life, number, 'No, thank you')
    await sent(desk, 'we do not go ahead')
    expect(await stateOf(desk, id)).toMatchObject({ state: 'declined' })
    expect(await tasksOf(desk)).toEqual([{ ticket: number }])
  })

  it('is written down by staff when it was decided on the phone, and its customer hears so', async () => {
    const desk = await begin()
    const number = await opened(desk)
    const { id } = await offer(desk, number)
    expect((await desk.api.post(`/quotes/${id}/decide`, { version: 2, decision: 'declined', text: 'too much' })).status).toBe(409)
    const decided = await quote(desk.api.post(`/quotes/${id}/decide`, { version: 1, decision: 'declined', text: 'She said it is too much.' }))
    expect(decided.versions.at(-1)).toMatchObject({
      state: 'declined',
      evidence: { by: { kind: 'api', id: 'admin' }, onBehalf: true, where: 'elsewhere', text: 'She said it is too much.' },
    })
    await sent(desk, 'As you told us, you do not want our offer')
  })

  it('in a second version takes the place of the first: only that one can be approved then', async () => {
    const desk = await begin()
    const number = await opened(desk)
    const { id, link } = await offer(desk, number)
    await quote(desk.api.post(`/tickets/${number}/quotes`, { lines: lines.slice(1), currency: 'EUR' }))
    await quote(desk.api.post(`/quotes/${id}/review`))
    const { versions } = await quote(desk.api.post(`/quotes/${id}/send`))
    expect(versions).toMatchObject([{ state: 'superseded' }, { version: 2, state: 'sent' }])
    expect(await (await fetch(link)).text()).toContain('There is a newer offer')
    await fetch(link, { method: 'POST', body: new URLSearchParams({ decision: 'approved' }) })
    expect((await stateOf(desk, id))?.state).toBe('sent')
    await sent(desk, 'Total: €90.00')
    await say(desk.life, number, 'Yes')
    await sent(desk, 'our offer of €90.00')
    expect(await stateOf(desk, id)).toMatchObject({ version: 2, state: 'approved' })
  })

  it('that nobody answers in time expires, once, with a word to the customer and a task', async () => {
    const desk = await begin({ yaml: 'quotes:\n  validFor: 1s\n' })
    const number = await opened(desk)
    const { id, link } = await offer(desk, number)
    await sent(desk, 'has expired without an answer')
    expect((await stateOf(desk, id))?.state).toBe('expired')
    expect(await tasksOf(desk)).toEqual([{ ticket: number }])
    expect(await (await fetch(link)).text()).toContain('This offer has expired')
  })

  it('taken back is not open any more', async () => {
    const desk = await begin()
    const number = await opened(desk)
    const { id, link } = await offer(desk, number)
    await quote(desk.api.post(`/quotes/${id}/withdraw`, { reason: 'wrong part' }))
    expect(await (await fetch(link)).text()).toContain('We have taken this offer back')
    expect((await desk.api.post(`/quotes/${id}/withdraw`, {})).status).toBe(200)
    await say(desk.life, number, 'yes')
    await sent(desk, 'is no longer open')
    expect((await stateOf(desk, id))?.state).toBe('withdrawn')
  })

  it('approved and replaced at the same moment is one or the other, never both', async () => {
    const desk = await begin()
    const number = await opened(desk)
    const { id, link } = await offer(desk, number)
    await quote(desk.api.post(`/tickets/${number}/quotes`, { lines: lines.slice(1) }))
    await quote(desk.api.post(`/quotes/${id}/review`))
    await Promise.all([
      fetch(link, { method: 'POST', body: new URLSearchParams({ decision: 'approved' }), redirect: 'manual' }),
      desk.api.post(`/quotes/${id}/send`),
      fetch(link, { method: 'POST', body: new URLSearchParams({ decision: 'declined' }), redirect: 'manual' }),
    ])
    const [first] = (await desk.api.read(`/quotes/${id}`, quoteView)).versions
    expect(['approved', 'declined', 'superseded']).toContain(first?.state)
    const told = (await desk.life.core.journal.entries('quote', id)).flatMap(({ events }) => events).filter(({ type }) => /approved|declined/.test(type))
    expect(told).toHaveLength(first?.state === 'superseded' ? 0 : 1)
  })

  it('lists by state and ticket, and none of another number is there', async () => {
    const desk = await begin()
    const number = await opened(desk)
    const { id } = await quote(desk.api.post(`/tickets/${number}/quotes`, { lines }))
    const page = z.object({ data: z.array(z.object({ id: z.string() })) })
    expect((await desk.api.read(`/quotes?state=draft&ticket=${number}`, page)).data).toMatchObject([{ id }])
    expect((await desk.api.read('/quotes?state=sent', page)).data).toEqual([])
    expect((await desk.api.get('/quotes/Q-0000000')).status).toBe(404)
    expect((await desk.api.post('/quotes/Q-0000000/send')).status).toBe(404)
    expect((await desk.api.get('/quotes/nonsense')).status).toBe(404)
    await desk.api.post(`/tickets/${number}/status`, { status: 'cancelled' })
    expect((await desk.api.post(`/tickets/${number}/quotes`, { lines })).status).toBe(409)
  })
})

describe('whatever staff do in whatever order', () => {
  const content = { lines, currency: 'EUR', note: null }
  const actor = { kind: 'agent', id: 'dana' } as const
  const at = '2026-03-02T09:00:00.000Z'
  const acts = {
    draft: (quote: Quote) => draft(quote, 'R-1', content),
    review: (quote: Quote) => review(quote, actor, false),
    send: (quote: Quote) => send(quote, { conversation: 'c_1', ticket: 'R-1' }, Date.parse(at), 1000),
    withdraw: (quote: Quote) => withdraw(quote, null),
    approve: (quote: Quote): ReturnType<typeof draft> => {
      const open = quote.versions.find(({ state }) => state === 'sent')
      const evidence = { at, by: actor, onBehalf: false, where: 'page', address: null, message: null, text: 'yes' } as const
      return open === undefined ? undefined : { events: [{ type: 'quote.approved', version: open.version, evidence }], effects: [] }
    },
  }

  it('at most one version waits for the customer, none goes out unreviewed, and what was decided stays so', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...(['draft', 'review', 'send', 'withdraw', 'approve'] as const)), { maxLength: 30 }), (wished) => {
        let quote = quoteStream.begin('Q-1')
        for (const wish of wished) {
          const made = acts[wish](quote)
          if (made === undefined || 'refusal' in made) continue
          const before = quote
          quote = { ...made.events.reduce((each, event) => quoteStream.apply(each, event, at, actor), quote), n: quote.n + 1 }
          expect(quote.versions.map(({ version }) => version)).toEqual(quote.versions.map((_, index) => index + 1))
          expect(quote.versions.filter(({ state }) => state === 'sent').length).toBeLessThanOrEqual(1)
          for (const { sentAt, reviewedBy } of quote.versions) if (sentAt !== null) expect(reviewedBy).not.toBeNull()
          for (const { version, state } of before.versions)
            if (state === 'approved' || state === 'withdrawn') expect(quote.versions[version - 1]?.state).toBe(state)
        }
      }),
    )
  })
})
