// When a person takes over, and what is said when none is at work.
import { describe, expect, it, test } from 'vitest'
import { mail, Talk } from '../support/talk.ts'

// Monday 9 March 2026, nine o'clock in Berlin.
const away = { here: false, backAt: Date.parse('2026-03-09T08:00:00Z') } as const

describe('a person takes over', () => {
  test.each(['a person please', '转人工'])('at the word: %s', async (words) => {
    const talk = new Talk()
    await talk.say('my fridge is not cold')
    expect(await talk.say(words)).toMatch(/takes over|为您转接/)
    expect(talk.did('hand_over')).toEqual([{ do: 'hand_over', reason: 'asked', ticket: talk.ticket._id }])
    expect(talk.memory.flows).toEqual([])
  })

  it('at the third misunderstanding in a row, and not before', async () => {
    const talk = new Talk()
    for (const words of ['asdf qwer', 'zxcv']) {
      await talk.say(words)
      expect(talk.did('hand_over')).toEqual([])
    }
    await talk.say('hello')
    for (const words of ['asdf', 'qwer uiop']) await talk.say(words)
    expect(talk.did('hand_over')).toEqual([])
    await talk.say('poiu')
    expect(talk.did('hand_over')).toMatchObject([{ reason: 'not_understood' }])
  })

  test.each([
    'Bonjour madame, je voudrais savoir pourquoi personne ne me rappelle depuis trois semaines alors que vous aviez promis',
    'Sehr geehrte Damen und Herren, gestern kam Ihr Kollege leider nicht wie vereinbart und ich habe den ganzen Tag umsonst gewartet',
  ])('at once when somebody has a lot to say that nobody here can read: %s', async (words) => {
    const talk = new Talk()
    await talk.say(words)
    expect(talk.did('hand_over')).toMatchObject([{ reason: 'not_understood' }])
    expect(talk.memory.asked).toEqual([])
  })

  it('but by mail that is a request, and a ticket', async () => {
    const talk = new Talk({ abilities: mail })
    await talk.say('Bonjour madame, je voudrais savoir pourquoi personne ne me rappelle depuis trois semaines alors que vous aviez promis')
    expect(talk.did('open_ticket')).toHaveLength(1)
    expect(talk.did('hand_over')).toEqual([])
  })
})

describe('when nobody is at work', () => {
  test.each([
    ['a person please', 'Of course. Our team is back on Monday 9 March at 09:00 and will answer you here.'],
    ['转人工', '好的。我们的工作人员3月9日星期一 09:00回来，会在这里回复您。'],
  ])('%s', async (words, answer) => {
    const talk = new Talk()
    talk.people = away
    expect(await talk.say(words)).toBe(answer)
    expect(talk.did('hand_over')).toHaveLength(1)
  })

  it('says so after three misunderstandings', async () => {
    const talk = new Talk()
    talk.people = away
    await talk.say('asdf')
    await talk.say('qwer')
    expect(await talk.say('zxcv')).toContain('I do not understand you well enough. Our team is back on Monday 9 March at 09:00')
  })

  it('first says what keeps people safe', async () => {
    const talk = new Talk()
    talk.people = away
    const said = await talk.say('I smell gas near the boiler')
    expect(said).toMatch(/Please keep away[\s\S]*emergency services first\.\n\nOur team is back on Monday 9 March at 09:00 and looks at this first\./)
    expect(said).not.toContain('takes over now')
  })

  it('promises no time where none is known', async () => {
    const talk = new Talk()
    talk.people = { here: false, backAt: null }
    expect(await talk.say('a person please')).toBe('Our team is not at work right now. We have your message and will answer as soon as we are back.')
  })
})
