// Who is heard in Slack, as whom, and in which conversation: in direct conversations, in channels, across Slack Connect; and who never is.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSlack, type Open } from './desk-door.ts'
import { triageChannel } from './fixture.ts'

let open: Open
beforeEach(async () => void (open = await openSlack()))
afterEach(() => open.close())

const heard = () => open.door.messages().map(({ text, thread }) => ({ text, thread }))

describe('in a direct conversation', () => {
  it('every message is heard, in the one conversation that it is', async () => {
    const ann = open.slack.person({ name: 'ann' })
    await ann.say(ann.im, 'My washing machine leaks.')
    await ann.say(ann.im, 'Since Monday.')
    expect(open.door.messages()).toMatchObject([
      { account: open.slack.workspace.team, from: { address: `${ann.team}:${ann.id}` }, thread: ann.im, text: 'My washing machine leaks.', author: 'person' },
      { thread: ann.im, text: 'Since Monday.' },
    ])
  })

  it('a reply in a thread belongs to it, and is answered in the thread', async () => {
    const ann = open.slack.person({ name: 'ann' })
    const first = await ann.say(ann.im, 'My washing machine leaks.')
    await ann.say(ann.im, 'Since Monday.', { thread: first.ts })
    expect(heard()[1]).toEqual({ text: 'Since Monday.', thread: ann.im })
    expect(open.door.messages()[1]?.hints?.own).toBe(`${ann.im}:${first.ts}`)
    expect(open.door.messages().map(({ repliesTo }) => repliesTo)).toEqual([undefined, [open.door.messages()[0]?.providerId]])
  })

  it('a thread is a conversation of its own where nothing was ever said outside of one', async () => {
    const ann = open.slack.person({ name: 'ann' })
    const { channel } = await open.slack.client().chat.postMessage({ channel: ann.id, text: 'A new chat' })
    const [root] = open.slack.botSaid(ann.im)
    await ann.say(channel ?? '', 'My washing machine leaks.', { thread: root?.ts ?? '' })
    expect(heard()).toEqual([{ text: 'My washing machine leaks.', thread: `${ann.im}:${root?.ts}` }])
  })
})

describe('in a channel', () => {
  it('a mention begins a conversation in its thread, and is heard once though Slack tells of it twice', async () => {
    const [ann, bob] = [open.slack.person({ name: 'ann' }), open.slack.person({ name: 'bob' })]
    const room = open.slack.room('help', [ann, bob])
    const first = await ann.say(room.id, '@mendline, the dishwasher leaks')
    expect(open.slack.delivery.attempts).toHaveLength(2)
    expect(heard()).toEqual([{ text: 'the dishwasher leaks', thread: `${room.id}:${first.ts}` }])
  })

  it('in that thread its author is heard without naming us again, and another only who does', async () => {
    const [ann, bob] = [open.slack.person({ name: 'ann' }), open.slack.person({ name: 'bob' })]
    const room = open.slack.room('help', [ann, bob])
    const { ts: thread } = await ann.say(room.id, '@mendline the dishwasher leaks')
    await bob.say(room.id, 'so it does', { thread })
    await ann.say(room.id, 'since Monday', { thread })
    await bob.say(room.id, '@mendline mine too', { thread })
    await bob.say(room.id, 'on floor 2', { thread })
    await open.work()
    const said = open.door.messages().map(({ from, text, thread: where }) => [from.address.split(':')[1], text, where])
    expect(said).toEqual([
      [ann.id, 'the dishwasher leaks', `${room.id}:${thread}`],
      [ann.id, 'since Monday', `${room.id}:${thread}`],
      [bob.id, 'mine too', `${room.id}:${thread}`],
      [bob.id, 'on floor 2', `${room.id}:${thread}`],
    ])
  })

  it('chatter is neither heard nor stored', async () => {
    const [ann, bob] = [open.slack.person({ name: 'ann' }), open.slack.person({ name: 'bob' })]
    const room = open.slack.room('help', [ann, bob])
    const { ts: thread } = await ann.say(room.id, 'lunch anyone?')
    await bob.say(room.id, 'sure', { thread })
    expect(open.door.events).toEqual([])
  })

  it('what follows a mention that never reached us is heard together with it', async () => {
    const ann = open.slack.person({ name: 'ann' })
    const room = open.slack.room('help', [ann])
    const url = open.slack.delivery.requestUrl
    open.slack.delivery.requestUrl = undefined
    const { ts: thread } = await ann.say(room.id, '@mendline the dishwasher leaks')
    open.slack.delivery.requestUrl = url
    await ann.say(room.id, 'since Monday', { thread })
    expect(heard()).toEqual([])
    await open.work()
    expect(heard().map(({ text }) => text)).toEqual(['the dishwasher leaks', 'since Monday'])
  })

  it('a thread of theirs in which nobody named us is left alone', async () => {
    const ann = open.slack.person({ name: 'ann' })
    const room = open.slack.room('help', [ann])
    const { ts: thread } = await ann.say(room.id, 'lunch anyone?')
    await ann.say(room.id, 'at noon', { thread })
    await open.work()
    expect(heard()).toEqual([])
  })

  it('of bots, and of ourselves, nothing is heard', async () => {
    const ann = open.slack.person({ name: 'ann' })
    const room = open.slack.room('help', [ann])
    await open.slack.client().chat.postMessage({ channel: room.id, text: `<@${open.slack.workspace.bot.id}> hello` })
    await open.slack.delivery.quiet()
    expect(open.slack.delivery.attempts).toHaveLength(1)
    expect(open.door.events).toEqual([])
  })
})

