// Slack gives an interaction three seconds and sends it once: it is done and acknowledged, or whoever pressed reads that it was not done, and it stays undone.
import type { App } from '@slack/bolt'
import type { ModalView } from '@slack/web-api'
import { afterEach, describe, expect, it } from 'vitest'
import { createApp } from '../../../channels/slack/app.ts'
import { createContext, type Patience, type SlackContext } from '../../../channels/slack/context.ts'
import { deadlineOf } from '../../../channels/slack/deadline.ts'
import { slackRoute } from '../../../channels/slack/route.ts'
import { startSlack, type Slack } from '../../emulators/slack.ts'
import type { Slacker } from '../../emulators/slack/person.ts'
import { mailDoor, memoryFiles } from '../../support/mail-door.ts'
import { slackOptions } from './fixture.ts'
import { listenOn } from './listen-on.ts'

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

interface Open {
  slack: Slack
  app: App
  context: SlackContext
  problems: Error[]
}

async function open(patience?: Patience): Promise<Open> {
  const slack = await startSlack({ patienceMs: 60_000 })
  const problems: Error[] = []
  const context = createContext({ ...slackOptions(slack), ...(patience && { patience }), onProblem: (error) => problems.push(error) })
  const door = mailDoor(memoryFiles())
  const app = createApp(context, door)
  const server = await listenOn(slackRoute(app, door, context, slack.signingSecret))
  slack.delivery.requestUrl = server.url
  closers.push(
    () => server.close(),
    () => slack.close(),
  )
  return { slack, app, context, problems }
}

const patient: Patience = { refuseMs: 60_000, answerMs: 60_000 }
const impatient: Patience = { refuseMs: 200, answerMs: 400 }
const never = (): Promise<void> => new Promise(() => {})

