// What agents do from a card in Slack, and what they read when it is not done.
import { afterEach, describe, expect, it } from 'vitest'
import type { Slacker } from '../../emulators/slack/person.ts'
import { openInsideDesk, shownIn, type InsideDesk } from '../../support/inside-desk.ts'
import { eventually } from '../../support/processes.ts'
import { fromBot, type Visitor } from '../../support/visitor.ts'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})
const open = (yaml?: string): Promise<InsideDesk> =>
  openInsideDesk({ ...(yaml === undefined ? {} : { yaml }), onClose: (cleanup) => void cleanups.push(cleanup) })

/** A desk with one ticket and its card. */
async function begin(yaml?: string) {
  const desk = await open(yaml)
  const { number, visitor } = await desk.reported('My T5 treadmill stops after ten minutes')
  const place = await desk.card(number)
  await eventually(async () => ((await bot(visitor)).length > 0 ? true : undefined), "the bot's answer")
  return { desk, number, visitor, place, ticket: () => desk.app.core.collections.tickets.get(number) }
}
const bot = async (visitor: Visitor): Promise<string[]> => (await visitor.history()).filter(fromBot).map(({ text = '' }) => text)
const hears = (visitor: Visitor, text: string) =>
  eventually(async () => ((await bot(visitor)).some((said) => said.includes(text)) ? true : undefined), `the customer to hear "${text}"`)
const notes = (agent: Slacker): string[] => agent.ephemerals().map((each) => shownIn(each))
/** A note comes after the answer to the press. */
const reads = (agent: Slacker, text: string | RegExp, times = 1) =>
  eventually(async () => (notes(agent).filter((note) => note.match(text)).length >= times ? true : undefined), `${agent.id} to read "${text}"`)
const modal = (agent: Slacker): string => shownIn(agent.modal() ?? {})
const submitLabel = (agent: Slacker): unknown => Reflect.get(Object(agent.modal()?.['submit']), 'text')
/** Writes, looks at the preview, and sends. */
async function write(agent: Slacker, text: string): Promise<void> {
  await agent.submit({ text })
  await agent.submit()
}

describe('claiming', () => {
  it('by two agents at once: one has it, the other reads who was first', async () => {
    const { desk, number, place } = await begin()
    await Promise.all([desk.dana.press('Accept', place), desk.eli.press('Accept', place)])
    const owner = (await desk.app.core.collections.tickets.get(number))?.assignee
    const [winner, loser] = owner === desk.dana.id ? [desk.dana, desk.eli] : [desk.eli, desk.dana]
    await reads(loser, `<@${winner.id}> has had this ticket since`)
    expect(notes(winner)).toEqual([])
  })
})

describe('a quote', () => {
  it('is typed line by line, read as the customer will get it, and sent by who has read it; the card tells how it stands', async () => {
    const { desk, number, visitor, place } = await begin('quotes: { currency: EUR }\n')
    await desk.dana.press('Quote', place)
    await desk.dana.submit({ lines: '1 x Drive belt 45.50\nLabour' })
    expect(desk.dana.errors()).toEqual({ lines: expect.stringContaining('Line 2 makes no sense') })
    await desk.dana.submit({ lines: '1 x Drive belt 45.50\nLabour 90' })
    expect(submitLabel(desk.dana)).toBe('Send')
    expect(modal(desk.dana)).toContain('Total: €135.50')
    // Changed after it was read: it is to be read again.
    await desk.dana.submit({ lines: '1 x Drive belt 45.50\nLabour 80' })
    expect(modal(desk.dana)).toContain('Total: €125.50')
    expect((await bot(visitor)).join()).not.toContain('€')
    await desk.dana.submit()
    await eventually(async () => ((await desk.app.core.collections.quotes.find({}))[0]?.state === 'sent' ? true : undefined), 'the quote to be sent')
    await eventually(
      async () => (shownIn((await desk.card(number)).message).includes('€125.50 · the customer decides') ? true : undefined),
      'the card to show it',
    )
  })

  it('of one’s own is not sent where four eyes are wanted: another agent reads and sends it', async () => {
    const { desk, place } = await begin('quotes: { fourEyes: true }\n')
    await desk.dana.press('Quote', place)
    await desk.dana.submit({ lines: 'Labour 90' })
    await desk.dana.submit()
    expect(desk.dana.errors()).toEqual({ lines: expect.stringContaining('Somebody else than who drafted it') })
    await desk.eli.press('Quote', place)
    await desk.eli.submit()
    expect(modal(desk.eli)).toContain('Total: $90.00')
    await desk.eli.submit()
    await eventually(async () => ((await desk.app.core.collections.quotes.find({}))[0]?.state === 'sent' ? true : undefined), 'the quote to be sent')
  })
})

