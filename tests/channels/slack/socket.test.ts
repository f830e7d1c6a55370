// Socket Mode: the same inputs over a WebSocket that we open: stored before they are acknowledged, in order, and connected again whatever ends it.
import { afterEach, describe, expect, it } from 'vitest'
import { createSlackChannel } from '../../../channels/slack/index.ts'
import { startSlack, type Slack } from '../../emulators/slack.ts'
import type { MailDoor } from '../../support/mail-door.ts'
import { eventually } from '../../support/processes.ts'
import { outboundTo, outgoing } from '../../support/outbound.ts'
import { rememberingDoor } from './desk-door.ts'
import { slackOptions } from './fixture.ts'

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

interface Listening {
  slack: Slack
  door: MailDoor
  problems: Error[]
  stop(): Promise<void>
  channel: ReturnType<typeof createSlackChannel>
}

async function listen(before: (slack: Slack) => void = () => {}, appToken?: string): Promise<Listening> {
  const slack = await startSlack({ patienceMs: 1_000 })
  before(slack)
  const problems: Error[] = []
  const channel = createSlackChannel({
    ...slackOptions(slack),
    signingSecret: undefined,
    appToken: appToken ?? slack.appToken,
    onProblem: (error) => problems.push(error),
  })
  const door = rememberingDoor()
  const stopping = new AbortController()
  const listening = await channel.listen?.(door, stopping.signal)
  const stop = async (): Promise<void> => {
    stopping.abort()
    await listening?.done
  }
  closers.push(stop, () => slack.close())
  return { slack, door, problems, stop, channel }
}

const connected = ({ slack }: Listening) => eventually(async () => (slack.delivery.sockets.size > 0 ? true : undefined), 'a connection')
const texts = ({ door }: Listening) => door.messages().map(({ text }) => text)

describe('over a socket', () => {
  it('there is no door for HTTP', async () => {
    const { channel, door } = await listen()
    expect(channel.serve?.(door).http).toEqual([])
  })

  it('a message is stored, then acknowledged', async () => {
    const open = await listen()
    const ann = open.slack.person({ name: 'ann' })
    let acknowledged = false
    let early = false
    open.door.hold = async () => void (early = acknowledged)
    await ann.say(ann.im, 'My washing machine leaks.').then(() => (acknowledged = true))
    expect(early).toBe(false)
    expect(texts(open)).toEqual(['My washing machine leaks.'])
    expect(open.slack.delivery.attempts).toMatchObject([{ status: 200 }])
  })

  it('what could not be stored is not acknowledged, comes again, and is one message', async () => {
    const open = await listen()
    const ann = open.slack.person({ name: 'ann' })
    open.door.failNext(1)
    await ann.say(ann.im, 'My washing machine leaks.')
    expect(open.slack.delivery.attempts.map(({ status }) => status)).toEqual([0, 200])
    expect(texts(open)).toEqual(['My washing machine leaks.'])
    expect(open.problems).toHaveLength(1)
  })

  it('messages are taken in the order in which they came, though the first one takes longer', async () => {
    const open = await listen()
    const ann = open.slack.person({ name: 'ann' })
    let calls = 0
    open.door.hold = () => (calls++ === 0 ? new Promise((resolve) => setTimeout(resolve, 200)) : Promise.resolve())
    await Promise.all(['one', 'two', 'three'].map((text) => ann.say(ann.im, text)))
    expect(texts(open)).toEqual(['one', 'two', 'three'])
  })

  it('a press is a message, and a command is answered', async () => {
    const open = await listen()
    const ann = open.slack.person({ name: 'ann' })
    const place = { channel: 'slack', account: open.slack.workspace.team, address: `${ann.team}:${ann.id}`, thread: ann.im } as const
    await open.channel.send(outgoing(outboundTo(place, { choices: [{ value: 'confirm', label: 'Yes' }], attempts: 0 })))
    const [message] = open.slack.botSaid(ann.im)
    await ann.press('Yes', message && { message })
    expect(open.door.messages()).toMatchObject([{ choice: 'confirm' }])
    const guest = open.slack.person({ name: 'guest', guest: true })
    expect(await guest.command('/no-such-command', '')).toMatchObject({ status: 200 })
  })

  it.each(['refresh', 'cut'] as const)('after a %s it connects again, and nothing is lost', async (how) => {
    const open = await listen()
    const ann = open.slack.person({ name: 'ann' })
    await ann.say(ann.im, 'one')
    open.slack.dropSockets(how)
    await eventually(
      async () => (open.slack.calls.filter(({ method }) => method === 'apps.connections.open').length > 1 ? true : undefined),
      'a second connection',
    )
    await connected(open)
    await ann.say(ann.im, 'two')
    expect(texts(open)).toEqual(['one', 'two'])
  })

  it('with a token that Slack refuses it says so, and connects once the token is good', async () => {
    const open = await listen((slack) => slack.trouble('apps.connections.open', { kind: 'error', error: 'invalid_auth' }, 2))
    expect(open.problems[0]?.message).toContain('SLACK_APP_TOKEN')
    await connected(open)
    const ann = open.slack.person({ name: 'ann' })
    await ann.say(ann.im, 'My washing machine leaks.')
    expect(texts(open)).toEqual(['My washing machine leaks.'])
  })

  it('stops while it is waiting to connect again', async () => {
    const open = await listen((slack) => slack.trouble('apps.connections.open', { kind: 'error', error: 'invalid_auth' }, 1_000))
    await open.stop()
    expect(open.slack.delivery.sockets.size).toBe(0)
  })
})
