// The turns a customer may take at every step of the form: correct, skip, later, back, cancel, a person.
import { describe, expect, it } from 'vitest'
import { Talk } from '../support/talk.ts'
import { atAddress, atSummary } from './forms.ts'

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
    expect(await talk.say('it also leaks oil')).toContain('- Problem: beeps; leaks oil')
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