describe('replying', () => {
  it('shows what the customer will get and where, then sends it once under the name of the agent', async () => {
    const { desk, number, visitor, place } = await begin()
    await desk.dana.press('Reply', place)
    expect(modal(desk.dana)).toContain('web chat')
    await desk.dana.submit({ text: 'We come on *Monday* at <8>.' })
    expect(submitLabel(desk.dana)).toBe('Send')
    expect(modal(desk.dana)).toContain('What the customer gets')
    expect(modal(desk.dana)).toContain('We come on *Monday* at <8>.')
    expect(await bot(visitor)).not.toContain('We come on *Monday* at <8>.')
    const view = desk.dana.modal()
    await desk.dana.submit()
    expect(desk.dana.modal()).toBeUndefined()
    await hears(visitor, 'We come on *Monday* at <8>.')
    // The same form once more, as a client does whose answer was lost.
    if (view !== undefined) desk.slack.workspace.modals.set(desk.dana.id, [view])
    await desk.dana.submit()
    const thread = await eventually(async () => desk.thread(number).find((text) => text.includes('We come on *Monday*')), 'the words in the thread')
    expect(thread).toContain('Dana Reed')
    expect((await bot(visitor)).filter((text) => text.includes('Monday'))).toHaveLength(1)
    await desk.card(number, `<@${desk.dana.id}>, until`)
  })

  it('sends nothing that was not shown: words changed after the preview are shown first', async () => {
    const { desk, visitor, place } = await begin()
    await desk.dana.press('Reply', place)
    await desk.dana.submit({ text: 'First version' })
    await desk.dana.submit({ text: 'Second version' })
    expect(modal(desk.dana)).toContain('Second version')
    await desk.dana.submit()
    await hears(visitor, 'Second version')
    expect((await bot(visitor)).some((text) => text.includes('First version'))).toBe(false)
  })

  it('by two agents at once: the second reads what the first wrote, and sends if it is still wanted', async () => {
    const { desk, visitor, place } = await begin()
    await desk.dana.press('Reply', place)
    await desk.eli.press('Reply', place)
    await write(desk.dana, 'Try to unplug it.')
    await write(desk.eli, 'Do not touch it.')
    expect(modal(desk.eli)).toContain('Dana Reed has written to the customer since you looked')
    expect(modal(desk.eli)).toContain('Try to unplug it.')
    expect((await bot(visitor)).some((text) => text.includes('Do not touch'))).toBe(false)
    await desk.eli.submit()
    await hears(visitor, 'Do not touch it.')
  })

  it('can begin with a canned reply in the language of the customer, filled in', async () => {
    const { desk, number, visitor, place } = await begin('cannedReplies:\n  - { name: Hello, text: { en: "Hello {customer}, this is about {number}." } }\n')
    await desk.dana.press('Reply', place)
    await desk.dana.choose('desk_canned', 'Hello')
    await write(desk.dana, `Hello, this is about ${number}.`)
    await hears(visitor, `Hello, this is about ${number}.`)
    await desk.eli.press('Reply', place)
    await desk.eli.choose('desk_canned', 'Hello')
    // As it stands in the form.
    await desk.eli.submit()
    expect(modal(desk.eli)).toContain(`Hello, this is about ${number}.`)
  })

  it('with a question lets the ticket wait for the answer', async () => {
    const { desk, number, visitor, place, ticket } = await begin()
    await desk.dana.press('Ask for information', place)
    await write(desk.dana, 'Which colour is the cable?')
    await hears(visitor, 'Which colour is the cable?')
    expect(await ticket()).toMatchObject({ status: 'pending' })
    await desk.card(number, 'Waits for the customer')
    expect((await bot(visitor)).filter((text) => text.includes('colour'))).toHaveLength(1)
  })

  it('ends when the bot is called back', async () => {
    const { desk, number, visitor, place } = await begin()
    await desk.dana.press('Reply', place)
    await write(desk.dana, 'One moment.')
    await hears(visitor, 'One moment.')
    const card = await desk.card(number, `<@${desk.dana.id}>, until`)
    await visitor.say('where is my repair?', 'while an agent has it')
    await eventually(async () => (desk.thread(number).some((text) => text.includes('where is my repair?')) ? true : undefined), 'the words in the thread')
    const silent = (await bot(visitor)).length
    await desk.dana.choose('desk_more', `desk_return ${number}`, card)
    await desk.card(number, 'the bot')
    await visitor.say('where is my repair?', 'once the bot has it')
    await eventually(async () => ((await bot(visitor)).length > silent ? true : undefined), 'the bot to answer again')
    expect((await bot(visitor)).length).toBe(silent + 1)
  })
})

