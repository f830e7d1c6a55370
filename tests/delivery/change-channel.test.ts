// "Text me instead", through the whole with the real bot: a code to the new address, one customer after it, and news where it is wanted.
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { flows } from '../../flows/index.ts'
import { createBot, loadTexts } from '../../src/bot/index.ts'
import { SendError } from '../../src/errors.ts'
import { chatting, get, outboundOf, pointOf, post, settled, texting, whatsapp, write } from '../support/customers.ts'
import { movableClock } from '../support/clock.ts'
import { createFolder, createProvider, live, type Life, type LifeOptions, type Provider } from '../support/life.ts'
import { eventually } from '../support/processes.ts'

const cleanups: (() => void | Promise<void>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

const texts = loadTexts()
const phone = '+14155552671'
const visitor = 'visitor-1'

async function begin(options: Partial<LifeOptions> = {}) {
  const folder = createFolder()
  const provider = createProvider()
  const clock = movableClock()
  cleanups.push(folder.remove)
  const life = await live({
    folder: folder.path,
    provider,
    clock,
    bot: createBot({ texts, flows }),
    render: (language, key, values) => texts.render(language, key, values),
    also: [texting, whatsapp, chatting],
    yaml: 'company: Harbour Street\n',
    ...options,
  })
  cleanups.push(() => life.close())
  return { life, provider, clock }
}

/** What stands in the chat, newest last. */
async function chat(life: Life, words: string, from = visitor): Promise<string> {
  await write(life, 'webchat', from, words)
  await settled(life)
  return (await outboundOf(life)).findLast(({ channel, place }) => channel === 'webchat' && place.address === from)?.text ?? ''
}
const codeIn = (provider: Provider, channel: string) =>
  eventually(
    async () => /\b\d{6}\b/.exec(provider.sent.findLast((message) => message.channel === channel && message.oneTimeCode !== undefined)?.text ?? '')?.[0],
    'a code',
  )
const other = (code: string) => (code === '000000' ? '000001' : '000000')
const customerView = z.object({
  prefers: z.string().nullable(),
  mergedInto: z.string().nullable(),
  contactPoints: z.array(z.object({ channel: z.string(), verified: z.boolean(), optedOut: z.unknown() })),
})
const ticketList = z.object({ data: z.array(z.object({ number: z.string() })) })

describe('text me instead', () => {
  it('sends a code to the number, and news there once it is typed in the chat', async () => {
    const { life, provider } = await begin()
    await chat(life, 'My fridge is not cold')
    const [ticket] = await life.core.collections.tickets.find({})
    expect(await chat(life, 'text me the news instead, at 415 555 2671')).toContain(`code of six digits to ${phone}`)
    const code = await codeIn(provider, 'sms')
    const message = provider.sent.at(-1)
    expect(message).toMatchObject({ place: { address: phone, account: '+14155550199' }, ticket: null })
    expect(message?.text).toBe(
      `${code} is your code from Harbour Street. Type it where you asked for it, within ten minutes. You did not ask for one? Then pay no attention to this.`,
    )
    // Nowhere at rest.
    const stored = (await outboundOf(life)).find(({ channel }) => channel === 'sms')
    expect(JSON.stringify([stored, await life.core.collections.verifications.find({})])).not.toContain(code)
    expect((await pointOf(life, 'sms', phone))?.verified).toBe(false)

    expect(await chat(life, code)).toContain(`goes to ${phone}`)
    expect(await pointOf(life, 'sms', phone)).toMatchObject({ verified: true, customer: ticket?.customer.id })
    await post(life, `/tickets/${ticket?._id}/status`, { status: 'accepted' })
    const news = await eventually(async () => provider.sent.find(({ cause }) => cause === 'news'), 'the news')
    expect(news).toMatchObject({ channel: 'sms', place: { address: phone }, ticket: ticket?._id })
    expect(news.text).toContain('is accepted')
    const view = customerView.parse(await get(life, `/customers/${ticket?.customer.id}`))
    expect(view).toMatchObject({ prefers: 'sms', mergedInto: null })
    expect(view.contactPoints).toContainEqual({ channel: 'sms', verified: true, optedOut: null })
  })

  it('speaks the language of the conversation', async () => {
    const { life, provider } = await begin({ yaml: 'company: 海港街\ncountry: CN\n' })
    await chat(life, '我的冰箱不制冷')
    await chat(life, '以后发短信给我，13800138000')
    const code = await codeIn(provider, 'sms')
    expect(provider.sent.at(-1)?.text).toContain('是您在海港街的验证码')
    expect(await chat(life, code)).toContain('+8613800138000')
    const [ticket] = await life.core.collections.tickets.find({})
    await post(life, `/tickets/${ticket?._id}/status`, { status: 'accepted' })
    const news = await eventually(async () => provider.sent.find(({ text }) => text.includes('已受理')), 'the news')
    expect(news).toMatchObject({ channel: 'sms', language: 'zh', cause: 'news' })
  })

  it('makes one customer of two who are the same, each seeing all of their repairs', async () => {
    const { life, provider } = await begin()
    await write(life, 'sms', phone, 'My washing machine leaks')
    await settled(life)
    await chat(life, 'My fridge is not cold')
    const [byText] = await life.core.collections.tickets.find({ channel: 'sms' })
    const [byChat] = await life.core.collections.tickets.find({ channel: 'webchat' })
    expect(byText?.customer.id).not.toBe(byChat?.customer.id)
    expect(await chat(life, `where is my repair ${byText?._id}?`)).toContain('cannot find')

    await chat(life, 'text me the news instead, at +1 415 555 2671')
    await chat(life, await codeIn(provider, 'sms'))
    const answer = await chat(life, `where is my repair ${byText?._id}?`)
    expect(answer).toContain(byText?._id)
    expect(answer).not.toContain('cannot find')
    await write(life, 'sms', phone, `where is my repair ${byChat?._id}?`)
    await settled(life)
    expect(provider.sent.at(-1)?.text).toContain(byChat?._id)
    expect(provider.sent.at(-1)?.text).not.toContain('cannot find')

    expect(customerView.parse(await get(life, `/customers/${byText?.customer.id}`)).mergedInto).toBe(byChat?.customer.id)
    const all = ticketList.parse(await get(life, `/tickets?customer=${byChat?.customer.id}`)).data.map(({ number }) => number)
    expect(new Set(all)).toEqual(new Set([byText?._id, byChat?._id]))
    const [merged] = (await life.core.journal.entries('customer', byText?.customer.id ?? '')).flatMap(({ events }) =>
      events.filter(({ type }) => type === 'customer.merged'),
    )
    expect(merged).toEqual({ type: 'customer.merged', into: byChat?.customer.id })
  })

  it('never makes two of them one by a guess: a number that is only named, a wrong code, a code typed elsewhere', async () => {
    const { life, provider } = await begin()
    await write(life, 'sms', phone, 'My washing machine leaks')
    await settled(life)
    const owner = (await pointOf(life, 'sms', phone))?.customer
    await chat(life, 'My fridge is not cold. Call me on +1 415 555 2671')
    await chat(life, 'text me the news instead, at +1 415 555 2671')
    const code = await codeIn(provider, 'sms')
    expect(await chat(life, other(code))).toContain('not the code')
    await chat(life, code, 'visitor-2')
    await write(life, 'sms', phone, code)
    await settled(life)
    expect((await pointOf(life, 'sms', phone))?.customer).toBe(owner)
    expect(await life.core.collections.customers.find({ mergedInto: { $ne: null } })).toEqual([])
  })

  it('takes a code for ten minutes and five tries, and the latest only', async () => {
    const { life, provider, clock } = await begin()
    const ask = async () => {
      await chat(life, 'text me instead, at +1 415 555 2671')
      return codeIn(provider, 'sms')
    }
    const late = await ask()
    clock.move(10 * 60_000)
    expect(await chat(life, late)).toContain('does not count any more')
    await chat(life, 'Send a new code')
    const second = await codeIn(provider, 'sms')
    expect(second).not.toBe(late)
    expect(await chat(life, late)).toContain('not the code')
    for (let wrong = 1; wrong < 5; wrong++) expect(await chat(life, other(second))).toContain('not the code')
    expect(await chat(life, second)).toContain('does not count any more')
    expect((await pointOf(life, 'sms', phone))?.verified).toBe(false)
  })

  it('sends three codes an hour to an address, whoever asks, and three for a customer', async () => {
    const { life, provider, clock } = await begin()
    const codes = () => provider.sent.filter(({ oneTimeCode }) => oneTimeCode !== undefined).length
    for (const from of ['v1', 'v2', 'v3']) expect(await chat(life, 'text me instead, at +1 415 555 2671', from)).toContain('code of six digits')
    expect(await chat(life, 'text me instead, at +1 415 555 2671', 'v4')).toContain('Too many codes')
    await eventually(async () => (codes() === 3 ? true : undefined), 'three codes')
    for (const number of ['+1 415 555 2672', '+1 415 555 2673', '+1 415 555 2674']) await chat(life, `text me instead, at ${number}`, 'v5')
    expect(await chat(life, 'text me instead, at +1 415 555 2675', 'v5')).toContain('Too many codes')
    clock.move(61 * 60_000)
    expect(await chat(life, 'text me instead, at +1 415 555 2671', 'v4')).toContain('code of six digits')
  })

  it('sends no code where somebody said stop', async () => {
    const { life, provider } = await begin()
    await write(life, 'sms', phone, 'STOP')
    await settled(life)
    expect(await chat(life, 'text me instead, at +1 415 555 2671')).toContain('write to us from there first')
    expect(provider.sent).toEqual([])
  })

  it('sends a code that did not arrive nowhere else', async () => {
    const { life, provider } = await begin()
    await write(life, 'email', 'ann@example.org', 'My fridge is not cold')
    await settled(life)
    const before = provider.sent.length
    provider.onSend = async ({ oneTimeCode }) => {
      if (oneTimeCode !== undefined) throw new SendError('never', 'no such number')
    }
    await write(life, 'email', 'ann@example.org', 'Please text me the news instead, at +1 415 555 2671')
    await eventually(async () => (await outboundOf(life)).find(({ oneTimeCode, state }) => oneTimeCode !== undefined && state === 'failed'), 'the failure')
    await settled(life)
    expect(provider.sent.slice(before).filter(({ oneTimeCode }) => oneTimeCode !== undefined)).toEqual([])
    expect((await outboundOf(life)).filter(({ oneTimeCode }) => oneTimeCode !== undefined)).toHaveLength(1)
  })

  it('asks no code on WhatsApp, where nobody may write first, unless a template is there for it', async () => {
    for (const template of [false, true]) {
      const yaml = template ? `templates:\n  - { text: verify.code, contentSid: HX${'0'.repeat(32)}, variables: [code, company] }\n` : ''
      const { life, provider } = await begin({ yaml })
      const answer = await chat(life, 'whatsapp me instead, at +1 415 555 2671')
      expect(answer).toContain(template ? 'code of six digits' : 'Write to us there')
      if (template) await codeIn(provider, 'whatsapp')
    }
  })
})

describe('stop texting me, use email', () => {
  it('opts the number out and makes mail the way for news', async () => {
    const { life, provider } = await begin()
    await write(life, 'sms', phone, 'My washing machine leaks')
    await settled(life)
    await write(life, 'sms', phone, 'Could you email me from now on? ann@example.org')
    await settled(life)
    await write(life, 'sms', phone, await codeIn(provider, 'email'))
    await settled(life)
    await write(life, 'sms', phone, 'text me again instead')
    await settled(life)
    const sent = provider.sent.length
    await write(life, 'sms', phone, 'stop texting me, use email')
    await settled(life)
    expect(provider.sent).toHaveLength(sent)
    expect((await pointOf(life, 'sms', phone))?.optedOut).not.toBeNull()
    const [ticket] = await life.core.collections.tickets.find({})
    await post(life, `/tickets/${ticket?._id}/status`, { status: 'accepted' })
    const news = await eventually(async () => provider.sent.find(({ cause }) => cause === 'news'), 'the news')
    expect(news).toMatchObject({ channel: 'email', place: { address: 'ann@example.org' } })
    expect(customerView.parse(await get(life, `/customers/${ticket?.customer.id}`)).prefers).toBe('email')
  })
})

describe('a question from outside', () => {
  it('is asked where the customer wants news, and answered there', async () => {
    const { life, provider, clock } = await begin({ yaml: 'survey: { delay: 1s }\n' })
    await chat(life, 'My fridge is not cold')
    await chat(life, 'text me the news instead, at 415 555 2671')
    await chat(life, await codeIn(provider, 'sms'))
    const [ticket] = await life.core.collections.tickets.find({})
    await post(life, `/tickets/${ticket?._id}/status`, { status: 'resolved' })
    clock.move(2000)
    const asked = await eventually(async () => provider.sent.find(({ text }) => text.includes('How happy are you')), 'the survey')
    expect(asked.channel).toBe('sms')
    await write(life, 'sms', phone, '5')
    await eventually(async () => ((await life.core.collections.tickets.get(ticket?._id ?? ''))?.satisfaction?.score === 5 ? true : undefined), 'the score')
  })
})
