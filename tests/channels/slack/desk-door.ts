// A door that remembers who is in conversation, as the store does; and the channel behind a real HTTP server, against the emulator.
import { createSlackChannel, type SlackOptions } from '../../../channels/slack/index.ts'
import type { Channel } from '../../../src/channel.ts'
import { conversationId } from '../../../src/message.ts'
import { startSlack, type Slack, type SlackOptions as EmulatorOptions } from '../../emulators/slack.ts'
import { mailDoor, memoryFiles, type MailDoor } from '../../support/mail-door.ts'
import { outboundTo } from '../../support/outbound.ts'
import { slackOptions, teamless } from './fixture.ts'
import { listenOn } from './listen-on.ts'

export interface Open {
  slack: Slack
  channel: Channel
  door: MailDoor
  problems: Error[]
  /** A worker looks at the events stored so far. */
  work(): Promise<void>
  close(): Promise<void>
}

export async function openSlack(more: Partial<SlackOptions> = {}, emulator: EmulatorOptions = {}): Promise<Open> {
  const slack = await startSlack(emulator)
  const problems: Error[] = []
  const channel = createSlackChannel({ ...slackOptions(slack), onProblem: (error) => problems.push(error), ...more })
  const door = rememberingDoor()
  const [route] = channel.serve?.(door).http ?? []
  const server = route && (await listenOn(route))
  slack.delivery.requestUrl = server?.url
  let worked = 0
  return {
    slack,
    channel,
    door,
    problems,
    async work() {
      for (; worked < door.events.length; worked++) {
        const event = door.events[worked]
        if (event?.kind === 'event' && 'content' in event.raw) await channel.process?.({ id: event.id, body: event.raw.content }, door)
      }
    },
    async close() {
      await server?.close()
      await slack.close()
    },
  }
}

export function rememberingDoor(): MailDoor {
  const door = mailDoor(memoryFiles())
  return Object.assign(door, {
    desk: teamless,
    history: async (conversation: string) =>
      door.messages().flatMap(({ channel, account, from, thread }) => {
        const place = { channel, account, address: from.address, thread }
        return conversationId(place) === conversation ? [outboundTo(place)] : []
      }),
  })
}
