// A company's own questions in the form: understood by type, asked again with what is wanted, kept through deploys and changes of the product.
import { describe, expect, it } from 'vitest'
import type { Forms, Question } from '../../src/forms/form.ts'
import { chat, mail, settings, sms, Talk } from '../support/talk.ts'

const both = (text: string) => ({ en: text, zh: text })
const asked = { id: 'own', ask: both('How is it?'), label: both('State'), need: 'required' } as const
const number: Question = { ...asked, type: 'number', min: 0, max: 100, unit: both('km') }
const yesNo: Question = { ...asked, type: 'yes_no' }
const text: Question = { ...asked, type: 'text' }
const date: Question = { ...asked, type: 'date', when: 'past' }
const choice: Question = {
  ...asked,
  type: 'choice',
  options: [
    { id: 'in', label: { en: 'Indoors', zh: '室内' } },
    { id: 'out', label: { en: 'Outdoors', zh: '室外' } },
  ],
}
const optional = <Q extends Question>(question: Q): Q => ({ ...question, need: 'optional' })

/** Only the symptom, the product and these are asked. */
function forms(...questions: Question[]): Forms {
  const hidden = 'hidden'
  const form = { ...settings.form, serial: hidden, address: hidden, contact: hidden, preferredTime: hidden, photos: hidden } as const
  return { form, questions, productLines: [] }
}

/** At the question. */
async function askedFor(question: Question, abilities = chat): Promise<{ talk: Talk; question: string }> {
  const talk = new Talk({ abilities, settings: forms(question) })
  return { talk, question: await talk.say('My T5 beeps') }
}

describe('an answer', () => {
  it.each([
    [number, '40', 40, '40 km'],
    [number, '5', 5, '5 km'],
    [number, 'five', 5, '5 km'],
    [number, 'about forty km, I think', 40, '40 km'],
    [number, '20 miles', 32.19, '32.19 km'],
    [number, '四十公里左右', 40, '40 km'],
    [yesNo, 'yes', true, 'yes'],
    [yesNo, "no, it hasn't", false, 'no'],
    [yesNo, '2', false, 'no'],
    [yesNo, '没有', false, 'no'],
    [choice, '2', 'out', 'Outdoors'],
    [choice, 'It is outdoors, under a roof', 'out', 'Outdoors'],
    [choice, '在室内', 'in', 'Indoors'],
    [date, 'last May', '2025-05', 'May 2025'],
    [date, '去年', '2025', '2025'],
    [text, 'Miller Ltd, with KP-1234 on the lid', 'Miller Ltd, with KP-1234 on the lid', 'Miller Ltd, with KP-1234 on the lid'],
  ])('is understood by its type and stands on the ticket', async (question, words, value, shown) => {
    const { talk } = await askedFor(question)
    const answer = await talk.say(words)
    expect(talk.ticket.fields.answers).toEqual({ own: { label: 'State', value, text: shown } })
    expect(talk.ticket.fields).toEqual({ product: 'T5 treadmill', symptom: 'beeps', answers: talk.ticket.fields.answers })
    expect(answer).toMatch(/State[:：]/)
    expect(answer).toContain('[1]')
  })

  it.each([
    [number, 'a lot', 'a number here, from 0 to 100 km.'],
    [number, '400 km', 'a number here, from 0 to 100 km.'],
    [number, '3 kg', 'a number here, from 0 to 100 km.'],
    [{ ...number, max: null }, '-3', 'at least 0 km.'],
    [{ ...number, min: null }, '300', 'at most 100 km.'],
    [{ ...number, min: null, max: null }, 'hm', 'a number here, in km.'],
    [{ ...number, min: null, max: null, unit: null }, 'hm', 'a number here.'],
    [yesNo, 'the blue one', 'Please choose one:'],
    [choice, 'in the garden', 'Please choose one:'],
    [date, '3 May 2030', 'a date in the past here'],
    [{ ...date, when: 'future' as const }, '3 May 2020', 'a date to come here'],
    [{ ...date, when: null }, 'hm', 'a date here, such as'],
  ])('that is none is asked for again, saying what is wanted, and nothing is taken from it', async (question, words, wanted) => {
    const { talk } = await askedFor(question)
    const answer = await talk.say(words)
    expect(answer).toContain(wanted)
    expect(answer).toContain('How is it?')
    expect(talk.ticket.fields).toEqual({ product: 'T5 treadmill', symptom: 'beeps' })
  })
})

