// The card of a ticket in Slack and the thread under it: one, up to date, in order, and internal.
import { afterEach, describe, expect, it } from 'vitest'
import { list, record, words, type Message } from '../../emulators/slack/workspace.ts'
import { openInsideDesk, shownIn, type InsideDesk } from '../../support/inside-desk.ts'
import { newMessage } from '../../support/life.ts'
import { eventually } from '../../support/processes.ts'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})
const open = (yaml?: Parameters<typeof openInsideDesk>[0]['yaml']): Promise<InsideDesk> =>
  openInsideDesk({ ...(yaml === undefined ? {} : { yaml }), onClose: (cleanup) => void cleanups.push(cleanup) })

describe('the card of a ticket', () => {
  it('appears once in the triage channel with stage, owner and the words of its customer, and stays up to date in place', async () => {
    const desk = await open()
    const { number } = await desk.reported('My T5 treadmill stops after ten minutes')
    const { message } = await desk.card(number)
    expect(shownIn(message)).toContain('My T5 treadmill stops after ten minutes')
    expect(shownIn(message)).toContain('nobody yet')
    expect(message['metadata']).toEqual({ event_type: 'mendline_card', event_payload: { ticket: number } })
    expect(await desk.dana.press('Accept', { message, channel: desk.triage })).toMatchObject({ status: 200 })
    const claimed = await desk.card(number, 'Accepted', `<@${desk.dana.id}>`)
    expect(claimed.message.ts).toBe(message.ts)
    await desk.settled()
    expect(desk.cards(number)).toHaveLength(1)
    const updates = desk.slack.calls.filter(({ method }) => method === 'chat.update').length
    // Nothing new to show: Slack is not asked.
    await desk.app.core.channels.get('slack')?.showTicket?.(number, desk.app.core.door)
    expect(desk.slack.calls.filter(({ method }) => method === 'chat.update')).toHaveLength(updates)
  })

  it("shows a customer's words as they are: they ping nobody, link nothing and format nothing", async () => {
    const desk = await open()
    const { number, visitor } = await desk.reported('<!channel> <@U0DANA> it *leaks*, see <https://evil.example|our bank> or https://evil.example')
    await visitor.say('<!here> again &lt;', 'second')
    await desk.card(number, '<!here> again &lt;')
    await desk.settled()
    const posts = desk.slack.botSaid(desk.triage)
    expect(posts.length).toBeGreaterThan(3)
    for (const post of posts) {
      expect(post.text).not.toMatch(/<(?!!date)[!@#h]/)
      for (const text of textsOf(post))
        if (text['type'] === 'mrkdwn') expect(text).toMatchObject({ verbatim: true, text: expect.not.stringMatching(/<(?!!date)[!@#h]/) })
    }
  })

  it('that somebody deleted stands there again, once', async () => {
    const desk = await open()
    const { number } = await desk.reported('My oven is cold')
    const { message } = await desk.card(number)
    await desk.settled()
    const room = desk.slack.workspace.rooms.get(desk.triage)
    room?.messages.splice(room.messages.indexOf(message), 1)
    await desk.app.core.door.desk.note(number, 'look here', { actor: { kind: 'agent', id: desk.dana.id }, key: 'note' })
    await desk.card(number, 'left a note')
    await desk.settled()
    expect(desk.cards(number)).toHaveLength(1)
  })

  it('is one when the answer of Slack is lost, and when many processes draw at the same time', async () => {
    const desk = await open()
    desk.slack.trouble('chat.postMessage', { kind: 'lost' })
    const { number } = await desk.reported('My oven is cold')
    await desk.card(number)
    const draw = (): Promise<unknown> => Promise.resolve(desk.app.core.channels.get('slack')?.showTicket?.(number, desk.app.core.door)).catch(() => {})
    await Promise.all(Array.from({ length: 6 }, draw))
    await desk.settled()
    expect(desk.cards(number)).toHaveLength(1)
    expect(new Set(desk.thread(number)).size).toBe(desk.thread(number).length)
  })

  it('waits when Slack asks to slow down, which is no failure for a person to look at', async () => {
    const desk = await open()
    desk.slack.trouble('chat.postMessage', { kind: 'rate_limited', retryAfter: 1 }, 4)
    const { number } = await desk.reported('My oven is cold')
    await desk.card(number)
    expect(desk.cards(number)).toHaveLength(1)
    expect(await desk.app.core.collections.tasks.count({ kind: 'needs_review' })).toBe(0)
  })

  it('moves with its team: the old place says where it went, and the new one has the whole exchange', async () => {
    const desk = await open((slack) => {
      const kitchen = slack.room(
        'kitchen',
        [...slack.workspace.people.values()].filter(({ bot }) => !bot),
      )
      return `teams:\n  - { name: All, default: true }\n  - { name: Kitchen, slackChannel: ${kitchen.id} }\n`
    })
    const { number } = await desk.reported('My oven is cold')
    const { message } = await desk.card(number)
    const kitchen = [...desk.slack.workspace.rooms.values()].find(({ name }) => name === 'kitchen')?.id ?? ''
    await desk.dana.choose('desk_more', `desk_assign ${number}`, { message, channel: desk.triage })
    await desk.dana.submit({ team: 'Kitchen' })
    const moved = await eventually(async () => desk.cards(number, kitchen)[0], 'the card in its new place')
    expect(shownIn(moved)).toContain('Kitchen')
    expect(shownIn(desk.cards(number)[0] ?? {})).toBe(`${number} is in <#${kitchen}> now.`)
    await desk.settled()
    const thread = (desk.slack.workspace.rooms.get(kitchen)?.messages ?? []).filter(({ thread_ts }) => thread_ts === moved.ts).map(shownIn)
    expect(thread.some((text) => text.includes('My oven is cold'))).toBe(true)
    // And back to where it stood before: the same card again.
    await desk.dana.choose('desk_more', `desk_assign ${number}`, { message: moved, channel: kitchen })
    await desk.dana.submit({ team: 'All' })
    const back = await desk.card(number, 'nobody yet')
    expect(back.message.ts).toBe(message.ts)
    expect(desk.cards(number)).toHaveLength(1)
  })
})

describe('the thread under a card', () => {
  it('has everything said, in order and once each, with photos', async () => {
    const desk = await open()
    const mail = (text: string, id: string, more = {}) => desk.app.accept({ kind: 'message', message: newMessage(text, id, 'ann@example.org', more) })
    await mail('My oven is cold', 'first')
    const number = await eventually(async () => (await desk.app.core.collections.tickets.find({}))[0]?._id, 'a ticket')
    await desk.card(number)
    await mail('here it is', 'second', { attachments: [{ name: 'label.png', contentType: 'image/png', content: png }] })
    await eventually(async () => (desk.thread(number).some((text) => text.includes('label.png')) ? true : undefined), 'the photo')
    await mail('And it smells', 'third')
    await eventually(async () => (desk.thread(number).some((text) => text.includes('And it smells')) ? true : undefined), 'the last words')
    await desk.settled()
    const messages = await desk.app.core.collections.messages.find({ ticket: number }, { sort: { seq: 1 } })
    const posted = (desk.slack.workspace.rooms.get(desk.triage)?.messages ?? []).filter(({ metadata }) => record(metadata)['event_type'] === 'mendline_said')
    expect(posted.map(({ metadata }) => record(record(metadata)['event_payload'])['position'])).toEqual(messages.map(({ seq }) => seq))
    const files = desk.slack.botSaid(desk.triage).flatMap((message) => (Array.isArray(message['files']) ? message['files'].map(String) : []))
    expect(files.map((id) => desk.slack.workspace.files.get(id)?.name)).toEqual(['label.png'])
    expect((await desk.card(number)).message).toSatisfy((message: Message) => shownIn(message).includes('a photo in the thread'))
  })

  it('is internal: nothing typed there reaches the customer, not even to the bot by name', async () => {
    const desk = await open()
    const { number, visitor } = await desk.reported('My oven is cold')
    const { message } = await desk.card(number)
    await desk.settled()
    const before = await desk.app.core.collections.messages.count({})
    for (const text of ['Tell him it is his own fault', '@mendline send him the bill', 'reply: nonsense'])
      await desk.dana.say(desk.triage, `${text} SECRET`, { thread: message.ts })
    await desk.eli.say(desk.triage, '@mendline what about this one? SECRET')
    await desk.app.core.door.desk.note(number, 'He never pays. SECRET', { actor: { kind: 'agent', id: desk.dana.id }, key: 'note' })
    await eventually(async () => (desk.thread(number).some((text) => text.includes('He never pays')) ? true : undefined), 'the note in the thread')
    await desk.slack.delivery.quiet()
    await visitor.say('Anything new?', 'second')
    await eventually(async () => ((await visitor.history()).length >= 4 ? true : undefined), 'an answer')
    expect(JSON.stringify(await visitor.history())).not.toContain('SECRET')
    const stored = await desk.app.core.collections.messages.find({})
    expect(JSON.stringify(stored)).not.toContain('SECRET')
    expect(stored.length).toBe(before + 2)
    expect(await desk.app.core.collections.tickets.count({})).toBe(1)
  })
})

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')

function textsOf(value: unknown): Record<string, unknown>[] {
  if (Array.isArray(value)) return value.flatMap(textsOf)
  const fields = record(value)
  const inside = Object.values(fields).flatMap((part) => (typeof part === 'object' ? textsOf(part) : []))
  return typeof fields['text'] === 'string' && words(fields['type']) !== 'message' && list(fields['blocks']).length === 0 ? [fields, ...inside] : inside
}
