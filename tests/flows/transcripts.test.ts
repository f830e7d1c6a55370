// Conversations as transcripts: what is said, and what becomes of the ticket, in chat and mail, English and Chinese.
import { expect, test } from 'vitest'
import { mail, sms, Talk } from '../support/talk.ts'

const full = {
  en: "Hi, our T5 treadmill (SN KP-20391) stops after ten minutes with E03 since Monday, we're at 12 Elm St, call me on 415 555 0100, Thursday afternoon suits. Ann Lee",
  zh: '您好，我家的T5跑步机（序列号KP-20391）用十分钟就停，显示E03。地址是上海市浦东新区花园路12号，电话13800138000，周四下午方便。我叫李安',
}

for (const abilities of [undefined, sms, mail]) {
  for (const language of ['en', 'zh'] as const) {
    test(`one full message needs only confirmation (${abilities?.questions ?? 'chat'}, ${abilities?.choices ?? 'buttons'}, ${language})`, async () => {
      const talk = new Talk(abilities === undefined ? {} : { abilities })
      const first = await talk.say(full[language])
      expect(first).toContain(talk.ticket._id)
      expect(first).toContain('[2]')
      expect(talk.last?.say[0]?.acknowledgement).toBe(true)
      expect(talk.last?.language).toBe(language)
      expect(talk.ticket.fields).toMatchObject({ product: 'T5 treadmill', serial: 'KP-20391', errorCode: 'E03' })
      expect(talk.ticket.fields.preferredTime).toBe(language === 'en' ? 'Thursday afternoon' : '周四下午')
      await talk.say('1')
      expect(talk.ticket.status).toBe('accepted')
      expect(talk.memory.flows).toEqual([])
    })
  }
}

test('chat asks one thing after another and never what is known', async () => {
  const talk = new Talk({ customer: { phone: '+14155550100' } })
  await talk.say('my washing machine is broken')
  expect(talk.did('open_ticket')).toHaveLength(1)
  await talk.say('skip')
  const after = await talk.say('14 Oak Ave')
  expect(talk.ticket.fields.address).toBe('14 Oak Ave')
  expect(after).not.toMatch(/reach you/)
  expect(after).toMatch(/visit/)
})

test('an address is no serial number', async () => {
  const talk = new Talk()
  await talk.say('my fridge is not cold')
  await talk.say('14 Oak Ave')
  expect(talk.ticket.fields).toMatchObject({ address: '14 Oak Ave' })
  expect(talk.ticket.fields.serial).toBeUndefined()
})

test('mail asks for everything at once, and one reply fills it', async () => {
  const talk = new Talk({ abilities: mail })
  expect(await talk.say('洗衣机坏了')).toContain('地址')
  await talk.say('地址：北京市朝阳区建国路8号，电话 13912345678')
  expect(talk.ticket.fields).toMatchObject({ address: '北京市朝阳区建国路8号', phone: '+8613912345678' })
  await talk.say('对')
  expect(talk.ticket.status).toBe('accepted')
})

test('change asks which field, and the summary comes again', async () => {
  const talk = new Talk()
  await talk.say(full.en)
  await talk.press('change')
  await talk.press('address')
  expect(await talk.say('14 Oak Ave')).toContain('14 Oak Ave')
  expect(talk.ticket.fields.address).toBe('14 Oak Ave')
  await talk.press('confirm')
  expect(talk.ticket.status).toBe('accepted')
})

test('a correction in passing counts', async () => {
  const talk = new Talk()
  await talk.say(full.en)
  await talk.say('No, the address is 14 Oak Ave')
  expect(talk.ticket.fields.address).toBe('14 Oak Ave')
  expect(talk.ticket.status).toBe('new')
})

test('a status question in the middle is answered, then the open question again', async () => {
  const talk = new Talk()
  const asked = await talk.say('my fridge is not cold')
  const answer = await talk.say("what's the status of my repair?")
  expect(answer).toContain(talk.ticket._id)
  expect(answer.split('\n').at(-1)).toBe(asked.split('\n').at(-1))
  expect(talk.tickets).toHaveLength(1)
})

