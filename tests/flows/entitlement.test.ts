// What the bot says of a warranty: once, with the reason, as soon as the device is known; and honestly where we do not serve it.
import { describe, expect, it } from 'vitest'
import type { Entitlement, EntitlementResult } from '../../src/assets/index.ts'
import { mail, Talk } from '../support/talk.ts'

const covered: Entitlement = {
  result: 'in_warranty',
  reason: 'covered_apart',
  labour: { state: 'covered', until: '2027-05-10' },
  parts: { state: 'covered', until: '2028-05-10' },
  asset: 'as_1',
}
const without = (result: EntitlementResult, reason: Entitlement['reason']): Entitlement => ({
  result,
  reason,
  labour: { state: 'unknown', until: null },
  parts: { state: 'unknown', until: null },
  asset: null,
})

function talkWith(found: Entitlement, only?: string, options = {}): Talk {
  const talk = new Talk(options)
  talk.entitlement = (serial) => (only === undefined || serial === only ? found : undefined)
  return talk
}

describe('a warranty', () => {
  it('is told with its last days before the next question, and not again', async () => {
    const talk = talkWith(covered, 'KP-20391')
    await talk.say('My T5 treadmill stops after ten minutes')
    expect(talk.last?.say[0]?.text).not.toContain('warranty')
    const answer = await talk.say('SN KP-20391')
    expect(answer).toContain('By our records this device is under warranty: labour until 10 May 2027, parts until 10 May 2028.')
    expect(answer.indexOf('warranty')).toBeLessThan(answer.indexOf('?'))
    talk.entitlement = () => undefined
    expect(await talk.say('12 Elm St, Springfield')).not.toContain('warranty')
  })

  it('is told in the acknowledgement to whoever names the serial number at once, above the summary', async () => {
    const answer = await talkWith(covered).say(
      "Hi, our T5 treadmill (SN KP-20391) stops after ten minutes with E03 since Monday, we're at 12 Elm St, call me on 415 555 0100, Thursday afternoon suits",
    )
    expect(answer.indexOf('labour until')).toBeGreaterThan(0)
    expect(answer.indexOf('labour until')).toBeLessThan(answer.indexOf('- Serial number'))
  })

  it('is told in Chinese to whoever writes Chinese, and by mail', async () => {
    expect(await talkWith(covered).say('我们的T5跑步机（序列号KP-20391）跑十分钟就停')).toContain('人工到2027年5月10日为止，零件到2028年5月10日为止')
    expect(await talkWith(covered, undefined, { abilities: mail }).say('Our T5 treadmill, SN KP-20391, stops after ten minutes.')).toContain(
      'labour until 10 May 2027',
    )
  })

  it('that nobody knows is no promise: the repair goes on', async () => {
    const talk = talkWith(without('no_data', 'unknown_serial'), 'KP-20391')
    const answer = await talk.say('My T5 treadmill, SN KP-20391, stops after ten minutes')
    expect(answer).toContain('We find no record of this serial number')
    expect(talk.memory.flows).toHaveLength(1)
    expect(talk.did('hand_over')).toEqual([])
  })
})

describe('a device that is not served', () => {
  it('is said to be none, and a person takes over instead of a form', async () => {
    const talk = talkWith(without('not_served', 'not_served'))
    const answer = await talk.say('My WashMaster 900 leaks')
    expect(answer).toContain(talk.ticket._id)
    expect(answer).toContain('a device that we do not repair')
    expect(answer).toContain('A person from our team will tell you what else you can do.')
    expect(answer).not.toContain('?')
    expect(talk.did('hand_over')).toEqual([{ do: 'hand_over', reason: 'not_served', ticket: talk.ticket._id }])
    expect(talk.memory.flows).toEqual([])
  })

  it('says when people are back where nobody is at work', async () => {
    const talk = talkWith(without('not_served', 'not_served'))
    talk.people = { here: false, backAt: Date.parse('2026-03-03T08:00:00.000Z') }
    expect(await talk.say('My WashMaster 900 leaks')).toMatch(/Our team is back on .* and will tell you what else you can do/)
  })

  it('leaves danger to the people who look after it first', async () => {
    const talk = talkWith(without('not_served', 'not_served'))
    const answer = await talk.say('My WashMaster 900 leaks and there is smoke and fire')
    expect(answer).not.toContain('do not repair')
    expect(talk.did('hand_over')).toMatchObject([{ reason: 'safety' }])
  })
})
