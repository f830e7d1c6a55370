// What customers write about a repair that is there: more about it, that it is not solved, or a new one.
import { describe, expect, it } from 'vitest'
import { mail, Talk } from '../support/talk.ts'

async function accepted(words = "My T5 stops with E03, SN KP-20391, we're at 12 Elm St, call me on 415 555 0100, Thursday afternoon suits"): Promise<Talk> {
  const talk = new Talk()
  await talk.say(words)
  await talk.say('1')
  if (talk.ticket.status !== 'accepted') throw new Error('not accepted')
  return talk
}

describe('more about an open repair', () => {
  it('is added to it and shown to staff, not opened again', async () => {
    const talk = await accepted()
    talk.minutes(3 * 24 * 60)
    for (const words of ['It also makes a grinding noise now', 'I forgot to mention that the belt slips', '补充一下，它还会响', 'E03 again and again']) {
      expect(await talk.say(words)).toContain(talk.ticket._id)
      expect(talk.did('attach')).toMatchObject([{ number: talk.ticket._id }])
      expect(talk.did('open_task')).toEqual([{ do: 'open_task', kind: 'new_information', ticket: talk.ticket._id }])
    }
    expect(talk.tickets).toHaveLength(1)
  })

  it('with photos puts them with those that are there', async () => {
    const talk = await accepted()
    await talk.say('here is the label', { files: ['photo1'] })
    await talk.say('', { files: ['photo2'] })
    expect(talk.ticket.fields.photos).toEqual(['photo1', 'photo2'])
    expect(talk.tickets).toHaveLength(1)
  })

  it('keeps a changed phone number or time, and not the trouble it was accepted for', async () => {
    const talk = await accepted()
    await talk.say('my new phone number is 415 555 0199, it beeps as well')
    expect(talk.ticket.fields).toMatchObject({ phone: '+14155550199', errorCode: 'E03', symptom: 'stops' })
    expect(talk.ticket.fields.symptom).not.toContain('beeps')
  })

  it('answers a ticket that waits for the customer, however short', async () => {
    for (const words of ['yes', 'the third floor', 'ok']) {
      const talk = await accepted()
      talk.move('pending')
      await talk.say(words)
      expect(talk.did('open_task')).toMatchObject([{ kind: 'new_information', ticket: talk.ticket._id }])
    }
  })

  it('with another time keeps the latest', async () => {
    const talk = await accepted()
    await talk.say('can you make it Friday instead?')
    expect(talk.ticket.fields.preferredTime).toBe('Friday')
    await talk.say('Tuesday works too')
    expect(talk.ticket.fields.preferredTime).toBe('Tuesday')
  })

  it('about an appointment is for staff to see', async () => {
    const talk = await accepted()
    await talk.say('please cancel my appointment')
    expect(talk.ticket.status).toBe('accepted')
    expect(talk.did('open_task')).toMatchObject([{ kind: 'new_information' }])
  })

  it('is found from another conversation of the same customer', async () => {
    const talk = await accepted()
    const mailed = new Talk({ abilities: mail, with: talk })
    await mailed.say('The T5 now shows E05', { subject: 'treadmill' })
    expect(mailed.did('attach')).toMatchObject([{ number: talk.ticket._id }])
    await mailed.say(`Please add to ${talk.ticket._id}: the gate code is 4711`)
    expect(mailed.did('attach')).toMatchObject([{ number: talk.ticket._id }])
    expect(talk.tickets).toHaveLength(1)
  })
})

describe('a new repair', () => {
  it('of another device opens another ticket', async () => {
    const talk = await accepted()
    for (const words of ['my fridge is not cooling', '我的洗衣机漏水']) {
      const before = talk.tickets.length
      await talk.say(words)
      expect(talk.tickets).toHaveLength(before + 1)
      await talk.say('转人工')
    }
  })

  it('asked for in so many words opens another ticket', async () => {
    const talk = await accepted()
    await talk.say('I have a new repair')
    expect(talk.tickets).toHaveLength(2)
  })

  it('is opened when the one before is done', async () => {
    const talk = await accepted()
    talk.move('closed')
    await talk.say('my treadmill T6 beeps')
    expect(talk.tickets).toHaveLength(2)
  })
})