test('photos go to the ticket', async () => {
  const talk = new Talk()
  await talk.say('my fridge is not cold')
  await talk.say('', { files: ['f1', 'f2'] })
  expect(talk.ticket.fields.photos).toEqual(['f1', 'f2'])
  expect(talk.did('attach')).toHaveLength(1)
})

test.each([
  ['my fridge is not cold', 'cancel'],
  ['我的洗衣机坏了', '取消'],
])('%s, %s', async (report, cancel) => {
  const talk = new Talk()
  await talk.say(report)
  await talk.say(cancel)
  expect(talk.ticket.status).toBe('cancelled')
})

test('who falls silent leaves an incomplete ticket, and a late answer takes the mark away', async () => {
  const talk = new Talk()
  await talk.say('my fridge is not cold')
  expect(talk.did('wake')).toHaveLength(1)
  talk.minutes(24 * 60)
  expect(await talk.wake('abandoned')).toBe('')
  expect(talk.ticket.incomplete).toBe(true)
  await talk.say('SN KP-20391')
  expect(talk.ticket).toMatchObject({ incomplete: false, fields: { serial: 'KP-20391' } })
})

test.each(['hello', 'thanks!', '谢谢', '你好', 'any news on my repair?', '修好了吗'])('%s opens no ticket', async (words) => {
  const talk = new Talk()
  await talk.say(words)
  expect(talk.tickets).toEqual([])
})

test.each(['I want to talk to a person', '转人工'])('%s', async (words) => {
  const talk = new Talk()
  await talk.say('my fridge is not cold')
  await talk.say(words)
  expect(talk.did('hand_over')).toEqual([{ do: 'hand_over', reason: 'asked', ticket: talk.ticket._id }])
})

test('three misunderstandings bring a person', async () => {
  const talk = new Talk()
  for (const words of ['asdf qwer', 'zxcv', 'poiu lkj']) await talk.say(words)
  expect(talk.did('hand_over')).toEqual([{ do: 'hand_over', reason: 'not_understood' }])
  expect(talk.tickets).toEqual([])
})

test('more on an open ticket is added, not opened a second time', async () => {
  const talk = new Talk()
  await talk.say(full.en)
  await talk.say('1')
  await talk.say('By the way, the key is under the mat')
  expect(talk.tickets).toHaveLength(1)
  expect(talk.did('attach')).toHaveLength(1)
})

test.each([
  [full.en, 'It is still broken'],
  [full.zh, '还是坏的'],
])('a resolved ticket is taken up again', async (report, words) => {
  const talk = new Talk()
  await talk.say(report)
  await talk.say('1')
  talk.move('resolved')
  await talk.say(words)
  expect(talk.ticket.status).toBe('in_progress')
  expect(talk.tickets).toHaveLength(1)
})

test.each([
  ['4, quick and friendly', 4],
  ['5', 5],
  ['非常满意', 5],
])('survey: %s', async (answer, score) => {
  const talk = new Talk()
  const asked = await talk.survey({ survey: 's_1', ticket: 'R-1', subject: 'T5' })
  expect(asked).toContain('[5]')
  await talk.say(answer)
  expect(talk.did('answer_survey')).toMatchObject([{ survey: 's_1', score }])
  expect(talk.did('open_task')).toEqual([])
})

test('a low score is looked at by a person', async () => {
  const talk = new Talk()
  await talk.survey({ survey: 's_1', ticket: 'R-1', subject: 'T5' })
  await talk.say('2 - the engineer was very late')
  expect(talk.did('answer_survey')).toMatchObject([{ score: 2, comment: 'the engineer was very late' }])
  expect(talk.did('open_task')).toEqual([{ do: 'open_task', kind: 'low_score', ticket: 'R-1' }])
})
