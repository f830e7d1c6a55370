// Reporting a repair in chat: from one message that says it all to one question after another.
import { describe, expect, it } from 'vitest'
import { settings, sms, Talk } from '../support/talk.ts'

const everything =
  "Hi, our T5 treadmill (SN KP-20391) stops after ten minutes with E03 since Monday, we're at 12 Elm St, call me on 415 555 0100, Thursday afternoon suits"

describe('one message that says it all', () => {
  it('is enough: the ticket is open, acknowledged, and only a confirmation is asked for', async () => {
    const talk = new Talk()
    const answer = await talk.say(everything)
    expect(talk.ticket.fields).toEqual({
      product: 'T5 treadmill',
      serial: 'KP-20391',
      symptom: 'stops after ten minutes',
      errorCode: 'E03',
      address: '12 Elm St',
      phone: '+14155550100',
      preferredTime: 'Thursday afternoon',
      // Thursday after Monday, 2 March, in Berlin.
      preferredWindows: [{ from: '2026-03-05T11:00:00Z', until: '2026-03-05T17:00:00Z' }],
    })
    expect(talk.ticket.status).toBe('new')
    expect(answer).toContain(talk.ticket._id)
    expect(answer).toContain('- Serial number: KP-20391')
    expect(answer).toMatch(/Is everything right\?\n\[1\] All correct\n\[2\] Change something$/)
    expect(talk.last?.say).toHaveLength(1)
    expect(talk.last?.say[0]).toMatchObject({ acknowledgement: true, cause: 'answer', ticket: talk.ticket._id })
  })

  it('is accepted once its summary is confirmed', async () => {
    const talk = new Talk()
    await talk.say(everything)
    expect(await talk.say('1')).toContain('accepted')
    expect(talk.ticket.status).toBe('accepted')
    expect(talk.memory.flows).toEqual([])
  })

  it('says so in Chinese to whoever writes Chinese', async () => {
    const talk = new Talk()
    const answer = await talk.say(
      '你好，我们的T5跑步机（序列号KP-20391）从周一开始跑十分钟就停，显示E03。地址：上海市浦东新区张江路12号，电话13800138000，周四下午方便。',
    )
    expect(talk.ticket.fields).toEqual({
      product: 'T5 treadmill',
      serial: 'KP-20391',
      symptom: '跑十分钟就停',
      errorCode: 'E03',
      address: '上海市浦东新区张江路12号',
      phone: '+8613800138000',
      preferredTime: '周四下午',
      preferredWindows: [{ from: '2026-03-05T11:00:00Z', until: '2026-03-05T17:00:00Z' }],
    })
    expect(answer).toContain(`您的维修单号是 ${talk.ticket._id}`)
    expect(await talk.say('是的')).toContain('已受理')
    expect(talk.ticket.status).toBe('accepted')
  })

  it('understands traditional characters', async () => {
    const talk = new Talk()
    await talk.say('您好，我家的洗衣大師900（序列號：WM-7781）漏水，地址：台北市大安區和平東路一段5號，電話0912-345-678，週六上午有空')
    expect(talk.ticket.fields).toMatchObject({ product: 'WashMaster 900', serial: 'WM-7781', symptom: '漏水', address: '台北市大安區和平東路一段5號' })
    expect(await talk.say('沒錯')).toContain('已受理')
  })
})

