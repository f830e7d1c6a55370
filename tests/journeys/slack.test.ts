// Customers in Slack against the started program: from first word to survey answer, partners across Slack Connect, bursts, and what breaks on the way.
import { afterEach, describe, expect, it } from 'vitest'
import { startSlack, type Slack } from '../emulators/slack.ts'
import type { Slacker } from '../emulators/slack/person.ts'
import type { Message } from '../emulators/slack/workspace.ts'
import { eventually } from '../support/processes.ts'
import { buttonsOf, hear, startSlackDesk, type Hearer, type SlackDesk, type SlackDeskOptions, type TicketView } from '../support/slack-desk.ts'

const desks: SlackDesk[] = []
const slacks: Slack[] = []
afterEach(async () => {
  for (const desk of desks.splice(0)) await desk.close()
  for (const slack of slacks.splice(0)) await slack.close()
})

async function start(options?: SlackDeskOptions): Promise<SlackDesk> {
  const desk = await startSlackDesk(options)
  desks.push(desk)
  return desk
}

const wholeStory =
  'Hi, our T5 treadmill (SN KP-20391) stops after ten minutes with E03 since Monday, we are at 12 Elm St, call me on 415 555 0100, Thursday afternoon suits.'

const oneTicket = (desk: SlackDesk): Promise<TicketView> =>
  eventually(async () => {
    const [ticket, ...more] = await desk.tickets()
    expect(more).toEqual([])
    return ticket
  }, 'a ticket')

/** Skips what may be left out and confirms the summary, all by buttons. */
async function confirm(customer: Slacker, hears: Hearer, first: Message, channel: string): Promise<void> {
  let asked = first
  while (buttonsOf(asked).includes('Skip')) {
    await customer.press('Skip', { message: asked, channel })
    asked = await hears.next()
  }
  expect(asked.text).toContain('12 Elm St')
  await customer.press(buttonsOf(asked)[0] ?? 'no button', { message: asked, channel })
  await hears.next()
}

describe.each(['http', 'socket'] as const)('a repair in Slack over %s', (way) => {
  it('goes from the first word in a direct conversation to the answered survey', async () => {
    const desk = await start({ way })
    const ann = desk.slack.person({ name: 'ann', realName: 'Ann Lee' })
    const hears = hear(desk.slack, ann.im)
    await ann.say(ann.im, wholeStory)
    const first = await hears.next()
    const ticket = await oneTicket(desk)
    expect(ticket).toMatchObject({ status: 'new', channel: 'slack', customer: { name: 'Ann Lee' } })
    expect(first.text).toContain(ticket.number)
    await confirm(ann, hears, first, ann.im)
    await eventually(async () => ((await oneTicket(desk)).status === 'accepted' ? true : undefined), 'acceptance')
    // What was pressed shows the choice instead of its buttons.
    await eventually(async () => (hears.said().every((message) => buttonsOf(message).length === 0) ? true : undefined), 'answered questions')
    expect((await desk.api(`/tickets/${ticket.number}/status`, { status: 'resolved', comment: 'New drive belt fitted.' })).status).toBe(200)
    const survey = await hears.next(2)
    expect(hears.said().some(({ text }) => text.includes('New drive belt fitted.'))).toBe(true)
    await ann.press(buttonsOf(survey)[4] ?? 'no rating', { message: survey })
    await eventually(async () => ((await oneTicket(desk)).satisfaction?.score === 5 ? true : undefined), 'the rating')
    await desk.slack.delivery.quiet()
    for (const attempt of desk.slack.delivery.attempts) expect(attempt).toMatchObject({ status: 200 })
  }, 120_000)
})