describe('nobody can tell', () => {
  it('is asked, with the repairs to choose from, and the choice counts for the words said before', async () => {
    const talk = await accepted()
    await talk.say('my fridge is not cooling, no serial')
    await talk.say('转人工')
    talk.minutes(24 * 60)
    const answer = await talk.say('the screen is cracked')
    expect(answer).toMatch(/Which repair is this about\?\n\[1\] R-.*\n\[2\] R-.*\n\[3\] None of these: something new/)
    expect(talk.did('attach')).toEqual([])
    await talk.say('2')
    expect(talk.did('attach')).toMatchObject([{ number: talk.tickets[1]?._id, messages: [expect.any(String)] }])
    expect(talk.tickets).toHaveLength(2)
  })

  it('opens a new one by choice, with the words said before', async () => {
    const talk = await accepted()
    talk.minutes(24 * 60)
    await talk.say('the screen is cracked')
    await talk.say('A new repair')
    expect(talk.tickets).toHaveLength(2)
    expect(talk.ticket.fields.symptom).toBe('the screen is cracked')
  })

  it('is told by naming the device', async () => {
    const talk = await accepted()
    await talk.say('my fridge is not cooling, no serial')
    await talk.say('转人工')
    talk.minutes(24 * 60)
    await talk.say('the screen is cracked')
    expect(await talk.say('on the treadmill, the T5')).toContain(talk.tickets[1]?._id)
    expect(talk.did('attach')).toMatchObject([{ number: talk.tickets[1]?._id, messages: ['m_5', 'm_6'] }])
  })

  it('brings a person when three answers do not tell', async () => {
    const talk = await accepted()
    talk.minutes(24 * 60)
    await talk.say('the screen is cracked')
    for (const words of ['hm', 'bananas', 'qwertz']) await talk.say(words)
    expect(talk.did('hand_over')).toEqual([{ do: 'hand_over', reason: 'not_understood', ticket: talk.ticket._id }])
  })

  it('keeps together what comes before the choice', async () => {
    const talk = await accepted()
    talk.minutes(24 * 60)
    await talk.say('the screen is cracked')
    await talk.say('', { files: ['photo1'] })
    await talk.press('new')
    expect(talk.ticket.fields).toMatchObject({ symptom: 'the screen is cracked', photos: ['photo1'] })
    expect(talk.did('attach')).toMatchObject([{ messages: ['m_3', 'm_4'] }])
  })
})

describe('not solved', () => {
  it('takes a resolved repair up again by the word of the customer', async () => {
    for (const words of ['it is still broken', 'The problem is back', '还是不行', '又坏了', 'thanks, but it still stops']) {
      const talk = await accepted()
      talk.move('resolved')
      expect(await talk.say(words)).toContain(talk.ticket._id)
      expect(talk.did('reopen_ticket')).toEqual([{ do: 'reopen_ticket', number: talk.ticket._id, comment: words }])
      expect(talk.ticket.status).toBe('in_progress')
    }
  })

  it('is more about the repair while it is open', async () => {
    const talk = await accepted()
    await talk.say('it is still broken')
    expect(talk.did('reopen_ticket')).toEqual([])
    expect(talk.did('open_task')).toMatchObject([{ kind: 'new_information' }])
  })

  it('is a new repair where there is none', async () => {
    const talk = new Talk()
    await talk.say("my fridge still doesn't cool after I defrosted it")
    expect(talk.tickets).toHaveLength(1)
    expect(talk.did('open_ticket')).toHaveLength(1)
  })

  it('is not meant by a repair of another device', async () => {
    const talk = await accepted()
    talk.move('resolved')
    await talk.say('my fridge stopped working again')
    expect(talk.did('reopen_ticket')).toEqual([])
    expect(talk.tickets).toHaveLength(2)
  })
})

describe('thanks', () => {
  it('neither takes a repair up again nor alarms anybody', async () => {
    for (const status of ['accepted', 'in_progress', 'pending', 'resolved', 'closed'] as const) {
      for (const words of ['thanks', 'Great, thank you so much!', '谢谢师傅', 'ok thanks']) {
        const talk = await accepted()
        talk.move(status)
        await talk.say(words)
        expect(talk.did('reopen_ticket')).toEqual([])
        expect(talk.did('open_task')).toEqual([])
        expect(talk.ticket.status).toBe(status)
        expect(talk.tickets).toHaveLength(1)
      }
    }
  })
})
