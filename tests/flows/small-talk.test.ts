// Greetings, thanks, a person, taking a request back, and words that nobody understands.
import { describe, expect, it } from 'vitest'
import { mail, Talk } from '../support/talk.ts'

describe('greetings and thanks', () => {
  it('open no ticket', async () => {
    const talk = new Talk()
    for (const words of ['hello', 'thanks', '你好', '谢谢', 'ok', 'yes', 'no', '好的']) expect(await talk.say(words)).not.toBe('')
    expect(talk.effects).toEqual([])
  })

  it('offer what can be done, and the choice begins it', async () => {
    const talk = new Talk()
    expect(await talk.say('hello')).toMatch(/Keep Running.*\[1\] Report a repair\n\[2\] Ask about a repair\n\[3\] Talk to a person/s)
    await talk.say('3')
    expect(talk.did('hand_over')).toEqual([{ do: 'hand_over', reason: 'asked' }])
  })

  it('do not hide what comes with them', async () => {
    const talk = new Talk()
    await talk.burst([{ text: 'Hello' }, { text: 'my fridge is not cooling' }])
    expect(talk.tickets).toHaveLength(1)
  })
})

describe('words that nobody understands', () => {
  it('bring a choice, and a person after the third time', async () => {
    const talk = new Talk()
    expect(await talk.say('blue bananas')).toMatch(/not sure I understand.*\[1\] Report a repair/s)
    await talk.say('asdf')
    expect(await talk.say('qwertz')).toContain('A person from our team takes over')
    expect(talk.did('hand_over')).toEqual([{ do: 'hand_over', reason: 'not_understood' }])
    expect(talk.tickets).toEqual([])
  })
})

describe('a person, please', () => {
  it('comes at once', async () => {
    for (const words of ['Can I talk to a human?', '人工客服']) {
      const talk = new Talk()
      await talk.say(words)
      expect(talk.did('hand_over')).toEqual([{ do: 'hand_over', reason: 'asked' }])
    }
  })

  it('gets a ticket for the trouble told in the same breath', async () => {
    const talk = new Talk()
    await talk.say("My T5 won't start and I want to talk to a person")
    expect(talk.ticket.fields.product).toBe('T5 treadmill')
    expect(talk.did('hand_over')).toEqual([{ do: 'hand_over', reason: 'asked', ticket: talk.ticket._id }])
  })
})

describe('taking a request back', () => {
  async function accepted(): Promise<Talk> {
    const talk = new Talk()
    await talk.say("My T5 stops with E03, SN KP-20391, we're at 12 Elm St, call me on 415 555 0100, Thursday afternoon suits")
    await talk.say('1')
    return talk
  }

  it('is asked about once', async () => {
    const talk = await accepted()
    expect(await talk.say('cancel my repair')).toMatch(/Which repair should we take back\?\n\[1\] R-.*\n\[2\] Keep it/)
    await talk.say('1')
    expect(talk.did('cancel_ticket')).toEqual([{ do: 'cancel_ticket', number: talk.ticket._id, comment: 'cancel my repair' }])
  })

  it('is dropped with a no', async () => {
    const talk = await accepted()
    await talk.say('取消报修')
    expect(await talk.say('不用了')).toContain('保持不变')
    expect(talk.ticket.status).toBe('accepted')
  })

  it('is forgotten when somebody goes on with something else', async () => {
    const talk = await accepted()
    await talk.say('cancel my repair')
    await talk.say('my fridge is not cooling')
    expect(talk.tickets).toHaveLength(2)
    expect(talk.tickets[1]?.status).toBe('accepted')
  })

  it('says so when staff ended the repair meanwhile', async () => {
    const talk = await accepted()
    await talk.say('cancel my repair')
    talk.move('resolved')
    expect(await talk.say('1')).toContain('no open repair')
    expect(talk.ticket.status).toBe('resolved')
  })

  it('says so where there is nothing to take back', async () => {
    expect(await new Talk().say('cancel my repair')).toContain('no open repair')
  })
})

describe('the language', () => {
  it('switches with the customer, in the middle of a form', async () => {
    const talk = new Talk()
    expect(await talk.say('My fridge is not cooling')).toContain('What is the serial number')
    expect(await talk.say('不知道')).toContain('请问机器在什么地址')
    expect(await talk.say('12 Elm Street, please')).toContain('How can we reach you')
    expect(await talk.say('415 555 0100')).toContain('When would a visit suit you')
  })

  it('is not switched by a bare code, a number or an ok', async () => {
    const talk = new Talk()
    await talk.say('冰箱不制冷')
    expect(await talk.say('KP-20391')).toContain('请问机器在什么地址')
    expect(talk.memory.language).toBe('zh')
    await talk.say('OK')
    expect(talk.memory.language).toBe('zh')
  })

  it('is the one the client declares as long as the words do not tell', async () => {
    expect(await new Talk().say('R-4K7Q2MM', { locale: 'zh-CN' })).toContain('没有找到')
    expect(await new Talk().say('R-4K7Q2MM', { locale: 'en-US' })).toContain('cannot find')
  })
})

it('a mail that wants nothing is not answered', async () => {
  const talk = new Talk({ abilities: mail })
  await talk.say('My treadmill makes a grinding noise, we are at 1 Main Street')
  await talk.say('1')
  expect(await talk.say('Thanks a lot!')).toBe('')
  expect(await talk.say('ok')).toBe('')
})
