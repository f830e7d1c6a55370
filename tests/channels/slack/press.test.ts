// Choices are buttons: a press is the customer's message, whoever else may see the buttons, and the question shows what was chosen.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { OutboundMessage } from '../../../src/message.ts'
import { outboundTo, outgoing } from '../../support/outbound.ts'
import type { Slacker } from '../../emulators/slack/person.ts'
import type { Message } from '../../emulators/slack/workspace.ts'
import { openSlack, type Open } from './desk-door.ts'

let open: Open
beforeEach(async () => void (open = await openSlack()))
afterEach(() => open.close())

const choices = [
  { value: 'confirm', label: 'Yes, that is right' },
  { value: 'change', label: 'Change something' },
]

async function ask(customer: Slacker, thread: string, change: Partial<OutboundMessage> = {}): Promise<{ message: Message; channel: string }> {
  const place = { channel: 'slack', account: open.slack.workspace.team, address: `${customer.team}:${customer.id}`, thread } as const
  await open.channel.send(outgoing(outboundTo(place, { text: 'Is this right?', choices, attempts: 0, ...change })))
  const channel = thread.split(':')[0] ?? ''
  const message = open.slack.botSaid(channel).at(-1)
  if (message === undefined) throw new Error('nothing was asked')
  return { message, channel }
}

describe('a pressed choice', () => {
  it('is what the customer says, where it was asked', async () => {
    const ann = open.slack.person({ name: 'ann' })
    await ann.press('Change something', await ask(ann, ann.im))
    expect(open.door.messages()).toMatchObject([
      {
        account: open.slack.workspace.team,
        from: { address: `${ann.team}:${ann.id}` },
        thread: ann.im,
        text: 'Change something',
        choice: 'change',
        author: 'person',
      },
    ])
  })

  it('is then shown in place of the buttons', async () => {
    const ann = open.slack.person({ name: 'ann' })
    const { message, channel } = await ask(ann, ann.im, { text: 'Is <this> right & well?' })
    await ann.press('Yes, that is right', { message, channel })
    await open.work()
    expect(open.slack.workspace.message(channel, message.ts)).toMatchObject({
      text: 'Is &lt;this&gt; right &amp; well?',
      blocks: [{ type: 'rich_text' }, { type: 'context', elements: [{ text: '✓ Yes, that is right' }] }],
    })
  })

  it('pressed twice is said once; another choice of the same question is another word', async () => {
    const ann = open.slack.person({ name: 'ann' })
    const question = await ask(ann, ann.im)
    for (const label of ['Yes, that is right', 'Yes, that is right', 'Change something']) await ann.press(label, question)
    expect(open.door.messages().map(({ choice }) => choice)).toEqual(['confirm', 'change'])
  })

  it('in a thread belongs to the conversation that asked, and is answered in the thread', async () => {
    const ann = open.slack.person({ name: 'ann' })
    const room = open.slack.room('help', [ann])
    const { ts } = await ann.say(room.id, '@mendline the dishwasher leaks')
    await ann.press('Yes, that is right', await ask(ann, `${room.id}:${ts}`))
    expect(open.door.messages()[1]).toMatchObject({ thread: `${room.id}:${ts}`, hints: { own: `${room.id}:${ts}` } })
  })

  it('by somebody else who sees it in the channel is nobody’s word', async () => {
    const [ann, bob] = [open.slack.person({ name: 'ann' }), open.slack.person({ name: 'bob' })]
    const room = open.slack.room('help', [ann, bob])
    const { ts } = await ann.say(room.id, '@mendline the dishwasher leaks')
    const before = open.door.events.length
    expect(await bob.press('Yes, that is right', await ask(ann, `${room.id}:${ts}`))).toMatchObject({ status: 200 })
    expect(open.door.events).toHaveLength(before)
  })

  it('of a partner across Slack Connect is theirs', async () => {
    const paula = open.slack.person({ name: 'paula', team: 'T0PARTNER' })
    const room = open.slack.room('shared', [paula])
    const { ts } = await paula.say(room.id, '@mendline our press is down')
    await paula.press('Yes, that is right', await ask(paula, `${room.id}:${ts}`))
    expect(open.door.messages()[1]).toMatchObject({ from: { address: `T0PARTNER:${paula.id}` }, choice: 'confirm' })
  })

  it('that could not be stored fails in front of the customer, who can press again', async () => {
    const ann = open.slack.person({ name: 'ann' })
    const question = await ask(ann, ann.im)
    open.door.failNext(1)
    expect(await ann.press('Yes, that is right', question)).toMatchObject({ status: 500 })
    expect(await ann.press('Yes, that is right', question)).toMatchObject({ status: 200 })
    expect(open.door.messages()).toHaveLength(1)
  })

  it('of a question that was deleted meanwhile needs showing no more', async () => {
    const ann = open.slack.person({ name: 'ann' })
    const question = await ask(ann, ann.im)
    await ann.press('Yes, that is right', question)
    const room = open.slack.workspace.rooms.get(ann.im)
    room?.messages.splice(0)
    await open.work()
    expect(room?.messages).toEqual([])
  })
})
