// A quote in the conversation: what the customer reads, and whose word counts as a yes.
import { describe, expect, it } from 'vitest'
import type { QuoteView } from '../../src/flow.ts'
import { mail, Talk, type TalkOptions } from '../support/talk.ts'

/** After a repair was reported; what was said of the quote is the second answer. */
async function asked(
  options: TalkOptions = {},
  changes: Partial<QuoteView> = {},
  trouble = 'My T5 treadmill stops after ten minutes',
): Promise<{ talk: Talk; said: string }> {
  const talk = new Talk(options)
  await talk.say(trouble)
  talk.memory = { ...talk.memory, flows: [] }
  const { _id: ticket, subject } = talk.ticket
  talk.quotes = [
    {
      id: 'Q-1',
      version: 1,
      state: 'sent',
      ticket,
      subject,
      lines: [
        { description: 'Drive belt', quantity: 2, unitPrice: 4550 },
        { description: 'Labour', quantity: 1, unitPrice: 9000 },
      ],
      currency: 'EUR',
      total: 18_100,
      note: 'Takes a week.',
      validUntil: '2026-03-16T09:00:00.000Z',
      link: 'https://desk.example/quote/x',
      ...changes,
    },
  ]
  return { talk, said: await offer(talk) }
}

function offer(talk: Talk): Promise<string> {
  return talk.turn({ kind: 'question', question: { flow: 'answer-quote', args: { quote: 'Q-1', version: '1', ticket: talk.ticket._id } } })
}

const decision = (talk: Talk) => talk.did('answer_quote')

describe('a quote', () => {
  it('is read with every line, the total, until when it stands, and where to see it', async () => {
    const { said } = await asked()
    for (const part of ['2 × Drive belt: €91.00', 'Labour: €90.00', 'Total: €181.00', 'Takes a week.', 'Monday 16 March', 'https://desk.example/quote/x'])
      expect(said).toContain(part)
  })

  it('is read in Chinese by whoever writes Chinese, with the amounts of its currency', async () => {
    const { said } = await asked({}, { currency: 'JPY', total: 18_100 }, '我的T5跑步机跑十分钟就停')
    expect(said).toContain('合计：JP¥18,100')
  })

  it.each(['Go ahead with the repair', 'yes', 'Yes please', 'ok', 'go ahead', 'approved', 'I agree', '1', '同意', '好的', '可以'])(
    'is approved by "%s", once and word for word',
    async (words) => {
      const { talk } = await asked()
      expect(await talk.say(words)).toMatch(/€181.00/)
      expect(decision(talk)).toEqual([{ do: 'answer_quote', quote: 'Q-1', version: 1, decision: 'approved', text: words, message: expect.any(String) }])
    },
  )

  it.each(['No, thank you', 'no', 'No thanks, too expensive', 'I decline', '2', '不用了', '拒绝'])('is declined by "%s"', async (words) => {
    const { talk } = await asked()
    await talk.say(words)
    expect(decision(talk)).toMatchObject([{ decision: 'declined', text: words }])
  })

  it.each([
    'yes if you can do it by Friday',
    'ok but only the belt',
    'does that include the visit?',
    'yes, for 150',
    'can you make it cheaper',
    'hmm let me think about it',
    '如果便宜一点就可以',
    '包含上门费吗？',
  ])('is not decided by "%s": a person reads it, and the offer stays open', async (words) => {
    const { talk } = await asked()
    await talk.say(words)
    expect(decision(talk)).toEqual([])
    expect(talk.did('open_task')).toMatchObject([{ kind: 'quote', ticket: talk.ticket._id }])
    await talk.press('approve')
    expect(decision(talk)).toMatchObject([{ decision: 'approved' }])
  })

  it('waits while the customer asks where the repair is', async () => {
    const { talk } = await asked()
    await talk.say('where is my repair?')
    expect(decision(talk)).toEqual([])
    await talk.say('yes')
    expect(decision(talk)).toMatchObject([{ decision: 'approved' }])
  })

  it('that is no longer open is not decided, and a person hears of the words', async () => {
    const { talk } = await asked()
    talk.quotes = talk.quotes.map((quote) => ({ ...quote, state: 'superseded' as const }))
    expect(await talk.say('yes')).toContain('no longer open')
    expect(decision(talk)).toEqual([])
    expect(talk.did('open_task')).toMatchObject([{ kind: 'quote' }])
  })

  it('that was approved on its page is not approved again, and nobody is bothered', async () => {
    const { talk } = await asked()
    talk.quotes = talk.quotes.map((quote) => ({ ...quote, state: 'approved' as const }))
    expect(await talk.say('yes')).toContain('You have agreed')
    expect(decision(talk)).toEqual([])
    expect(talk.did('open_task')).toEqual([])
  })

  it('taken back before it could be said is not said', async () => {
    const { talk } = await asked({}, { state: 'withdrawn' })
    expect(talk.memory.flows).toEqual([])
  })

  it('is answered days later in another mail', async () => {
    const { talk } = await asked({ abilities: mail })
    await talk.say('Thanks')
    talk.memory = { ...talk.memory, flows: [] }
    expect(await talk.say('I approve the quote')).toContain('€181.00')
    expect(decision(talk)).toMatchObject([{ decision: 'approved', text: 'I approve the quote' }])
  })

  it('that nobody made is not approved: the words are taken as any others', async () => {
    const talk = new Talk()
    await talk.say('My T5 treadmill stops after ten minutes')
    talk.memory = { ...talk.memory, flows: [] }
    expect(await talk.say('I approve the quote')).toContain('passed on')
    expect(decision(talk)).toEqual([])
    expect(talk.did('open_task')).toMatchObject([{ kind: 'new_information' }])
  })
})