describe('notes, status and owners', () => {
  it('a note stands in the thread and never with the customer', async () => {
    const { desk, number, visitor, place } = await begin()
    await desk.dana.press('Note', place)
    await desk.dana.submit({ text: 'Difficult customer, see last year.' })
    expect(await eventually(async () => desk.thread(number).find((text) => text.includes('Difficult customer')), 'the note')).toContain(
      `Note by <@${desk.dana.id}>`,
    )
    expect(JSON.stringify(await visitor.history())).not.toContain('Difficult')
  })

  it('a status is offered where the table allows it, and told with its reason unless the agent says not to', async () => {
    const { desk, number, visitor, place, ticket } = await begin()
    await desk.dana.choose('desk_more', `desk_status ${number}`, place)
    expect(modal(desk.dana)).not.toContain('Closed')
    await desk.dana.submit({ to: 'on_hold', reason: 'the part is on its way' })
    await hears(visitor, 'the part is on its way')
    const card = await desk.card(number, 'On hold', 'the part is on its way')
    await desk.dana.choose('desk_more', `desk_status ${number}`, card)
    const heard = (await bot(visitor)).length
    await desk.dana.submit({ to: 'accepted', reason: 'quietly', tell: [] })
    await desk.card(number, 'Accepted')
    expect(await ticket()).toMatchObject({ status: 'accepted' })
    expect((await bot(visitor)).length).toBe(heard)
  })

  it('a status that somebody else has changed meanwhile is not changed again', async () => {
    const { desk, number, place, ticket } = await begin()
    await desk.dana.choose('desk_more', `desk_status ${number}`, place)
    await desk.app.core.door.desk.status(number, { to: 'cancelled', comment: null, tell: false }, { actor: { kind: 'api', id: 'admin' }, key: 'c' })
    await desk.dana.submit({ to: 'pending' })
    expect(modal(desk.dana)).toContain('has been moved meanwhile')
    expect(await ticket()).toMatchObject({ status: 'cancelled' })
  })

  it('a ticket is given to a colleague, which takes it from whoever has it, and to nobody who could not work on it', async () => {
    const { desk, number, place, ticket } = await begin()
    const stranger = desk.slack.person({ name: 'zoe' })
    await desk.dana.press('Accept', place)
    const card = await desk.card(number, `<@${desk.dana.id}>`)
    await desk.eli.choose('desk_more', `desk_assign ${number}`, card)
    await desk.eli.submit({ agent: stranger.id })
    expect(Object.values(desk.eli.errors())[0]).toContain('not in a channel of this desk')
    await desk.eli.submit({ agent: desk.eli.id })
    await desk.card(number, `<@${desk.eli.id}> since`)
    expect(await ticket()).toMatchObject({ assignee: desk.eli.id, assigneeName: 'Eli Stone' })
  })

  it('what waits for a person is looked at, and gone from the card', async () => {
    const { desk, number, visitor } = await begin()
    await visitor.say('I want to talk to a person', 'person')
    const card = await desk.card(number, 'the customer waits for a person')
    await desk.dana.choose('desk_more', `desk_tasks ${number}`, card)
    await eventually(async () => (shownIn(desk.cards(number)[0] ?? {}).includes('waits for a person') ? undefined : true), 'the card without it')
    expect(await desk.app.core.collections.tasks.find({ ticket: number, state: 'done' })).toMatchObject([{ doneBy: desk.dana.id }])
  })
})

