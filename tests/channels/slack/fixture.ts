// Slack for the contract suite: the real SDK against the emulator, signed requests over HTTP.
import { createHmac } from 'node:crypto'
import { createSlackChannel, type SlackOptions } from '../../../channels/slack/index.ts'
import type { Door } from '../../../src/channel.ts'
import { systemClock } from '../../../src/clock.ts'
import type { Desk } from '../../../src/desk/index.ts'
import type { ChannelEvent } from '../../../src/message.ts'
import { systemRandom } from '../../../src/random.ts'
import { startSlack, type Slack } from '../../emulators/slack.ts'
import { noDesk } from '../../support/no-desk.ts'
import type { ChannelFixture, Credentials, Payload } from '../fixture.ts'
import { post } from '../through-webhook.ts'

export const path = '/webhooks/slack'

/** The triage channel of the recorded payloads. */
export const triageChannel = 'C06TRIAGE1'

export const slackFixture: ChannelFixture = {
  async open() {
    const slack = await startSlack()
    const channel = createSlackChannel(slackOptions(slack))
    const customer = slack.person({ name: 'ann' })
    return {
      channel,
      async deliver(payload, door) {
        const events: ChannelEvent[] = []
        const recording: Door = { ...door, desk: teamless, accept: (event) => (events.push(event), door.accept(event)) }
        const { body, contentType } = asSent(payload)
        const route = channel.serve?.(recording).http.find((one) => one.path === path)
        await route?.handle(post(path, body, signed(slack.signingSecret, body, contentType)))
        return events
      },
      provider: {
        refuseRecipient: () => void slack.workspace.rooms.delete(customer.im),
        goAway: () => slack.close(),
      },
      place: { channel: 'slack', account: slack.workspace.team, address: `${customer.team}:${customer.id}`, thread: customer.im },
      close: () => slack.close(),
    }
  },
}

/** A desk that is asked for its teams only. */
export const teamless: Desk = new Proxy<Desk>(noDesk, { get: (desk, name) => (name === 'teams' ? () => [] : Reflect.get(desk, name)) })

/** Everything over HTTP, and nobody to tell of problems. */
export function slackOptions(slack: Slack): SlackOptions {
  return {
    botToken: slack.botToken,
    signingSecret: slack.signingSecret,
    appToken: undefined,
    triageChannel,
    apiUrl: slack.apiUrl,
    clock: systemClock,
    random: systemRandom,
    onProblem: () => {},
  }
}

/** A payload as it goes over the wire: interactions travel in a form. */
export function asSent({ name, body }: Payload): { body: Buffer; contentType: string } {
  if (name.startsWith('command')) return { body, contentType: 'application/x-www-form-urlencoded' }
  if (!name.startsWith('interaction')) return { body, contentType: 'application/json' }
  return { body: Buffer.from(new URLSearchParams({ payload: body.toString() }).toString()), contentType: 'application/x-www-form-urlencoded' }
}

/** Signed at this moment, or so many seconds off. */
export function signed(secret: string, body: Buffer, contentType: string, offset = 0): Credentials {
  const time = Math.floor(Date.now() / 1000) + offset
  const signature = createHmac('sha256', secret).update(`v0:${time}:`).update(body).digest('hex')
  return { headers: { 'content-type': contentType, 'x-slack-request-timestamp': String(time), 'x-slack-signature': `v0=${signature}` }, query: '' }
}
