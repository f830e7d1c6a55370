// An engineer's day in chat, by buttons, numbers and words: offers, the way, the visit, the record, and what goes wrong.
import { beforeEach, describe, expect, it } from 'vitest'
import { readAct } from '../../flows/field/acts.ts'
import type { JobView, WorkSaid } from '../../src/flow.ts'
import { sms, Talk } from '../support/talk.ts'

const job: JobView = {
  workOrder: 'wo_1',
  ticket: 'R-0000000',
  subject: 'T5: the belt slips',
  address: 'Main Street 5, Berlin',
  customer: 'Ann Lee',
  phone: '+14155552671',
  status: 'dispatched',
  from: Date.parse('2026-03-05T09:00:00Z'),
  offer: 'offer-1',
  inspection: null,
}

let talk: Talk
beforeEach(() => {
  talk = new Talk({ abilities: sms })
  is({})
})
function is(...jobs: Partial<JobView>[]): void {
  talk.engineer = { id: 'kim', name: 'Kim', jobs: jobs.map((more) => ({ ...job, ...more })) }
}
const offered = () => talk.turn({ kind: 'question', question: { flow: 'field', args: { workOrder: 'wo_1', offer: 'offer-1' } } })
const said = (): WorkSaid[] => talk.did('say_of_work').flatMap((effect) => (effect.do === 'say_of_work' ? [effect.said] : []))

describe('an offer', () => {
  it('names the job and is accepted by its number', async () => {
    const words = await offered()
    expect(words).toContain('R-0000000, Thursday 5 March at 10:00, T5: the belt slips, Main Street 5, Berlin, Ann Lee +14155552671')
    expect(words).toMatch(/\[1\] Accept\n\[2\] Reject/)
    expect(await talk.say('1')).toContain('It is yours')
    expect(said()).toEqual([{ say: 'accept', offer: 'offer-1' }])
  })

  it.each(['yes', 'OK, I will do it', 'Accept', '接单'])('is accepted by "%s"', async (words) => {
    await offered()
    await talk.say(words)
    expect(said()).toEqual([{ say: 'accept', offer: 'offer-1' }])
  })

  it('is rejected with a reason, chosen or in words', async () => {
    await offered()
    expect(await talk.say('2')).toContain('Why can you not take')
    await talk.say('No time')
    expect(said()).toEqual([{ say: 'reject', reason: 'no time' }])
    await offered()
    await talk.say('no')
    await talk.say('my van broke down')
    expect(said()).toEqual([{ say: 'reject', reason: 'my van broke down' }])
  })

  it('that is somebody else’s by now is not made', async () => {
    is({ workOrder: 'wo_2' })
    expect(await offered()).toBe('')
  })
})