describe('merging', () => {
  it('finds the other ticket by words, lets everything go on there, and says so on both cards', async () => {
    const { desk, number, visitor, place } = await begin()
    const others = [await desk.reported('The oven at the town hall does not heat'), await desk.reported('The oven of the school does not heat')]
    await desk.dana.choose('desk_more', `desk_merge ${number}`, place)
    await desk.dana.submit({ into: 'fridge' })
    expect(Object.values(desk.dana.errors())).toEqual(['No other ticket found.'])
    await desk.dana.submit({ into: 'OVEN heat' })
    const into = others[0]?.number ?? ''
    await desk.dana.submit({ into: 'OVEN heat', chosen: into })
    expect(desk.dana.modal()).toBeUndefined()
    const merged = await desk.card(number, `merged into ${into}`)
    await expect(desk.dana.press('Note', merged)).rejects.toThrow('finds no Note')
    await hears(visitor, into)
    await visitor.say('Is anybody there?', 'after')
    await eventually(
      async () => (desk.thread(into).some((text) => text.includes('Is anybody there?')) ? true : undefined),
      'the words on the ticket that lives on',
    )
  })
})

describe('what may be the same case', () => {
  const stops = 'My T5 treadmill, serial number KP-20391, stops after ten minutes'

  it('is on both cards with its reason, and one press from being merged: the newer into the older', async () => {
    const desk = await open()
    const [older, newer] = [await desk.reported(stops), await desk.reported(stops)]
    await desk.card(older.number, `Perhaps the same case as *${newer.number}*`, 'the same serial number', 'another customer')
    const place = await desk.card(newer.number, `Perhaps the same case as *${older.number}*`)
    await desk.dana.press(`Merge into ${older.number}`, place)
    await desk.dana.submit()
    await desk.card(newer.number, `merged into ${older.number}`)
    await desk.settled()
    for (const { number } of [older, newer]) expect(shownIn((await desk.card(number)).message)).not.toContain('Perhaps')
  })

  it('is on no card any more once an agent has said that it is another one', async () => {
    const desk = await open()
    const [older, newer] = [await desk.reported(stops), await desk.reported(stops)]
    const place = await desk.card(older.number, `Perhaps the same case as *${newer.number}*`)
    await desk.dana.press('Not the same', place)
    await desk.card(older.number, `said that ${newer.number} is another case`)
    await desk.card(newer.number, `said that ${older.number} is another case`)
    await desk.settled()
    for (const { number } of [older, newer]) expect(shownIn((await desk.card(number)).message)).not.toContain('Perhaps')
  })
})

describe('resolving', () => {
  it('takes the failure record, with own words where nothing fits, and tells the customer the comment only', async () => {
    const { desk, number, visitor, place, ticket } = await begin()
    await desk.dana.press('Resolve', place)
    await desk.dana.choose('cause', 'other')
    const values = { component: 'belt', problem: 'stops while running', cause: 'other', cause_words: 'a mouse lived in it', remedy: 'part replaced' }
    await desk.dana.submit({ ...values, parts: '2 x belt 4PJ\nhundred weight ×0' })
    expect(desk.dana.errors()).toEqual({ parts: expect.stringContaining('makes no sense') })
    await desk.dana.submit({ ...values, parts: '2 x belt 4PJ\ngrease', note: 'smelled badly', comment: 'A new belt is in.' })
    expect(desk.dana.modal()).toBeUndefined()
    await hears(visitor, 'A new belt is in.')
    expect(await ticket()).toMatchObject({
      status: 'resolved',
      failure: {
        component: { code: 'belt', text: null },
        cause: { code: 'other', text: 'a mouse lived in it' },
        parts: [
          { part: 'belt 4PJ', quantity: 2 },
          { part: 'grease', quantity: 1 },
        ],
        note: 'smelled badly',
        by: { kind: 'agent', id: desk.dana.id },
      },
    })
    await desk.card(number, 'Resolved', 'a mouse lived in it', '2 × belt 4PJ')
    expect(JSON.stringify(await visitor.history())).not.toMatch(/mouse|smelled/)
  })
})