describe('a question', () => {
  it('may be skipped when it is optional, and waits when it is needed', async () => {
    const skipped = await askedFor(optional(choice))
    expect(skipped.question).toMatch(/\[1\] Indoors\n\[2\] Outdoors\n\[3\] Skip$/)
    expect(await skipped.talk.say('3')).toContain('Is everything right?')
    const needed = await askedFor(choice)
    expect(needed.question).not.toContain('Skip')
    await needed.talk.say('skip')
    expect(await needed.talk.say('later')).toMatch(/is kept.*- How is it\? \(Indoors \/ Outdoors\)/s)
  })

  it('that a number answers offers no choice that a number could pick, and says how to skip it', async () => {
    const { talk, question } = await askedFor(optional(number))
    expect(question).toMatch(/How is it\? If you cannot tell, just write “skip”\.$/)
    await talk.say('1')
    expect(talk.ticket.fields.answers?.['own']?.value).toBe(1)
    const other = await askedFor(optional(number))
    expect(await other.talk.say('skip')).toContain('Is everything right?')
  })

  it('offers no yes where phone networks answer one, and takes it all the same', async () => {
    const { talk, question } = await askedFor(yesNo, { ...sms, carrierKeywords: true })
    expect(question).toMatch(/\[1\] Yes, that is so\n\[2\] No$/)
    await talk.say('yes')
    expect(talk.ticket.fields.answers?.['own']?.value).toBe(true)
  })

  it('gives way to what was asked for before: a step back, a person, another device', async () => {
    const { talk } = await askedFor(text)
    expect(await talk.say('back')).toContain('first question')
    expect(await talk.say('a person please')).toContain('takes over')
  })
})

describe('by mail', () => {
  it('all are asked at once and one reply may answer each in a line of its own', async () => {
    const questions = [number, choice, yesNo, date].map((question, index) => ({ ...question, id: `own_${index}`, label: both(`Fact ${index}`) }))
    const talk = new Talk({ abilities: mail, settings: forms(...questions) })
    expect((await talk.say('My T5 beeps')).match(/^- How is it\?/gm)).toHaveLength(4)
    await talk.say('1) 40 km\n2) outdoors\n3) no\n- Fact 3: May 2023')
    expect(Object.values(talk.ticket.fields.answers ?? {}).map(({ value }) => value)).toEqual([40, 'out', false, '2023-05'])
  })
})

describe('a deploy in the middle of the form', () => {
  it('that takes the question away asks it no more and keeps what was answered', async () => {
    const first: Question = { ...text, id: 'first', label: both('First') }
    const talk = new Talk({ settings: forms(first, choice) })
    await talk.say('My T5 beeps')
    await talk.say('Miller Ltd')
    Object.assign(talk.settings, forms())
    expect(await talk.say('outdoors')).toContain('Sorry')
    expect(await talk.say('1')).toContain('accepted')
    expect(talk.ticket.fields.answers).toEqual({ first: { label: 'First', value: 'Miller Ltd', text: 'Miller Ltd' } })
  })

  it('that brings a question asks it before the summary', async () => {
    const talk = new Talk({ settings: forms(text) })
    await talk.say('My T5 beeps')
    Object.assign(talk.settings, forms(text, { ...yesNo, id: 'new', ask: both('Is it new?') }))
    expect(await talk.say('Miller Ltd')).toContain('Is it new?')
  })

  it('that changes what answers it asks it anew', async () => {
    const talk = new Talk({ settings: forms(text, { ...text, id: 'last', ask: both('Anything else?') }) })
    await talk.say('My T5 beeps')
    await talk.say('forty')
    Object.assign(talk.settings, forms(number))
    expect(await talk.say('no')).toContain('How is it?')
    expect(await talk.say('40')).toContain('State: 40 km')
  })
})
