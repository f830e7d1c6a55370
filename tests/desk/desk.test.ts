// The desk: what staff can do, as every face does it; over REST where REST has it.
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Desk } from '../../src/desk/index.ts'
import type { OutboundMessage } from '../../src/message.ts'
import { apiOf } from '../support/api.ts'
import { createFolder, createProvider, live, newMessage, type Life, type LifeOptions } from '../support/life.ts'
import { eventually } from '../support/processes.ts'

const cleanups: (() => void | Promise<void>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

async function begin(options: Partial<LifeOptions> = {}) {
  const folder = createFolder()
  const provider = createProvider()
  cleanups.push(folder.remove)
  const life = await live({ folder: folder.path, provider, ...options })
  cleanups.push(() => life.close())
  return { life, provider, desk: life.core.door.desk, api: apiOf(() => `http://127.0.0.1:${life.port}`, 'test-key-0123456789') }
}

const dana = { id: 'U1', name: 'Dana' }
const eli = { id: 'U2', name: 'Eli' }
const deed = (agent: { id: string }, key: string) => ({ actor: { kind: 'agent', id: agent.id } as const, key })
const other = (text: string) => ({ code: 'other', text })
const from = (code: string) => ({ code, text: null })
const failure = {
  component: from('pump'),
  problem: from('leaks'),
  cause: from('wear'),
  remedy: from('part replaced'),
  parts: [{ part: 'seal kit', quantity: 2 }],
  note: 'the old seal was brittle',
}

async function written(life: Life, text = 'It leaks', sender = 'ann@example.org'): Promise<string> {
  await life.accept({ kind: 'message', message: newMessage(text, `id-${text}`, sender) })
  return eventually(async () => (await life.core.collections.tickets.find({ subject: text }))[0]?._id, 'a ticket')
}
const agentWords = async (life: Life) =>
  (await life.core.collections.messages.find({ cause: 'agent' }, { sort: { seq: 1 } })).filter(
    (message): message is OutboundMessage => message.direction === 'outbound',
  )
const says = (provider: LifeOptions['provider'], text: string, times = 1) =>
  eventually(async () => (provider.sent.filter((message) => message.text.includes(text)).length >= times ? true : undefined), `"${text}" to be sent`)

describe('claiming', () => {
  it('takes a ticket that nobody has, accepts a new one and tells its customer once', async () => {
    const { life, provider, desk } = await begin()
    const number = await written(life)
    const claimed = await desk.claim(number, dana, false, deed(dana, 'press'))
    expect(claimed).toMatchObject({ kind: 'changed', state: { assignee: 'U1', assigneeName: 'Dana', status: 'accepted' } })
    expect(await desk.claim(number, dana, false, deed(dana, 'press'))).toMatchObject({ kind: 'repeated' })
    expect(await desk.claim(number, dana, false, deed(dana, 'press again'))).toMatchObject({ kind: 'unchanged' })
    await says(provider, 'ticket.status.accepted')
    expect(provider.sent.filter(({ text }) => text.includes('ticket.status.accepted'))).toHaveLength(1)
  })

  it('of two agents at once gives it to one, and tells the other who was first and since when', async () => {
    const { life, desk, api } = await begin()
    const number = await written(life)
    const results = await Promise.all([desk.claim(number, dana, false, deed(dana, 'dana')), desk.claim(number, eli, false, deed(eli, 'eli'))])
    const [won, lost] = results.toSorted((a, b) => a.kind.localeCompare(b.kind))
    expect(won).toMatchObject({ kind: 'changed' })
    expect(lost).toMatchObject({ kind: 'refused', refusal: { kind: 'owned', by: won?.state.assignee, since: won?.state.assignedAt } })
    const answer = await api.post(`/tickets/${number}/claim`, { agent: 'Frida' })
    expect(answer.status).toBe(409)
    expect(await answer.json()).toMatchObject({ detail: expect.stringContaining(`${won?.state.assigneeName} has had this ticket since`) })
    expect((await api.post(`/tickets/${number}/claim`, { agent: 'Frida', force: true })).status).toBe(200)
    expect(await desk.card(number)).toMatchObject({ owner: { id: 'Frida' } })
  })

  it('does nothing once the agent has read that it was not done', async () => {
    const { life, desk } = await begin()
    const number = await written(life)
    const late = { ...deed(dana, 'late'), mayCommit: () => false }
    const before = await life.core.collections.tickets.get(number)
    expect(await desk.claim(number, dana, false, late)).toMatchObject({ kind: 'refused', refusal: { kind: 'too_late' } })
    for (const act of [
      desk.reply(number, { text: 'Hello', agent: dana }, { ...late, key: 'r' }),
      desk.ask(number, { text: 'Which one?', agent: dana }, { ...late, key: 'a' }),
      desk.note(number, 'a note', { ...late, key: 'n' }),
      desk.open(newTicket, { ...late, key: 'o' }),
    ])
      expect(await act).toMatchObject({ kind: 'refused', refusal: { kind: 'too_late' } })
    expect(await life.core.collections.tickets.get(number)).toEqual(before)
    expect(await life.core.collections.tickets.count({})).toBe(1)
    expect(await agentWords(life)).toEqual([])
  })

  const newTicket = { subject: 'Broken', description: 'Broken', customer: { name: 'Bo' }, priority: 'normal', channel: 'api' } as const
})

describe('teams', () => {
  const yaml = 'teams:\n  - { name: Kitchen, products: [Oven X], slackChannel: C0000001 }\n  - { name: All, default: true }\n'

  it('have a ticket by its product, else by default, else by an act', async () => {
    const { desk, api } = await begin({ yaml })
    const open = async (product: string) => {
      const answer = await api.post('/tickets', { subject: product, description: 'Broken', customer: { name: 'Bo' }, asset: { product } })
      return z.object({ number: z.string() }).parse(await answer.json()).number
    }
    const [oven, lamp] = [await open('oven x'), await open('Lamp')]
    expect(await desk.card(oven)).toMatchObject({ team: { name: 'Kitchen', slackChannel: 'C0000001' } })
    expect(await desk.card(lamp)).toMatchObject({ team: { name: 'All', slackChannel: null } })
    await desk.claim(lamp, dana, false, deed(dana, 'c'))
    expect((await api.post(`/tickets/${lamp}/assign`, { team: 'Kitchen' })).status).toBe(200)
    expect(await desk.card(lamp)).toMatchObject({ team: { name: 'Kitchen' }, owner: null })
    expect((await api.post(`/tickets/${lamp}/assign`, { team: 'Garden' })).status).toBe(400)
  })
})

describe('words to the customer', () => {
  it('go out once, take the conversation over, and the bot is silent until it is given back', async () => {
    const { life, provider, desk, api } = await begin()
    const number = await written(life)
    const words = { text: 'We come on Monday.', agent: dana }
    expect(await desk.reply(number, words, deed(dana, 'send'))).toEqual({ kind: 'queued' })
    expect(await desk.reply(number, words, deed(dana, 'send'))).toEqual({ kind: 'queued' })
    await says(provider, 'We come on Monday.')
    expect(await desk.card(number)).toMatchObject({ control: { owner: 'agent', agent: 'U1' } })
    await life.accept({ kind: 'message', message: newMessage('Fine', 'id-2') })
    await eventually(async () => ((await life.core.collections.messages.count({ state: 'handled' })) === 2 ? true : undefined), 'the second turn')
    expect(provider.sent.map(({ text }) => text)).toEqual(['heard It leaks', 'We come on Monday.'])
    expect((await api.post(`/tickets/${number}/return-to-bot`)).status).toBe(200)
    await life.accept({ kind: 'message', message: newMessage('And when?', 'id-3') })
    await says(provider, 'heard And when?')
    expect(provider.sent.filter(({ text }) => text === 'We come on Monday.')).toHaveLength(1)
    expect(provider.sent[1]).toMatchObject({ speaker: 'Dana', cause: 'agent' })
  })

  it('of a second agent are held back when another has written since they looked, and go when sent again', async () => {
    const { life, provider, desk } = await begin()
    const number = await written(life)
    await says(provider, 'heard')
    const seen = (await preview(desk, number)).seen
    const both = await Promise.all([
      desk.reply(number, { text: 'Mine', agent: dana, seen }, deed(dana, 'a')),
      desk.reply(number, { text: 'Mine', agent: eli, seen }, deed(eli, 'b')),
    ])
    const lost = both.findIndex(({ kind }) => kind === 'refused')
    expect(both.map(({ kind }) => kind).toSorted()).toEqual(['queued', 'refused'])
    expect(both[lost]).toMatchObject({ refusal: { kind: 'overtaken', name: lost === 0 ? 'Eli' : 'Dana', text: 'Mine' } })
    const again = { text: 'Mine too', agent: lost === 0 ? dana : eli, seen: (await preview(desk, number)).seen }
    expect(await desk.reply(number, again, deed(again.agent, 'c'))).toEqual({ kind: 'queued' })
    expect((await agentWords(life)).map(({ text }) => text)).toEqual(['Mine', 'Mine too'])
  })

  it('that ask for something let the ticket wait, in one change', async () => {
    const { life, provider, api } = await begin()
    const number = await written(life)
    const once = { 'idempotency-key': 'ask' }
    for (let time = 0; time < 2; time++)
      expect((await api.post(`/tickets/${number}/ask`, { text: 'Which model is it?', agent: 'Dana' }, once)).status).toBe(200)
    await says(provider, 'Which model is it?')
    expect(await life.core.collections.tickets.get(number)).toMatchObject({ status: 'pending' })
    // Asked again while it waits: said, and nothing else changes.
    expect((await api.post(`/tickets/${number}/ask`, { text: 'And which colour?', agent: 'Dana' })).status).toBe(200)
    await says(provider, 'And which colour?')
    expect((await agentWords(life)).map(({ text }) => text)).toEqual(['Which model is it?', 'And which colour?'])
    expect(provider.sent.some(({ text }) => text.includes('ticket.status.pending'))).toBe(false)
    // Thanks are no answer; an answer ends the wait, though the bot is silent.
    await life.accept({ kind: 'message', message: newMessage('thanks', 'thanks') })
    await eventually(async () => ((await life.core.collections.tickets.get(number))?.acknowledged ? true : undefined), 'the thanks')
    expect(await life.core.collections.tickets.get(number)).toMatchObject({ status: 'pending' })
    await life.accept({ kind: 'message', message: newMessage('The X3, in grey', 'answer') })
    await eventually(async () => ((await life.core.collections.tickets.get(number))?.status === 'new' ? true : undefined), 'the end of the wait')
  })

  it('are shown beforehand with channel, address, language and what happens when the window is shut', async () => {
    const { life, provider, desk } = await begin({ abilities: { windowMs: 86_400_000 } })
    const number = await written(life)
    await says(provider, 'heard')
    expect(await preview(desk, number)).toMatchObject({
      channel: 'email',
      address: 'a•••@example.org',
      language: 'en',
      texts: ['Hello'],
      way: { kind: 'direct' },
      seen: 2,
    })
    const { createdAt } = (await life.core.collections.messages.find({ direction: 'inbound' }))[0] ?? { createdAt: '' }
    expect((await preview(desk, number)).windowUntil).toBe(new Date(Date.parse(createdAt) + 86_400_000).toISOString())
    await life.core.collections.messages.update(`${(await life.core.collections.messages.find({ direction: 'inbound' }))[0]?._id}`, {
      $set: { createdAt: '2020-01-01T00:00:00.000Z' },
    })
    expect((await preview(desk, number)).way).toEqual({ kind: 'nowhere', why: 'window_closed' })
    expect(await agentWords(life)).toEqual([])
  })

  async function preview(desk: Desk, number: string) {
    const result = await desk.previewReply(number, 'Hello', dana)
    if (result.kind === 'refused') throw new Error(result.refusal.kind)
    return result.preview
  }
})

describe('resolving', () => {
  it('stores the failure record with the ticket and tells the customer, with the comment only', async () => {
    const { life, provider, api } = await begin()
    const number = await written(life)
    const answer = await api.post(`/tickets/${number}/resolve`, { failure, comment: 'New seal fitted.' })
    expect(await answer.json()).toMatchObject({ status: 'resolved', failure: { ...failure, by: { kind: 'api' } } })
    await says(provider, 'ticket.status.resolved.comment')
    expect(JSON.stringify(provider.sent)).not.toContain('brittle')
  })

  it.each([
    [{ ...failure, component: from('flux capacitor') }, 'component is not in the list'],
    [{ ...failure, cause: other('  ') }, 'cause.code'],
    [{ ...failure, cause: { code: 'other', text: null } }, 'wants words'],
    [{ ...failure, parts: [{ part: 'seal', quantity: 0 }] }, 'quantity'],
  ])('refuses a record that does not fit, and nothing is resolved', async (record, why) => {
    const { life, api } = await begin()
    const number = await written(life)
    const answer = await api.post(`/tickets/${number}/resolve`, { failure: record })
    expect(answer.status).toBe(400)
    if (why !== 'cause.code') expect(await answer.text()).toContain(why)
    expect(await life.core.collections.tickets.get(number)).toMatchObject({ status: 'new', failure: null })
  })

  it('takes "other" with words, and lists of the company', async () => {
    const { life, api } = await begin({ yaml: 'failureRecord:\n  component: [drive belt]\n' })
    const number = await written(life)
    const record = { ...failure, component: from('drive belt'), cause: other('a mouse') }
    expect((await api.post(`/tickets/${number}/resolve`, { failure: record })).status).toBe(200)
  })
})

describe('finding', () => {
  it('forgives case and O for 0 in a number, and finds by words of subject and name', async () => {
    const { life, desk } = await begin()
    const number = await written(life, 'The Dishwasher leaks')
    await written(life, 'Oven cold', 'bob@example.org')
    const spoken = number.toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l')
    for (const words of [number, spoken, spoken.slice(2), 'dishwasher', 'LEAKS dish'])
      expect(
        (await desk.find(words)).lines.map((line) => line.number),
        words,
      ).toEqual([number])
    expect((await desk.find('leaks oven')).lines).toEqual([])
    expect((await desk.find('  ')).lines).toEqual([])
  })

  it('lists what an agent has and what nobody has', async () => {
    const { life, desk } = await begin()
    const [first, second, third] = [await written(life, 'one', 'a@x.org'), await written(life, 'two', 'b@x.org'), await written(life, 'three', 'c@x.org')]
    await desk.claim(second, dana, false, deed(dana, 'c2'))
    await desk.resolve(third, { failure, comment: null }, deed(dana, 'r3'))
    const { mine, unassigned } = await desk.queue(dana.id)
    expect(mine.map((line) => line.number)).toEqual([second])
    expect(unassigned.map((line) => line.number)).toEqual([first])
  })
})

describe('canned replies', () => {
  const yaml = 'cannedReplies:\n  - name: Thanks\n    text: { en: "Hello {customer}, thank you for {number}.", zh: "您好，{number}。" }\n'

  it('are filled in for a ticket, with no gap for a name that is not known', async () => {
    const { life, desk, api } = await begin({ yaml })
    const number = await written(life)
    expect(await desk.cannedReplies(number)).toEqual([{ name: 'Thanks', text: `Hello, thank you for ${number}.` }])
    const answer = await api.get(`/canned-replies?ticket=${number.toLowerCase()}`)
    expect(await answer.json()).toEqual({ data: [{ name: 'Thanks', text: `Hello, thank you for ${number}.` }], nextCursor: null })
    expect(await (await api.get('/canned-replies')).json()).toMatchObject({ data: [{ text: expect.stringContaining('{customer}') }] })
  })
})

describe('the place of a card', () => {
  it('is changed by one of many at once, and by nobody who knew an older one', async () => {
    const { desk } = await begin()
    const card = { ticket: 'R-1', n: 0, channel: 'C1', ts: null, shown: '', posted: {}, busyUntil: null }
    const firsts = await Promise.all(Array.from({ length: 8 }, (_, index) => desk.cards.put({ ...card, shown: String(index) })))
    const [won] = firsts.filter((each) => each !== undefined)
    expect(firsts.filter((each) => each !== undefined)).toHaveLength(1)
    expect(await desk.cards.get('R-1')).toEqual(won)
    const next = await desk.cards.put({ ...card, n: 1, ts: '1.2' })
    expect(next).toMatchObject({ n: 2, ts: '1.2' })
    for (const n of [0, 1]) expect(await desk.cards.put({ ...card, n })).toBeUndefined()
    expect(await desk.cards.get('R-1')).toEqual(next)
  })
})
