// A customer with several repairs: which one a message is about, said back; asked where nobody can tell; taken up again, followed, or the same.
import { describe, expect, it } from 'vitest'
import type { TicketView } from '../../src/tickets/ticket.ts'
import { mail, Talk, type TalkOptions } from '../support/talk.ts'

/** Two accepted repairs, the treadmill's and the fridge's, spoken of a day ago in this conversation. */
async function two(options: TalkOptions = {}): Promise<{ talk: Talk; treadmill: TicketView; fridge: TicketView }> {
  const talk = new Talk(options)
  await talk.say("My T5 stops with E03, SN KP-20391, we're at 12 Elm St, call me on 415 555 0100, Thursday afternoon suits")
  await talk.press('confirm')
  const treadmill = talk.ticket
  await talk.say('I have a new repair: my fridge is not cooling, serial number FR-77120')
  for (let turn = 0; talk.ticket.status === 'new' && turn < 8; turn++) {
    if (talk.memory.asked.some(({ value }) => value === 'confirm')) await talk.press('confirm')
    else if (talk.memory.asked.some(({ value }) => value === 'skip')) await talk.press('skip')
    else await talk.say('12 Elm Street')
  }
  const fridge = talk.ticket
  if (fridge === treadmill || fridge.status !== 'accepted') throw new Error('two accepted repairs are wanted')
  talk.minutes(24 * 60)
  return { talk, treadmill, fridge }
}
/** Another conversation of the same customer, in which nothing was spoken of. */
const elsewhere = (talk: Talk, options: TalkOptions = {}): Talk => new Talk({ with: talk, ...options })
const attached = (talk: Talk): unknown => talk.did('attach').map((effect) => ('number' in effect ? effect.number : ''))