describe('an interaction', () => {
  it('is answered with what its listener says', async () => {
    const { app, slack } = await open(patient)
    app.command('/desk-test', async ({ ack, command }) => ack(`heard ${command.text}`))
    expect(await slack.person({ name: 'gil' }).command('/desk-test', 'hello')).toMatchObject({ status: 200, body: 'heard hello' })
  })

  it('that no listener minds is acknowledged all the same', async () => {
    const { slack } = await open(patient)
    expect(await slack.person({ name: 'gil' }).command('/desk-test', '')).toMatchObject({ status: 200, body: '' })
  })

  it('by somebody who is no full member of our workspace reaches no listener', async () => {
    const { app, slack } = await open(patient)
    const heard: string[] = []
    app.command('/desk-test', async ({ ack, command }) => {
      heard.push(command.user_name)
      await ack('internals')
    })
    const others = [slack.person({ name: 'guest', guest: true }), slack.person({ name: 'partner', team: 'T0PARTNER' })]
    for (const other of others) expect(await other.command('/desk-test', '')).toMatchObject({ status: 200, body: expect.stringContaining('our own workspace') })
    expect(heard).toEqual([])
  })

  it('that takes too long is refused within three seconds, and its listener learns that it must not commit', async () => {
    const { app, slack } = await open()
    const claims: boolean[] = []
    app.command('/desk-test', async ({ ack, context }) => {
      const deadline = deadlineOf(context)
      await new Promise((resolve) => deadline.signal.addEventListener('abort', resolve))
      claims.push(deadline.claim())
      await ack('done')
    })
    const agent = slack.person({ name: 'gil' })
    // A machine that stands still for a moment is no proof: the best of three counts.
    const tries = []
    do tries.push(await agent.command('/desk-test', ''))
    while (tries.length < 3 && tries.every(({ ms }) => ms >= 3_000))
    expect(Math.min(...tries.map(({ ms }) => ms))).toBeLessThan(3_000)
    expect(agent.ephemerals().map(({ text }) => text)).toEqual(tries.map(() => expect.stringContaining('not done')))
    expect(claims).toEqual(tries.map(() => false))
  }, 60_000)

  it('that is being committed when time runs out is not called undone', async () => {
    const { app, slack } = await open({ refuseMs: 1_500, answerMs: 60_000 })
    app.command('/desk-test', async ({ ack, context }) => {
      expect(deadlineOf(context).claim()).toBe(true)
      await new Promise((resolve) => setTimeout(resolve, 1_700))
      await ack('done')
    })
    expect(await slack.person({ name: 'gil' }).command('/desk-test', '')).toMatchObject({ status: 200, body: 'done' })
  })

  it('whose commit never comes back is answered by a word to look first', async () => {
    const { app, slack } = await open({ refuseMs: 60_000, answerMs: 500 })
    app.command('/desk-test', async ({ context }) => {
      deadlineOf(context).claim()
      await never()
    })
    expect((await slack.person({ name: 'gil' }).command('/desk-test', '')).body).toContain('Look before you try again')
  })

  it('whose listener throws is refused, and the operator is told', async () => {
    const { app, slack, problems } = await open(patient)
    app.command('/desk-test', async () => {
      throw new Error('the store is away')
    })
    const agent = slack.person({ name: 'gil' })
    await agent.command('/desk-test', '')
    expect(agent.ephemerals().map(({ text }) => text)).toEqual([expect.stringContaining('not done')])
    expect(problems).toHaveLength(1)
  })

  it('that broke off in the middle of its commit is called uncertain, not undone', async () => {
    const { app, slack } = await open(patient)
    app.command('/desk-test', async ({ context }) => {
      deadlineOf(context).claim()
      throw new Error('the store went away')
    })
    expect((await slack.person({ name: 'gil' }).command('/desk-test', '')).body).toContain('Look before you try again')
  })

  it('with a button is refused by a note that only its agent sees', async () => {
    const { app, slack, context } = await open(impatient)
    app.action('slow', never)
    const agent = slack.person({ name: 'gil' })
    const room = slack.room('triage', [agent])
    await context.client.chat.postMessage({
      channel: room.id,
      text: 'A card',
      blocks: [{ type: 'actions', elements: [{ type: 'button', action_id: 'slow', text: { type: 'plain_text', text: 'Claim' } }] }],
    })
    const [message] = slack.botSaid(room.id)
    expect(await agent.press('Claim', { ...(message && { message }), channel: room.id })).toMatchObject({ status: 200 })
    expect(agent.ephemerals()).toEqual([expect.objectContaining({ channel: room.id, text: expect.stringContaining('not done') })])
  })

  it('with a form is refused at the form, which stays open with what was typed', async () => {
    const { agent } = await withForm([words])
    await agent.submit({ text: 'We come on Thursday.' })
    expect(agent.errors()).toEqual({ words: expect.stringContaining('not done') })
    expect(agent.modal()).toMatchObject({ callback_id: 'slow_form' })
  })

  it('with a form without inputs is refused by a page over it', async () => {
    const { agent } = await withForm([{ type: 'section', text: { type: 'plain_text', text: 'Sure?' } }])
    await agent.submit()
    expect(agent.modal()?.blocks).toEqual([expect.objectContaining({ text: expect.objectContaining({ text: expect.stringContaining('not done') }) })])
  })

  it('of which nobody can be told fails, so that Slack itself says so', async () => {
    const { app, slack } = await open(impatient)
    app.shortcut('slow_shortcut', never)
    slack.trouble('chat.postMessage', { kind: 'error', error: 'channel_not_found' })
    expect(await slack.person({ name: 'gil' }).shortcut('slow_shortcut')).toMatchObject({ status: 500 })
  })
})

const words = {
  type: 'input',
  block_id: 'words',
  label: { type: 'plain_text', text: 'Words' },
  element: { type: 'plain_text_input', action_id: 'text' },
} as const

/** An agent with a form open whose submission is never answered. */
async function withForm(blocks: ModalView['blocks']): Promise<{ agent: Slacker }> {
  const { app, slack, context } = await open(impatient)
  app.view('slow_form', never)
  const agent = slack.person({ name: 'gil' })
  await context.client.views.open({
    trigger_id: slack.trigger(agent.id),
    view: {
      type: 'modal',
      callback_id: 'slow_form',
      title: { type: 'plain_text', text: 'Reply' },
      submit: { type: 'plain_text', text: 'Send' },
      blocks,
    },
  })
  return { agent }
}
