// The survey: a score from 1 to 5, and a comment if somebody likes.
import { describe, expect, it } from 'vitest'
import { sms, Talk } from '../support/talk.ts'

/** A customer whose repair is resolved and who is asked about it. */
async function asked(): Promise<Talk> {
  const talk = new Talk({ abilities: sms })
  await talk.say("My T5 stops with E03, SN KP-20391, we're at 12 Elm St, call me on 415 555 0100, Thursday afternoon suits")
  await talk.say('1')
  talk.move('resolved')
  talk.minutes(60)
  const question = await talk.survey({ survey: 's_1', ticket: talk.ticket._id, subject: talk.ticket.subject })
  expect(question).toMatch(/How happy are you with the repair of .*\[1\] Very unhappy.*\[5\] Very happy/s)
  return talk
}

describe('the score', () => {
  it.each([
    ['5', 5],
    ['4', 4],
    ['five stars', 5],
    ['very satisfied', 5],
    ['Happy', 4],
    ['3', 3],
    ['so-so', 3],
    ['很满意', 5],
    ['不错', 4],
    ['一般', 3],
    ['⭐⭐⭐⭐', 4],
    ['option 4', 4],
  ])('is read from %s', async (words, score) => {
    const talk = await asked()
    expect(await talk.say(words)).toMatch(/comment|补充/)
    expect(talk.did('answer_survey')).toEqual([{ do: 'answer_survey', survey: 's_1', score }])
    expect(talk.did('open_task')).toEqual([])
  })

  it.each([
    ['1', 1],
    ['2', 2],
    ['terrible', 1],
    ['not happy', 2],
    ['非常不满意', 1],
    ['太差了', 1],
  ])('that is low, as in %s, brings a person and an apology', async (words, score) => {
    const talk = await asked()
    expect(await talk.say(words)).toMatch(/sorry|抱歉/)
    expect(talk.did('answer_survey')).toMatchObject([{ score }])
  })

  it('comes by a button', async () => {
    const talk = await asked()
    await talk.press('5')
    expect(talk.did('answer_survey')).toEqual([{ do: 'answer_survey', survey: 's_1', score: 5 }])
  })

  it('out of range is no score', async () => {
    const talk = await asked()
    expect(await talk.say('9')).toContain('from 1 to 5')
    expect(talk.did('answer_survey')).toEqual([])
    await talk.say('4')
    expect(talk.did('answer_survey')).toMatchObject([{ score: 4 }])
  })
})

describe('the comment', () => {
  it('comes with the score in the same message', async () => {
    const talk = await asked()
    expect(await talk.say('4, quick and friendly but a bit late')).toContain('Thank you for your answer')
    expect(talk.did('answer_survey')).toEqual([{ do: 'answer_survey', survey: 's_1', score: 4, comment: 'quick and friendly but a bit late' }])
    expect(talk.memory.flows).toEqual([])
  })

  it('comes afterwards', async () => {
    const talk = await asked()
    await talk.say('5')
    await talk.say('The engineer was very kind')
    expect(talk.did('answer_survey')).toEqual([{ do: 'answer_survey', survey: 's_1', comment: 'The engineer was very kind' }])
    expect(talk.memory.flows).toEqual([])
  })

  it.each(['no', 'skip', 'thanks', '1', '不用了', '没有了'])('is left out with %s', async (words) => {
    const talk = await asked()
    await talk.say('5')
    await talk.say(words)
    expect(talk.did('answer_survey')).toEqual([])
    expect(talk.memory.flows).toEqual([])
  })
})

describe('words of trouble', () => {
  it('are the answer to what went wrong', async () => {
    const talk = await asked()
    await talk.say('1')
    await talk.say('The engineer scratched the floor and was late')
    expect(talk.did('answer_survey')).toMatchObject([{ comment: 'The engineer scratched the floor and was late' }])
    expect(talk.tickets).toHaveLength(1)
  })

  it('too vague to be a request are not taken for one', async () => {
    const talk = await asked()
    expect(await talk.say('The engineer came twice')).toContain('from 1 to 5')
    expect(talk.tickets).toHaveLength(1)
  })
})

describe('another wish', () => {
  it('that it is still broken takes the repair up again', async () => {
    const talk = await asked()
    await talk.say('it is still broken')
    expect(talk.did('reopen_ticket')).toMatchObject([{ number: talk.ticket._id }])
  })

  it('told with the score counts for both', async () => {
    const talk = await asked()
    await talk.say('1, it is still broken')
    expect(talk.did('answer_survey')).toEqual([{ do: 'answer_survey', survey: 's_1', score: 1, comment: 'it is still broken' }])
    expect(talk.did('reopen_ticket')).toMatchObject([{ number: talk.ticket._id }])
  })

  it('told as the comment counts for both', async () => {
    const talk = await asked()
    await talk.say('2')
    await talk.say('the noise came back the next day')
    expect(talk.did('answer_survey')).toMatchObject([{ comment: 'the noise came back the next day' }])
    expect(talk.did('reopen_ticket')).toMatchObject([{ number: talk.ticket._id }])
  })

  it('for a new repair is heard, at the score and at the comment', async () => {
    for (const before of [[], ['5']]) {
      const talk = await asked()
      for (const words of before) await talk.say(words)
      await talk.say('My washing machine leaks')
      expect(talk.tickets).toHaveLength(2)
      expect(talk.did('answer_survey')).toEqual([])
    }
  })

  it('to know where the repair is is answered, and the survey asked again', async () => {
    const talk = await asked()
    expect(await talk.say('where is my repair?')).toMatch(/was finished.*How happy are you/s)
    await talk.say('5')
    expect(talk.did('answer_survey')).toMatchObject([{ score: 5 }])
  })

  it('for a person brings one', async () => {
    const talk = await asked()
    await talk.say('a person please')
    expect(talk.did('hand_over')).toMatchObject([{ reason: 'asked', ticket: talk.ticket._id }])
  })

  it('to be left alone is respected', async () => {
    const talk = await asked()
    await talk.say('skip')
    expect(talk.did('answer_survey')).toEqual([])
    expect(talk.memory.flows).toEqual([])
  })
})

it('is not asked twice at once: a second repair takes the place of the first', async () => {
  const talk = await asked()
  talk.minutes(31)
  await talk.survey({ survey: 's_2', ticket: talk.ticket._id, subject: 'the other' })
  await talk.say('5')
  expect(talk.did('answer_survey')).toMatchObject([{ survey: 's_2' }])
  await talk.say('no')
  expect(talk.memory.flows).toEqual([])
})
