// What one turn promises, whatever the conversation: plain data, nothing changed outside, errors heard, turns apart.
import { describe, expect, it } from 'vitest'
import { createBot, startMemory } from '../../src/bot/index.ts'
import type { Flow, FlowInput, Flows, Step } from '../../src/flow.ts'
import { settings, sms, Talk, texts } from '../support/talk.ts'

/** A list of one flow that does what it is told. */
function only(next: (state: unknown, input: FlowInput) => Step<unknown>, rest: Partial<Flow<unknown>> = {}): Flows {
  const flow: Flow<unknown> = {
    name: 'test',
    version: 1,
    parseState: (stored) => stored,
    start: () => ({ state: 'open', say: [], effects: [] }),
    next,
    ...rest,
  }
  const route = { flow: 'test', args: {} }
  return { all: [flow], router: { beside: () => undefined, enter: () => route, notUnderstood: route } }
}

describe('the result', () => {
  it('is plain JSON, and the memory that came in is left as it was', async () => {
    const talk = new Talk()
    const before = structuredClone(talk.memory)
    const kept = talk.memory
    await talk.say('My fridge is not cooling', { files: ['photo1'] })
    expect(kept).toEqual(before)
    expect(JSON.parse(JSON.stringify(talk.last))).toEqual(talk.last)
    expect(structuredClone(talk.last)).toEqual(talk.last)
  })

  it('is the same for the same input', async () => {
    const [one, other] = [new Talk(), new Talk()]
    for (const talk of [one, other]) for (const words of ['My fridge is not cooling', 'skip', '12 Elm Street']) await talk.say(words)
    expect(one.last).toEqual(other.last)
  })

  it('says everything in one message, with the choices of the last question', async () => {
    const talk = new Talk()
    await talk.say('hello')
    await talk.say('My fridge is not cooling, we are at 12 Elm Street')
    expect(talk.last?.say).toEqual([
      {
        text: expect.stringMatching(/Your repair number is R-\w+\.\n\nWhat is the serial number/),
        choices: [{ value: 'skip', label: 'Skip' }],
        cause: 'answer',
        acknowledgement: true,
        ticket: talk.ticket._id,
        utterances: [{ text: 'report.opened', with: { number: talk.ticket._id } }, expect.objectContaining({ text: expect.stringContaining('serial') })],
      },
    ])
  })
})

describe('an error', () => {
  it('of a flow fails the turn', async () => {
    const broken = only(() => {
      throw new Error('flow is broken')
    })
    const talk = new Talk({ flows: broken })
    await expect(talk.say('hello')).rejects.toThrow('flow is broken')
    expect(talk.memory).toEqual(startMemory())
  })

  it('of a look-up fails the turn', async () => {
    const talk = new Talk()
    await expect(
      talk.bot.turn({
        trigger: { kind: 'messages', messages: [] },
        memory: { ...startMemory(), flows: [{ name: 'check-status', version: 1, state: { number: null, product: null }, args: {} }] },
        conversation: 'c',
        place: talk.place,
        abilities: sms,
        customer: talk.customer,
        settings,
        now: talk.now,
        people: { here: true },
        engineer: null,
        about: {},
        freshTicketNumber: 'R-4K7Q2MM',
        answer: () => Promise.reject(new Error('the store is away')),
      }),
    ).rejects.toThrow('the store is away')
  })

  it('is thrown by a flow that asks without end', async () => {
    const talk = new Talk({ flows: only((state) => ({ state, ask: { kind: 'tickets' } })) })
    await expect(talk.say('hello')).rejects.toThrow('keeps asking')
  })

  it('is thrown by a flow that does not want what opened it', async () => {
    await expect(new Talk({ flows: only(() => ({ pass: true })) }).say('hello')).rejects.toThrow('passed on messages that opened it')
  })

  it('is thrown by a key that is no sentence', async () => {
    const talk = new Talk({ flows: only(() => ({ state: 'done', say: [{ text: 'no.such.key', kind: 'statement' }], effects: [] })) })
    await expect(talk.say('hello')).rejects.toThrow('no.such.key')
  })
})

describe('stored states', () => {
  const upgrading: Partial<Flow<unknown>> = {
    version: 2,
    // Version 1 kept only a name; version 2 keeps a list of them.
    parseState: (stored) => (typeof stored === 'object' && stored !== null && 'name' in stored ? { names: [stored.name] } : stored),
  }

  it('of an older version are upgraded and go on', async () => {
    const seen: unknown[] = []
    const talk = new Talk({
      flows: only((state) => {
        seen.push(state)
        return { state, say: [], effects: [] }
      }, upgrading),
    })
    talk.memory = { ...startMemory(), flows: [{ name: 'test', version: 1, state: { name: 'Ann' }, args: {} }] }
    await talk.say('hello')
    expect(seen).toEqual([{ names: ['Ann'] }])
    expect(talk.memory.flows).toEqual([{ name: 'test', version: 2, state: { names: ['Ann'] }, args: {} }])
  })

  it('of a flow that is gone after a deploy are dropped, and the messages are heard anew', async () => {
    const talk = new Talk()
    talk.memory = { ...startMemory(), flows: [{ name: 'gone', version: 3, state: {}, args: {} }] }
    await talk.say('My fridge is not cooling')
    expect(talk.memory.flows.map(({ name }) => name)).toEqual(['report-repair'])
  })

  it('that are none fail the turn', async () => {
    const talk = new Talk()
    talk.memory = { ...startMemory(), flows: [{ name: 'report-repair', version: 1, state: { stage: 'nonsense' }, args: {} }] }
    await expect(talk.say('hello world, my fridge is broken')).rejects.toThrow()
  })
})

describe('turns of several conversations at once', () => {
  it('do not mix', async () => {
    const bot = createBot({ texts, flows: only(() => ({ state: 'done', say: [], effects: [] })) })
    expect(bot).toBeDefined()
    const talks = Array.from({ length: 20 }, () => new Talk())
    await Promise.all(talks.map((talk, index) => talk.say(index % 2 === 0 ? `My T5 leaks, SN KP-${1000 + index}` : `我的T5漏水，序列号KP-${1000 + index}`)))
    for (const [index, talk] of talks.entries()) {
      expect(talk.ticket.fields.serial).toBe(`KP-${1000 + index}`)
      expect(talk.last?.language).toBe(index % 2 === 0 ? 'en' : 'zh')
    }
  })
})

describe('a query', () => {
  it('sees what the stores know at that moment', async () => {
    const talk = new Talk()
    await talk.say('My T5 beeps')
    talk.move('on_hold')
    expect(await talk.say('where is my repair?')).toContain('on hold')
  })
})
