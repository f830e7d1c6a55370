// After an outage Slack has what people wrote to us meanwhile, though it tells us of it no more.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSlack, type Open } from './desk-door.ts'

let open: Open
beforeEach(async () => void (open = await openSlack()))
afterEach(() => open.close())

const hour = 3_600_000
const lookBack = (ms: number) => open.channel.reconcile?.(new Date(Date.now() - ms), open.door.accept)

describe('after an outage', () => {
  it('what was written to us directly is taken in, in order, and nothing twice', async () => {
    const [ann, bob] = [open.slack.person({ name: 'ann' }), open.slack.person({ name: 'bob' })]
    await ann.say(ann.im, 'My washing machine leaks.')
    const url = open.slack.delivery.requestUrl
    open.slack.delivery.requestUrl = undefined
    await ann.say(ann.im, 'Hello?')
    await bob.say(bob.im, 'My treadmill stops.', { files: [{ name: 'a.txt', mimetype: 'text/plain', content: Buffer.from('a') }] })
    await ann.say(ann.im, 'Anybody there?')
    await open.slack.client().chat.postMessage({ channel: ann.im, text: 'our own words' })
    open.slack.delivery.requestUrl = url
    open.slack.trouble('conversations.history', { kind: 'rate_limited', retryAfter: 1 })
    await lookBack(hour)
    await lookBack(hour)
    expect(open.door.messages().map(({ text, thread }) => ({ text, thread }))).toEqual([
      { text: 'My washing machine leaks.', thread: ann.im },
      { text: 'Hello?', thread: ann.im },
      { text: 'Anybody there?', thread: ann.im },
      { text: 'My treadmill stops.', thread: bob.im },
    ])
    expect(open.door.messages().at(-1)?.remotes).toHaveLength(1)
  })

  it('and not in the ordinary course of things, when Slack tells us itself', async () => {
    const ann = open.slack.person({ name: 'ann' })
    await ann.say(ann.im, 'My washing machine leaks.')
    await lookBack(20 * 60_000)
    expect(open.slack.calls.filter(({ method }) => method === 'users.conversations')).toEqual([])
  })

  it('what was said among staff or in channels stays there', async () => {
    const gil = open.slack.person({ name: 'gil' })
    const triage = open.slack.room('triage', [gil])
    open.slack.delivery.requestUrl = undefined
    await gil.say(triage.id, '@mendline the customer is wrong, as always')
    await lookBack(hour)
    expect(open.door.messages()).toEqual([])
  })
})