describe('one question after another', () => {
  it('asks only for what is missing, and takes each answer', async () => {
    const talk = new Talk()
    expect(await talk.say('My washing machine leaks')).toMatch(/Your repair number is R-.+\n\nWhat is the serial number/s)
    expect(talk.tickets).toHaveLength(1)
    expect(await talk.say('WM-2231')).toContain('At which address')
    expect(await talk.say('12 Elm Street, Springfield, ring twice')).toContain('How can we reach you')
    expect(await talk.say('Ann Lee, 415 555 0100')).toContain('When would a visit suit you')
    const summary = await talk.say('Thursday or Friday, mornings')
    expect(summary).toContain('- Contact: Ann Lee, +1 415 555 0100')
    expect(summary).toContain('- Address: 12 Elm Street, Springfield, ring twice')
    expect(summary).toContain('- Preferred time: Thursday or Friday, mornings')
    await talk.say('yes')
    expect(talk.ticket.status).toBe('accepted')
    expect(talk.ticket.fields).toMatchObject({ product: 'washing machine', serial: 'WM-2231', contactName: 'Ann Lee', phone: '+14155550100' })
  })

  it('speaks Chinese all the way', async () => {
    const talk = new Talk()
    expect(await talk.say('冰箱不制冷')).toContain('序列号是多少')
    expect(await talk.say('找不到')).toContain('请问机器在什么地址')
    expect(await talk.say('人民路5号3楼')).toContain('怎么联系您')
    expect(await talk.say('王伟 13800138000')).toContain('什么时候上门')
    expect(await talk.say('周末都可以')).toContain('- 联系方式：王伟, +86 138 0013 8000')
    expect(await talk.say('确认')).toContain('已受理')
  })

  it('opens the ticket with the first words, however few', async () => {
    const talk = new Talk()
    const answer = await talk.say('I need a repair')
    expect(talk.ticket).toMatchObject({ status: 'new', subject: 'I need a repair' })
    expect(answer).toContain('What is wrong with it?')
    await talk.say('It makes a grinding noise')
    expect(talk.ticket.subject).toBe('makes a grinding noise')
    await talk.say('the T5')
    expect(talk.ticket).toMatchObject({ subject: 'T5 treadmill: makes a grinding noise', fields: { product: 'T5 treadmill' } })
  })

  it('understands people who write as they talk', async () => {
    const talk = new Talk()
    await talk.say('yeah so my washer has been acting weird')
    expect(await talk.say("it's a bosch")).toContain('serial number')
    expect(await talk.say('dunno where that is')).toContain('At which address')
    await talk.say('apartment 5, 33 west 21st street new york')
    await talk.say('john.doe@gmail.com or 212-555-0123')
    expect(await talk.say('weekdays after 6')).toContain('Is everything right?')
    expect(talk.ticket.fields).toEqual({
      product: 'washer',
      symptom: 'acting weird',
      address: 'apartment 5, 33 west 21st street new york',
      email: 'john.doe@gmail.com',
      phone: '+12125550123',
      preferredTime: 'weekdays after 6',
      preferredWindows: expect.arrayContaining([{ from: '2026-03-03T17:00:00Z', until: '2026-03-03T19:00:00Z' }]),
    })
  })

  it('听得懂口语', async () => {
    const talk = new Talk()
    await talk.say('我家热水器不出热水了')
    expect(await talk.say('等下我看看')).toContain('请问机器在什么地址')
    await talk.say('徐汇区漕溪北路18号')
    await talk.say('手机号13912345678')
    expect(await talk.say('随便')).toContain('都对吗')
    expect(talk.ticket.fields).toEqual({ product: '热水器', symptom: '不出热水了', address: '徐汇区漕溪北路18号', phone: '+8613912345678' })
  })

  it('asks nothing that the channel or the customer file tells', async () => {
    const known = new Talk({ customer: { phone: '+14155550100' } })
    await known.say('My fridge is not cooling')
    await known.say('skip')
    expect(await known.say('12 Elm Street')).toContain('When would a visit suit you')

    const texted = new Talk({ abilities: sms, channel: 'sms', place: { address: '+14155550100' } })
    await texted.say('My fridge is not cooling')
    await texted.say('skip')
    expect(await texted.say('12 Elm Street')).toContain('When would a visit suit you')
  })

  it('asks what the settings want, and nothing else', async () => {
    const form = {
      product: 'hidden',
      serial: 'hidden',
      symptom: 'required',
      photos: 'required',
      address: 'hidden',
      contact: 'hidden',
      preferredTime: 'hidden',
    } as const
    const talk = new Talk({ settings: { form } })
    expect(await talk.say('My fridge is not cooling')).toContain('Do you have photos')
    expect(await talk.say('', { files: ['photo1'] })).toContain('Is everything right?')
  })

  it('takes a serial number that looks like a phone number when it asked for one', async () => {
    const talk = new Talk()
    await talk.say('My fridge is not cooling')
    await talk.say('4155550100')
    expect(talk.ticket.fields).toMatchObject({ serial: '4155550100' })
    expect(talk.ticket.fields.phone).toBeUndefined()
  })

  it('takes everything that one answer tells', async () => {
    const talk = new Talk()
    await talk.say('My T5 beeps')
    await talk.say("KP-1234, we're at 9 High Street and any weekday after 5pm works for me")
    expect(talk.ticket.fields).toMatchObject({ address: '9 High Street', preferredTime: 'any weekday after 5pm' })
  })
})

