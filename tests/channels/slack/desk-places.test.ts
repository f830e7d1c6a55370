// The desk beside its cards: /repair, the shortcut, the home tab, and warnings.
import { afterEach, describe, expect, it } from 'vitest'
import type { Slacker } from '../../emulators/slack/person.ts'
import { openInsideDesk, shownIn, type InsideDesk } from '../../support/inside-desk.ts'
import { eventually } from '../../support/processes.ts'
import { openChat } from '../../support/visitor.ts'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})
const open = (): Promise<InsideDesk> => openInsideDesk({ onClose: (cleanup) => void cleanups.push(cleanup) })
const last = (agent: Slacker): string => shownIn(agent.ephemerals().at(-1) ?? {})
const tickets = (desk: InsideDesk) => desk.app.core.collections.tickets
const deed = (key: string) => ({ actor: { kind: 'api', id: 'admin' } as const, key })

describe('/repair', () => {
  it('finds a ticket by its number as people say it, and by words, with a link to its card', async () => {
    const desk = await open()
    const { number } = await desk.reported('The oven at the town hall does not heat')
    await desk.card(number)
    const { subject = 'no ticket' } = (await desk.app.core.collections.tickets.get(number)) ?? {}
    expect(subject).toBe('oven: does not heat')
    const spoken = number.toLowerCase().replaceAll('0', 'o').replaceAll('1', 'i')
    for (const words of [`find ${spoken}`, spoken, 'find OVEN heat', 'oven']) {
      await desk.dana.command('/repair', words, desk.triage)
      expect(last(desk.dana), words).toContain(`${number}>* ${subject}`)
    }
    const [card] = desk.cards(number)
    expect(last(desk.dana)).toContain(`https://example.slack.com/archives/${desk.triage}/p${card?.ts.replace('.', '')}|`)
    await desk.dana.command('/repair', 'find dishwasher', desk.triage)
    expect(last(desk.dana)).toContain('No ticket found')
    expect(desk.slack.botSaid(desk.triage).some(({ text }) => text.includes('found'))).toBe(false)
  })

  it('lists what I have, and says how to use it', async () => {
    const desk = await open()
    const { number } = await desk.reported('The oven is cold')
    await desk.dana.command('/repair', 'mine', desk.triage)
    expect(last(desk.dana)).toContain('nothing in hand')
    await desk.dana.press('Accept', await desk.card(number))
    await desk.dana.command('/repair', 'mine', desk.triage)
    expect(last(desk.dana)).toContain(number)
    for (const words of ['', 'help']) {
      await desk.eli.command('/repair', words)
      expect(last(desk.eli)).toContain('/repair find')
    }
  })

  it('opens a ticket for a customer who called, once, and says its number', async () => {
    const desk = await open()
    await desk.dana.command('/repair', 'open Cold oven')
    const form = { customer: 'Ann Lee', description: 'It stays cold.', product: 'Oven X' }
    await desk.dana.submit({ ...form, contact: 'nonsense' })
    expect(desk.dana.errors()).toEqual({ contact: expect.stringContaining('neither') })
    const view = structuredClone(desk.dana.modal())
    await desk.dana.submit({ ...form, contact: '+49 30 1234567' })
    const [ticket] = await tickets(desk).find({})
    expect(ticket).toMatchObject({ subject: 'Cold oven', customer: { name: 'Ann Lee' }, fields: { phone: '+49 30 1234567', product: 'Oven X' } })
    expect(shownIn(desk.dana.modal() ?? {})).toContain(`${ticket?._id}* is open`)
    if (view !== undefined) desk.slack.workspace.modals.set(desk.dana.id, [view])
    await desk.dana.submit({ ...form, contact: '+49 30 1234567' })
    expect(await tickets(desk).count({})).toBe(1)
    await desk.card(ticket?._id ?? '', 'Cold oven')
  })

  it('is for members of the desk: anybody else reads why not', async () => {
    const desk = await open()
    await desk.reported('The oven is cold')
    for (const other of [desk.slack.person({ name: 'gus', guest: true }), desk.slack.person({ name: 'zoe' })]) {
      await other.command('/repair', 'find oven')
      expect(last(other)).toMatch(/The desk is for members of/)
      expect(last(other)).not.toContain('oven')
    }
  })
})

describe('"Create repair ticket" on a message', () => {
  it('opens a ticket that begins with its words, and keeps where it came from for staff', async () => {
    const desk = await open()
    const { id: lobby } = desk.slack.room('lobby', [desk.dana, desk.eli])
    const message = await desk.eli.say(lobby, 'A man at the door: his <mixer> smokes\nand he is angry')
    await desk.dana.shortcut('create_ticket', { message, channel: lobby })
    await desk.dana.submit({ customer: 'The man at the door', contact: 'man@example.org' })
    const [ticket] = await tickets(desk).find({})
    expect(ticket).toMatchObject({ subject: 'A man at the door: his <mixer> smokes', description: 'A man at the door: his <mixer> smokes\nand he is angry' })
    const number = ticket?._id ?? ''
    await desk.card(number, 'A man at the door')
    await eventually(
      async () => (desk.thread(number).some((text) => text.includes(`archives/${lobby}/p${message.ts.replace('.', '')}`)) ? true : undefined),
      'the source in the thread',
    )
  })
})

