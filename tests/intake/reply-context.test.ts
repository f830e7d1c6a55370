// What a message answers: found by the ids that providers give, whoever of the two wrote the words answered.
import { afterEach, expect, it } from 'vitest'
import type { NewMessage } from '../../src/message.ts'
import { createFolder, createProvider, live, newMessage, scriptedBot, type Life } from '../support/life.ts'
import { post, settled } from '../support/customers.ts'

const cleanups: (() => void | Promise<void>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

async function begin() {
  const folder = createFolder()
  cleanups.push(folder.remove)
  const heard: (string | undefined)[] = []
  const provider = createProvider()
  const life = await live({
    folder: folder.path,
    provider,
    bot: {
      turn(input) {
        if (input.trigger.kind === 'messages') heard.push(...input.trigger.messages.map(({ _id }) => input.about[_id]))
        return scriptedBot.turn(input)
      },
    },
  })
  cleanups.push(() => life.close())
  return { life, heard, provider }
}

let ids = 0
/** Answers the ticket of the conversation it came to. */
async function write(life: Life, text: string, more: Partial<NewMessage> = {}): Promise<string> {
  const stored = await life.accept({ kind: 'message', message: newMessage(text, `reply-${ids++}`, 'ann@example.org', more) })
  await settled(life)
  return 'conversation' in stored ? ((await life.core.collections.conversations.get(stored.conversation))?.ticket ?? '') : ''
}

const answering = (...references: string[]) => ({ hints: { tokens: [], references, numbers: [], own: null } })

it('the ticket of a message that is answered is known by the id it has with its provider, or with us', async () => {
  const { life, heard, provider } = await begin()
  const treadmill = await write(life, 'the treadmill', { thread: 'one' })
  const washer = await write(life, 'the washer', { thread: 'two' })
  const [first, second] = provider.sent
  expect(heard).toEqual([undefined, undefined])

  await write(life, 'quoted', { repliesTo: [`provider-${first?._id}`] })
  await write(life, 'answered in web chat', { repliesTo: [second?._id ?? ''] })
  await write(life, 'their own words', { repliesTo: [`reply-${ids - 4}`] })
  await write(life, 'nobody knows it', { repliesTo: ['SM0'] })
  expect(heard.slice(2)).toEqual([treadmill, washer, treadmill, undefined])
})

it('of the mails that a mail refers to the last is the one it answers', async () => {
  const { life, heard, provider } = await begin()
  const treadmill = await write(life, 'the treadmill', { thread: 'one' })
  const washer = await write(life, 'the washer', { thread: 'two' })
  const [first, second] = provider.sent.map(({ _id }) => `provider-${_id}`)
  await write(life, 'both', answering(first ?? '', second ?? ''))
  await write(life, 'the other way round', answering(second ?? '', 'lost@example.org', first ?? ''))
  expect(heard.slice(2)).toEqual([washer, treadmill])
})

it('a ticket that was merged stands for the one it lives on in', async () => {
  const { life, heard, provider } = await begin()
  const gone = await write(life, 'the treadmill', { thread: 'one' })
  const kept = await write(life, 'the treadmill again', { thread: 'two' })
  expect((await post(life, `/tickets/${gone}/merge`, { into: kept })).status).toBe(200)
  await settled(life)
  await write(life, 'about the first', { repliesTo: [`provider-${provider.sent[0]?._id}`] })
  expect(heard.at(-1)).toBe(kept)
})