describe('photos', () => {
  it('land on one ticket with one answer when they come in a burst', async () => {
    const talk = new Talk()
    const answer = await talk.burst([{ text: 'My fridge is not cooling' }, { text: '', files: ['photo1'] }, { text: '', files: ['photo2', 'photo3'] }])
    expect(talk.tickets).toHaveLength(1)
    expect(talk.ticket.fields.photos).toEqual(['photo1', 'photo2', 'photo3'])
    expect(talk.did('attach')).toEqual([{ do: 'attach', number: talk.ticket._id, messages: ['m_1', 'm_2', 'm_3'] }])
    expect(talk.last?.say).toHaveLength(1)
    expect(answer).toContain(talk.ticket._id)
  })

  it('open a ticket even without words, and it gets a name when there are some', async () => {
    const talk = new Talk()
    const answer = await talk.say('', { files: ['photo1'] })
    expect(talk.ticket).toMatchObject({ subject: 'Repair request', fields: { photos: ['photo1'] } })
    expect(answer).toContain('What is wrong with it?')
    await talk.say('The belt of my T5 is torn')
    expect(talk.ticket.subject).toBe('T5 treadmill: The belt of my T5 is torn')
  })

  it('are taken at any step and the open question is asked again', async () => {
    const talk = new Talk()
    await talk.say('My fridge is not cooling')
    const answer = await talk.say('', { files: ['photo1'] })
    expect(talk.ticket.fields.photos).toEqual(['photo1'])
    expect(answer).toMatch(/Thank you for the photos.*What is the serial number/s)
  })
})

describe('silence', () => {
  it('is watched as long as the form is open', async () => {
    const talk = new Talk()
    await talk.say('My fridge is not cooling')
    expect(talk.did('wake')).toEqual([{ do: 'wake', kind: 'abandoned', at: new Date(talk.now + settings.incompleteAfterMs).toISOString() }])
  })

  it('marks the ticket incomplete without a word, and a later answer takes the mark off and goes on', async () => {
    const talk = new Talk()
    await talk.say('My fridge is not cooling')
    talk.minutes(24 * 60)
    expect(await talk.wake('abandoned')).toBe('')
    expect(talk.ticket.incomplete).toBe(true)
    expect(await talk.say('FR-9987')).toContain('At which address')
    expect(talk.ticket.incomplete).toBe(false)
    expect(talk.ticket.fields.serial).toBe('FR-9987')
  })

  it('that a message has broken is none', async () => {
    const talk = new Talk()
    await talk.say('My fridge is not cooling')
    talk.minutes(23 * 60)
    await talk.say('FR-9987')
    talk.minutes(60)
    await talk.wake('abandoned')
    expect(talk.ticket.incomplete).toBe(false)
  })
})

describe('urgency', () => {
  it('makes the ticket urgent and brings a person at once when people are in danger', async () => {
    const talk = new Talk()
    const answer = await talk.say('There are sparks coming out of our oven!')
    expect(talk.did('open_ticket')).toMatchObject([{ priority: 'urgent' }])
    expect(talk.did('hand_over')).toEqual([{ do: 'hand_over', reason: 'safety', ticket: talk.ticket._id }])
    expect(answer).toContain('keep away')
    expect(talk.memory.flows).toEqual([])
  })

  it('brings a person in the middle of the form as well', async () => {
    const talk = new Talk()
    await talk.say('我家冰箱不制冷')
    expect(await talk.say('现在冒烟了')).toContain('请先远离机器')
    expect(talk.did('hand_over')).toMatchObject([{ reason: 'safety', ticket: talk.ticket._id }])
  })

  it('raises the priority of what somebody calls urgent', async () => {
    const talk = new Talk()
    await talk.say('My fridge is not cooling, this is urgent')
    expect(talk.did('open_ticket')).toMatchObject([{ priority: 'high' }])
  })
})

it('takes a code for what is wrong, and asks no second time', async () => {
  const talk = new Talk()
  await talk.say('I need a repair')
  const answer = await talk.say('it says call engineer 6000')
  expect(answer).not.toContain('What is wrong with it?')
  expect(talk.ticket.fields).toMatchObject({ errorCode: '6000', symptom: 'it says call engineer 6000' })
})
