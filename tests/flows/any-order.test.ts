// Whatever customers say in whatever order, no turn throws and none opens two tickets.
import { expect, test } from 'vitest'
import { chat, mail, sms, Talk } from '../support/talk.ts'

const words = [
  'my fridge is not cold',
  '我的洗衣机坏了',
  'hello',
  'thanks',
  '谢谢',
  'skip',
  'later',
  'back',
  'yes',
  'no',
  '1',
  '2',
  '3',
  'cancel',
  '取消',
  'any news?',
  '修好了吗',
  '14 Oak Ave',
  '415 555 0100',
  'SN KP-20391',
  'still broken',
  '还是坏的',
  'another machine: the T6 leaks',
  'qwer',
  '',
  'I smell gas',
  'talk to a person',
  '5',
  'terrible',
  'Thursday afternoon',
  'change the address',
  'ann@example.org',
  'R-4K7Q2MM',
  '跳过',
  '稍后',
  '确认',
  'By the way, it also rattles',
]

function dice(seed: number): (sides: number) => number {
  let state = seed
  return (sides) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * sides)
  }
}

test.each(Array.from({ length: 60 }, (_, seed) => seed + 1))('sequence %i', async (seed) => {
  const roll = dice(seed * 7919)
  const talk = new Talk({ abilities: [chat, sms, mail][roll(3)] ?? chat })
  for (let turn = 0; turn < 25; turn++) {
    talk.minutes(roll(90))
    const kind = roll(12)
    if (kind === 0) await talk.wake('abandoned')
    else if (kind === 1) await talk.wake('questions')
    else if (kind === 2 && talk.tickets.length > 0) await talk.survey({ survey: 's_1', ticket: talk.ticket._id, subject: 'it' })
    else if (kind === 3) await talk.burst([{ text: words[roll(words.length)] ?? '' }, { text: words[roll(words.length)] ?? '' }])
    else if (kind === 4) await talk.say('', { files: ['photo'] })
    else if (kind === 5) await talk.press(talk.memory.asked[0]?.value ?? 'confirm')
    else await talk.say(words[roll(words.length)] ?? '')
    expect(talk.did('open_ticket').length).toBeLessThanOrEqual(1)
  }
})
