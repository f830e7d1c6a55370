// The checklist as engineers answer it: in few words, in either language, with photos, corrections and interruptions.
import { beforeEach, describe, expect, it } from 'vitest'
import type { JobView } from '../../src/flow.ts'
import { sms, Talk } from '../support/talk.ts'

const items = [
  { id: '1', text: 'Emergency stop', value: null, photo: false },
  { id: '2', text: 'Belt tension', value: { unit: 'mm', min: 5, max: 15 }, photo: false },
  { id: '3', text: 'Frame', value: null, photo: true },
]
const job: JobView = {
  workOrder: 'wo_1',
  ticket: 'R-0000000',
  subject: 'Safety inspection: T5 treadmill',
  address: null,
  customer: 'Ann Lee',
  phone: null,
  status: 'on_site',
  from: null,
  offer: null,
  inspection: { name: 'Safety inspection', items, checks: [] },
}

let talk: Talk
beforeEach(async () => {
  talk = new Talk({ abilities: sms })
  talk.engineer = { id: 'kim', name: 'Kim', jobs: [job] }
  await begin()
})
const begin = () => talk.turn({ kind: 'question', question: { flow: 'checklist', args: { workOrder: 'wo_1' } } })
const checks = () => talk.effects.flatMap((effect) => (effect.do === 'check_item' ? [effect.check] : []))

describe('a checklist', () => {
  it('is answered by number, word, value and photo, each kept at once', async () => {
    expect(await talk.say('1')).toContain('2 of 3: Belt tension? (5–15 mm)')
    expect(await talk.say('12,5')).toContain('3 of 3: Frame')
    expect(await talk.say('ok')).toContain('A photo of it: Frame?')
    expect(await talk.say('', { files: ['f_1'] })).toContain('That is all')
    expect(checks()).toMatchObject([
      { item: '1', result: 'ok' },
      { item: '2', result: 'ok', value: 12.5 },
      { item: '3', result: 'ok', photos: [] },
      { item: '3', result: 'ok', photos: ['f_1'] },
    ])
  })

  it('is understood in Chinese', async () => {
    await talk.say('合格')
    expect(await talk.say('三毫米')).not.toContain('没看懂')
    await talk.say('不合格，皮带磨损')
    expect(checks().at(-1)).toMatchObject({ item: '2', result: 'failed' })
  })

  it('takes what is said with a failure as the reason, and asks where none is', async () => {
    expect(await talk.say('failed: the button sticks')).toContain('2 of 3')
    expect(checks()).toMatchObject([{ item: '1', result: 'failed', note: 'the button sticks' }])
    expect(await talk.say('3 mm')).toContain('3 is outside the limits')
    await talk.say('needs a new belt soon')
    expect(checks().at(-1)).toMatchObject({ item: '2', result: 'failed', value: 3, note: 'needs a new belt soon' })
  })

  it('goes back, skips, and corrects an earlier item by its number', async () => {
    await talk.say('ok')
    expect(await talk.say('back')).toContain('1 of 3: Emergency stop')
    await talk.say('skip')
    expect(await talk.say('1 failed, it does not stop')).toContain('2 of 3')
    expect(checks().map(({ item, result }) => `${item} ${result}`)).toEqual(['1 ok', '1 skipped', '1 failed'])
  })

  it('keeps a photo that comes before the word on its item', async () => {
    expect(await talk.say('', { files: ['f_1'] })).toContain('The photo is kept')
    await talk.say('failed, cracked')
    expect(checks()).toMatchObject([{ item: '1', result: 'failed', photos: ['f_1'] }])
  })

  it('is not finished with items that nobody looked at unless that is said twice', async () => {
    await talk.say('ok')
    expect(await talk.say('finish')).toContain('Nobody has looked at: Belt tension, Frame')
    expect(talk.did('finish_inspection')).toEqual([])
    expect(await talk.say('finish')).toContain('nothing has failed')
    expect(talk.did('finish_inspection')).toMatchObject([{ workOrder: 'wo_1', checks: [{ item: '1' }] }])
  })

  it('lets other words on the work pass, and goes on where it was', async () => {
    await talk.say('failed, worn')
    expect(await talk.say('nobody is home')).toContain('nobody was there')
    const [check] = checks()
    if (check === undefined) throw new Error('nothing was checked')
    talk.engineer = { id: 'kim', name: 'Kim', jobs: [{ ...job, inspection: { name: 'Safety inspection', items, checks: [check] } }] }
    await begin()
    expect(talk.last?.say.map(({ text }) => text).join('\n')).toContain('2 of 3')
  })
})