describe('a message of a customer with several repairs', () => {
  it('is about the one whose message it answers, and the answer says so', async () => {
    for (const words of ['Thursday morning would suit better', 'It also makes a grinding noise', 'the gate code is 4711', '还会响']) {
      const { talk, treadmill } = await two()
      expect(await talk.say(words, { about: treadmill._id })).toMatch(new RegExp(`${treadmill._id} \\(.*T5|${treadmill._id}（.*T5`))
      expect(attached(talk)).toEqual([treadmill._id])
    }
  })

  it('is about the one it names, in any spelling of the number', async () => {
    const { talk, fridge } = await two()
    expect(await talk.say(`Please add to ${fridge._id.toLowerCase()}: the gate code is 4711`)).toContain(fridge._id)
    expect(attached(talk)).toEqual([fridge._id])
  })

  it('that answers the one and names the other is asked about', async () => {
    const { talk, treadmill, fridge } = await two()
    const answer = await talk.say(`The gate code is 4711, as for ${fridge._id}`, { about: treadmill._id })
    expect(answer).toContain('Which repair is this about?')
    expect(talk.memory.asked.map(({ value }) => value)).toEqual([fridge._id, treadmill._id, 'new'])
    await talk.press(treadmill._id)
    expect(attached(talk)).toEqual([treadmill._id])
  })

  it('is about the device it speaks of: by serial number, by name, by its trouble', async () => {
    for (const words of [
      'More on serial number FR-77120: the light is off, too',
      'The fridge is humming as well',
      'It is still not cooling, by the way',
      '补充一下，还是不制冷',
    ]) {
      const { talk, fridge } = await two()
      await talk.say(words)
      expect(attached(talk), words).toEqual([fridge._id])
    }
  })

  it('is about the one spoken of last, while that is clear', async () => {
    const { talk, treadmill } = await two()
    await talk.say('Please add: the treadmill slips, too')
    talk.minutes(5)
    await talk.say('I forgot to mention that it is in the basement')
    expect(attached(talk)).toEqual([treadmill._id])
    talk.minutes(3 * 24 * 60)
    await talk.news({ text: 'ticket.status.in_progress', with: { number: treadmill._id, subject: 'x' }, kind: 'statement', ticket: treadmill._id })
    talk.minutes(10 * 60)
    await talk.say('I forgot to mention that it is in the basement')
    expect(attached(talk)).toEqual([treadmill._id])
  })

  it('is asked about when news of both came within the hour, when nothing was spoken of here, or with photos alone', async () => {
    const { talk, treadmill, fridge } = await two()
    for (const { _id } of [treadmill, fridge]) await talk.news({ text: 'away', kind: 'statement', ticket: _id })
    const other = elsewhere(talk)
    for (const [where, words, files] of [
      [talk, 'I forgot to mention that it is in the basement', []],
      [other, 'I forgot to mention that it is in the basement', []],
      [elsewhere(talk), '', ['photo1']],
      [elsewhere(talk), 'Yes, please go ahead with the offer', []],
    ] as const) {
      const answer = await where.say(words, { files })
      expect(answer, words).toMatch(/Which repair is this about\?\n\[1\] R-\w+ .*\n\[2\] R-\w+ .*\n\[3\] None of these/)
      expect(attached(where)).toEqual([])
      await where.press(fridge._id)
      expect(attached(where)).toEqual([fridge._id])
    }
    expect(talk.tickets).toHaveLength(2)
  })

  it('that is about none of them goes to a new one, or with an approval to a person', async () => {
    const { talk } = await two()
    const other = elsewhere(talk)
    await other.say('', { files: ['photo1'] })
    await other.press('new')
    expect(talk.tickets).toHaveLength(3)
    expect(talk.ticket.fields.photos).toEqual(['photo1'])
    const third = elsewhere(talk)
    await third.say('I approve the quote')
    await third.press('none')
    expect(third.did('hand_over')).toEqual([{ do: 'hand_over', reason: 'asked' }])
  })

  it('whose question is never answered is seen by a person', async () => {
    const { talk } = await two()
    const other = elsewhere(talk)
    await other.say('', { files: ['photo1'] })
    other.minutes(25 * 60)
    await other.wake('abandoned')
    expect(other.did('open_task')).toEqual([{ do: 'open_task', kind: 'new_information' }])
    await other.wake('abandoned')
    expect(other.did('open_task')).toEqual([])
  })

  it('about the status tells of the one that is meant, else of all that are open', async () => {
    const { talk, treadmill, fridge } = await two()
    const told = async (words: string, about?: string) => {
      const answer = await elsewhere(talk).say(words, about === undefined ? {} : { about })
      return [treadmill, fridge].filter(({ _id }) => answer.includes(_id)).map(({ _id }) => _id)
    }
    expect(await told('where is my repair?')).toEqual([treadmill._id, fridge._id])
    expect(await told('where is my repair?', fridge._id)).toEqual([fridge._id])
    expect(await told(`any news on ${treadmill._id}?`, fridge._id)).toEqual([treadmill._id])
    expect(await told('any news on the fridge?')).toEqual([fridge._id])
  })

  it('that takes one back is asked about, with only those it can be', async () => {
    const { talk, treadmill, fridge } = await two()
    const offered = async (words: string, about?: string) => {
      const other = elsewhere(talk)
      await other.say(words, about === undefined ? {} : { about })
      return other.memory.asked.map(({ value }) => value)
    }
    expect(await offered('please cancel my repair')).toEqual([fridge._id, treadmill._id, 'keep'])
    expect(await offered('please cancel the repair of the fridge')).toEqual([fridge._id, 'keep'])
    expect(await offered('please cancel my repair', treadmill._id)).toEqual([treadmill._id, 'keep'])
  })

  it('that complains goes to a person with the repair that is meant, and with none where nobody can tell', async () => {
    const { talk, treadmill } = await two()
    const other = elsewhere(talk)
    await other.say('This is unacceptable, I am very angry about the treadmill')
    expect(other.did('hand_over')).toEqual([{ do: 'hand_over', reason: 'asked', ticket: treadmill._id }])
    const third = elsewhere(talk)
    await third.say('I want to talk to a person')
    expect(third.did('hand_over')).toEqual([{ do: 'hand_over', reason: 'asked' }])
  })

  it('never finds the repair of somebody else, whatever it answers or names', async () => {
    const { talk } = await two()
    const stranger = new Talk({ customer: { id: 'stranger' } })
    for (const { _id } of talk.tickets) expect(await stranger.say(`where is ${_id}?`, { about: _id })).toContain('cannot find')
  })
})

