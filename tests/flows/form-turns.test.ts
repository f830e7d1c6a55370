// The turns a customer may take at every step of the form: correct, skip, later, back, cancel, a person, a side question.
import { describe, expect, it } from 'vitest'
import { Talk } from '../support/talk.ts'

/** A form at the question for the address. */
async function atAddress(): Promise<Talk> {
  const talk = new Talk()
  await talk.say('My T5 beeps, SN KP-20391')
  return talk
}

/** A form at its summary. */
async function atSummary(): Promise<Talk> {
  const talk = new Talk()
  await talk.say("My T5 beeps, SN KP-20391, we're at 12 Elm St, call me on 415 555 0100, Thursday afternoon suits")
  return talk
}

describe('skip', () => {
  it('leaves out for good what is only welcome', async () => {
    const talk = new Talk()
    await talk.say('My T5 beeps')
    expect(await talk.say("I don't know")).toContain('At which address')
    await talk.say('12 Elm Street')
    await talk.say('ann@example.org')
    const summary = await talk.press('skip')
    expect(summary).toContain('Is everything right?')
    expect(summary).not.toContain('Preferred time:')
  })

  it('puts off what is needed, which is asked once more at the end and then waited for', async () => {
    const talk = await atAddress()
    expect(await talk.say('skip')).toMatch(/We do need it before the repair.*How can we reach you/s)
    await talk.say('ann@example.org')
    expect(await talk.say('tomorrow')).toContain('At which address')
    const paused = await talk.say('skip')
    expect(paused).toContain('the address where it is')
    expect(talk.ticket.status).toBe('new')
    expect(await talk.say('12 Elm Street')).toContain('Is everything right?')
  })

  it('takes a plain no for it', async () => {
    const talk = new Talk()
    await talk.say('My T5 beeps')
    expect(await talk.say('no')).toContain('At which address')
  })
})

describe('later', () => {
  it('goes on with the next question', async () => {
    const talk = new Talk()
    await talk.say('My T5 beeps')
    expect(await talk.say("I'll send it later")).toMatch(/send it any time.*At which address/s)
  })

  it('is an answer when the question is when to come', async () => {
    const talk = await atAddress()
    await talk.say('12 Elm Street')
    await talk.say('ann@example.org')
    await talk.say('tomorrow')
    expect(talk.ticket.fields.preferredTime).toBe('tomorrow')
  })

  it('keeps a request whose summary is to be looked at some other time', async () => {
    const talk = await atSummary()
    expect(await talk.say('later')).toContain('we keep your request')
    expect(await talk.say('yes')).toContain('accepted')
  })
})

describe('back', () => {
  it('goes to the question before, and the answer given there can be given anew', async () => {
    const talk = await atAddress()
    await talk.say('12 Elm Street')
    expect(await talk.say('back')).toContain('At which address')
    await talk.say('14 Elm Street')
    expect(talk.ticket.fields.address).toBe('14 Elm Street')
  })

  it('goes to a question that was skipped', async () => {
    const talk = new Talk()
    await talk.say('My T5 beeps')
    await talk.say('skip')
    expect(await talk.say('go back')).toContain('serial number')
    expect(await talk.say('KP-20391')).toContain('At which address')
    expect(talk.ticket.fields.serial).toBe('KP-20391')
  })

  it('says so where there is no question before', async () => {
    const talk = new Talk()
    await talk.say('My T5 beeps')
    expect(await talk.say('上一步')).toMatch(/第一个问题.*序列号/s)
  })
})

describe('correct', () => {
  it('replaces what was known, at any step', async () => {
    const talk = await atAddress()
    await talk.say('Actually it is the T6')
    expect(talk.ticket.fields.product).toBe('T6 treadmill')
  })

  it('replaces nothing by a word in passing', async () => {
    const talk = await atAddress()
    await talk.say('12 Elm Street, it stands next to the T6')
    expect(talk.ticket.fields.product).toBe('T5 treadmill')
  })

  it('changes the summary by saying what is right', async () => {
    const talk = await atSummary()
    const summary = await talk.say('No, the address is 14 Oak Avenue')
    expect(summary).toContain('- Address: 14 Oak Avenue')
    expect(summary).toContain('Is everything right?')
    expect(talk.ticket.fields.address).toBe('14 Oak Avenue')
  })

  it('changes what is chosen from the list', async () => {
    const talk = await atSummary()
    expect(await talk.say('2')).toContain('What would you like to change?')
    expect(await talk.say('the address')).toContain('At which address')
    const summary = await talk.say('14 Oak Avenue')
    expect(summary).toContain('- Address: 14 Oak Avenue')
    expect(summary).toContain('Is everything right?')
  })

  it('changes what is named', async () => {
    const talk = await atSummary()
    expect(await talk.say('the serial number is wrong')).toContain('What is the serial number')
    expect(await talk.say('KP-20392')).toContain('- Serial number: KP-20392')
  })

  it('takes any fact said in answer to the summary', async () => {
    const talk = await atSummary()
    expect(await talk.say("looks good but it's 34 West 21st Street")).toContain('- Address: 34 West 21st Street')
    expect(talk.ticket.status).toBe('new')
    await talk.say('yes')
    expect(talk.ticket.status).toBe('accepted')
  })

  it('is not confirmed by a yes that takes something back', async () => {
    for (const words of ['Yes. But the address is 14 Oak Avenue', '对。但是电话错了', 'ok\nexcept the phone']) {
      const talk = await atSummary()
      await talk.say(words)
      expect(talk.ticket.status, words).toBe('new')
    }
  })

  it('adds to the trouble what comes later', async () => {
    const talk = await atSummary()
    expect(await talk.say('it also leaks oil')).toContain('- Problem: My T5 beeps; it also leaks oil')
  })
})

describe('cancel', () => {
  it('takes the request back at any step', async () => {
    for (const step of [atAddress, atSummary]) {
      const talk = await step()
      expect(await talk.say('cancel')).toContain('has been taken back')
      expect(talk.ticket.status).toBe('cancelled')
      expect(talk.memory.flows).toEqual([])
    }
  })

  it('is not meant by a leak that does not stop, nor by an appointment', async () => {
    for (const words of ["the leak won't stop", 'cancel my appointment', 'the cancel button is broken', 'stop by any time', '漏水停不下来']) {
      const talk = await atAddress()
      await talk.say(words)
      expect(talk.ticket.status).toBe('new')
    }
  })
})

describe('a person, please', () => {
  it('brings a person at every step, with what was gathered', async () => {
    for (const [step, words] of [
      [atAddress, 'a person please'],
      [atSummary, '转人工'],
    ] as const) {
      const talk = await step()
      await talk.say(words)
      expect(talk.did('hand_over')).toEqual([{ do: 'hand_over', reason: 'asked', ticket: talk.ticket._id }])
      expect(talk.ticket.fields.serial).toBe('KP-20391')
      expect(talk.memory.flows).toEqual([])
    }
  })
})

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