describe('words on a quote from somewhere else', () => {
  /** A treadmill and a fridge, each with a quote that waits, and another conversation of their customer. */
  async function twoQuotes() {
    const { talk } = await asked()
    const treadmill = talk.ticket
    await talk.say('转人工')
    await talk.say('I have a new repair: my fridge is not cooling')
    const fridge = talk.ticket
    const [first] = talk.quotes
    if (first === undefined || fridge === treadmill) throw new Error('two repairs are wanted')
    talk.quotes = [first, { ...first, id: 'Q-2', ticket: fridge._id, subject: fridge.subject }]
    const other = new Talk({ with: talk })
    other.quotes = talk.quotes
    return { other, treadmill, fridge }
  }

  it('count for the one that is answered, named or spoken of', async () => {
    for (const [words, about, quote] of [
      ['I approve the quote', 'treadmill', 'Q-1'],
      ['I approve the quote', 'fridge', 'Q-2'],
      ['I approve the quote for the fridge', undefined, 'Q-2'],
    ] as const) {
      const { other, treadmill, fridge } = await twoQuotes()
      await other.say(words, about === undefined ? {} : { about: { treadmill, fridge }[about]._id })
      expect(decision(other), words).toMatchObject([{ quote, decision: 'approved' }])
    }
  })

  it('are a yes to none while it may be either: the customer is asked, and the words count for what they choose', async () => {
    const { other, treadmill, fridge } = await twoQuotes()
    expect(await other.say('I approve the quote')).toContain('Which repair is this about?')
    expect(decision(other)).toEqual([])
    expect(other.memory.asked.map(({ value }) => value)).toEqual([fridge._id, treadmill._id, 'none'])
    await other.press(fridge._id)
    expect(decision(other)).toMatchObject([{ quote: 'Q-2', decision: 'approved', text: 'I approve the quote' }])
  })

  it('about a repair without a quote are for staff', async () => {
    const { other, treadmill, fridge } = await twoQuotes()
    other.quotes = other.quotes.filter(({ ticket }) => ticket === fridge._id)
    await other.say('I approve the quote', { about: treadmill._id })
    expect(decision(other)).toEqual([])
    expect(other.did('open_task')).toMatchObject([{ kind: 'new_information', ticket: treadmill._id }])
  })
})
