// Reporting a repair by mail: one mail asks for all that is missing, and little is asked twice.
import { describe, expect, it } from 'vitest'
import { mail, Talk } from '../support/talk.ts'

function mailing(): Talk {
  return new Talk({ abilities: mail })
}

describe('the first mail', () => {
  it('is acknowledged with the number and everything that is missing, in one mail', async () => {
    const talk = mailing()
    const answer = await talk.say('Hello, our treadmill makes a grinding noise. Regards, Ann', { subject: 'Noise' })
    expect(talk.last?.say).toHaveLength(1)
    expect(talk.last?.say[0]).toMatchObject({ acknowledgement: true, ticket: talk.ticket._id })
    expect(answer).toContain(talk.ticket._id)
    expect(answer).toMatch(
      /we still need:\n- the address where it is\n\nIf you have them at hand, these help too:\n- the serial number.*\n- when a visit would suit you\n- photos/,
    )
    expect(talk.ticket.subject).toBe('Noise')
  })

  it('that says it all is summed up at once, for one confirmation', async () => {
    const talk = mailing()
    const answer = await talk.say("Our T5 treadmill (SN KP-20391) stops after ten minutes. We're at 12 Elm St. Thursday afternoon suits.")
    expect(answer).toMatch(/Your repair number is.*- Serial number: KP-20391.*Is everything right\?\n\[1\]/s)
    expect(talk.last?.say).toHaveLength(1)
    await talk.say('1\n\n--\nAnn')
    expect(talk.ticket.status).toBe('accepted')
  })

  it('never asks for an address that the mail came from', async () => {
    expect(await mailing().say('My fridge is not cooling')).not.toContain('to reach you')
  })

  it('may be a request even when nobody can tell', async () => {
    const talk = mailing()
    await talk.say('Please see the attached, it concerns the blue unit on the second floor of our house.')
    expect(talk.tickets).toHaveLength(1)
  })

  it('opens no ticket for thanks or a greeting, and answers no thanks', async () => {
    for (const words of ['Thank you!', '谢谢']) {
      const talk = mailing()
      expect(await talk.say(words, { subject: 'Re: your visit' })).toBe('')
      expect(talk.effects).toEqual([])
    }
  })

  it('names the ticket after its subject without the marks of replying', async () => {
    const talk = mailing()
    await talk.say('It leaks.', { subject: 'Fwd: Re: Dishwasher in flat 4' })
    expect(talk.ticket).toMatchObject({ subject: 'Dishwasher in flat 4', fields: { product: 'Dishwasher' } })
  })
})

describe('the answer', () => {
  it('fills by labels, and is summed up', async () => {
    const talk = mailing()
    await talk.say('My treadmill makes a grinding noise')
    const summary = await talk.say('Hi,\n\nSerial number: KP-20391\nAddress: 1 Main Street\nPreferred time: mornings\nProduct: T6\n\nThanks\nAnn')
    expect(talk.ticket.fields).toMatchObject({ serial: 'KP-20391', address: '1 Main Street', preferredTime: 'mornings', product: 'T6' })
    expect(summary).toContain('Is everything right?')
  })

  it('fills line by line without labels', async () => {
    const talk = new Talk({
      abilities: mail,
      settings: {
        form: {
          product: 'required',
          serial: 'required',
          symptom: 'required',
          photos: 'optional',
          address: 'required',
          contact: 'required',
          preferredTime: 'optional',
        },
      },
    })
    await talk.say('My treadmill makes a grinding noise')
    await talk.say('1. KP-20391\n2. 1 Main Street\n3. any weekday')
    expect(talk.ticket.fields).toMatchObject({ serial: 'KP-20391', address: '1 Main Street', preferredTime: 'any weekday' })
  })

  it('that leaves something out is asked for that alone, and not again for what is only welcome', async () => {
    const talk = new Talk({
      abilities: mail,
      settings: {
        form: {
          product: 'required',
          serial: 'required',
          symptom: 'required',
          photos: 'optional',
          address: 'required',
          contact: 'required',
          preferredTime: 'optional',
        },
      },
    })
    await talk.say('My treadmill makes a grinding noise')
    const answer = await talk.say('Serial: KP-20391')
    expect(answer).toContain('the address where it is')
    expect(answer).not.toMatch(/serial|photos|visit/)
    // One thing is open, so a plain reply answers it.
    expect(await talk.say('Flat 4, the old mill, Springfield')).toContain('- Address: Flat 4, the old mill, Springfield')
  })

  it('with photos attached puts them on the ticket', async () => {
    const talk = mailing()
    await talk.say('My treadmill makes a grinding noise')
    await talk.say('Here you are, we live at 1 Main Street.', { files: ['photo1', 'photo2'] })
    expect(talk.ticket.fields).toMatchObject({ photos: ['photo1', 'photo2'], address: '1 Main Street' })
  })

  it('fills from bare lines as people write them', async () => {
    const talk = mailing()
    await talk.say(
      'Dear Sir or Madam,\n\nour dishwasher (Miele G7000) leaves puddles on the floor after each run. We bought it in 2021.\n\nKind regards\nMaria Santos\n+49 30 1234567',
    )
    expect(talk.ticket.fields).toEqual({
      product: 'dishwasher',
      symptom: 'leaves puddles on the floor after each run',
      contactName: 'Maria Santos',
    })
    // The phone is only from her signature: it is asked about, and on the ticket once she has confirmed it.
    expect(await talk.say('Hello,\n\nGartenstraße 12, 10115 Berlin\nSerial 11/20339\n\nMaria')).toMatch(
      /Contact: Maria Santos, \+49 30 1234567.* \(did we read that right\?\).*Is everything right\?/s,
    )
    expect(talk.ticket.fields.phone).toBeUndefined()
    expect(talk.ticket.fields).toMatchObject({ address: 'Gartenstraße 12, 10115 Berlin', serial: '11/20339' })
    expect(await talk.say('The phone is +49 30 7654321')).toContain('- Contact: Maria Santos, +49 30 7654321, ann@example.org\n')
    await talk.say('All correct. Please bring a new filter.\n\nMaria')
    expect(talk.ticket.status).toBe('accepted')
  })

  it('may put it off: nothing is asked again until there is more', async () => {
    const talk = mailing()
    await talk.say('My treadmill makes a grinding noise')
    expect(await talk.say("I'll get back to you")).toContain('is kept')
    expect(await talk.say('Address: 1 Main Street')).toContain('Is everything right?')
  })

  it('in Chinese is answered in Chinese', async () => {
    const talk = mailing()
    expect(await talk.say('我的跑步机有异响。\n王伟', { subject: '报修' })).toMatch(/我们还需要：\n- 机器所在的地址/)
    expect(await talk.say('地址：人民路5号\n序列号：KP-20391')).toContain('- 序列号：KP-20391')
    expect(await talk.say('1')).toContain('已受理')
  })
})
