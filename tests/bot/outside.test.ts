// News and questions from outside, beside what is being talked about.
import { describe, expect, it } from 'vitest'
import { Talk } from '../support/talk.ts'

const survey = { survey: 's_1', ticket: 'R-4K7Q2MM', subject: 'the dryer' }
const question = 'How happy are you'

describe('a question from outside', () => {
  it('is asked at once when nothing is open, as news', async () => {
    const talk = new Talk()
    expect(await talk.survey(survey)).toContain(question)
    expect(talk.last?.say[0]?.cause).toBe('news')
  })

  it('waits until the open form is done, and comes in the same message', async () => {
    const talk = new Talk()
    await talk.say("My T5 stops with E03, SN KP-20391, we're at 12 Elm St, call me on 415 555 0100, Thursday afternoon suits")
    talk.minutes(5)
    expect(await talk.survey(survey)).toBe('')
    expect(talk.did('wake')).toEqual([{ do: 'wake', kind: 'questions', at: new Date(talk.now + 25 * 60_000).toISOString() }])
    expect(await talk.say('1')).toMatch(/is accepted.*How happy are you/s)
    expect(talk.last?.say).toHaveLength(1)
    await talk.say('5')
    expect(talk.did('answer_survey')).toMatchObject([{ score: 5 }])
  })

  it('comes first once the open form has been silent for 30 minutes, and the form goes on afterwards', async () => {
    const talk = new Talk()
    await talk.say('My T5 beeps, SN KP-20391')
    await talk.survey(survey)
    talk.minutes(30)
    expect(await talk.wake('questions')).toContain(question)
    expect(await talk.say('5, very quick and friendly')).toMatch(/Thank you for your answer.*Back to your repair request.*At which address/s)
    expect(await talk.say('12 Elm Street')).toContain('How can we reach you')
  })

  it('goes on waiting when the alarm rings too early', async () => {
    const talk = new Talk()
    await talk.say('My T5 beeps, SN KP-20391')
    await talk.survey(survey)
    talk.minutes(20)
    await talk.say('12 Elm Street')
    talk.minutes(10)
    expect(await talk.wake('questions')).toBe('')
    expect(talk.did('wake')).toEqual([{ do: 'wake', kind: 'questions', at: new Date(talk.now + 20 * 60_000).toISOString() }])
    talk.minutes(20)
    expect(await talk.wake('questions')).toContain(question)
  })

  it('does not hide the answer to the form beneath', async () => {
    const talk = new Talk()
    await talk.say('My T5 beeps, SN KP-20391')
    talk.minutes(45)
    await talk.survey(survey)
    expect(await talk.say('12 Elm Street')).toContain('How can we reach you')
    expect(talk.ticket.fields.address).toBe('12 Elm Street')
  })

  it('is asked one at a time', async () => {
    const talk = new Talk()
    await talk.survey(survey)
    await talk.survey({ ...survey, survey: 's_2', ticket: 'R-2' })
    expect(talk.last?.say).toEqual([])
    await talk.say('5')
    expect(talk.did('answer_survey')).toMatchObject([{ survey: 's_1' }])
    expect(await talk.say('no')).toMatch(/Thank you for your answer.*How happy are you/s)
    await talk.say('4')
    expect(talk.did('answer_survey')).toMatchObject([{ survey: 's_2', score: 4 }])
  })

  it('about the same ticket takes the place of one that nobody answered', async () => {
    const talk = new Talk()
    await talk.survey(survey)
    expect(await talk.survey({ ...survey, survey: 's_2' })).toMatch(/How happy are you/)
    await talk.say('4')
    expect(talk.did('answer_survey')).toMatchObject([{ survey: 's_2', score: 4 }])
  })

  it('waits once, however often it comes', async () => {
    const talk = new Talk()
    await talk.say('My T5 beeps, SN KP-20391')
    await talk.survey(survey)
    await talk.survey(survey)
    expect(talk.memory.waiting).toHaveLength(1)
  })

  it('waits while a person has the conversation', async () => {
    const talk = new Talk()
    await talk.say('My T5 beeps, SN KP-20391')
    await talk.survey(survey)
    expect(await talk.say('a person please')).not.toContain(question)
    expect(talk.memory.waiting).toHaveLength(1)
    talk.minutes(60)
    expect(await talk.say('thanks')).toMatch(/You are welcome!.*How happy are you/s)
  })
})

describe('news', () => {
  it('is said in the language of the customer, and leaves the open question open', async () => {
    const talk = new Talk()
    await talk.say('我的T5坏了，序列号KP-20391，地址：人民路5号，电话13800138000，周四下午方便')
    const number = talk.ticket._id
    expect(
      await talk.news({
        text: 'ticket.status.on_hold.comment',
        with: { number, subject: 'T5', comment: 'a part is missing' },
        kind: 'statement',
        ticket: number,
      }),
    ).toBe(`您的维修单 ${number}（T5）已暂停：a part is missing`)
    expect(talk.last?.say[0]).toMatchObject({ cause: 'news', ticket: number, acknowledgement: false })
    await talk.say('1')
    expect(talk.ticket.status).toBe('accepted')
  })

  it('tells what the next words are about', async () => {
    const talk = new Talk()
    await talk.say('My T5 beeps')
    await talk.say('agent')
    talk.move('pending')
    const number = talk.ticket._id
    await talk.say('my fridge is not cooling')
    await talk.say('agent')
    await talk.news({
      text: 'ticket.status.pending.comment',
      with: { number, subject: 'T5', comment: 'On which floor is it?' },
      kind: 'statement',
      ticket: number,
    })
    await talk.say('the third one')
    expect(talk.did('open_task')).toEqual([{ do: 'open_task', kind: 'new_information', ticket: number }])
  })

  it('is in English where nobody has spoken yet', async () => {
    expect(await new Talk().news({ text: 'away', kind: 'statement' })).toContain('not at work')
  })
})

describe('an alarm', () => {
  it('for nothing says and does nothing', async () => {
    const talk = new Talk()
    for (const kind of ['questions', 'abandoned'] as const) {
      expect(await talk.wake(kind)).toBe('')
      expect(talk.last?.effects).toEqual([])
    }
  })
})
