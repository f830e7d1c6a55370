// What comes between the questions of the form: side questions, a second device, words nobody understands, bare numbers, staff.
import { describe, expect, it } from 'vitest'
import { atAddress, atSummary } from './forms.ts'

describe('a side question', () => {
  it('is answered at every step, and the open question is asked again', async () => {
    const talk = await atAddress()
    const answer = await talk.say('where is my repair?')
    expect(answer).toMatch(/has reached us.*Back to your repair request.*At which address/s)
    expect(await talk.say('12 Elm Street')).toContain('How can we reach you')
  })

  it('does not hide the open question behind other choices', async () => {
    const talk = await atAddress()
    expect(await talk.say('hello?')).toMatch(/Hello!.*At which address is it\?$/s)
    expect(talk.memory.asked).toEqual([])
  })

  it('keeps the choices of the summary open', async () => {
    const talk = await atSummary()
    expect(await talk.say('thanks')).toMatch(/You are welcome!.*Is everything right\?.*\[1\] All correct/s)
    await talk.say('1')
    expect(talk.ticket.status).toBe('accepted')
  })

  it('opens no second ticket', async () => {
    const talk = await atAddress()
    for (const words of ['hello', 'thanks', 'where is my repair?', 'hello?']) await talk.say(words)
    expect(talk.tickets).toHaveLength(1)
  })
})

describe('a second device', () => {
  it('has a ticket of its own, and the first form goes on afterwards', async () => {
    const talk = await atAddress()
    const answer = await talk.say('I have another machine that is broken: the dishwasher does not drain')
    expect(talk.tickets).toHaveLength(2)
    expect(talk.ticket.fields.product).toBe('dishwasher')
    expect(answer).toContain(talk.ticket._id)
    await talk.say('skip')
    await talk.say('12 Elm Street')
    await talk.say('ann@example.org')
    await talk.say('skip')
    const back = await talk.say('1')
    expect(talk.ticket.status).toBe('accepted')
    expect(back).toMatch(/Back to your repair request.*At which address/s)
  })

  it('leaves the first request half-way when it is simply named', async () => {
    const talk = await atAddress()
    await talk.say('my fridge is not cooling')
    expect(talk.tickets).toHaveLength(2)
    expect(talk.tickets[1]).toMatchObject({ incomplete: true, fields: { product: 'T5 treadmill' } })
  })
})

describe('not understood', () => {
  it('asks again, and after the third time brings a person with what was gathered', async () => {
    const talk = await atSummary()
    expect(await talk.say('blue bananas')).toMatch(/did not understand.*Is everything right\?/s)
    await talk.say('asdf')
    const answer = await talk.say('qwertz')
    expect(answer).toContain('A person from our team takes over')
    expect(answer).not.toContain('Is everything right?')
    expect(talk.did('hand_over')).toEqual([{ do: 'hand_over', reason: 'not_understood', ticket: talk.ticket._id }])
    expect(talk.memory).toMatchObject({ flows: [], asked: [], misunderstandings: 0 })
  })

  it('counts only those in a row', async () => {
    const talk = await atSummary()
    await talk.say('blue bananas')
    await talk.say('asdf')
    await talk.say('the address is wrong')
    expect(talk.memory.misunderstandings).toBe(0)
    await talk.say('?')
    expect(talk.did('hand_over')).toEqual([])
  })
})

describe('a bare number or yes', () => {
  it('answers the question asked last, and only if it was one of its choices', async () => {
    const talk = await atSummary()
    await talk.say('7')
    expect(talk.ticket.status).toBe('new')
    await talk.say('1')
    expect(talk.ticket.status).toBe('accepted')
  })

  it('means nothing when nothing was asked', async () => {
    const talk = await atSummary()
    await talk.say('1')
    for (const words of ['1', 'yes', '2']) await talk.say(words)
    expect(talk.ticket.status).toBe('accepted')
    expect(talk.tickets).toHaveLength(1)
  })

  it('is no choice where the question has none', async () => {
    const talk = await atAddress()
    expect(await talk.say('yes')).toContain('At which address')
    expect(talk.ticket.fields.address).toBeUndefined()
  })

  it('is read from a mail with a signature below it', async () => {
    const talk = await atSummary()
    await talk.say('1\n\nBest regards\nAnn Lee')
    expect(talk.ticket.status).toBe('accepted')
  })
})

describe('staff', () => {
  it('who ended the ticket end the form: what comes then is sorted anew', async () => {
    const talk = await atAddress()
    talk.move('cancelled')
    await talk.say('12 Elm Street')
    expect(talk.memory.flows.map(({ name }) => name)).not.toContain('report-repair')
  })

  it('who took the ticket as it is get what the customer adds', async () => {
    const talk = await atAddress()
    talk.move('accepted')
    expect(await talk.say('12 Elm Street')).toContain('added this to your repair')
    expect(talk.ticket.fields.address).toBe('12 Elm Street')
    expect(talk.did('open_task')).toMatchObject([{ kind: 'new_information' }])
  })
})