describe('the day', () => {
  it('goes from the way to the door', async () => {
    is({ status: 'accepted' })
    expect(await talk.say('on my way')).toMatch(/you are on the way[^]*\[1\] Arrived/)
    expect(said()).toEqual([{ say: 'on_my_way' }])
    is({ status: 'en_route' })
    expect(await talk.say('1')).toMatch(/you are there[^]*\[1\] Finished/)
    expect(said()).toEqual([{ say: 'arrived' }])
    is({ status: 'on_site' })
    expect(await talk.say('nobody is home')).toContain('nobody was there')
    expect(said()).toEqual([{ say: 'no_show' }])
  })

  it('ends with the record in four steps and a photo', async () => {
    is({ status: 'on_site' })
    expect(await talk.say('Finished')).toMatch(/Which component[^]*\[1\] motor\n\[2\] belt/)
    expect(await talk.say('2')).toContain('What was the problem')
    await talk.say('noise')
    await talk.say('a mouse had eaten it')
    expect(await talk.say('1')).toContain('Which parts did you use')
    expect(await talk.say('No parts')).toContain('A photo of the work')
    expect(await talk.say('', { files: ['f1'] })).toContain('is done')
    const failure = {
      component: { code: 'belt', text: null },
      problem: { code: 'noise', text: null },
      cause: { code: 'other', text: 'a mouse had eaten it' },
      remedy: { code: 'part replaced', text: null },
      parts: [],
      note: null,
    }
    expect(said()).toEqual([{ say: 'finished', failure, photos: ['f1'] }])
  })

  it('may need a part, or end without success', async () => {
    is({ status: 'on_site' })
    expect(await talk.say('I need a part')).toContain('Which part')
    talk.parts = (words) => [{ words, quantity: 1, sure: { number: 'KP-100', name: 'Drive belt' }, options: [] }]
    expect(await talk.say('drive belt')).toContain('1 × KP-100 Drive belt for R-0000000: it is asked for')
    expect(said()).toEqual([{ say: 'need_part', part: '1 × KP-100 Drive belt', parts: [{ words: 'drive belt', quantity: 1, number: 'KP-100' }] }])
    expect(await talk.say('cannot complete')).toContain('in the way')
    await talk.say('the cellar is flooded')
    expect(said()).toMatchObject([{ say: 'cannot_complete', reason: 'the cellar is flooded' }])
  })

  it('that needs a part nobody knows by these words has it noted in them, for a person to see to', async () => {
    is({ status: 'on_site' })
    expect(await talk.say('I need a gizmo')).toContain('the desk sees which part that is')
    expect(said()).toMatchObject([{ say: 'need_part', parts: [{ words: 'gizmo', number: null }] }])
  })

  describe('with parts that were used', () => {
    const belts = [
      { number: 'KP-101', name: 'V-belt' },
      { number: 'KP-102', name: 'Flat belt' },
    ]
    const pump = { number: 'KP-100', name: 'Pump' }
    async function recorded(first = 'Finished'): Promise<string> {
      is({ status: 'on_site' })
      await talk.say(first)
      for (const answer of ['1', '1', '1']) await talk.say(answer)
      return talk.say('1')
    }
    const used = () => said().flatMap((each) => (each.say === 'finished' ? each.failure.parts : []))

    it('has them in the record at once where they are sure', async () => {
      talk.parts = () => [{ words: 'KP-100', quantity: 2, sure: pump, options: [] }]
      expect(await recorded()).toContain('Which parts did you use')
      expect(await talk.say('2x KP-100')).toMatch(/Parts noted: 2 × KP-100 Pump\.[^]*A photo/)
      await talk.say('skip')
      expect(used()).toEqual([{ part: 'KP-100', quantity: 2 }])
    })

    it('asks which one is meant, and reads back what is only likely', async () => {
      talk.parts = () => [
        { words: 'belt', quantity: 1, sure: null, options: belts },
        { words: 'pump', quantity: 1, sure: null, options: [pump] },
      ]
      await recorded()
      expect(await talk.say('a belt and the pump')).toMatch(/Which one is “belt”\?[^]*\[1\] KP-101 V-belt\n\[2\] KP-102 Flat belt\n\[3\] None of these/)
      expect(await talk.say('2')).toContain('Parts: 1 × KP-102 Flat belt, 1 × KP-100 Pump. Is that right?')
      expect(await talk.say('No, again')).toContain('Which parts did you use')
      talk.parts = () => [{ words: 'hose', quantity: 1, sure: null, options: [] }]
      expect(await talk.say('a hose')).toMatch(/1 × “hose”\. What stands in quotes is not in the catalogue/)
      expect(await talk.say('1')).toContain('A photo')
      await talk.say('', { files: ['f1'] })
      expect(used()).toEqual([{ part: 'hose', quantity: 1 }])
    })

    it('takes what was said with the word that it is finished, in Chinese too', async () => {
      const asked: string[] = []
      talk.parts = (words) => {
        asked.push(words)
        return [{ words: '皮带', quantity: 2, sure: pump, options: [] }]
      }
      expect(await recorded('修好了，换了两条皮带')).toMatch(/配件已记录：2 × KP-100 Pump。[^]*照片/)
      expect(asked).toEqual(['换了两条皮带'])
      expect(await talk.say('跳过')).toContain('已完成')
      expect(used()).toEqual([{ part: 'KP-100', quantity: 2 }])
    })
  })

  it('with several visits takes the one that is meant', async () => {
    is({ workOrder: 'wo_1', status: 'accepted' }, { workOrder: 'wo_2', ticket: 'R-4K7Q2MX', status: 'accepted' }, { workOrder: 'wo_3', status: 'on_site' })
    await talk.say('on my way')
    expect(talk.did('say_of_work')).toMatchObject([{ workOrder: 'wo_1' }])
    await talk.say('finished')
    expect(talk.memory.flows.at(-1)?.state).toMatchObject({ workOrder: 'wo_3' })
  })

  it('shows the visits when asked, and when nothing was understood', async () => {
    is({ status: 'accepted' }, { workOrder: 'wo_2', status: 'accepted' })
    expect((await talk.say('my jobs')).match(/R-0000000/g)?.length).toBeGreaterThanOrEqual(2)
    expect(await talk.say('blue elephants')).toContain('did not understand')
    expect(talk.tickets).toEqual([])
  })
})

describe('an engineer without work', () => {
  it('is a customer like any other', async () => {
    talk.engineer = null
    await talk.say('My own washing machine leaks')
    expect(talk.tickets).toHaveLength(1)
  })
})

describe('words', () => {
  it.each([
    ["I'm on my way", 'on_my_way'],
    ['omw', 'on_my_way'],
    ['Arrived at the customer', 'arrived'],
    ['all done, works again', 'finished'],
    ['cannot finish today', 'cannot_complete'],
    ["can't repair it", 'cannot_complete'],
    ['need a new pump', 'need_part'],
    ['nobody there', 'no_show'],
    ['no', 'reject'],
    ['修好了', 'finished'],
    ['修不了', 'cannot_complete'],
    ['到了', 'arrived'],
    ['出发了', 'on_my_way'],
    ['缺一个零件', 'need_part'],
    ['客户不在家', 'no_show'],
    ['接不了', 'reject'],
  ])('"%s" mean %s', (text, act) => {
    expect(readAct(undefined, text)?.act).toBe(act)
  })
})
