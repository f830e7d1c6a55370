// A customer names a serial number: the real flow tells what the records say, and the ticket keeps the same.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { flows } from '../../flows/index.ts'
import { setAsset } from '../../src/assets/index.ts'
import { createBot, loadTexts } from '../../src/bot/index.ts'
import { createFolder, createProvider, live, newMessage, type Life, type Provider } from '../support/life.ts'
import { eventually } from '../support/processes.ts'

const yaml = `
products:
  - { name: T5 treadmill, aliases: [T5], warranty: { labour: 24mo, parts: 24mo } }
  - { name: WashMaster 900, served: false }
`
let life: Life
let provider: Provider
let cleanup: () => Promise<void>
beforeAll(async () => {
  const folder = createFolder()
  const texts = loadTexts()
  provider = createProvider()
  life = await live({
    folder: folder.path,
    provider,
    yaml,
    bot: createBot({ texts, flows }),
    render: (language, key, values) => texts.render(language, key, values),
  })
  await setAsset(life.core, 'KP-20391', { product: 'T5 treadmill', installedOn: '2001-01-01' }, 'register', {
    actor: { kind: 'api', id: 'admin' },
    key: 'asset',
  })
  cleanup = async () => {
    await life.close()
    folder.remove()
  }
})
afterAll(() => cleanup())

/** What they say, and the ticket with what was answered, once it is. */
async function say(text: string, from: string, told: string) {
  await life.accept({ kind: 'message', message: newMessage(text, `${from}/${text}`, from) })
  const answer = await eventually(async () => provider.sent.find((message) => message.place.address === from && message.text.includes(told)), `"${told}"`)
  const [ticket] = await life.core.collections.tickets.find({ _id: answer.ticket ?? '' })
  return { answer: answer.text, ticket }
}

describe('a serial number at intake', () => {
  it('is checked while the customer waits: they and the ticket hear the same, once', async () => {
    const first = await say('My T5 treadmill stops after ten minutes', 'ann@example.org', 'R-')
    expect(first.ticket?.entitlement).toBeNull()
    const { ticket } = await say('The serial number is kp-2039l', 'ann@example.org', 'ended on 1 January 2003')
    expect(ticket).toMatchObject({ entitlement: 'out_of_warranty', coverage: { reason: 'ended' } })
    await say('12 Elm St, Springfield', 'ann@example.org', '?')
    expect(provider.sent.filter(({ text }) => text.includes('warranty'))).toHaveLength(1)
  })

  it('without a record opens one task to mend it, and the repair is served', async () => {
    const { ticket } = await say('My T5 treadmill, SN KP-99999, stops after ten minutes', 'bea@example.org', 'We find no record')
    expect(ticket).toMatchObject({ entitlement: 'no_data', status: 'new' })
    expect(await life.core.collections.tasks.find({ kind: 'no_data' })).toMatchObject([{ ticket: ticket?._id, state: 'open' }])
    expect((await life.core.collections.due.get(`sla/${ticket?._id}`))?.state).not.toBe('waiting')
  })

  it('is not needed to say that a product is not served: a person gets the conversation', async () => {
    const { ticket, answer } = await say('My WashMaster 900 leaks', 'cy@example.org', 'do not repair')
    expect(answer).toContain(ticket?._id)
    expect(ticket).toMatchObject({ entitlement: 'not_served' })
    expect(await life.core.collections.tasks.find({ kind: 'handover' })).toMatchObject([{ ticket: ticket?._id }])
  })
})