describe('what was not done', () => {
  it.each([
    ['all', 'was not done'],
    // A write that broke off may have been made: nobody can know, and nobody says otherwise.
    ['writes', 'not certain whether this was done'],
  ] as const)('because the store refuses %s is read beside the card, and was not done', async (what, words) => {
    const { desk, place, ticket } = await begin()
    const before = await ticket()
    desk.storeRefuses(what)
    await desk.dana.press('Accept', place)
    await reads(desk.dana, words)
    desk.storeRefuses('nothing')
    expect(await ticket()).toEqual(before)
    await desk.dana.press('Accept', place)
    expect(await ticket()).toMatchObject({ assignee: desk.dana.id })
  })

  it.each(['all', 'writes'] as const)('because the store refuses %s is read in the form, which keeps the words; sent again they go once', async (what) => {
    const { desk, visitor, place } = await begin()
    await desk.dana.press('Reply', place)
    await desk.dana.submit({ text: 'We come on Monday.' })
    desk.storeRefuses(what)
    await desk.dana.submit()
    expect(Object.values(desk.dana.errors())).toEqual([expect.stringMatching(/was not done|not certain/)])
    desk.storeRefuses('nothing')
    expect((await bot(visitor)).some((text) => text.includes('Monday'))).toBe(false)
    await desk.dana.submit()
    await hears(visitor, 'We come on Monday.')
    expect((await bot(visitor)).filter((text) => text.includes('Monday'))).toHaveLength(1)
  })

  it('because it took too long is read in time, and is not done later', async () => {
    const { desk, place, ticket } = await begin()
    // Their first act: who they are has to be asked.
    desk.slack.trouble('users.info', { kind: 'slow', ms: 2_800 })
    const attempt = await desk.dana.press('Accept', place)
    expect(attempt.status).toBe(200)
    expect(attempt.ms).toBeLessThan(3_000)
    await reads(desk.dana, 'was not done')
    // What would be done late would be done about now; there is nothing to be seen of what is not done.
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    expect(await ticket()).toMatchObject({ assignee: null, status: 'new' })
  })

  it('because the trigger of its form had expired is read, too', async () => {
    const { desk, place } = await begin()
    desk.slack.trouble('views.open', { kind: 'error', error: 'expired_trigger_id' })
    await desk.dana.press('Reply', place)
    await reads(desk.dana, 'was not done')
    expect(desk.dana.modal()).toBeUndefined()
  })
})

describe('who may act', () => {
  it('are members of the desk: guests, people of other companies and colleagues elsewhere read why not, and nothing happens', async () => {
    const { desk, place, ticket } = await begin()
    const before = await ticket()
    const room = desk.slack.workspace.rooms.get(desk.triage)
    const others = [desk.slack.person({ name: 'gus', guest: true }), desk.slack.person({ name: 'pat', team: 'T0PARTNER' }), desk.slack.person({ name: 'zoe' })]
    for (const other of others) {
      if (other !== others[2]) room?.members.add(other.id)
      await other.press('Accept', place)
      await other.press('Reply', place)
      await reads(other, other === others[2] ? /members of <#/ : /our own workspace/, 2)
      expect(other.modal()).toBeUndefined()
    }
    expect(await ticket()).toEqual(before)
    // Who joins may act a moment later.
    const zoe = others[2]
    if (zoe === undefined) throw new Error('zoe is there')
    room?.members.add(zoe.id)
    await eventually(async () => {
      await zoe.press('Accept', place)
      return (await ticket())?.assignee === zoe.id ? true : undefined
    }, 'zoe to be let in')
  })
})