describe('the home tab', () => {
  it('shows what I have and what nobody has, and its buttons do what they say', async () => {
    const desk = await open()
    const { number } = await desk.reported('The oven is cold')
    const other = await desk.reported('My washing machine leaks')
    await desk.app.core.door.desk.claim(other.number, { id: desk.dana.id, name: 'Dana' }, false, deed('claim'))
    await desk.dana.openHome()
    const home = await eventually(async () => desk.dana.home(), 'the home tab')
    expect(shownIn(home)).toMatch(new RegExp(`My tickets \\(1\\)[^]*${other.number}[^]*Unassigned \\(1\\)[^]*${number}`))
    await desk.dana.press('Accept')
    await eventually(async () => (shownIn(desk.dana.home() ?? {}).includes('My tickets (2)') ? true : undefined), 'the home tab to follow')
    expect(shownIn(desk.dana.home() ?? {})).toContain('Somebody has every ticket')
    expect(await tickets(desk).get(number)).toMatchObject({ assignee: desk.dana.id })
  })

  it('shows a stranger nothing', async () => {
    const desk = await open()
    await desk.reported('The oven is cold')
    const zoe = desk.slack.person({ name: 'zoe' })
    await zoe.openHome()
    await desk.dana.openHome()
    await eventually(async () => desk.dana.home(), 'the home tab of somebody who may')
    await desk.slack.delivery.quiet()
    expect(shownIn(zoe.home() ?? {})).not.toContain('oven')
  })
})

describe('a customer without a repair who wants a person', () => {
  it('is seen in the triage channel, and taken on as a ticket by one agent, whose reply they hear', async () => {
    const desk = await open()
    const visitor = await openChat(() => [desk.url])
    await visitor.say('I want to talk to a person', 'first')
    const notice = await eventually(
      async () => desk.slack.botSaid(desk.triage).find((message) => shownIn(message).includes('waits for a person')),
      'the notice',
    )
    expect(shownIn(notice)).toContain('I want to talk to a person')
    expect(await tickets(desk).count({})).toBe(0)
    const place = { message: notice, channel: desk.triage }
    await Promise.all([desk.dana.press('Take it', place), desk.eli.press('Take it', place)])
    const ticket = await eventually(async () => (await tickets(desk).find({ assignee: { $ne: null } }))[0], 'a ticket')
    const [winner, loser] = ticket.assignee === desk.dana.id ? [desk.dana, desk.eli] : [desk.eli, desk.dana]
    await eventually(async () => (last(loser).includes(`<@${winner.id}> has had this ticket since`) ? true : undefined), 'the second to read who was first')
    await eventually(
      async () => (shownIn(desk.slack.botSaid(desk.triage)[0] ?? {}).includes(`<@${winner.id}> took it: ${ticket._id}`) ? true : undefined),
      'the notice to say so',
    )
    expect(await tickets(desk).count({})).toBe(1)
    expect(await desk.app.core.collections.tasks.count({ state: 'open' })).toBe(0)
    await winner.press('Reply', await desk.card(ticket._id, 'I want to talk to a person'))
    await winner.submit({ text: 'Dana here, what can I do?' })
    await winner.submit()
    await eventually(async () => ((await visitor.history()).some(({ text }) => text === 'Dana here, what can I do?') ? true : undefined), 'the reply')
    expect(desk.thread(ticket._id)[0]).toContain('I want to talk to a person')
  })

  it('whose repair is known stands on its card, until an agent has answered', async () => {
    const desk = await open()
    const { number, visitor } = await desk.reported('The oven is cold')
    await visitor.say('I want to talk to a person', 'second')
    const card = await desk.card(number, 'the customer waits for a person')
    await desk.dana.press('Reply', card)
    await desk.dana.submit({ text: 'Here I am.' })
    await desk.dana.submit()
    await eventually(async () => (shownIn(desk.cards(number)[0] ?? {}).includes('waits for a person') ? undefined : true), 'the card without it')
    expect(await desk.app.core.collections.tasks.find({ kind: 'handover' })).toMatchObject([{ state: 'done', doneBy: desk.dana.id }])
  })
})

describe('a warning', () => {
  const warn = (desk: InsideDesk, ticket: string, key: string) =>
    desk.app.core.channels.get('slack')?.warnStaff?.({ ticket, text: 'A first answer is due in 10 min', key }, desk.app.core.door)

  it('goes to whoever has the ticket as a direct message, once', async () => {
    const desk = await open()
    const { number } = await desk.reported('The oven is cold')
    await desk.dana.press('Accept', await desk.card(number))
    for (let time = 0; time < 2; time++) await warn(desk, number, 'first')
    await warn(desk, number, 'second')
    const said = desk.slack.botSaid(desk.dana.im).map((message) => shownIn(message))
    expect(said).toEqual(Array.from({ length: 2 }, () => expect.stringContaining(`${number}* A first answer is due`)))
  })

  it('goes to the channel of the team, under the card, when nobody has it or its owner is not in Slack', async () => {
    const desk = await open()
    const { number } = await desk.reported('The oven is cold')
    const { message } = await desk.card(number)
    await desk.settled()
    await warn(desk, number, 'nobody')
    await desk.app.core.door.desk.assign(number, { id: 'Frida', name: 'Frida' }, deed('frida'))
    await warn(desk, number, 'elsewhere')
    const said = desk.slack.botSaid(desk.triage).filter((post) => shownIn(post).includes('A first answer is due'))
    expect(said.map(({ thread_ts }) => thread_ts)).toEqual([message.ts, message.ts])
  })
})
