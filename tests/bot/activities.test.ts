// Messages and what is said survive the way through Bot Framework activities.
import { expect, it } from 'vitest'
import { activityOf, messagesOf, referenceOf, saidOf, sayActivity } from '../../src/bot/activities.ts'
import { CollectingAdapter } from '../../src/bot/adapter.ts'
import { openTurnState } from '../../src/bot/state.ts'
import { startMemory } from '../../src/bot/index.ts'
import type { InboundMessage, Place } from '../../src/message.ts'

const place: Place = { channel: 'webchat', account: 'site', address: 'visitor', thread: '' }
const spot = { conversation: 'c_1', place }

function message(seq: number, text: string, files: string[] = []): InboundMessage {
  return {
    _id: `m_${seq}`,
    key: `k_${seq}`,
    conversation: 'c_1',
    seq,
    direction: 'inbound',
    state: 'received',
    channel: 'webchat',
    place,
    text,
    fullText: text,
    createdAt: '2026-03-02T09:00:00.000Z',
    ticket: null,
    providerId: `p_${seq}`,
    from: { address: 'visitor' },
    author: 'person',
    raw: 'raw',
    reference: null,
    references: [],
    failures: 0,
    locale: 'zh-CN',
    attachments: files.map((file) => ({ file, name: 'a.jpg', contentType: 'image/jpeg', size: 1 })),
  }
}

it('a burst is one activity from which every message can be read again', async () => {
  const burst = [message(1, 'hello'), message(2, '', ['f_1', 'f_2'])]
  const activity = activityOf(burst, spot)
  expect(activity).toMatchObject({
    type: 'message',
    channelId: 'webchat',
    id: 'm_2',
    text: 'hello\n',
    locale: 'zh-CN',
    from: { id: 'visitor' },
    recipient: { id: 'site' },
    conversation: { id: 'c_1' },
  })
  expect(activity.attachments).toEqual([1, 2].map((file) => ({ contentType: 'image/jpeg', name: 'a.jpg', content: { file: `f_${file}` } })))
  const adapter = new CollectingAdapter()
  await adapter.receive(activity, async (context) => expect(messagesOf(context.activity)).toEqual(burst))
})

it('what is said comes out as it went in, and nothing is sent', async () => {
  const said = {
    text: 'Is it right?',
    choices: [{ value: 'confirm', label: 'Yes, it is' }],
    cause: 'news',
    acknowledgement: true,
    ticket: 'R-4K7Q2MM',
  } as const
  const adapter = new CollectingAdapter()
  await adapter.continueConversation(referenceOf(spot), async (context) => {
    expect(context.activity).toMatchObject({ type: 'event', conversation: { id: 'c_1' } })
    await context.sendActivity(sayActivity({ ...said, choices: [...said.choices], utterances: [{ text: 'report.summary', with: { number: 'R-4K7Q2MM' } }] }))
    await context.sendActivity({ type: 'typing' })
  })
  expect(adapter.sent[0]).toMatchObject({
    type: 'message',
    inputHint: 'expectingInput',
    suggestedActions: { actions: [{ type: 'imBack', title: 'Yes, it is', value: 'confirm' }] },
  })
  expect(adapter.sent.flatMap(saidOf)).toEqual([{ ...said, utterances: [{ text: 'report.summary', with: { number: 'R-4K7Q2MM' } }] }])
})

it('what was said cannot be changed or taken back by the adapter', async () => {
  const adapter = new CollectingAdapter()
  await expect(adapter.updateActivity()).rejects.toThrow()
  await expect(adapter.deleteActivity()).rejects.toThrow()
})

it('state is read from the memory and only kept, not written anywhere', async () => {
  const before = startMemory()
  const state = openTurnState(before)
  await new CollectingAdapter().receive(activityOf([message(1, 'hello')], spot), async (context) => {
    const memory = await state.memory.get(context, startMemory())
    memory.misunderstandings = 2
    await state.conversation.saveChanges(context)
  })
  expect(before.misunderstandings).toBe(0)
  expect(state.saved()).toEqual({ ...startMemory(), misunderstandings: 2 })
})
