// "Where is my repair?", with or without a number.
import { expect, it } from 'vitest'
import { Talk } from '../support/talk.ts'

const other = 'R-4K7Q2MM'

async function withTwo(): Promise<Talk> {
  const talk = new Talk()
  await talk.say('My T5 beeps')
  await talk.say('agent')
  await talk.say('my fridge is not cooling')
  await talk.say('agent')
  return talk
}

it('answers from the ticket, without a number', async () => {
  const talk = new Talk()
  await talk.say('My T5 beeps')
  await talk.say('agent')
  talk.move('in_progress')
  expect(await talk.say('Where is my repair?')).toBe(`Your repair ${talk.ticket._id} (T5 treadmill: beeps) is being worked on, since 2 March.`)
  expect(await talk.say('修好了吗？')).toBe(`您的维修单 ${talk.ticket._id}（T5 treadmill: beeps）自3月2日起正在处理中。`)
})

it('answers with a number, in any spelling', async () => {
  const talk = await withTwo()
  const first = talk.tickets[1]?._id ?? ''
  const answer = await talk.say(`status of ${first.toLowerCase()}?`)
  expect(answer).toContain(first)
  expect(answer).not.toContain(talk.ticket._id)
})

it('tells of all open repairs when there are several, or of the one that is named', async () => {
  const talk = await withTwo()
  const all = await talk.say('any news?')
  for (const { _id } of talk.tickets) expect(all).toContain(_id)
  const one = await talk.say('is my fridge fixed yet?')
  expect(one).toContain(talk.ticket._id)
  expect(one).not.toContain(talk.tickets[1]?._id)
})

it('reveals nothing of a number that is not the customer’s', async () => {
  expect(await new Talk().say(other)).toBe(`I cannot find a repair ${other} of yours. Please check the number.`)
})

it('tells of the one that was finished last when none is open', async () => {
  const talk = new Talk()
  await talk.say('My T5 beeps')
  await talk.say('agent')
  talk.move('resolved')
  expect(await talk.say('status')).toContain('was finished on 2 March')
})

it('opens no ticket where there is none, and offers what can be done', async () => {
  const talk = new Talk()
  expect(await talk.say('where is my repair?')).toMatch(/no open repair.*\[1\] Report a repair\n\[2\] Talk to a person/s)
  expect(talk.tickets).toEqual([])
  expect(await talk.say('1')).toContain('What is wrong with it?')
})

it('says what is missing of a request that was left half-way', async () => {
  const talk = new Talk()
  await talk.say('My T5 beeps')
  talk.minutes(24 * 60)
  await talk.wake('abandoned')
  expect(await talk.say('status')).toContain('still need some details')
})

it('reads out every status in both languages', async () => {
  for (const status of ['new', 'accepted', 'in_progress', 'pending', 'on_hold', 'resolved', 'closed', 'cancelled'] as const) {
    const talk = new Talk()
    await talk.say('My T5 beeps')
    await talk.say('agent')
    talk.move(status)
    for (const words of ['any news?', '进度']) expect(await talk.say(words)).toContain(talk.ticket._id)
  }
})

it.each([
  ['scheduled', 'Kim Park comes to you on Thursday 5 March at 10:00.'],
  ['en_route', 'The engineer is on the way to you.'],
  ['in_repair', 'The device is being repaired in our workshop.'],
] as const)('tells of work that is %s', async (status, words) => {
  const talk = new Talk()
  await talk.say('My T5 beeps')
  await talk.say('agent')
  talk.move('in_progress')
  Object.assign(talk.ticket, { work: { kind: 'visit', status, engineer: 'Kim Park', from: '2026-03-05T09:00:00.000Z' } })
  expect(await talk.say('When does the engineer come? Where is my repair?')).toContain(words)
})

it('tells of no visit before one is agreed', async () => {
  const talk = new Talk()
  await talk.say('My T5 beeps')
  await talk.say('agent')
  Object.assign(talk.ticket, { work: { kind: 'visit', status: 'unscheduled', engineer: null, from: null } })
  expect(await talk.say('Where is my repair?')).not.toContain('comes')
})