describe('among staff', () => {
  it('nothing said in the triage channel is a customer’s message, whoever is named', async () => {
    const agent = open.slack.person({ name: 'gil' })
    const room = open.slack.room('triage', [agent])
    Object.assign(room, { id: triageChannel })
    open.slack.workspace.rooms.set(triageChannel, room)
    const { ts: thread } = await agent.say(triageChannel, '@mendline the customer is wrong, as always')
    await agent.say(triageChannel, '@mendline and rude', { thread })
    await agent.edit(triageChannel, thread, '@mendline the customer is right')
    await open.work()
    expect(open.door.messages()).toEqual([])
    expect(open.slack.botSaid(triageChannel)).toEqual([])
  })
})

describe('across Slack Connect', () => {
  it('a partner’s people are told apart by their workspace, and their files follow them there', async () => {
    const [ann, paula] = [open.slack.person({ name: 'ann' }), open.slack.person({ name: 'paula', team: 'T0PARTNER' })]
    const room = open.slack.room('shared', [ann, paula])
    const { ts: thread } = await paula.say(room.id, '@mendline our press is down')
    await paula.say(room.id, '', { thread, files: [{ name: 'plate.jpg', mimetype: 'image/jpeg', content: Buffer.from('a photo'), connect: true }] })
    await open.work()
    expect(open.door.messages()).toMatchObject([
      { from: { address: `T0PARTNER:${paula.id}` }, thread: `${room.id}:${thread}`, text: 'our press is down' },
      { from: { address: `T0PARTNER:${paula.id}` }, thread: `${room.id}:${thread}`, remotes: [{ remote: expect.stringContaining('slack-file:') }] },
    ])
  })
})

describe('what was said and then changed', () => {
  it('is noted in its conversation with what stood before, and the bot is not to answer to it', async () => {
    const ann = open.slack.person({ name: 'ann' })
    const { ts } = await ann.say(ann.im, 'My T5 is broken')
    await ann.edit(ann.im, ts, 'My T6 is broken')
    expect(open.door.messages()[1]).toMatchObject({
      thread: ann.im,
      author: 'machine',
      text: '[edited] My T6 is broken',
      fullText: '[edited] My T6 is broken\n\n[before] My T5 is broken',
    })
  })

  it('is noted when it was deleted, with what it was', async () => {
    const ann = open.slack.person({ name: 'ann' })
    const { ts } = await ann.say(ann.im, 'My T5 is broken')
    await ann.remove(ann.im, ts)
    expect(open.door.messages()[1]).toMatchObject({ thread: ann.im, author: 'machine', text: '[deleted] My T5 is broken' })
  })

  it('is noted twice when it was changed twice, and once when Slack says so twice', async () => {
    const ann = open.slack.person({ name: 'ann' })
    const { ts } = await ann.say(ann.im, 'My T5 is broken')
    open.slack.delivery.copies = 2
    await ann.edit(ann.im, ts, 'My T6 is broken')
    await ann.edit(ann.im, ts, 'My T7 is broken')
    expect(heard().map(({ text }) => text)).toEqual(['My T5 is broken', '[edited] My T6 is broken', '[edited] My T7 is broken'])
  })

  it('counts as said when only now it names us', async () => {
    const ann = open.slack.person({ name: 'ann' })
    const room = open.slack.room('help', [ann])
    const { ts } = await ann.say(room.id, 'the dishwasher leaks')
    await ann.edit(room.id, ts, '@mendline the dishwasher leaks')
    expect(heard()).toEqual([{ text: 'the dishwasher leaks', thread: `${room.id}:${ts}` }])
  })

  it('in conversations that are none of ours is not noted', async () => {
    const ann = open.slack.person({ name: 'ann' })
    const room = open.slack.room('help', [ann])
    const { ts } = await ann.say(room.id, 'lunch anyone?')
    await ann.edit(room.id, ts, 'dinner anyone?')
    await ann.remove(room.id, ts)
    expect(open.door.events).toEqual([])
  })
})