describe('a partner across Slack Connect', () => {
  it('is served in the thread of their mention, by name, and is shown nothing internal', async () => {
    const slack = await startSlack()
    slacks.push(slack)
    const [paula, dana, gil] = [
      slack.person({ name: 'paula', realName: 'Paula Partner', team: 'T0PARTNER' }),
      slack.person({ name: 'dana' }),
      slack.person({ name: 'gil' }),
    ]
    const shared = slack.room('shared', [paula, dana])
    const triage = slack.room('triage', [gil])
    const desk = await start({ slack, triageChannel: triage.id })
    const hears = hear(slack, shared.id)
    const { ts: thread } = await paula.say(shared.id, `@mendline ${wholeStory}`)
    const first = await hears.next()
    expect(first).toMatchObject({ thread_ts: thread })
    const ticket = await oneTicket(desk)
    expect(ticket).toMatchObject({ customer: { name: 'Paula Partner' } })
    // Somebody else's words in the same thread are not hers.
    await dana.say(shared.id, 'I think it is the belt', { thread })
    await paula.say(shared.id, '', { thread, files: [{ name: 'plate.txt', mimetype: 'text/plain', content: Buffer.from('KP-20391'), connect: true }] })
    await eventually(async () => ((await desk.messages(ticket.number)).some(({ attachments }) => attachments.length === 1) ? true : undefined), 'her file')
    expect((await desk.messages(ticket.number)).map(({ text }) => text)).not.toContain('I think it is the belt')
    // Staff talk, name the bot, and note something: none of it leaves the triage channel.
    await gil.say(triage.id, '@mendline she always overloads it')
    expect((await desk.api(`/tickets/${ticket.number}/notes`, { text: 'difficult customer' })).status).toBeLessThan(300)
    // Neither commands nor shortcuts nor the home tab do anything for her.
    await paula.command('/repair', ticket.number, shared.id)
    await paula.openHome()
    expect((await desk.api(`/tickets/${ticket.number}/messages`, { text: 'We come on Thursday.', agent: 'Gil' })).status).toBeLessThan(300)
    await eventually(async () => (hears.said().some(({ text }) => text.includes('We come on Thursday.')) ? true : undefined), 'the reply')
    const shownToHer = JSON.stringify([
      paula.sees(shared.id).filter(({ user }) => user === slack.workspace.bot.id),
      slack.botSaid(paula.im),
      paula.home() ?? null,
      paula.modal() ?? null,
    ])
    for (const internal of ['overloads', 'difficult', 'Gil said']) expect(shownToHer).not.toContain(internal)
    expect(paula.home()).toBeUndefined()
    expect(slack.botSaid(shared.id).every(({ thread_ts }) => thread_ts === thread)).toBe(true)
    expect(await desk.tickets()).toHaveLength(1)
  }, 120_000)
})

describe('a burst of photos', () => {
  it('in eight messages at once is one ticket with eight files and one answer', async () => {
    const desk = await start()
    const ann = desk.slack.person({ name: 'ann' })
    const hears = hear(desk.slack, ann.im)
    const photo = (index: number) => ({ name: `photo ${index}.txt`, mimetype: 'text/plain', content: Buffer.from(`photo ${index}`) })
    desk.slack.delivery.copies = 2
    await Promise.all([
      ann.say(ann.im, 'Our washing machine leaks, see the photos.', { files: [photo(0)] }),
      ...Array.from({ length: 7 }, (_, index) => ann.say(ann.im, '', { files: [photo(index + 1)] })),
    ])
    await hears.next()
    const { number } = await oneTicket(desk)
    const files = await eventually(async () => {
      const all = (await desk.messages(number)).flatMap(({ attachments }) => attachments)
      return all.length === 8 ? all : undefined
    }, 'eight files')
    expect(new Set(files.map(({ name }) => name)).size).toBe(8)
    expect(hears.said()).toHaveLength(1)
  }, 120_000)
})

describe('trouble on the way', () => {
  it('slowed down by Slack, answers come later, each once and in order', async () => {
    const desk = await start()
    const ann = desk.slack.person({ name: 'ann' })
    const hears = hear(desk.slack, ann.im)
    desk.slack.trouble('chat.postMessage', { kind: 'rate_limited', retryAfter: 1 })
    await ann.say(ann.im, 'Our washing machine leaks.')
    const { number } = await oneTicket(desk)
    for (const text of ['First word.', 'Second word.', 'Third word.'])
      expect((await desk.api(`/tickets/${number}/messages`, { text, agent: 'Gil' })).status).toBeLessThan(300)
    await hears.next(4)
    expect(
      hears
        .said()
        .map(({ text }) => text)
        .slice(1),
    ).toEqual(['First word.', 'Second word.', 'Third word.'])
  }, 120_000)

  it('killed while Slack’s answer was on its way, it finds what it said and does not say it again', async () => {
    const desk = await start()
    const ann = desk.slack.person({ name: 'ann' })
    const hears = hear(desk.slack, ann.im)
    // Slack posts it, and takes so long to say so that the process dies first.
    desk.slack.trouble('chat.postMessage', { kind: 'late_answer', ms: 60_000 })
    await ann.say(ann.im, 'Our washing machine leaks.')
    await hears.next()
    await desk.restart()
    const { number } = await oneTicket(desk)
    await eventually(async () => {
      const [answer] = (await desk.messages(number)).filter(({ direction }) => direction === 'outbound')
      return answer?.state === 'delivered' ? true : undefined
    }, 'the answer found')
    expect(hears.said()).toHaveLength(1)
    expect((await desk.messages(number)).filter(({ maybeTwice }) => maybeTwice === true)).toEqual([])
  }, 120_000)
})
