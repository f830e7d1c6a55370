// Where the customer wants news: asked for, proved by a code, or known already; in English and Chinese.
import { describe, expect, it, test } from 'vitest'
import { mail, sms, Talk } from '../support/talk.ts'

describe('a new address is proved by its code', () => {
  test('text me instead', async () => {
    const talk = new Talk()
    expect(await talk.say('text me instead')).toBe('Which mobile number should we text? Best with the country code.')
    expect(await talk.say('(415) 555-2671')).toContain('a code of six digits to +14155552671')
    expect(talk.did('send_code')).toEqual([{ do: 'send_code', way: 'sms', address: '+14155552671' }])
    expect(await talk.say('123456')).toBe('Thank you. From now on, news about your repairs goes to +14155552671.')
    expect(talk.did('verify_address')).toEqual([{ do: 'verify_address', way: 'sms', address: '+14155552671' }])
    expect(talk.memory.flows).toEqual([])
    expect(talk.tickets).toEqual([])
  })

  test('发短信给我', async () => {
    const talk = new Talk({ settings: { country: 'CN' } })
    expect(await talk.say('以后发短信给我')).toBe('请问发到哪个手机号？最好带上国家区号。')
    expect(await talk.say('13800138000')).toContain('+8613800138000')
    expect(await talk.say('验证码是 １２３ ４５６')).toContain('今后维修的消息会发到 +8613800138000')
    expect(talk.did('verify_address')).toHaveLength(1)
  })

  test('email me at an address, in one go', async () => {
    const talk = new Talk()
    expect(await talk.say('please email me at Ann@X.org from now on')).toContain('ann@x.org')
    expect(talk.did('send_code')).toEqual([{ do: 'send_code', way: 'email', address: 'ann@x.org' }])
  })

  test('by mail, to a number abroad', async () => {
    const talk = new Talk({ abilities: mail })
    await talk.say('Could you send updates by text message? My number is +49 1517 5324980')
    expect(talk.did('send_code')).toEqual([{ do: 'send_code', way: 'sms', address: '+4915175324980' }])
    expect(talk.tickets).toEqual([])
  })

  test('whatsapp me', async () => {
    const talk = new Talk({ abilities: sms })
    await talk.say('whatsapp me')
    await talk.say('+49 1517 5324980')
    expect(talk.did('send_code')).toEqual([{ do: 'send_code', way: 'whatsapp', address: '+4915175324980' }])
  })
})

describe('on the way', () => {
  const asked = async () => {
    const talk = new Talk()
    await talk.say('text me instead')
    await talk.say('415 555 2671')
    return talk
  }

  it('a wrong code is told, and counted', async () => {
    const talk = await asked()
    expect(await talk.say('654321')).toContain('not the code')
    expect(talk.did('miss_code')).toHaveLength(1)
    expect(talk.did('verify_address')).toEqual([])
    await talk.say('123-456')
    expect(talk.did('verify_address')).toHaveLength(1)
  })

  it('a code that does not count any more can be sent anew', async () => {
    const talk = await asked()
    talk.code = null
    expect(await talk.say('123456')).toContain('does not count any more')
    await talk.press('new-code')
    expect(talk.did('send_code')).toEqual([{ do: 'send_code', way: 'sms', address: '+14155552671' }])
  })

  it.each(["I didn't get it", 'resend', '没收到'])('%s sends it anew', async (words) => {
    const talk = await asked()
    await talk.say(words)
    expect(talk.did('send_code')).toHaveLength(1)
  })

  it('another number is taken for the one meant', async () => {
    const talk = await asked()
    await talk.say('sorry, it is 415 555 2672')
    expect(talk.did('send_code')).toEqual([{ do: 'send_code', way: 'sms', address: '+14155552672' }])
    await talk.press('other-address')
    await talk.say('415 555 2673')
    expect(talk.did('send_code')).toEqual([{ do: 'send_code', way: 'sms', address: '+14155552673' }])
  })

  it.each(['cancel', 'no thanks', '算了'])('%s leaves it as it is', async (words) => {
    const talk = await asked()
    await talk.say(words)
    expect(talk.memory.flows).toEqual([])
    expect(talk.did('verify_address')).toEqual([])
  })

  it('what is no number is asked for again, and three such bring a person', async () => {
    const talk = new Talk()
    await talk.say('text me instead')
    expect(await talk.say('my phone')).toContain('could not read a phone number')
    expect(await talk.say('12')).toContain('could not read a phone number')
    await talk.say('that one')
    expect(talk.did('hand_over')).toMatchObject([{ reason: 'not_understood' }])
  })

  it('a repair told instead is a repair', async () => {
    const talk = await asked()
    await talk.say('My washing machine leaks')
    expect(talk.did('open_ticket')).toHaveLength(1)
  })

  it('six digits elsewhere prove nothing', async () => {
    const talk = new Talk()
    talk.code = '123456'
    await talk.say('123456')
    expect(talk.did('verify_address')).toEqual([])
  })
})

describe('without a code', () => {
  it('a proved address is used at once, and shown only in part', async () => {
    const talk = new Talk()
    talk.ways = () => ({ on: true, known: { point: 'p_1', shown: '+1•••2671', here: false }, code: null })
    expect(await talk.say('text me instead')).toBe('Thank you. From now on, news about your repairs goes to +1•••2671.')
    expect(talk.effects).toEqual([{ do: 'prefer', way: 'sms', point: 'p_1' }])
  })

  it.each([
    ['sms', 'text me instead', 'cannot send text messages'],
    ['whatsapp', 'whatsapp me', 'Write to us there'],
    ['email', 'email me', 'cannot send email'],
  ])('%s that is off is told', async (_, words, answer) => {
    const talk = new Talk()
    talk.ways = () => ({ on: false, known: null, code: null })
    expect(await talk.say(words)).toContain(answer)
    expect(talk.effects).toEqual([])
  })

  it.each([
    ['too_often', 'Too many codes'],
    ['not_wanted', 'write to us from there first'],
  ] as const)('%s is told', async (code, answer) => {
    const talk = new Talk()
    talk.ways = ({ address }) => ({ on: true, known: null, code: address === null ? null : code })
    await talk.say('text me instead')
    expect(await talk.say('415 555 2671')).toContain(answer)
    expect(talk.effects).toEqual([])
  })
})

describe('beside a repair', () => {
  it('a lasting wish interrupts, and the form goes on after it', async () => {
    const talk = new Talk()
    await talk.say('my fridge is not cold')
    await talk.say('skip')
    await talk.say('14 Oak Ave')
    expect(await talk.say('please send updates by text message instead')).toContain('Which mobile number')
    await talk.say('415 555 2671')
    expect(await talk.say('123456')).toMatch(/goes to \+14155552671[\s\S]*Back to your repair request/)
  })

  it('"email me at …" answers the question how to reach somebody', async () => {
    const talk = new Talk()
    await talk.say('my fridge is not cold')
    await talk.say('skip')
    await talk.say('14 Oak Ave')
    await talk.say('email me at ann@x.org')
    expect(talk.ticket.fields.email).toBe('ann@x.org')
    expect(talk.did('send_code')).toEqual([])
  })
})