describe('"it is broken again"', () => {
  const day = 24 * 60

  it('takes up the repair that was over for less than `reopenWithin`', async () => {
    for (const [status, words] of [
      ['resolved', 'it is broken again'],
      ['closed', 'The problem is back'],
      ['closed', '又坏了'],
    ] as const) {
      const { talk, treadmill } = await two()
      talk.move(status, treadmill._id)
      talk.minutes(13 * day)
      expect(await talk.say(words, { about: treadmill._id })).toContain(treadmill._id)
      expect(talk.did('reopen_ticket')).toMatchObject([{ number: treadmill._id }])
      expect(talk.tickets).toHaveLength(2)
    }
  })

  it('opens a new one that follows a repair that was over for longer, with what is still known', async () => {
    for (const words of ['My T5 is broken again, it stops', 'T5又坏了']) {
      const { talk, treadmill } = await two()
      talk.move('closed', treadmill._id)
      talk.minutes(15 * day)
      const answer = await talk.say(words)
      expect(answer).toContain(treadmill._id)
      expect(talk.did('reopen_ticket')).toEqual([])
      expect(talk.ticket).toMatchObject({
        follows: treadmill._id,
        status: 'new',
        fields: { product: 'T5 treadmill', serial: 'KP-20391', phone: expect.stringContaining('0100') },
      })
      expect(answer).toContain(talk.ticket._id)
    }
  })

  it('is asked about when it may be any of several, and the choice is taken up or followed by its age', async () => {
    const { talk, treadmill, fridge } = await two()
    talk.move('closed', treadmill._id)
    talk.minutes(15 * day)
    talk.move('resolved', fridge._id)
    const other = elsewhere(talk)
    await other.say('it is broken again')
    expect(other.memory.asked.map(({ value }) => value)).toEqual([fridge._id, treadmill._id, 'new'])
    const [, third] = [await other.press(fridge._id), elsewhere(talk)]
    expect(other.did('reopen_ticket')).toMatchObject([{ number: fridge._id }])
    await third.say('it is broken again')
    await third.press(treadmill._id)
    expect(third.did('reopen_ticket')).toEqual([])
    expect(third.did('open_ticket')).toMatchObject([{ follows: treadmill._id }])
  })

  it('is about the settings of the company', async () => {
    const { talk, treadmill } = await two({ settings: { reopenWithinMs: 60_000 } })
    talk.move('resolved', treadmill._id)
    talk.minutes(2)
    await talk.say('The treadmill is broken again')
    expect(talk.did('open_ticket')).toMatchObject([{ follows: treadmill._id }])
  })
})

describe('a repair that was over long ago', () => {
  it('and is merely mentioned is not taken up again', async () => {
    for (const words of ['As with %, please ring the bell at the back', 'Thanks for % back then', 'Where is the bill for %?']) {
      const { talk, treadmill } = await two()
      talk.move('closed', treadmill._id)
      talk.minutes(60 * 24 * 60)
      await talk.say(words.replace('%', treadmill._id))
      expect(talk.did('reopen_ticket'), words).toEqual([])
      expect(treadmill.status).toBe('closed')
    }
  })

  it('is no longer one of those that a bare word may be about', async () => {
    const { talk, treadmill, fridge } = await two()
    talk.move('closed', treadmill._id)
    talk.minutes(60 * 24 * 60)
    await elsewhere(talk).say('please add that the gate code is 4711')
    const other = elsewhere(talk)
    await other.say('please add that the gate code is 4711')
    expect(attached(other)).toEqual([fridge._id])
  })
})

describe('thanks and nods', () => {
  it('acknowledge the last news of the repair they are about: nothing is taken up again, nobody is alarmed', async () => {
    for (const status of ['accepted', 'in_progress', 'resolved', 'closed'] as const)
      for (const words of ['thanks', 'Great, thank you so much!', '谢谢', '👍', '好的', 'ok', '🙏', '收到']) {
        const { talk, treadmill } = await two()
        talk.move(status, treadmill._id)
        await talk.news({ text: 'away', kind: 'statement', ticket: treadmill._id })
        await talk.say(words)
        expect(talk.did('acknowledge'), `${words} ${status}`).toEqual([{ do: 'acknowledge', number: treadmill._id, message: expect.any(String) }])
        for (const alarm of ['reopen_ticket', 'open_task', 'open_ticket', 'hand_over'] as const) expect(talk.did(alarm), `${words} ${status}`).toEqual([])
        expect(treadmill.status).toBe(status)
      }
  })

  it('acknowledge the one that is answered, by mail without an answer', async () => {
    const { talk, treadmill } = await two()
    const mailed = elsewhere(talk, { abilities: mail })
    expect(await mailed.say('Thank you very much!', { subject: 'Re: your repair', about: treadmill._id })).toBe('')
    expect(mailed.did('acknowledge')).toMatchObject([{ number: treadmill._id }])
  })

  it('from somewhere else acknowledge nothing where it may be several', async () => {
    const { talk } = await two()
    const other = elsewhere(talk)
    await other.say('thanks')
    expect(other.did('acknowledge')).toEqual([])
  })

  it('with a yes to what staff asked are its answer, which staff see', async () => {
    const { talk, treadmill } = await two()
    talk.move('pending', treadmill._id)
    await talk.say('👍')
    expect(talk.did('open_task')).toMatchObject([{ kind: 'new_information', ticket: treadmill._id }])
  })
})

describe('danger', () => {
  it('comes before every question: what keeps people safe is said, and a person takes over', async () => {
    const { talk, treadmill } = await two()
    const other = elsewhere(talk)
    expect(await other.say('There is smoke and it is on fire!')).toContain('keep away')
    expect(other.did('hand_over')).toMatchObject([{ reason: 'safety' }])
    const third = elsewhere(talk)
    expect(await third.say('The T5 is on fire!', { about: treadmill._id })).toContain('keep away')
    expect(third.did('hand_over')).toEqual([{ do: 'hand_over', reason: 'safety', ticket: treadmill._id }])
  })
})
